"""Reading a scenario: from a path to a LoadedScenario, or to all that is wrong with it at once."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from simulator.errors import Problem, ScenarioError
from simulator.scenario.assembling.assemble import assemble
from simulator.scenario.assembling.texts import ENGLISH
from simulator.scenario.assembling.variation import Choices
from simulator.scenario.checks import fitting_problems
from simulator.scenario.loaded import LoadedScenario
from simulator.scenario.references import reference_problems
from simulator.scenario.schema import Scenario
from simulator.scenario.source import FILE_NAME, Source, read_source
from simulator.scenario.wording import problems_of

__all__ = ["FILE_NAME", "LoadedScenario", "load_scenario"]


def load_scenario(
    path: Path, *, seed: int = 1, language: str = ENGLISH, chosen: Choices | None = None
) -> LoadedScenario:
    """The scenario of a folder (its scenario.yaml) or of a file, in a language, with what the seed chooses.

    English stands in for a language that the scenario does not speak; `chosen` goes before the seed's choice.
    Raises ScenarioError with every problem found.
    """
    file = _file(path)
    source = read_source(file)
    if not isinstance(source.value, dict):
        raise ScenarioError(
            (source.problem((), "a scenario is keys and values", "begin with `format: 1`, then `id:`"),)
        )
    assembled = assemble(source, file.parent, seed=seed, language=language, chosen=chosen or {})
    source = assembled.source
    scenario, problems = _validated(source)
    problems += source.problems
    if source.is_whole:
        problems += [*reference_problems(source, file.parent), *fitting_problems(source)]
    if problems or scenario is None:
        raise ScenarioError(tuple(dict.fromkeys(problems)))
    return LoadedScenario(
        spec=scenario,
        file=file,
        folder=file.parent.resolve(),
        plain=source.value,
        choices=assembled.choices,
        source=source,
    )


def _file(path: Path) -> Path:
    if path.is_dir():
        path = path / FILE_NAME
        if not path.is_file():
            message = f"there is no {FILE_NAME} in `{path.parent}`"
            raise ScenarioError((Problem(str(path), 0, 0, message, "begin one with `sprintdojo scenario new NAME`"),))
    if not path.is_file():
        message = f"there is no file `{path}`"
        raise ScenarioError((Problem(str(path), 0, 0, message, "`sprintdojo scenario list` shows what is there"),))
    return path


def _validated(source: Source) -> tuple[Scenario | None, list[Problem]]:
    try:
        return Scenario.model_validate(source.value), []
    except ValidationError as exc:
        return None, problems_of(exc, source)
