from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.scenario.load import load_scenario
from simulator.scenario.loaded import LoadedScenario
from simulator.scenario.loops import loops
from simulator.scenario.values import SprintOffset, StoryTime, Unreadable, read_story_time
from tests.plan.builders import a_scenario, at


@pytest.fixture
def scenario(tmp_path: Path) -> LoadedScenario:
    found = a_scenario(tmp_path)
    text = found.file.read_text().replace(
        "events:", "  - {id: two, name: Two, goal: g, days: 5, issues: [bug]}\nevents:"
    )
    found.file.write_text(text.replace("sprints:", "  - {id: bug, summary: B}\nsprints:"))
    return load_scenario(tmp_path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2h before sprint end", at(10, 15)),
        ("2h before one end", at(10, 15)),
        ("1h after two start", at(11, 10)),
        ("30m before two end", at(15, 16.5)),
        ("8h after sprint start", at(2, 9)),
        ("12h before one end", at(9, 13)),
        ("0m before one end", at(10, 17)),
        ("1h after one end", at(11, 10)),
        ("day 5 10:00", at(5, 10)),
    ],
)
def test_times_are_reckoned_in_working_time(scenario: LoadedScenario, text: str, expected: datetime) -> None:
    assert scenario.instant(read_story_time(text)) == expected


@given(
    minutes=st.integers(0, 24_000),
    before=st.booleans(),
    of_end=st.booleans(),
    sprint=st.sampled_from(["", "one", "sprint-2"]),
)
def test_a_time_from_a_sprint_is_read_as_it_is_written(minutes: int, before: bool, of_end: bool, sprint: str) -> None:
    time = StoryTime(0, offset=SprintOffset(timedelta(minutes=minutes), before, sprint, of_end))

    assert read_story_time(str(time)) == time


@pytest.mark.parametrize("text", ["2h before", "before sprint end", "2 before sprint end", "2h..3h after sprint end"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read_story_time(text)


def test_loops_are_found_once_and_what_leads_into_them_is_none() -> None:
    assert loops({"a": ["b"], "b": ["c"], "c": ["b"], "d": ["d"], "e": ["x"]}) == (("b", "c"), ("d",))
    assert loops({}) == ()


def test_a_thousand_things_in_one_ring_or_in_a_row_are_looked_through_at_once() -> None:
    row = {f"n{number}": [f"n{number + 1}"] for number in range(1_000)}
    begun = perf_counter()

    assert loops(row) == ()
    assert loops({**row, "n1000": ["n0"]}) == ((*(row), "n1000"),)
    assert perf_counter() - begun < 0.5
