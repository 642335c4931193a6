"""`sprintdojo scenario dry-run`: every call to Jira and GitHub that a plan will make, before any is made."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from simulator.cli.found import found_scenario
from simulator.cli.output import print_json
from simulator.plan.calendar import spelt_out
from simulator.plan.dry_run.calls import Call, calls
from simulator.plan.dry_run.mirror import Change
from simulator.scenario.assembling.settle import settle
from simulator.scenario.load import load_scenario

_LONGEST = 100
_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


@click.command("dry-run")
@click.argument("scenario")
@click.option("--day", type=click.IntRange(1, 1200), help="Only what happens on this working day.")
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=1, show_default=True, help="Same seed, same sprint.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def dry_run(scenario: str, day: int | None, seed: int, as_json: bool) -> None:
    """Show what the plan of SCENARIO does on Jira and GitHub: each call with the fields and files that it changes."""
    with TemporaryDirectory(prefix="sprintdojo-dry-run-") as temporary:
        found = load_scenario(settle(found_scenario(scenario, seed=seed), Path(temporary)))
        wanted = [call for call in calls(found, spelt_out(found, seed=seed)) if day in (None, call.day)]
    if as_json:
        print_json({"scenario": found.id, "seed": seed, "calls": [_plain(call) for call in wanted]})
        return
    for call in wanted:
        _tell(call)
    click.echo(
        f"{len(wanted)} calls; what colleagues do in answer to learners comes besides (`sprintdojo scenario plan`)"
    )


def _plain(call: Call) -> dict[str, Any]:
    return {**asdict(call), "at": call.at.isoformat()}


def _tell(call: Call) -> None:
    click.secho(f"day {call.day} {call.at:%a %H:%M}  {call.who} · {call.service}: {call.what}", bold=True)
    for change in call.changes:
        click.echo(f"    {_line(change)}")
    for line in call.diff.splitlines():
        click.secho(f"    {line}", fg=_COLOURS.get(line[:1]))


def _line(change: Change) -> str:
    after = _short(change.after) or "nothing"
    return (
        f"{change.field}: {after}"
        if change.before is None
        else f"{change.field}: {_short(change.before) or 'nothing'} → {after}"
    )


def _short(text: str | None) -> str:
    line = " ".join((text or "").split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
