"""SP-08: an issue is done within two sprints."""

from __future__ import annotations

from pydantic import Field

from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import ISSUES_IN_HAND
from simulator.model.agile import StatusCategory
from simulator.model.history import History, Issue
from simulator.model.history.tracker import SprintSpan
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Skip, Verdict

_CUT = 0.5


class StoryOptions(Options):
    """What may be set."""

    most_sprints: int = Field(default=2, ge=1, le=10, description="sprints that one issue may be in")


@rule(
    code="SP-08",
    name="no-never-ending-story",
    about=ISSUES_IN_HAND,
    severity=Severity.MEDIUM,
    target=1.0,
    quota=0,
    options=StoryOptions(),
)
def no_never_ending_story(issue: Issue, history: History, options: StoryOptions) -> Verdict:
    """No issue is carried through more than two sprints.

    What it checks
    --------------
    The number of sprints, started ones only, that an issue of the sprint was in at their start or came into while
    they ran; for who has or had it and did something with it.

    Why it matters
    --------------
    What is carried over again and again is too big, or nobody wants it; each sprint that holds it holds that much less.

    Example
    -------
    Good: after its second sprint PAY-3 is split, and the half that matters is done in the third

    Bad: “refactor billing”, in every sprint since autumn

    How to fix
    ----------
    Split off what can be done now, linked as “split to”, or put it back into the backlog: either earns half.

    References
    ----------
    - https://github.com/chrisma/ScrumLint
    """
    if issue.type in {"Epic", "Sub-task"}:
        return Skip(reason=f"{issue.key} is {'an epic' if issue.type == 'Epic' else 'a part of another issue'}")
    been = _sprints(issue, history)
    evidence: Measures = {"sprints": len(been), "limit": options.most_sprints}
    if len(been) <= options.most_sprints:
        return Pass(message=f"{issue.key} has been in {len(been)} of {options.most_sprints} sprints", evidence=evidence)
    cut = _is_split(issue) or _is_dropped(issue, been)
    done = issue.state.category is StatusCategory.DONE
    return Breach(
        message=f"{issue.key} has been in {len(been)} sprints ({', '.join(s.name for s in been[-4:])}), "
        f"{options.most_sprints} is the limit.{' It was split or put back: half credit.' if cut else ''}",
        how_to_fix="Split an issue when it is left over for the first time."
        if cut or done
        else f"Split off what can be done now (link it as “split to”), or put it back into the backlog: {issue.url}",
        credit=_CUT if cut else 0.0,
        repair=Repair.NONE if cut or done else Repair.PARTIAL,
        repaired=cut or done,
        evidence=evidence,
        at=been[options.most_sprints].started_at,
    )


def _sprints(issue: Issue, history: History) -> list[SprintSpan]:
    """The sprints that had it while they ran, the first one first."""
    numbers = {number for _, state in issue.states() for number in state.sprints}
    return [sprint for sprint in history.sprints_with.get(issue.key, ()) if sprint.id in numbers]


def _is_split(issue: Issue) -> bool:
    return any(link.lower().startswith(("split to", "is split to", "splits to")) for link in issue.state.links)


def _is_dropped(issue: Issue, been: list[SprintSpan]) -> bool:
    """Whether it was taken out of the last of its sprints, and is in none that still runs."""
    if issue.state.category is StatusCategory.DONE:
        return False
    left = been[-1].id not in issue.before_close_of(been[-1]).sprints
    return left and not any(sprint.closed_at is None and sprint.id in issue.state.sprints for sprint in been)
