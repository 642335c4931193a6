"""Commands of the coach: what to do next, and a hint on it. Clients of the server."""

from __future__ import annotations

from typing import Any

import click

from simulator.cli.client import Server
from simulator.cli.following import followed, of_run, on_a_run
from simulator.cli.output import print_json


@click.command()
@click.option("--seat", help="Whose job; else the first learner's.")
@on_a_run
def job(seat: str | None, run_id: str, as_json: bool) -> None:
    """The one thing to do next: what, why, and where."""
    told = Server().get(f"{of_run(run_id)}/job", holds="card", seat=seat)
    print_json(told) if as_json else _tell(told["card"])


@click.command()
@click.argument("moment", required=False)
@click.option("--level", type=click.IntRange(1, 3), help="1 a nudge, 2 where to look, 3 what to do; else the next one.")
@click.option("--seat", help="Who asks; else the first learner.")
@on_a_run
def hint(moment: str | None, level: int | None, seat: str | None, run_id: str, as_json: bool) -> None:
    """Take a hint on the job, or on a MOMENT. It is written down, and costs nothing."""
    server = Server()
    wanted = {"moment": moment, "level": level, "seat": seat}
    followed(server, server.post(f"{of_run(run_id)}/hints", wanted, holds="job"), "the hint")
    told = server.get(f"{of_run(run_id)}/job", holds="card", seat=seat)
    if moment and (told["card"] or {}).get("moment") != moment:
        moments = server.get(f"{of_run(run_id)}/moments", holds="moments", seat=seat)["moments"]
        asked = next(one for one in moments if one["moment"] == moment)
        print_json(asked) if as_json else _tell_of(asked)
        return
    print_json(told) if as_json else _tell(told["card"])


def _tell_of(moment: dict[str, Any]) -> None:
    """The hints of a moment that is not the present job."""
    click.echo(moment["title"])
    _tell_hints(moment["hints"])


def _tell(card: dict[str, Any] | None) -> None:
    if card is None:
        click.echo("the run does not go on: see `sprintdojo report`")
        return
    click.echo(card["title"])
    click.echo(f"  {card['why']}")
    if card["where"]:
        click.echo(f"  {card['where']}")
    for command in card["commands"]:
        click.echo(f"    {command}")
    _tell_hints(card["hints"])
    if card["more_hints"]:
        click.echo("  a hint: `sprintdojo hint`")
    if card["waits_for"]:
        click.echo(f"  meanwhile you wait for {', '.join(card['waits_for'])}")


def _tell_hints(hints: list[str]) -> None:
    for level, text in enumerate(hints, start=1):
        lines = [line for line in text.splitlines() if line and line != "```"]
        click.echo("\n".join((f"  hint {level}: {lines[0]}", *(f"    {line}" for line in lines[1:]))))
