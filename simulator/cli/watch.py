"""`sprintdojo scenario watch`: the scenario is looked through again after each save."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

import click

from simulator.cli.found import found_path
from simulator.errors import ScenarioError, SprintdojoError
from simulator.plan.calendar import calendar_lines
from simulator.scenario.load import load_scenario

_EVERY_S = 0.4
_MOST_SHOWN = 60
_NOT_WATCHED = frozenset({"__pycache__", ".git", ".pytest_cache"})

State = frozenset[tuple[str, int, int]]
"""What a folder holds: paths, times of writing in nanoseconds, sizes in bytes."""


@click.command()
@click.argument("scenario")
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=1, show_default=True, help="Draws the delays.")
@click.option("--once", is_flag=True, help="Look once and end; exit with 1 when there are faults.")
def watch(scenario: str, seed: int, once: bool) -> int:
    """Look through SCENARIO after each save: its faults, or what changed in its calendar. Ctrl-C ends it."""
    path = found_path(scenario)
    folder = path if path.is_dir() else path.parent
    waiting = threading.Event()
    plan: list[str] | None = None
    last: State = frozenset()
    while True:
        now = state_of(folder.parent if _shares(path) else folder)
        if now != last:
            last, before, plan = now, plan, calendar_of(path, seed=seed) or plan
            if plan is not None and before is not None and plan != before:
                _show(before, plan)
        if once:
            return 0 if plan is not None else 1
        waiting.wait(_EVERY_S)


def state_of(folder: Path) -> State:
    """What a folder holds now; what vanishes meanwhile is left out."""
    return frozenset(_states(folder))


def calendar_of(path: Path, *, seed: int) -> list[str] | None:
    """The lines of the calendar, or None after its faults have been printed."""
    try:
        lines = [
            f"day {line.day} {line.at:%a %H:%M}  {line.who}  {line.what}"
            for line in calendar_lines(load_scenario(path, seed=seed), seed=seed)
        ]
    except ScenarioError as exc:
        for problem in exc.problems:
            click.echo(str(problem))
        click.echo(f"{len(exc.problems)} fault{'s' if len(exc.problems) != 1 else ''}; save when mended")
    except SprintdojoError as exc:
        click.echo(exc.what)
    else:
        click.echo(f"fine: {len(lines)} entries in the calendar")
        return lines
    return None


def _states(folder: Path) -> Iterator[tuple[str, int, int]]:
    for path in folder.rglob("*"):
        if not _NOT_WATCHED.intersection(path.parts):
            try:
                found = path.stat()
            except OSError:  # saved under another name just now
                continue
            yield str(path), found.st_mtime_ns, found.st_size


def _shares(path: Path) -> bool:
    """Whether the scenario uses files beside its folder, as far as can be told."""
    try:
        return bool(load_scenario(path).plain.get("uses"))
    except SprintdojoError:
        return False


def _show(before: list[str], after: list[str]) -> None:
    changes = [
        line
        for line in unified_diff(before, after, lineterm="", n=0)
        if line[:1] in "+-" and line[:3] not in ("+++", "---")
    ]
    for line in changes[:_MOST_SHOWN]:
        click.secho(f"  {line}", fg="green" if line[0] == "+" else "red")
    if len(changes) > _MOST_SHOWN:
        click.echo(f"  … {len(changes) - _MOST_SHOWN} more")
