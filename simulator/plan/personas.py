"""Scripted learners: a persona's steps as actions, and when each can be done.

Steps do not wait for one another unless they say so: whoever plays a persona does every step once, in the order of the file among
those that are ready.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from simulator.errors import RunError
from simulator.model.actions import Action
from simulator.model.keys import SeatId
from simulator.scenario.conditions.when import WhenPart
from simulator.scenario.loaded import LoadedScenario
from simulator.scenario.personas import StepPart
from simulator.scenario.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonaStep:
    """Some actions, to be done once: not before `at`, `after` the condition came to hold, and not later than `deadline`.

    Instants are simulated; `after` is working time.
    """

    id: str
    seat: SeatId
    at: datetime
    waits_for: WhenPart | None
    after: timedelta
    deadline: datetime | None
    actions: tuple[Action, ...]


def persona_steps(scenario: LoadedScenario, name: str) -> tuple[PersonaStep, ...]:
    """The steps of a persona, in the order of the file. Raises RunError with the known names when there is none of this name."""
    persona = scenario.spec.personas.get(name)
    if persona is None:
        known = ", ".join(scenario.spec.personas) or "none"
        raise RunError(f"there is no persona `{name}`", where=str(scenario.file), to_do=f"choose one of: {known}")
    return tuple(_step(scenario, name, SeatId(persona.seat), part) for part in persona.script)


def ready_at(step: PersonaStep, view: View) -> datetime | None:
    """The simulated instant from which the step can be done; None while its condition does not hold, or when it is too late."""
    if step.waits_for is None:
        return step.at
    mine = replace(view, me=step.seat)
    since = min((match.since for match in step.waits_for.matches(mine)), default=None)
    if since is None:
        return None
    instant = max(step.at, view.later(since, step.after) if step.after else since)
    return None if step.deadline and instant > step.deadline else instant


def ready(step: PersonaStep, view: View) -> bool:
    """Whether the step can be done now."""
    instant = ready_at(step, view)
    return instant is not None and instant <= view.now and not expired(step, view.now)


def expired(step: PersonaStep, now: datetime) -> bool:
    """Whether it is too late for the step."""
    return step.deadline is not None and now > step.deadline


def _step(scenario: LoadedScenario, persona: str, seat: SeatId, part: StepPart) -> PersonaStep:
    return PersonaStep(
        id=f"{persona}:{part.id}",
        seat=seat,
        at=scenario.instant(part.at) if part.at else scenario.starts_at,
        waits_for=part.when,
        after=part.after,
        deadline=scenario.instant(part.deadline) if part.deadline else None,
        actions=tuple(action for act in part.do for action in act.actions(act.seat(seat), scenario.place)),
    )
