"""A scenario looked through as every run might have it: in each language, and with each option of what varies.

Refuses to play it: whether it can be played well is for `prove` to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from simulator.errors import Problem, ScenarioError
from simulator.scenario.assembling.texts import ENGLISH, languages
from simulator.scenario.assembling.variation import Choices, each_once
from simulator.scenario.load import load_scenario
from simulator.scenario.loaded import LoadedScenario

_WITH = " (with "


def thorough_problems(path: Path) -> tuple[Problem, ...]:
    """Everything that is wrong with a scenario in some run of it; what is wrong in all of them comes alone."""
    try:
        scenario = load_scenario(path)
    except ScenarioError as exc:
        return exc.problems
    found: list[Problem] = []
    for language in languages(scenario.folder):
        if language != ENGLISH:
            found += _in_language(scenario, language)
    for choices in each_once(scenario.plain.get("vary")):
        found += _with(scenario, choices)
    return tuple(_first_of_each(found))


def _first_of_each(found: Sequence[Problem]) -> Iterator[Problem]:
    """One problem for each fault, though many choices lead to it."""
    seen: set[tuple[str, int, int, str]] = set()
    for problem in found:
        key = (problem.file, problem.line, problem.column, problem.message.partition(_WITH)[0])
        if key not in seen:
            seen.add(key)
            yield problem


def _in_language(scenario: LoadedScenario, language: str) -> Iterator[Problem]:
    try:
        load_scenario(scenario.file, language=language)
    except ScenarioError as exc:
        yield from (replace(problem, message=f"{problem.message} (in {language})") for problem in exc.problems)


def _with(scenario: LoadedScenario, choices: Choices) -> Iterator[Problem]:
    told = ", ".join(f"{name} = {option}" for name, option in choices.items())
    try:
        load_scenario(scenario.file, chosen=choices)
    except ScenarioError as exc:
        yield from (replace(problem, message=f"{problem.message}{_WITH}{told})") for problem in exc.problems)
