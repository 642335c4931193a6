"""The retrospective: two strengths and two habits by the evidence, one action with an owner, and a look at the one before.

Pure: what was measured is handed in. Refuses to name culprits: habits are the learner's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from simulator.model.actions import (
    Action,
    AssignIssue,
    Channel,
    CreateIssues,
    EditIssue,
    FieldKind,
    HoldCeremony,
    PostNote,
    PostPrompt,
    PromptField,
    PromptOption,
)
from simulator.model.agile import IssueChanges, IssueDraft, IssueType
from simulator.model.facts import Fact, FactKind
from simulator.model.history import Issue, Prompt
from simulator.model.keys import IssueRef, SeatId, SprintRef
from simulator.plan.compile import ScenarioStage
from simulator.plan.meetings.meeting import Evidence, Habit, first_name, is_done, prompt_id
from simulator.scenario.events.event import seat
from simulator.scenario.events.retro import RetroEvent
from simulator.scenario.view import View

_PLACEHOLDER = re.compile(r"\{([a-z_]{1,20}):([^{}\s]{0,200})\}")
SOMETHING_ELSE = "something-else"
_ASKED = (
    "What do we keep, and what one thing do we do differently? An action is concrete, has an owner, and can be seen to be done: "
    "“pull requests under 300 lines, split before opening”, not “communicate better”."
)
_KEPT_WELL = 0.8
_TWO = 2
_LONGEST_SUMMARY = 120


def retrospective(meeting: HoldCeremony, event: RetroEvent, view: View, evidence: Evidence) -> tuple[Action, ...]:
    """What is said and asked of each, by what was measured of them."""
    opening = PostNote(
        actor=meeting.actor,
        channel=Channel.CHAT,
        text=event.text or "Retro time. What went well, what do we change? One thing each is plenty.",
    )
    people = view.history.roster.humans()
    return (opening, *(_prompt(meeting, event, view, evidence, person.seat) for person in people))


def decided(prompt: Prompt, event: RetroEvent, fact: Fact, view: View) -> Iterator[Action]:
    """What follows from an answer: its action becomes an issue of the next sprint; said anew, the issue is changed."""
    answers = {name: _literal(str(text)) for name, text in (fact.detail.get("answers") or {}).items()}
    action = " ".join(str(answers.get("action", "")).split())
    if not action:
        return
    ref, owner = action_ref(prompt), SeatId(answers.get("owner") or prompt.seat)
    description = _description(prompt, answers, view)
    if view.bindings.get(f"issue:{ref}") or _was_said_before(fact, view):
        changes = IssueChanges(summary=_summary(action), description=description)
        yield EditIssue(actor=seat(event.who), issue=ref, changes=changes)
        made = view.issue(ref)
        if made is not None and "owner" in answers and made.state.assignee != owner:
            yield AssignIssue(actor=seat(event.who), issue=ref, assignee=owner)
        return
    following = ScenarioStage(view.scenario, view.seed).sprint_after(event.sprint)
    draft = IssueDraft(
        ref=ref,
        summary=_summary(action),
        type=IssueType.TASK,
        description=description,
        labels=("retro",),
        reporter=seat(event.who),
        assignee=owner,
    )
    yield CreateIssues(actor=seat(event.who), issues=(draft,), sprint=SprintRef(following) if following else None)


def _was_said_before(answer: Fact, view: View) -> bool:
    """Whether an earlier answer had an action, whose issue is under way when it is not made yet."""
    given = (fact for fact in view.facts if fact.kind is FactKind.PROMPT_ANSWERED and fact.subject == answer.subject)
    earlier = takewhile(lambda fact: fact.source_id != answer.source_id, given)
    return any(str((fact.detail.get("answers") or {}).get("action") or "").strip() for fact in earlier)


def action_ref(prompt: Prompt) -> IssueRef:
    """The id of the issue that a retrospective's action becomes."""
    return IssueRef(f"action-{prompt.id.replace(':', '-')}")


def look_back(view: View, who: SeatId, evidence: Evidence, *, before: RetroEvent) -> str:
    """What became of the action of the retrospective before: whether it is done, and how the same rule does now."""
    earlier = [
        prompt
        for prompt in view.history.run.prompts.values()
        if prompt.kind == "retrospective"
        and prompt.seat == who
        and prompt.answer
        and prompt.answer.answers.get("action")
        and not prompt.id.startswith(f"{before.id}:")
    ]
    if not earlier:
        return ""
    prompt = max(earlier, key=lambda prompt: prompt.at)
    answers = prompt.answer.answers if prompt.answer else {}
    told = _what_became_of(view.issue(action_ref(prompt)))
    return f"Last time: “{answers['action']}”: {told}.{_then_and_now(prompt, who, evidence)}"


