"""Who gets advice on a push, and that nobody waits long for it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from simulator.emulators.kit.instance import Pushed
from simulator.model.runs import Run
from simulator.run.coach.pushes import PushAdvice
from tests.web.served import Served, eventually, served
from tests.web.test_voice import a_run


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("house")) as house:
        yield house


@pytest.fixture(scope="module")
def run(house: Served, tmp_path_factory: pytest.TempPathFactory) -> Run:
    return a_run(house, tmp_path_factory.mktemp("advised") / "scenario", name="advised")


def advice(house: Served, **changes: Any) -> PushAdvice:
    office = house.office
    return PushAdvice(shelf=office.shelf, workroom=office.workroom, openings=office.openings, **changes)


def a_push(run: Run, **changes: Any) -> Pushed:
    values: dict[str, Any] = {"site": run.id, "repository": "acme/payments", "login": "lea", "tips": {"x": "0" * 40}}
    return Pushed(**{**values, **changes})


def test_a_learner_is_answered(house: Served, run: Run) -> None:
    assert advice(house)(a_push(run)) == ["Sprintdojo: nothing to mend on x."]


@pytest.mark.parametrize(
    "other", [{"site": "default"}, {"site": "nobody-1"}, {"login": "priya"}, {"login": "x"}, {"repository": "lea/own"}]
)
def test_nobody_else_and_nothing_else_gets_a_word(other: dict[str, str], house: Served, run: Run) -> None:
    assert advice(house)(a_push(run, **other)) == ()


def test_a_run_that_is_busy_says_nothing_and_holds_nobody_up(house: Served, run: Run) -> None:
    done, begun = threading.Event(), threading.Event()

    def long() -> None:
        begun.set()
        done.wait(20)

    house.office.workroom.ask(run.id, "advance", long)
    begun.wait(20)
    try:
        assert advice(house, patience_s=0.05)(a_push(run)) == ()
    finally:
        done.set()


def test_while_a_persona_plays_its_pushes_get_no_advice(house: Served, run: Run) -> None:
    said: list[Any] = []
    job = house.office.workroom.ask(run.id, "play", lambda: said.append(advice(house, patience_s=20)(a_push(run))))

    eventually(lambda: house.office.job(run, job.number).state == "done")

    assert said == [()]
