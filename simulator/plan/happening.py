"""Events that wait for something: when they are due, and whether they take place.

Pure. What took place is read from the facts, so asking twice, or in another process, gives the same. Refuses to do anything:
the engine writes the fact and puts the actions on the agenda.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from simulator.model.actions import Action, Happen
from simulator.plan.compile import ScenarioStage
from simulator.plan.draws import rng
from simulator.plan.it import is_about_nothing, with_it
from simulator.plan.moments import opening
from simulator.scenario.conditions.condition import Match
from simulator.scenario.conditions.when import WhenPart
from simulator.scenario.events.triggered import TriggeredEvent
from simulator.scenario.moments.moment import Moment
from simulator.scenario.timed import Rank, TimedAction
from simulator.scenario.view import View

MOST_TIMES = 20
"""How often one event takes place in a run."""
ONCE = "once"
_LONGEST_NAME = 60
_MAIN = ("pull", "issue", "branch", "person")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What becomes of an event that is due: it takes place `about` something, or not (`why`), or is asked again (`again`)."""

    takes_place: bool = False
    about: Mapping[str, str] = field(default_factory=dict)
    why: str = ""
    again: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """A way in which an event may take place: what it is about, since when that is so, and when it is due."""

    about: Mapping[str, str]
    since: datetime
    due: datetime


def considered(view: View) -> tuple[TimedAction, ...]:
    """Every event with a condition that is met, or will be if nothing changes, at the instant when it is due.

    Ids are stable as long as a condition holds since the same instant: adding twice is harmless.
    """
    return tuple(timed for event in waiting_events(view) for timed in _due_times(event, view))


def waiting_events(view: View) -> Iterator[TriggeredEvent]:
    """The events that wait for a condition and may yet take place."""
    for event in view.scenario.conditional_events:
        times = len(view.history.run.events.get(event.id, ()))
        if times < (MOST_TIMES if event.repeat else 1) and view.now <= _last_instant(event, view):
            yield event


def judged(happen: Happen, view: View) -> Verdict:
    """Whether an event that is due takes place, by what is known now.

    One that repeats takes place about what it was put on the agenda for; else any that meets the condition will do.
    """
    event = event_of(happen, view)
    if event is None:
        known = any(other.id == happen.event for other in view.scenario.spec.story)
        return Verdict(takes_place=known, why="" if known else "the story has no such event any more")
    times = view.history.run.events.get(event.id, ())
    if any(time.occurrence == happen.occurrence for time in times):
        return Verdict(why="it took place already")
    if len(times) >= MOST_TIMES:
        return Verdict(why=f"it took place {MOST_TIMES} times")
    if event.deadline is not None and view.now > view.scenario.instant(event.deadline):
        return Verdict(why=f"its deadline, {event.deadline}, is past")
    return _first_of(event, happen, view)


def event_of(happen: Happen, view: View) -> TriggeredEvent | None:
    """The event that is to happen, None for one without a trigger: its actions are on the agenda by themselves."""
    found = next((event for event in view.scenario.spec.story if event.id == happen.event), None)
    return found if isinstance(found, TriggeredEvent) else None


def actions_of(happen: Happen, view: View) -> tuple[Action, ...]:
    """What is done when an event takes place, about what met its condition."""
    return tuple(timed.action for timed in entries_of_event(happen, view, view.now))


def entries_of_event(happen: Happen, view: View, at: datetime) -> tuple[TimedAction, ...]:
    """What is done when an event takes place, as entries of one instant, in order."""
    event = event_of(happen, view)
    acts = event.acts(ScenarioStage(view.scenario, view.seed), happen.about) if event else ()
    meant = enumerate((with_it(action, happen.about) for action in acts), start=1)
    return tuple(
        TimedAction(id=f"{happen.event}:{happen.occurrence}:{number}", at=at, priority=Rank.STORY, action=action)
        for number, action in meant
        if not is_about_nothing(action)
    )


def asked_again(happen: Happen, at: datetime) -> TimedAction:
    """The same question at a later instant."""
    name = f"{happen.event}:{happen.occurrence}:again-{at:%Y%m%dT%H%M%S%f}"
    return TimedAction(id=name, at=at, priority=Rank.STORY, action=happen)


