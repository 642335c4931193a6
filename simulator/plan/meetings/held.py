"""What a meeting comes to when it is held, and what follows from the answers given there. Pure; each kind has its own module."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.model.actions import Action, HoldCeremony, PromptKind
from simulator.model.facts import Fact, FactKind
from simulator.model.history import Prompt
from simulator.plan.meetings.meeting import Evidence, event_of, goal_of, issues_of
from simulator.plan.meetings.planning import planned, planning, planning_remarks
from simulator.plan.meetings.retrospective import decided, retrospective
from simulator.plan.meetings.review import review, review_remarks
from simulator.plan.meetings.stand_up import stand_up
from simulator.scenario.claims import Remark, compared
from simulator.scenario.events.planning import PlanningEvent
from simulator.scenario.events.retro import RetroEvent
from simulator.scenario.events.review import ReviewEvent
from simulator.scenario.events.stand_up import StandUpEvent
from simulator.scenario.timed import Rank, TimedAction
from simulator.scenario.view import View


def held(meeting: HoldCeremony, view: View, evidence: Evidence) -> tuple[Action, ...]:
    """What is said and asked at a meeting, on the state of this moment; nothing when the story has no such meeting (any more)."""
    event = next((event for event in view.scenario.spec.story if event.id == meeting.event), None)
    match event:
        case PlanningEvent():
            return planning(meeting, event, view)
        case StandUpEvent():
            return stand_up(meeting, event, view)
        case ReviewEvent():
            return review(meeting, event, view)
        case RetroEvent():
            return retrospective(meeting, event, view, evidence)
    return ()


def after_answer(fact: Fact, view: View) -> tuple[TimedAction, ...]:
    """What follows from an answer at once: issues move, the retrospective's action becomes an issue."""
    prompt = view.history.run.prompts.get(str(fact.detail.get("prompt")))
    if fact.kind is not FactKind.PROMPT_ANSWERED or prompt is None:
        return ()
    event = event_of(prompt, view)
    actions: tuple[Action, ...] = ()
    if isinstance(event, PlanningEvent):
        actions = tuple(planned(prompt, event, fact, view))
    elif isinstance(event, RetroEvent):
        actions = tuple(decided(prompt, event, fact, view))
    return tuple(
        TimedAction(id=f"{fact.source_id}:{number}", at=fact.at, priority=Rank.REACTION, action=action)
        for number, action in enumerate(actions, start=1)
    )


def stands_now(prompt: Prompt, view: View) -> Mapping[str, str]:
    """What the fields of a prompt hold that tell how things stand, by field: others may have answered since it was posted."""
    event = event_of(prompt, view)
    if not isinstance(event, PlanningEvent):
        return {}
    return {
        "issues": ",".join(issue.key for issue in issues_of(view, event.sprint)),
        "goal": goal_of(view, event.sprint),
    }


def remarks(prompt: Prompt, view: View) -> tuple[Remark, ...]:
    """Where an answer and what was seen tell differently; nothing for prompts that are compared with nothing."""
    match prompt.kind:
        case PromptKind.STAND_UP:
            return compared(prompt, view.history)
        case PromptKind.REVIEW:
            return review_remarks(prompt, view.history)
        case PromptKind.PLANNING:
            event = event_of(prompt, view)
            return planning_remarks(event, view) if isinstance(event, PlanningEvent) else ()
    return ()
