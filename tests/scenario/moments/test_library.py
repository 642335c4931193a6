"""What holds of every moment of the library: ways, slips, hints, words, and a page that names them."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.errors import ScenarioError
from simulator.scenario.moments.moment import Moment
from simulator.scenario.moments_reference import all_moments, library, moment_page
from tests.scenario.moments.builders import a_scenario

LIBRARY = all_moments()


def test_all_eighteen_are_there_each_once() -> None:
    assert [kind.number for kind in LIBRARY.values()] == list(range(1, 19))
    assert len({kind.title for kind in LIBRARY.values()}) == 18


@pytest.mark.parametrize("kind", LIBRARY.values(), ids=list(LIBRARY))
def test_every_moment_has_three_ways_a_slip_three_hints_and_a_reason(kind: type[Moment]) -> None:
    assert len(kind.ways) >= 3
    assert kind.slips
    assert not set(kind.ways) & set(kind.slips)
    assert len(kind.usual_hints) == 3
    assert 40 <= len(kind.usual_explanation.split()) <= 160
    assert all(
        text.endswith((".", "?", "!")) for text in (*kind.ways.values(), *kind.slips.values(), *kind.usual_hints)
    )
    assert not any("your fault" in text.lower() for text in kind.slips.values())


def test_the_page_names_every_key_way_and_slip() -> None:
    page = library()

    for name, kind in LIBRARY.items():
        assert f"`{name}`" in page
        own = set(kind.model_fields) - set(Moment.model_fields) - {"type"}
        assert all(f"`{word}`" in moment_page(kind) for word in (*own, *kind.ways, *kind.slips))


def test_what_a_moment_names_is_checked_with_its_line() -> None:
    with pytest.raises(ScenarioError) as raised:
        a_scenario("{id: vague, type: vague_issue, at: day 1 09:00, who: anna, issue: one-22}")

    (problem,) = raised.value.problems
    assert (problem.line, "one-22" in str(problem)) == (24, True)


def test_a_moment_of_a_teammate_or_led_by_a_human_is_refused() -> None:
    with pytest.raises(ScenarioError, match="not a human"):
        a_scenario("{id: first, type: first_branch, at: day 1 09:00, who: rita, of: [tom]}")
    with pytest.raises(ScenarioError, match="not a teammate"):
        a_scenario("{id: first, type: first_branch, at: day 1 09:00, who: ada}")


@pytest.mark.parametrize(("name", "kind"), LIBRARY.items(), ids=list(LIBRARY))
def test_every_way_and_every_slip_is_played_in_the_moment_s_own_tests(name: str, kind: type[Moment]) -> None:
    played = (Path(__file__).parent / f"test_{name}.py").read_text(encoding="utf-8")

    assert [way for way in (*kind.ways, *kind.slips) if f'"{way}"' not in played] == []
