"""CM-10: a commit is one change."""

from __future__ import annotations

from pydantic import Field

from simulator.hygiene.areas import areas_of
from simulator.hygiene.curves import curve
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import WRITTEN_COMMITS, WrittenCommit
from simulator.model.history import History
from simulator.model.hygiene import Breach, Measures, NotAvailable, Pass, Repair, Severity, Skip, Verdict

_HALF = 0.5
_SHOWN = 5


class AtomicOptions(Options):
    """What may be set."""

    good_lines: int = Field(default=100, ge=10, le=1000, description="changed lines that still earn 0.9")
    mid_lines: int = Field(default=400, ge=20, le=4000, description="changed lines that earn 0.5; more than good_lines")
    max_areas: int = Field(default=3, ge=1, le=20, description="areas of the code up to which the credit is not halved")


@rule(
    code="CM-10",
    name="atomic-commit",
    about=WRITTEN_COMMITS,
    severity=Severity.MEDIUM,
    target=0.8,
    quota=1,
    options=AtomicOptions(),
)
def atomic_commit(written: WrittenCommit, _: History, options: AtomicOptions) -> Verdict:
    """A commit is one self-contained change.

    What it checks
    --------------
    Lines changed by hand: 100 earn 0.9, 400 half. More than three areas halve that. An area is a top-level folder of the code;
    tests, documents and settings belong to the code that they come with. Each commit is judged as it was written, whether or not
    a squash folds it away later; commits that a review had seen stay, whatever becomes of them.

    Why it matters
    --------------
    A small commit can be read, reverted and found by `git bisect`; a large one only as a whole.

    Example
    -------
    Good: 60 lines: an endpoint, its test and its page of the manual

    Bad: 500 lines in orders, ledger, mail and reports

    How to fix
    ----------
    Before a review, split it: `git reset HEAD~1`, then stage one change after another with `git add -p`, each in a commit of its
    own.

    References
    ----------
    - https://google.github.io/eng-practices/review/developer/small-cls.html
    - https://docs.github.com/en/get-started/using-github/github-flow
    """
    commit = written.commit
    if commit.parents > 1:
        return Skip(reason="a merge changes nothing by itself")
    if not commit.files:
        return NotAvailable(
            reason=f"the files of commit {commit.sha[:7]} are not known",
            how_to_fix="Give the token read access to the repository's contents.",
        )
    areas = areas_of(commit.files)
    many = len(areas) > options.max_areas
    credit = curve(commit.lines, good=options.good_lines, mid=options.mid_lines) * (_HALF if many else 1.0)
    evidence: Measures = {
        "changed lines": commit.lines,
        "line limit": options.good_lines,
        "areas": len(areas),
        "area limit": options.max_areas,
        "which": ", ".join(areas[:_SHOWN]),
    }
    what = (
        f"“{commit.header[:60]}” changes {commit.lines} lines in {len(areas)} {'area' if len(areas) == 1 else 'areas'}"
    )
    if commit.lines <= options.good_lines and not many:
        return Pass(message=what, credit=credit, evidence=evidence)
    limits = f"{options.good_lines} lines are the aim" if not many else f"{options.max_areas} areas are the limit"
    shown = f" ({', '.join(areas[:_SHOWN])})" if many else ""
    return Breach(
        message=f"{what}{shown}; {limits}.",
        how_to_fix=_how_to_fix(written),
        credit=credit,
        repair=Repair.SAFE if written.can_be_split else Repair.NONE,
        evidence=evidence,
    )


def _how_to_fix(written: WrittenCommit) -> str:
    if not written.can_be_split:
        return "Commit the next change as soon as its first step works: git add -p chooses what belongs together."
    split = "git reset HEAD~1 && git add -p && git commit\nAdd and commit once more for each change."
    push = "git push --force-with-lease origin HEAD"
    if written.is_tip:
        return f"{split}\n{push}"
    mark = "In the list that opens, write edit before it."
    return f"git rebase -i {written.commit.sha[:10]}^\n{mark}\n{split}\ngit rebase --continue && {push}"
