"""`sprintdojo scenario`: list, new, check, schema, plan. Others have modules of their own. Works without a server."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from simulator.cli.found import found_path, found_scenario, packs_folder
from simulator.cli.later import Later
from simulator.cli.output import print_json, print_table
from simulator.errors import Problem, ScenarioError
from simulator.hygiene.profiles import rule_problems
from simulator.plan.calendar import Line, calendar_lines
from simulator.scenario.load import FILE_NAME, load_scenario
from simulator.scenario.packs import list_scenarios, scenario_files, shipped_folder
from simulator.scenario.schema import json_schema_text
from simulator.scenario.template import LONGEST, SHORTEST, usual_key, usual_title, write_new
from simulator.scenario.thorough import thorough_problems
from simulator.timekeeping.pace import format_pace

FAULTY = 2
_PLAYED = ("model", "idle")
_COMMANDS = Later(
    {name: f"simulator.cli.{name}:{name}" for name in ("prove", "seed")}
    | {name: f"simulator.cli.packs:{name}" for name in ("pack", "install")}
    | {name: f"simulator.cli.play:{name}" for name in ("play", "record")}
    | {"moments": "simulator.cli.moments:moments"}
    | {"dry-run": "simulator.cli.dry_run:dry_run", "watch": "simulator.cli.watch:watch"}
)


@click.group(commands=_COMMANDS)
def scenario() -> None:
    """Write, check and read scenarios."""


@scenario.command("list")
@click.option(
    "--folder", type=click.Path(path_type=Path, exists=True, file_okay=False), help="Instead of the shipped ones."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_(folder: Path | None, as_json: bool) -> None:
    """List the scenarios that can be played."""
    found = list_scenarios(folder, packs=packs_folder())
    if as_json:
        print_json(
            [
                {"id": s.id, "title": s.title, "level": s.spec.level, "days": s.sprints[-1].last, "path": str(s.folder)}
                for s in found
            ]
        )
        return
    rows = [(s.id, s.title, s.spec.level, str(s.sprints[-1].last), format_pace(s.pace_s)) for s in found]
    print_table(("ID", "TITLE", "LEVEL", "DAYS", "A DAY TAKES"), rows)


@scenario.command()
@click.argument("name")
@click.option(
    "--in", "folder", type=click.Path(path_type=Path, file_okay=False), default=Path(), help="Where to put its folder."
)
@click.option("--title", default="", help="What it is called.")
@click.option("--key", default="", help="Key of the Jira project, such as PAY.")
@click.option("--days", type=click.IntRange(SHORTEST, LONGEST), help="Working days of the sprint.")
@click.option("--yes", is_flag=True, help="Ask nothing; what is not given is chosen.")
def new(name: str, folder: Path, title: str, key: str, days: int | None, yes: bool) -> None:
    """Begin a scenario called NAME: a small one that can be played at once. At a terminal it asks for what is not given."""
    if sys.stdin.isatty() and not yes:
        title = title or click.prompt("Title", default=usual_title(name))
        key = key or click.prompt("Key of the Jira project", default=usual_key(name))
        days = days or click.prompt("Working days of the sprint", default=5, type=click.IntRange(SHORTEST, LONGEST))
    file = write_new(name, folder, title=title, key=key, days=days or 5)
    click.echo(f"{file} is there. Next: sprintdojo scenario check {file.parent}")


@scenario.command()
@click.argument("paths", nargs=-1, required=True)
@click.option(
    "--prove", "proves", is_flag=True, help="Then play the personas model and idle: 1 when a score misses its band."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def check(context: click.Context, paths: tuple[str, ...], *, proves: bool, as_json: bool) -> int:
    """Check scenarios: files, folders, folders of scenarios, or names of shipped ones.

    In each language and with each option of what varies. Says every fault with its place; exits with 2 if there is one.
    """
    if proves and as_json:
        raise click.UsageError("--prove prints a table: for JSON use `sprintdojo scenario prove --json`")
    files = [file for path in paths for file in _files(path)]
    problems = [problem for file in files for problem in _problems(file)]
    if as_json:
        print_json({"checked": [str(file) for file in files], "problems": [_plain(problem) for problem in problems]})
    else:
        for problem in problems:
            click.echo(str(problem))
        faulty = len({problem.file for problem in problems})
        click.echo(_summary(len(files), faulty, len(problems)), err=bool(problems))
    if problems:
        return FAULTY
    return max((_proved(context, file) for file in files), default=0) if proves else 0


def _proved(context: click.Context, file: Path) -> int:
    """0 when the model learner and somebody who does nothing score as the scenario says."""
    found = found_scenario(str(file))
    names = tuple(name for name in _PLAYED if name in found.spec.personas)
    if not names:
        click.echo(f"{found.title}: no persona {' or '.join(_PLAYED)} to prove it with")
        return 1
    prove = _COMMANDS["prove"]
    return int(context.invoke(prove, scenario=str(file), names=names))


@scenario.command()
def schema() -> None:
    """Print the JSON Schema of scenario files, for editors."""
    click.echo(json_schema_text(), nl=False)


@scenario.command()
@click.argument("path")
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=1, show_default=True, help="Draws the delays.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def plan(path: str, seed: int, as_json: bool) -> None:
    """Print the sprint of a scenario as a calendar: who does what when, and what follows from what."""
    found = found_scenario(path, seed=seed)
    lines = tuple(calendar_lines(found, seed=seed))
    reactions = [{"event": event.id, "reaction": words} for event in found.spec.story for words in event.reactions()]
    if as_json:
        print_json(
            {"scenario": found.id, "seed": seed, "plan": [_entry(line) for line in lines], "reactions": reactions}
        )
        return
    click.echo(f"{found.title} ({found.id}), seed {seed}, times in {found.calendar.zone.key}")
    print_table(("DAY", "TIME", "WHO", "WHAT"), [(str(li.day), f"{li.at:%a %H:%M}", li.who, li.what) for li in lines])
    if reactions:
        click.echo("\nAnd besides:")
    for reaction in reactions:
        click.echo(f"  {reaction['reaction']}")


def _files(path: str) -> tuple[Path, ...]:
    """The scenario files that a word means; what is missing is left to `load_scenario`, which says so."""
    folder = Path(path)
    if not folder.exists():
        shipped = shipped_folder() / path
        return (shipped / FILE_NAME,) if (shipped / FILE_NAME).is_file() else (folder,)
    if folder.is_dir():
        return _inside(folder) or (folder,)
    return (folder,)


def _inside(folder: Path) -> tuple[Path, ...]:
    """The folder's own scenario, else those of its folders and every YAML file that lies in it."""
    if (folder / FILE_NAME).is_file():
        return (folder / FILE_NAME,)
    loose = (file for file in folder.iterdir() if file.suffix in (".yaml", ".yml") and file.is_file())
    return tuple(sorted([*scenario_files(folder), *loose]))


def _problems(file: Path) -> Iterator[Problem]:
    try:
        path = found_path(str(file))
        yield from thorough_problems(path) or rule_problems(load_scenario(path))
    except ScenarioError as exc:
        yield from exc.problems


def _plain(problem: Problem) -> dict[str, Any]:
    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "message": problem.message,
        "hint": problem.hint,
    }


def _summary(checked: int, faulty: int, problems: int) -> str:
    scenarios = f"{checked} scenario{'s' if checked != 1 else ''}"
    return f"{scenarios} checked, {faulty} with faults, {problems} in all" if problems else f"{scenarios} checked: fine"


def _entry(line: Line) -> dict[str, Any]:
    return {"id": line.id, "day": line.day, "at": line.at.isoformat(), "who": line.who, "what": line.what}
