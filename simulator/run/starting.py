"""The beginning of a run: its row, its site or its services, its plan written into the agenda."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from simulator.errors import RunError
from simulator.hygiene.profiles import check_rules
from simulator.model.agenda import Phase
from simulator.model.runs import Run, RunState, WhileAway
from simulator.plan.compile import compile_plan
from simulator.run.credentials import CredentialsFile, from_environment
from simulator.run.shelf import Shelf, entries_of
from simulator.scenario.assembling.settle import settle
from simulator.scenario.assembling.texts import ENGLISH, languages
from simulator.scenario.assembling.texts import FOLDER as TEXTS
from simulator.scenario.load import LoadedScenario, load_scenario
from simulator.scenario.packs import find_scenario
from simulator.timekeeping.clock import Clock
from simulator.timekeeping.pace import parse_pace
from simulator.timekeeping.timeline import Segment


@dataclass(frozen=True, slots=True, kw_only=True)
class StartRequest:
    """What is asked for. `scenario` is a name or a folder; with `github` and `jira` the services are not ours."""

    scenario: str
    pace: str | None = None
    seed: int = 1
    language: str | None = None
    paused: bool = False
    while_away: str | None = None
    github: str | None = None
    jira: str | None = None
    owner: str | None = None
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def emulated(self) -> bool:
        """Whether the run takes place on our own emulated services."""
        return self.github is None


def begin_run(
    request: StartRequest,
    shelf: Shelf,
    *,
    clock: Clock,
    credentials: CredentialsFile,
    folder: Path,
    packs: Path | None = None,
) -> Run:
    """Write a new run down, or take up the one of the same scenario, seed and services whose start failed half-way.

    The scenario is copied under `folder`, so that a run goes on as it began whatever happens to the original; `packs` holds
    installed ones. Nothing is done on the services yet. Raises ScenarioError, SetupError (a token is missing) or RunError.
    """
    language = request.language or ENGLISH
    folder_of_it = find_scenario(request.scenario, packs=packs)
    scenario = check_rules(load_scenario(folder_of_it, seed=request.seed, language=language))
    _check_language(scenario, language)
    pace_s = parse_pace(request.pace) if request.pace else scenario.pace_s
    variables = dict(request.environment)
    if not request.emulated:
        from_environment(scenario.roster, variables)  # says now what is missing
    failed = _half_started(request, scenario, shelf)
    if failed is not None:
        if variables:
            credentials.save(failed.id, variables)
        return shelf.runs.update(failed.id, state=RunState.PREPARING, problem=None)
    run = _write_down(request, scenario, shelf, clock=clock, pace_s=pace_s)
    if not request.emulated:
        credentials.save(run.id, variables)
    write_plan(run, shelf, folder=folder)
    return shelf.runs.get(run.id)


def _write_down(request: StartRequest, scenario: LoadedScenario, shelf: Shelf, *, clock: Clock, pace_s: float) -> Run:
    return shelf.runs.create(
        scenario_id=scenario.spec.id,
        title=scenario.spec.title,
        scenario_path=str(scenario.file.resolve()),
        seed=request.seed,
        services=_services(request),
        wall=clock(),
        emulated=request.emulated,
        pace_s=pace_s,
        starts_paused=request.paused,
        while_away=_while_away(request.while_away),
    )


def _while_away(said: str | None) -> WhileAway:
    try:
        return WhileAway(said or WhileAway.AUTO)
    except ValueError:
        known = ", ".join(WhileAway)
        raise RunError(
            f"{said!r} is nothing that time can do while no server is at work", to_do=f"say {known}"
        ) from None


def write_plan(run: Run, shelf: Shelf, *, folder: Path) -> None:
    """Settle a new run's scenario and write its clock and its whole agenda down; what is written already stays as it is.

    Is done again when a run that is not prepared yet is taken in hand, so that a crash in the middle leaves no half of a plan.
    Raises ScenarioError.
    """
    copy = _copy(run, folder)
    if scenario_folder(run, folder) != copy:
        _settle(run, copy)
        shelf.runs.update(run.id, scenario_path=str(copy.resolve()))
    scenario = load_scenario(copy)
    if not shelf.runs.segments(run.id):
        shelf.runs.add_segment(run.id, Segment(run.created_at, scenario.starts_at, 0.0))
    shelf.runs.bind(run.id, {f"person:{person.seat}": person.name.split()[0] for person in scenario.roster})
    plan = compile_plan(scenario, seed=run.seed)
    shelf.agenda.add(run.id, entries_of(plan.setup, phase=Phase.SETUP))
    shelf.agenda.add(run.id, entries_of(plan.timed, phase=Phase.PLAY))


def scenario_folder(run: Run, folder: Path) -> Path:
    """Where the run's scenario is read: its own copy under `folder`, also when that was moved; before that, the original."""
    written, copy = Path(run.scenario_path), _copy(run, folder)
    return copy if written.parts[-2:] == copy.parts[-2:] else written


def _settle(run: Run, copy: Path) -> None:
    """Put the run's concrete copy in place, all of it at once: half a copy is never taken for a whole one."""
    language = str(run.services.get("language") or ENGLISH)
    unfinished = copy.with_name(f"{copy.name}.unfinished")
    for old in (unfinished, copy):
        shutil.rmtree(old, ignore_errors=True)
    settle(load_scenario(Path(run.scenario_path), seed=run.seed, language=language), unfinished)
    unfinished.rename(copy)


def _check_language(scenario: LoadedScenario, language: str) -> None:
    there = languages(scenario.folder)
    if language not in there:
        raise RunError(
            f"the scenario does not speak {language!r}",
            where=scenario.title,
            to_do=f"it speaks {', '.join(there)}; others would be in its folder `{TEXTS}`",
        )


def _copy(run: Run, folder: Path) -> Path:
    return folder / run.id / "scenario"


def _services(request: StartRequest) -> dict[str, Any]:
    spoken = {"language": request.language} if request.language not in (None, ENGLISH) else {}
    if request.emulated:
        return spoken
    github = (request.github or "").rstrip("/")
    jira = (request.jira or "").rstrip("/")
    for name, url in (("--github", github), ("--jira", jira)):
        if not url.startswith(("http://", "https://")):
            raise RunError(
                f"{name} is {url!r}, not an address", to_do="give it as https://… (GitHub: the REST address)"
            )
    return {"github_api_url": github, "jira_url": jira, "owner": request.owner, **spoken}


def _half_started(request: StartRequest, scenario: LoadedScenario, shelf: Shelf) -> Run | None:
    wanted = _services(request)
    for run in shelf.runs.all():
        if run.state is not RunState.FAILED or run.started_at is not None:
            continue
        same_place = {
            k: v for k, v in run.services.items() if k != "accounts"
        } == wanted and run.scenario_id == scenario.spec.id
        if same_place and run.seed == request.seed and run.emulated == request.emulated:
            return run
    return None
