"""What the performances of a scenario's personas prove: bands that hold, moments that were met well and badly. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from simulator.run.rehearse import Performance

MODEL, SLOPPY = "model", "sloppy"


def faults(performances: Sequence[Performance]) -> tuple[str, ...]:
    """What the performances fail to show, each in a sentence; nothing when the scenario is proved."""
    return (*_missed_bands(performances), *_unmet_moments(performances))


def coverage_table(performances: Sequence[Performance]) -> list[tuple[str, ...]]:
    """A row for each moment: its id, and for each performance `well`, `badly`, `both`, `open` or `never`."""
    moments = [str(moment["moment"]) for moment in (performances[0].moments if performances else ())]
    return [(name, *(_outcome(_moment(one, name)) for one in performances)) for name in moments]


def _missed_bands(performances: Sequence[Performance]) -> Iterator[str]:
    for one in performances:
        if not one.in_band:
            low, high = one.band
            yield f"{one.persona} scored {one.score:.1f}, outside of its band {low:g} to {high:g}"


def _unmet_moments(performances: Sequence[Performance]) -> Iterator[str]:
    wanted = ((MODEL, "well"), (SLOPPY, "badly"))
    for persona, outcome in wanted:
        for one in performances:
            if one.persona == persona:
                unmet = [str(moment["moment"]) for moment in one.moments if not moment[outcome]]
                yield from (f"the moment {name} is never met {outcome} by {persona}" for name in unmet)


def _moment(performance: Performance, name: str) -> Mapping[str, Any]:
    return next((moment for moment in performance.moments if moment["moment"] == name), {})


def _outcome(moment: Mapping[str, Any]) -> str:
    if not moment or moment["state"] == "waiting":
        return "never"
    match bool(moment["well"]), bool(moment["badly"]):
        case True, True:
            return "both"
        case True, False:
            return "well"
        case False, True:
            return "badly"
    return "nothing seen"