def _what_became_of(issue: Issue | None) -> str:
    if issue is None:
        return "no issue came of it"
    if issue.deleted_at is not None:
        return f"{issue.key} was deleted"
    return f"{issue.key} is {'done' if is_done(issue) else issue.state.status}"


def _prompt(meeting: HoldCeremony, event: RetroEvent, view: View, evidence: Evidence, who: SeatId) -> PostPrompt:
    judged = evidence.habits.get(who, ())
    name = next((part.name for part in view.scenario.spec.sprints if part.id == event.sprint), event.sprint)
    parts = [look_back(view, who, evidence, before=event), _ASKED]
    return PostPrompt(
        actor=meeting.actor,
        prompt=prompt_id(meeting, who),
        kind=meeting.kind,
        seat=who,
        title=f"Retrospective: {name}",
        text="\n\n".join(part for part in parts if part),
        fields=tuple(_fields(judged, who, view)),
        until=view.later(view.now, event.within),
    )


def _fields(judged: Sequence[Habit], who: SeatId, view: View) -> Iterator[PromptField]:
    yield PromptField(id="keep", label="What went well", optional=True, given=_strengths(judged))
    if habits(judged):
        yield PromptField(
            id="habit", label="What to work on", kind=FieldKind.CHOICE, options=_habits(judged), optional=True
        )
    yield PromptField(id="action", label="The action")
    yield PromptField(
        id="owner", label="Who does it", kind=FieldKind.CHOICE, options=_people(view), given=who, optional=True
    )


def strengths(judged: Sequence[Habit]) -> list[Habit]:
    """The two that were kept best."""
    well = [habit for habit in judged if habit.share >= _KEPT_WELL]
    return sorted(well, key=lambda habit: (-habit.share, -habit.judged, habit.rule))[:_TWO]


def habits(judged: Sequence[Habit]) -> list[Habit]:
    """The two that are most worth working on."""
    open_ones = [habit for habit in judged if habit.share < 1.0]
    return sorted(open_ones, key=lambda habit: (habit.share, -habit.judged, habit.rule))[:_TWO]


def _strengths(judged: Sequence[Habit]) -> str:
    return "\n".join(f"{habit.name}: kept in {_share(habit)} ({habit.rule})." for habit in strengths(judged))


def _habits(judged: Sequence[Habit]) -> tuple[PromptOption, ...]:
    found = [
        PromptOption(
            value=habit.rule,
            label=f"{habit.name} ({habit.rule})",
            note=f"kept in {_share(habit)}. {habit.example}".strip(),
        )
        for habit in habits(judged)
    ]
    return (*found, PromptOption(value=SOMETHING_ELSE, label="Something else"))


def _people(view: View) -> tuple[PromptOption, ...]:
    return tuple(PromptOption(value=person.seat, label=person.name) for person in view.history.roster)


def _share(habit: Habit) -> str:
    return f"{round(habit.share * habit.judged):g} of {habit.judged}"


def _then_and_now(prompt: Prompt, who: SeatId, evidence: Evidence) -> str:
    rule = prompt.answer.answers.get("habit", "") if prompt.answer else ""
    options = [o for field in prompt.fields if field["id"] == "habit" for o in field.get("options") or ()]
    then = next((str(o.get("note") or "").partition(".")[0] for o in options if o["value"] == rule), "")
    now = evidence.of(who, rule)
    if not then or now is None:
        return ""
    return f" {rule} was {then} then; now it is kept in {_share(now)}."


def _description(prompt: Prompt, answers: dict[str, str], view: View) -> str:
    labels = {str(o["value"]): str(o["label"]) for field in prompt.fields for o in field.get("options") or ()}
    lines = [f"From “{prompt.title}”, by {first_name(view, prompt.seat)}.", "", str(answers.get("action", ""))]
    habit = str(answers.get("habit", ""))
    if habit and habit != SOMETHING_ELSE:
        lines += ["", f"What it is about: {labels.get(habit, habit)}."]
    return "\n".join(
        [*lines, "", "Acceptance criteria", "- We look at it in the next retrospective and can say what changed."]
    )


def _literal(text: str) -> str:
    """A text in which nothing is a placeholder: what a person types names no issue of the scenario."""
    return _PLACEHOLDER.sub(r"\1 \2", text)


def _summary(action: str) -> str:
    return action if len(action) <= _LONGEST_SUMMARY else f"{action[: _LONGEST_SUMMARY - 1]}…"
