"""A file that holds one part by itself: a profile of the rule book, a mapping for `sprintdojo lint`. Every fault at its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from simulator.errors import Problem, ScenarioError
from simulator.scenario.part import Part
from simulator.scenario.shape import UnknownKey, walk
from simulator.scenario.source import Source, Spot, read_source
from simulator.scenario.wording import nearest, problems_of

P = TypeVar("P", bound=Part)


def part_in(
    file: Path,
    kind: type[P],
    *,
    called: str,
    faults_of: Callable[[P, Source], list[Problem]],
    why_unknown: Callable[[Spot], str] = lambda _: "",
) -> P:
    """The part in a file; `called` is what such a file is, in words, and `faults_of` finds what is wrong beside its shape.

    `why_unknown` may say why there is no such key. Raises ScenarioError with every fault.
    """
    source = read_source(file)
    if not isinstance(source.value, dict):
        raise ScenarioError((source.problem((), f"{called} is keys and values", "begin with `format: 1`"),))
    unknown = [found for found in walk(kind, source.value) if isinstance(found, UnknownKey)]
    problems = [*source.problems]
    for found in unknown:
        hint = why_unknown(found.spot) or nearest(found.key, found.known)
        problems.append(source.problem(found.spot, f"unknown key `{found.key}`", hint, at_key=True))
    try:
        part = kind.model_validate(_known(source.value, {found.spot for found in unknown}))
    except ValidationError as exc:
        raise ScenarioError((*problems, *problems_of(exc, source))) from exc
    problems += faults_of(part, source)
    if problems:
        raise ScenarioError(tuple(problems))
    return part


def _known(value: object, unknown: set[Spot], spot: Spot = ()) -> object:
    """The value without the keys that are told already, so that nothing is told twice."""
    if isinstance(value, dict):
        return {key: _known(of, unknown, (*spot, key)) for key, of in value.items() if (*spot, key) not in unknown}
    if isinstance(value, list):
        return [_known(of, unknown, (*spot, place)) for place, of in enumerate(value)]
    return value
