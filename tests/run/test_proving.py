"""What personas prove: bands, moments, and that the same seed gives the same."""

from __future__ import annotations

from typing import Any

from simulator.run.proving import coverage_table, faults
from simulator.run.rehearse import Performance, rehearse
from simulator.scenario.load import load_scenario
from simulator.scenario.packs import find_scenario


def a_moment(name: str, *, well: int = 0, badly: int = 0, state: str = "over") -> dict[str, Any]:
    return {"moment": name, "state": state, "well": ["way"] * well, "badly": ["slip"] * badly}


def a_performance(persona: str, *moments: dict[str, Any], score: float = 50.0) -> Performance:
    return Performance(
        persona=persona,
        seat="learner",
        band=(40.0, 60.0),
        card={"score": score},
        team_score=score,
        facts=(),
        refused=(),
        moments=moments,
    )


def test_bands_that_hold_and_moments_met_both_ways_prove_a_scenario() -> None:
    model = a_performance("model", a_moment("first", well=1), a_moment("second", well=2))
    sloppy = a_performance("sloppy", a_moment("first", badly=1), a_moment("second", badly=1, well=1))

    assert faults([model, sloppy, a_performance("idle")]) == ()


def test_a_score_outside_of_its_band_and_a_moment_nobody_met_are_faults() -> None:
    model = a_performance("model", a_moment("first", badly=1), score=61.0)
    sloppy = a_performance("sloppy", a_moment("first", state="waiting"))

    assert faults([model, sloppy]) == (
        "model scored 61.0, outside of its band 40 to 60",
        "the moment first is never met well by model",
        "the moment first is never met badly by sloppy",
    )


def test_coverage_is_told_moment_by_moment() -> None:
    model = a_performance("model", a_moment("first", well=1), a_moment("second", well=1, badly=1))
    idle = a_performance("idle", a_moment("first", state="waiting"), a_moment("second"))

    assert coverage_table([model, idle]) == [("first", "well", "never"), ("second", "both", "nothing seen")]


def test_whoever_plays_for_the_number_twice_gets_the_same_and_stays_in_the_band() -> None:
    scenario = load_scenario(find_scenario("first-sprint"))
    days: list[int] = []

    once = rehearse(scenario, "adversary", seed=3, progress=lambda day, _: days.append(day))
    again = rehearse(scenario, "adversary", seed=3)

    assert once.in_band
    assert once.fingerprint == again.fingerprint
    assert days == sorted(set(days))
    assert (days[0], days[-1]) == (1, 10)


def test_the_sloppy_learner_meets_every_moment_of_the_team_under_pressure_badly() -> None:
    scenario = load_scenario(find_scenario("team-under-pressure"))

    sloppy = rehearse(scenario, "sloppy", seed=1)

    assert faults([sloppy]) == ()
    assert len({moment["number"] for moment in sloppy.moments}) == 18
