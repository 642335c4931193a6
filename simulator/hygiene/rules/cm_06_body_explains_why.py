"""CM-06: commits that are not small say why."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field

from simulator.hygiene.advice import write_message
from simulator.hygiene.headers import is_ignored, marks_breaking
from simulator.hygiene.messages import says_breaking
from simulator.hygiene.reasons import prose_length
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import COMMITS, JudgedCommit
from simulator.model.history import History
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Skip, Verdict
from simulator.model.keys import SeatId

_HEADER_WILL_DO = 50


class BodyOptions(Options):
    """What may be set."""

    max_lines: int = Field(
        default=_HEADER_WILL_DO, ge=1, le=1000, description="changed lines up to which a header alone will do"
    )
    min_characters: int = Field(default=20, ge=5, le=500, description="characters that a body needs at least")


def _large_changes(history: History, seats: Sequence[SeatId]) -> int:
    """How many work items of theirs have a commit, or a squash, that needs a body: who commits in small steps owes none."""
    found: set[str] = set()
    wanted = set(seats)
    for pull in history.pulls.values():
        if pull.item not in found and not wanted.isdisjoint(pull.authors()):
            lines = [commit.lines for commit in pull.commits] if history.squashed(pull) is None else [pull.lines or 0]
            if max(lines, default=0) > _HEADER_WILL_DO:
                found.add(pull.item)
    return len(found)


@rule(
    code="CM-06",
    name="body-explains-why",
    about=COMMITS,
    severity=Severity.MEDIUM,
    target=0.8,
    quota=1,
    essential=True,
    options=BodyOptions(),
    expects=_large_changes,
)
def body_explains_why(commit: JudgedCommit, history: History, options: BodyOptions) -> Verdict:
    """A commit of more than 50 lines, or one that breaks something, has a body that says why.

    What it checks
    --------------
    The body of a commit that changes more than 50 lines by hand, or whose header has a `!`: without trailers such as
    `Refs: PAY-3`, without the header said again, without lists of files or of folded commits, at least 20 characters are left.
    After a squash merge only the squash commit counts; a body there makes up for what its commits did not say. When somebody
    else pressed the button, the bodies of the commits count too.

    Why it matters
    --------------
    The diff shows what changed; why it did, only its author knows, and only today.

    Example
    -------
    Good: `feat(refunds): refund in part`, a blank line, `Shops asked for it: a parcel is seldom returned whole.`

    Bad: 180 changed lines under `feat(refunds): refund in part` and nothing more

    How to fix
    ----------
    Before the merge, write the reason into the message: `git commit --amend` for the last commit, `git rebase -i` for others.
    At a squash merge, write it into the field below the title.

    References
    ----------
    - https://cbea.ms/git-commit/
    - https://jorisroovers.com/gitlint/latest/rules/builtin_rules/
    - https://google.github.io/eng-practices/review/developer/cl-descriptions.html
    """
    header = commit.header
    if is_ignored(header):
        return Skip(reason="git, GitHub or a release wrote this message, or it will be folded away")
    breaking = marks_breaking(header) or says_breaking(commit.message)
    if commit.lines <= options.max_lines and not breaking:
        return Skip(reason=f"{commit.lines} changed lines: up to {options.max_lines} a header alone will do")
    length = _length(commit)
    evidence: Measures = {
        "changed lines": commit.lines,
        "line limit": options.max_lines,
        "characters of the body": length,
        "limit": options.min_characters,
    }
    if length >= options.min_characters:
        return Pass(message=f"“{header[:80]}” says more in its body", evidence=evidence)
    said = f"only {length} characters" if length else "nothing"
    return Breach(
        message=f"“{header[:60]}” changes {commit.lines} lines{' and breaks something' if breaking else ''}, and its body says "
        f"{said} of why; {options.min_characters} characters are the least.",
        how_to_fix=_how_to_fix(commit, history),
        repair=Repair.NONE if commit.merged else Repair.SAFE,
        evidence=evidence,
    )


def _length(commit: JudgedCommit) -> int:
    """What the body says; with what the folded commits say when none of the authors wrote the squash message."""
    folded = [made.header for made in commit.replaced]
    own = prose_length(commit.message, folded=folded)
    if not commit.replaced or commit.pull is None or commit.pull.merged_by in commit.pull.authors():
        return own
    return max([own, *(prose_length(made.message, folded=folded) for made in commit.replaced)])


def _how_to_fix(commit: JudgedCommit, history: History) -> str:
    reason = "write below the header, after a blank line, what was wrong before or who needs it"
    if commit.merged:
        later = f"helps those who come to {history.default_branch} later."
        where = f"a comment on #{commit.pull.number}" if commit.pull else "a note (git notes add)"
        return (
            "It is merged and stays. At the next merge say in the message what was wrong before or who needs it; for "
            f"this one, {where} {later}"
        )
    return write_message(commit.sha, reason, is_tip=commit.is_tip)
