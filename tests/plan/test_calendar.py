from __future__ import annotations

from pathlib import Path

from simulator.model import actions as do
from simulator.plan.calendar import _WORDS, calendar_lines, in_words
from simulator.plan.compile import compile_plan
from simulator.scenario.load import load_scenario
from simulator.scenario.packs import find_scenario
from tests.plan.builders import a_scenario


def test_lines_carry_day_and_local_time() -> None:
    scenario = load_scenario(find_scenario("first-sprint"))

    lines = {line.id: line for line in calendar_lines(scenario, seed=1)}

    bug = lines["cancelled-captures:1"]
    assert (bug.day, f"{bug.at:%a %H:%M}", bug.who) == (6, "Mon 10:00", "Anna Lindqvist")


def test_every_kind_of_action_has_words_of_its_own() -> None:
    # By name: a dataclass with slots leaves a twin of its class behind.
    assert {kind.__name__ for kind in do.Action.__subclasses__()} == {kind.__name__ for kind in _WORDS}


def test_words_fit_on_a_line(tmp_path: Path) -> None:
    note = "- {id: long, type: note, at: day 2, who: anna, text: " + "word " * 80 + "}"

    plan = compile_plan(a_scenario(tmp_path, note), seed=1)

    assert all(len(in_words(t.action)) <= 90 and "\n" not in in_words(t.action) for t in (*plan.setup, *plan.timed))
