from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from simulator.errors import RunError
from simulator.model.actions import CommentOnIssue, TransitionIssue
from simulator.model.facts import Fact
from simulator.plan.personas import PersonaStep, expired, persona_steps, ready, ready_at
from simulator.scenario.loaded import LoadedScenario
from simulator.scenario.view import View, history_of
from tests.plan.builders import BINDINGS, RETRY, a_scenario, at, opened, review

EAGER = """\
eager:
  seat: learner
  band: [50, 90]
  summary: Works.
  steps:
    - {id: start, do: [{do: move, issue: refunds, to: In Progress}, {do: comment, issue: refunds, text: Mine.}]}
    - {id: later, at: day 3 10:00, deadline: day 4 12:00, when: {approved: retry}, after: 90m, do: [{do: note, text: Good.}]}
"""


@pytest.fixture
def scenario(tmp_path: Path) -> LoadedScenario:
    return a_scenario(tmp_path, RETRY, personas=EAGER)


@pytest.fixture
def steps(scenario: LoadedScenario) -> tuple[PersonaStep, ...]:
    return persona_steps(scenario, "eager")


def view(scenario: LoadedScenario, *facts: Fact, now: datetime | None = None) -> View:
    history = history_of(scenario, facts, now=now or at(10, 17))
    return View(scenario=scenario, history=history, facts=facts, bindings=BINDINGS, seed=1)


def approved(day: int, hour: float) -> tuple[Fact, Fact]:
    return opened(7, actor="tom", when=at(2, 10)), review("APPROVED", 7, when=at(day, hour))


def test_steps_are_actions_of_the_personas_seat(steps: tuple[PersonaStep, ...]) -> None:
    move, comment = steps[0].actions

    assert move == TransitionIssue(actor="learner", issue="refunds", status="In Progress")  # type: ignore[arg-type]
    assert comment == CommentOnIssue(actor="learner", issue="refunds", body="Mine.")  # type: ignore[arg-type]


def test_a_step_without_a_time_is_ready_from_the_beginning(
    scenario: LoadedScenario, steps: tuple[PersonaStep, ...]
) -> None:
    assert ready_at(steps[0], view(scenario)) == at(1, 9)
    assert ready(steps[0], view(scenario, now=at(1, 9)))


def test_a_step_waits_for_its_condition_and_some_working_time(
    scenario: LoadedScenario, steps: tuple[PersonaStep, ...]
) -> None:
    later = steps[1]

    assert ready_at(later, view(scenario)) is None
    assert ready_at(later, view(scenario, *approved(2, 12))) == at(3, 10)
    assert ready_at(later, view(scenario, *approved(3, 16))) == at(4, 9.5)
    assert not ready(later, view(scenario, *approved(3, 16), now=at(4, 9)))
    assert ready(later, view(scenario, *approved(3, 16), now=at(4, 10)))


def test_a_deadline_ends_the_waiting(scenario: LoadedScenario, steps: tuple[PersonaStep, ...]) -> None:
    later = steps[1]

    assert ready_at(later, view(scenario, *approved(4, 11))) is None
    assert not ready(later, view(scenario, *approved(2, 12), now=at(4, 13)))
    assert expired(later, at(4, 13))
    assert not expired(later, at(4, 12))


def test_an_unknown_persona_is_said_so_with_the_known_ones(scenario: LoadedScenario) -> None:
    with pytest.raises(RunError) as caught:
        persona_steps(scenario, "eeger")

    assert caught.value.to_do == "choose one of: idle, eager"