def name_of(about: Mapping[str, str]) -> str:
    """The one thing that a match is mainly about, as a part of an id: `pull-7`; empty for nothing."""
    kind = next((kind for kind in _MAIN if kind in about), None)
    name = f"{kind}-{about[kind]}" if kind else ""
    return name if len(name) <= _LONGEST_NAME else sha256(name.encode()).hexdigest()[:16]


def _first_of(event: TriggeredEvent, happen: Happen, view: View) -> Verdict:
    """The first way in which an event may take place now; else why not, and when it may be asked again."""
    why, again = "", []
    for chance in _chances(event, view):
        if event.repeat and event.when is not None and name_of(chance.about) != name_of(happen.about):
            continue
        if chance.due > view.now:
            again.append(chance.due)
            continue
        verdict = _allowed(event, happen.occurrence, chance.about, view)
        if verdict.takes_place:
            return verdict
        why = why or verdict.why
        again += [verdict.again] if verdict.again else []
    last = _last_instant(event, view)
    nothing = "not yet" if again else "what it waits for does not hold any more"
    return Verdict(why=why or nothing, again=min((at for at in again if at <= last), default=None))


def _allowed(event: TriggeredEvent, occurrence: str, about: Mapping[str, str], view: View) -> Verdict:
    if event.unless is not None and _met(event.unless, about, view):
        return Verdict(why="what keeps it from taking place holds")
    if event.chance < 1 and rng(view.seed, "chance", event.id, occurrence).random() >= event.chance:
        return Verdict(why="chance decided against it")
    if isinstance(event, Moment):
        may = opening(event, view, about)
        if may.why:
            return Verdict(why=may.why, again=may.again)
    return Verdict(takes_place=True, about=about)


def _met(condition: WhenPart, about: Mapping[str, str], view: View) -> bool:
    """Whether a condition holds now, of what it is about where both say something about that."""
    return any(
        match.since <= view.now and all(about.get(kind, name) == name for kind, name in match.about.items())
        for match in condition.matches(view)
    )


def _due_times(event: TriggeredEvent, view: View) -> Iterator[TimedAction]:
    happened = {time.occurrence for time in view.history.run.events.get(event.id, ())}
    chances = [chance for chance in _chances(event, view) if chance.due <= _last_instant(event, view)]
    for chance in chances[:MOST_TIMES] if event.repeat else _wake_ups(chances, view.now):
        name = name_of(chance.about)
        occurrence = _occurrence(event, name)
        if occurrence not in happened:
            yield TimedAction(
                id=f"{event.id}:{occurrence}:{name or 'met'}:{chance.since:%Y%m%dT%H%M%S%f}",
                at=chance.due,
                priority=Rank.STORY,
                action=Happen(actor=event.seat, event=event.id, occurrence=occurrence, about=dict(chance.about)),
            )


def _wake_ups(chances: Sequence[Chance], now: datetime) -> list[Chance]:
    """When to ask for an event that takes place once: at the first chance, at the newest one, and at the first to come."""
    past, coming = [c for c in chances if c.due <= now], [c for c in chances if c.due > now]
    return [*past[:1], *past[1:][-1:], *coming[:1]]


def _chances(event: TriggeredEvent, view: View) -> list[Chance]:
    """The ways in which an event may take place, by the time when it is due; one for each thing that it may be about."""
    if event.when is None:
        at = view.scenario.instant(event.at) if event.at else view.scenario.starts_at
        return [Chance(about={}, since=at, due=at)]
    found: dict[str, Match] = {}
    for match in event.when.matches(view):
        name = name_of(match.about)
        if name not in found or match.since < found[name].since:
            found[name] = match
    chances = [
        Chance(about=match.about, since=match.since, due=_due_of(event, match, _occurrence(event, name), view))
        for name, match in found.items()
    ]
    return sorted(chances, key=lambda chance: (chance.due, chance.since, name_of(chance.about)))


def _occurrence(event: TriggeredEvent, name: str) -> str:
    return (name or ONCE) if event.repeat else ONCE


def _last_instant(event: TriggeredEvent, view: View) -> datetime:
    ends = view.scenario.ends_at
    return min(ends, view.scenario.instant(event.deadline)) if event.deadline is not None else ends


def _due_of(event: TriggeredEvent, match: Match, occurrence: str, view: View) -> datetime:
    since = max(match.since, view.scenario.starts_at)
    if event.after.longest:
        stage = ScenarioStage(view.scenario, view.seed)
        since = stage.later(since, event.after, "after", event.id, occurrence)
    return max(since, view.scenario.instant(event.at)) if event.at else since
