"""PR-01: pull request titles follow the commit convention."""

from __future__ import annotations

from pydantic import Field

from simulator.hygiene.headers import better_header, convention_problem, is_ignored, vague_problem, without_number
from simulator.hygiene.pull_advice import retitle
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import READY_PULLS
from simulator.model.history import History, PullRequest
from simulator.model.history.code import header_of
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Skip, Verdict

_AFTER_MERGE = 0.5


class TitleOptions(Options):
    """What may be set."""

    max_length: int = Field(default=72, ge=40, le=100, description="longest title, in characters, without ` (#12)`")


_NEXT_TIME = "Mended as far as it goes. Write the next title as type(scope): description from the start."


@rule(
    code="PR-01",
    name="pr-title-convention",
    about=READY_PULLS,
    severity=Severity.MEDIUM,
    target=0.9,
    quota=1,
    essential=True,
    options=TitleOptions(),
)
def pr_title_convention(pull: PullRequest, history: History, options: TitleOptions) -> Verdict:
    """A pull request's title follows the commit convention and says what changes.

    What it checks
    --------------
    The title, as it stands at the merge, is `type(scope): description`, says more than “fix” or “update”, and has at most 72
    characters. Titles that GitHub writes for reverts are left out.

    Why it matters
    --------------
    With a squash merge the title becomes the commit, and until then it is all that a reviewer sees in a list.

    Example
    -------
    Good: `feat(refunds): refuse a refund above the paid amount`

    Bad: `PAY-3`, `fix: fix`, `Some updates`

    How to fix
    ----------
    Edit the title: before the merge for full credit, afterwards for half of it.

    References
    ----------
    - https://github.com/amannn/action-semantic-pull-request
    - https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/getting-started/helping-others-review-your-changes
    """
    title = header_of(pull.title_at(pull.merged_at) if pull.merged_at else pull.title)
    if is_ignored(title):
        return Skip(reason="GitHub or git wrote this title")
    problem = _problem(title, options)
    evidence: Measures = {"title": title[:200], "characters": len(without_number(title)), "limit": options.max_length}
    if problem is None:
        return Pass(message=f"“{title[:80]}”", evidence=evidence)
    repaired = pull.merged_at is not None and _problem(header_of(pull.title), options) is None
    return Breach(
        message=f"#{pull.number} “{title[:80]}”: {problem}."
        + (" Set right after the merge: half credit." if repaired else ""),
        how_to_fix=_NEXT_TIME if repaired else _how_to_fix(pull, better_header(title, history, pull.item)),
        credit=_AFTER_MERGE if repaired else 0.0,
        repair=Repair.NONE if repaired else Repair.PARTIAL if pull.merged_at else Repair.SAFE,
        repaired=repaired,
        evidence=evidence,
    )


def _how_to_fix(pull: PullRequest, better: str | None) -> str:
    do = retitle(pull, better) if better else f"Write type(scope): and what it does when it is applied: {pull.url}"
    return f"{do}\nAfter the merge that earns half." if pull.merged_at else do


def _problem(title: str, options: TitleOptions) -> str | None:
    length = len(without_number(title))
    if length > options.max_length:
        return f"it has {length} characters, {options.max_length} is the limit"
    return convention_problem(title) or vague_problem(title)
