"""Whether builds can be reported, and whether what the default branch demands ever comes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulator.errors import Problem
from simulator.scenario.events.checks import ChecksEvent
from simulator.scenario.source import Source
from simulator.scenario.whole import Whole

_DEFAULT = str(ChecksEvent.model_fields["name"].default)


def build_problems(source: Source, whole: Whole) -> Iterator[Problem]:
    """Reporters without the right to report, two builds of one name, and demanded checks that nobody reports."""
    names: set[str] = set()
    for spot, event in whole.events.items():
        if isinstance(event, ChecksEvent):
            who = whole.people.get(event.who)
            if who is not None and who.access == "pull":
                message = f"`{event.who}` may only read the repository, so cannot report a check"
                yield source.problem((*spot, "who"), message, "give them `access: push`, or name somebody who has it")
            if event.name in names:
                message = f"there are two builds called `{event.name}`"
                yield source.problem((*spot, "id"), message, "give each a `name` of its own")
            names.add(event.name)
    reported = reported_checks(source.value)
    for number, name in enumerate(_demanded(source.value)):
        if name not in reported:
            message = f"the default branch demands the check `{name}`, which nobody reports"
            hint = "add an event `checks` of that name, or take it out: nothing could ever be merged"
            yield source.problem(("repository", "protection", "checks", number), message, hint)


def _demanded(value: Any) -> list[str]:
    for key in ("repository", "protection", "checks"):
        value = value.get(key) if isinstance(value, dict) else None
    return [name for name in value if isinstance(name, str)] if isinstance(value, list) else []


def reported_checks(value: Any) -> frozenset[str]:
    """The names of the checks that events and acts anywhere report, whether or not the rest of them is right."""
    return frozenset(_reported(value))


def _reported(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        name = value.get("name", _DEFAULT if value.get("type") == "checks" else None)
        if (value.get("type") == "checks" or value.get("do") == "report_check") and isinstance(name, str):
            yield name
        for item in value.values():
            yield from _reported(item)
    elif isinstance(value, list):
        for item in value:
            yield from _reported(item)
