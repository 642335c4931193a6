"""IS-02: stories state their acceptance criteria."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from simulator.hygiene.criteria import has_criteria
from simulator.hygiene.landed import is_begun
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import SPRINT_ISSUES
from simulator.model.history import History, Issue
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Skip, Verdict, Wait

_AFTER_START = 0.8
_AFTER_FIRST_CODE = 0.5
_WITH_CRITERIA = frozenset({"Story", "Task"})


class CriteriaOptions(Options):
    """What may be set."""

    least_characters: int = Field(default=40, ge=10, le=500, description="shortest description that can hold criteria")
    above_points: float = Field(default=1.0, ge=0, le=13, description="stories and tasks up to this size need none")


@rule(
    code="IS-02",
    name="acceptance-criteria",
    about=SPRINT_ISSUES,
    severity=Severity.INFO,
    target=0.9,
    quota=1,
    options=CriteriaOptions(),
)
def acceptance_criteria(issue: Issue, history: History, options: CriteriaOptions) -> Verdict:
    """A story or task says what must be true when it is done.

    What it checks
    --------------
    The description of a story or task of more than one point (or not estimated) has a part named acceptance criteria with
    something in it, or given … when … then, or at least two check boxes, and 40 characters or more. Criteria in plain prose are
    not always recognised, so this rule tells and does not score.

    Why it matters
    --------------
    Without criteria two people build two things, and nobody can say when it is done.

    Example
    -------
    Good: “Acceptance criteria: - a refund above the paid amount answers 422 - the ledger stays unchanged”

    Bad: “Refunds should work better”

    How to fix
    ----------
    Ask who wants it, and write the answer into the description. Before the issue enters the sprint that earns full credit, after
    that 0.8, after the first code for it 0.5.

    References
    ----------
    - https://xp123.com/articles/invest-in-good-stories-and-smart-tasks/
    - https://doi.org/10.1007/s00766-016-0250-x
    - https://scrumguides.org/scrum-guide.html
    """
    state = issue.state
    if not _needs_criteria(issue, options.above_points):
        what = f"a {issue.type.lower()}" if issue.type not in _WITH_CRITERIA else f"what has {state.points:g} points"
        return Skip(reason=f"{what} needs no acceptance criteria")
    since = _since(issue, options)
    gate = _entered(issue, history)
    work = history.work_starts.get(issue.key)
    evidence: Measures = {
        "characters": len(state.description),
        "limit": options.least_characters,
        "criteria": since is not None,
    }
    if since is not None and since <= gate and not is_begun(issue, history):
        return Wait(reason=f"{issue.key} has its criteria; that counts when its work has begun")
    if since is not None and since <= gate:
        return Pass(message=f"{issue.key} has had its criteria since it entered the sprint", evidence=evidence)
    if since is not None:
        before_code = work is None or since <= work.at
        return Breach(
            message=f"{issue.key} got its acceptance criteria {'in the sprint' if before_code else 'after its first code'}.",
            how_to_fix="Write them before the next issue enters a sprint.",
            credit=_AFTER_START if before_code else _AFTER_FIRST_CODE,
            repaired=True,
            evidence=evidence,
            at=since,
        )
    return Breach(
        message=f"{issue.key} “{state.summary[:60]}” states no acceptance criteria.",
        how_to_fix=_how_to_fix(issue, started=work is not None),
        repair=Repair.PARTIAL,
        evidence=evidence,
        at=gate,
    )


def _needs_criteria(issue: Issue, above_points: float) -> bool:
    points = issue.state.points
    return issue.type in _WITH_CRITERIA and (points is None or points > above_points)


def _since(issue: Issue, options: CriteriaOptions) -> datetime | None:
    """Since when the description has held criteria without a break, None when it holds none now."""
    since: datetime | None = None
    text: str | None = None
    for at, state in issue.states():
        if state.description != text:
            text = state.description
            held = has_criteria(text, least_characters=options.least_characters)
            since = (since or at) if held else None
    return since


def _entered(issue: Issue, history: History) -> datetime:
    sprint = history.current_span
    entered = issue.entered(sprint.id) if sprint else None
    start = sprint.started_at if sprint else None
    return max(entered or issue.created_at, start or history.sprint_start)


def _how_to_fix(issue: Issue, *, started: bool) -> str:
    worth = "half credit, as code exists" if started else "0.8 credit before the first code"
    return (
        f"Ask the product owner, then edit the description of {issue.url} ({worth}):\n"
        "Acceptance criteria\n- Given … when … then …\n- Given … when … then …"
    )
