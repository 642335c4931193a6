"""Sprint planning: capacity against what is wanted, velocity as a forecast, and what goes in.

Pure. Refuses to decide for the team: without an answer the sprint stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from simulator.model.actions import (
    Action,
    Channel,
    EditSprint,
    FieldKind,
    HoldCeremony,
    MoveIssue,
    PostNote,
    PromptField,
)
from simulator.model.amounts import amount
from simulator.model.facts import Fact
from simulator.model.history import Issue, Prompt
from simulator.model.history.outcomes import SprintOutcome, sprint_outcomes, velocity_band
from simulator.model.keys import IssueKey, IssueRef, SprintRef
from simulator.plan.compile import ScenarioStage
from simulator.plan.meetings.meeting import (
    as_option,
    ask_humans,
    first_name,
    goal_of,
    in_order,
    is_done,
    issues_of,
    sprint_id,
)
from simulator.scenario.claims import Remark
from simulator.scenario.events.event import seat
from simulator.scenario.events.planning import PlanningEvent
from simulator.scenario.view import View

_ASKED = (
    "Choose what goes into the sprint, or move it on the board. Say what stays out and why: a plan that fits is a promise, "
    "one that does not is a wish."
)


def planning(meeting: HoldCeremony, event: PlanningEvent, view: View) -> tuple[Action, ...]:
    """What is said and asked at the beginning."""
    facts = f"{_listed(event, view)}\n\n{_ASKED}"
    said = [event.text] if event.text else []
    opening = PostNote(actor=meeting.actor, channel=Channel.CHAT, text="\n\n".join([*said, _listed(event, view)]))
    fields = (
        PromptField(
            id="issues",
            label="In the sprint",
            kind=FieldKind.ISSUES,
            options=tuple(as_option(issue, view, *_notes(issue, event, view)) for issue in candidates(event, view)),
            given=",".join(issue.key for issue in issues_of(view, event.sprint)),
        ),
        PromptField(id="goal", label="The sprint's goal", optional=True, given=goal_of(view, event.sprint)),
        PromptField(id="left_out", label="What stays out, and why", optional=True),
    )
    title = f"Planning: {_sprint_name(event, view)}"
    return (
        opening,
        *ask_humans(
            meeting,
            view,
            title=title,
            text=facts,
            until=event.ends(ScenarioStage(view.scenario, view.seed)),
            fields=fields,
        ),
    )


def planned(prompt: Prompt, event: PlanningEvent, fact: Fact, view: View) -> Iterator[Action]:
    """What follows from an answer: issues come and go and the goal is as it says, and who leads says what that adds up to."""
    answers = fact.detail.get("answers") or {}
    chosen = {key for key in str(answers.get("issues", "")).split(",") if key}
    offered = {str(option["value"]) for field in prompt.fields for option in field.get("options") or ()}
    stands = {str(issue.key) for issue in issues_of(view, event.sprint)}
    lead = seat(event.who)
    for key in sorted(offered & (chosen - stands), key=lambda key: _place(key, view)):
        yield MoveIssue(actor=lead, issue=IssueRef(key), sprint=SprintRef(event.sprint))
    for key in sorted(offered & (stands - chosen), key=lambda key: _place(key, view)):
        yield MoveIssue(actor=lead, issue=IssueRef(key), sprint=None)
    goal = " ".join(str(answers.get("goal", "")).split())
    if goal and goal != goal_of(view, event.sprint):
        yield EditSprint(actor=lead, sprint=SprintRef(event.sprint), goal=goal)
    kept = [view.history.issues[IssueKey(key)] for key in (stands - offered) | chosen if key in view.history.issues]
    yield PostNote(actor=lead, channel=Channel.CHAT, text=_sum_up(prompt, event, kept, view))


def planning_remarks(event: PlanningEvent, view: View) -> tuple[Remark, ...]:
    """What the sprint started with, against what there is room for; nothing before it started, or when it fits."""
    number = sprint_id(view, event.sprint)
    outcome = next((o for o in sprint_outcomes(view.history) if o.sprint.id == number), None)
    if outcome is None or event.points is None or outcome.unit != "points" or outcome.committed_sum <= event.points:
        return ()
    words = (
        f"{outcome.sprint.name} started with {amount(outcome.committed_sum, 'point')}, and there is room for {event.points:g}. "
        "Something will be left over: better to say now what."
    )
    return (Remark(kind="over-committed", text=words),)


def candidates(event: PlanningEvent, view: View) -> list[Issue]:
    """What may go in: what stands in the sprint, what is wanted, and what earlier sprints left over; none that is done."""
    wanted = [issue for ref in event.wants if (issue := view.issue(ref)) is not None]
    left = [issue for outcome in sprint_outcomes(view.history) for issue in outcome.carried_over]
    found = {issue.key: issue for issue in [*issues_of(view, event.sprint), *wanted, *left] if not is_done(issue)}
    return sorted(found.values(), key=lambda issue: in_order(issue, view))


def points_of(issues: list[Issue]) -> float:
    """Story points of some issues; those without an estimate add nothing."""
    return sum(issue.state.points or 0.0 for issue in issues)


def _listed(event: PlanningEvent, view: View) -> str:
    return "\n".join(f"- {line}" for line in _numbers(event, view))


def _numbers(event: PlanningEvent, view: View) -> Iterator[str]:
    outcomes = [outcome for outcome in sprint_outcomes(view.history) if outcome.sprint.closed_at]
    if event.capacity:
        each = ", ".join(f"{first_name(view, seat(who))} {points:g}" for who, points in event.capacity.items())
        yield f"Capacity: {amount(event.points or 0, 'point')} ({each})."
    elif event.points is not None:
        yield f"Capacity: {amount(event.points, 'point')}."
    if outcomes:
        yield _so_far(outcomes[-1])
    band = velocity_band(outcomes)
    if band:
        yield f"Going by the sprints so far, {band.low:g} to {band.high:g} {band.unit} are likely."
    if band and event.points is None:
        yield f"A suggestion for the capacity: {band.low:g} {band.unit}."
    stands = [issue for issue in issues_of(view, event.sprint) if not is_done(issue)]
    yield f"In the sprint now: {amount(points_of(stands), 'point')} in {amount(len(stands), 'issue')}."
    wanted = [issue for ref in event.wants if (issue := view.issue(ref)) is not None and not is_done(issue)]
    more = [issue for issue in wanted if issue.key not in {other.key for other in stands}]
    if more:
        yield f"Wanted besides: {', '.join(issue.key for issue in more)}, {amount(points_of(more), 'point')} more."


def _so_far(last: SprintOutcome) -> str:
    later = f", {last.added_sum:g} came in later" if last.added_sum else ""
    carried = f", {last.carried_over_sum:g} carried over" if last.carried_over_sum else ""
    return (
        f"“{last.sprint.name}”: {last.completed_sum:g} of {last.committed_sum:g} {last.unit} completed{later}{carried}."
    )


def _notes(issue: Issue, event: PlanningEvent, view: View) -> Iterator[str]:
    for outcome in reversed(sprint_outcomes(view.history)):
        if issue in outcome.carried_over:
            yield f"carried over from {outcome.sprint.name}"
            break
    if issue.ref in event.wants:
        yield "wanted"


def _sum_up(prompt: Prompt, event: PlanningEvent, kept: list[Issue], view: View) -> str:
    points, room = points_of(kept), event.points
    who = first_name(view, prompt.seat)
    if room is None:
        return f"Thank you, {who}. So it is {amount(points, 'point')} in {amount(len(kept), 'issue')}."
    if points <= room:
        return f"Thank you, {who}. So it is {amount(points, 'point')}, and we have room for {room:g}. That fits."
    return f"Thank you, {who}. So it is {amount(points, 'point')}, {points - room:g} more than the {room:g} we have room for."


def _sprint_name(event: PlanningEvent, view: View) -> str:
    return next((part.name for part in view.scenario.spec.sprints if part.id == event.sprint), event.sprint)


def _place(key: str, view: View) -> tuple[int, int]:
    issue = view.history.issues.get(IssueKey(key))
    return in_order(issue, view) if issue else (0, 0)
