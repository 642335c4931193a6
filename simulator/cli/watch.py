"""`sprintdojo scenario watch`: the scenario is looked through again after each save."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

import click

from simulator.cli.client import Server
from simulator.cli.following import followed, of_run
from simulator.cli.found import found_path
from simulator.cli.play import made
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
@click.option(
    "--play", "day", metavar="DAY", help="Make a run that stands on this day, such as `day 6`, after each good save."
)
@click.option("--persona", default="model", show_default=True, help="Who makes the past of that run.")
@click.option("--once", is_flag=True, help="Look once and end; exit with 1 when there are faults.")
def watch(scenario: str, seed: int, day: str | None, persona: str, once: bool) -> int:
    """Look through SCENARIO after each save: its faults, or what changed in its calendar. Ctrl-C ends it.

    A run keeps the scenario that it began with. So with --play a new one is made each time, its past by a persona, and
    the one before is finished.
    """
    path = found_path(scenario)
    folder = path if path.is_dir() else path.parent
    waiting = threading.Event()
    plan: list[str] | None = None
    run: str | None = None
    last: State = frozenset()
    while True:
        now = state_of(folder.parent if _shares(path) else folder)
        if now != last:
            found = calendar_of(path, seed=seed)
            last, before, plan = now, plan, found or plan
            if plan is not None and before is not None and plan != before:
                _show(before, plan)
            if found is not None and day is not None:
                run = _made_again(path, day, seed=seed, persona=persona, before=run)
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


def _made_again(path: Path, day: str, *, seed: int, persona: str, before: str | None) -> str | None:
    """The run that stands on a day of the scenario as it is now; what goes wrong is said, and the one before stays."""
    server = Server()
    try:
        run = made(server, str(path), day, persona=persona, quiet=True, wanted={"seed": seed})
        if before is not None:
            followed(server, server.post(f"{of_run(before)}/finish", holds="job"), "finish")
    except SprintdojoError as exc:
        click.echo(f"{exc.what}; {exc.to_do}" if exc.to_do else exc.what)
        return before
    click.echo(f"{run} stands on {day}: {server.url}/runs/{run}")
    return run


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
