"""The shipped scenarios as a catalogue shows them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from simulator.scenario.assembling.texts import languages
from simulator.scenario.loaded import LoadedScenario
from simulator.timekeeping.pace import format_pace


def catalogue(scenarios: Iterable[LoadedScenario]) -> list[dict[str, Any]]:
    """One entry a scenario: what it is, what it teaches, how long it takes at its own pace."""
    return [_entry(scenario) for scenario in scenarios]


def _entry(scenario: LoadedScenario) -> dict[str, Any]:
    spec = scenario.spec
    days = sum(sprint.days for sprint in spec.sprints)
    return {
        "id": spec.id,
        "name": scenario.folder.name,
        "title": spec.title,
        "summary": spec.summary,
        "level": spec.level,
        "teaches": list(spec.teaches),
        "languages": list(languages(scenario.folder)),
        "sprints": len(spec.sprints),
        "days": days,
        "issues": len(spec.backlog),
        "people": [{"name": person.name, "role": person.role} for person in scenario.roster],
        "pace": format_pace(scenario.pace_s),
        "minutes": round(days * scenario.pace_s / 60),
    }
