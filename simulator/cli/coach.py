"""Commands of the coach: what to do next, a hint on it or on a finding, another look. Clients of the server."""

from __future__ import annotations

import re
from typing import Any

import click

from simulator.cli.client import Server
from simulator.cli.following import followed, of_run, on_a_run
from simulator.cli.output import print_json
from simulator.errors import RunError

_FINDING = re.compile(r"[A-Za-z]{2}-[0-9]{2}|[0-9a-f]{12}", re.ASCII)


@click.command()
@click.option("--seat", help="Whose job; else the first learner's.")
@on_a_run
def job(seat: str | None, run_id: str, as_json: bool) -> None:
    """The one thing to do next: what, why, and where."""
    told = Server().get(f"{of_run(run_id)}/job", holds="card", seat=seat)
    print_json(told) if as_json else _tell(told["card"])


@click.command()
@click.argument("about", required=False)
@click.option("--level", type=click.IntRange(1, 3), help="1 a nudge, 2 where to look, 3 what to do; else the next one.")
@click.option("--seat", help="Who asks; else the first learner.")
@on_a_run
def hint(about: str | None, level: int | None, seat: str | None, run_id: str, as_json: bool) -> None:
    """Take a hint on the job, or ABOUT a finding (CM-01, or its id) or a moment. It is written down, and costs nothing."""
    server = Server()
    if about and _FINDING.fullmatch(about):
        _hint_on_finding(server, about, level=level, seat=seat, run_id=run_id, as_json=as_json)
    else:
        _hint_on_moment(server, about, level=level, seat=seat, run_id=run_id, as_json=as_json)


@click.command()
@click.option("--seat", help="Whose work; else the first learner's.")
@on_a_run
def check(seat: str | None, run_id: str, as_json: bool) -> None:
    """Look at your work now and score again: what changed since the last time, and what is waited for."""
    server = Server()
    done = followed(server, server.post(f"{of_run(run_id)}/check", {"seat": seat}, holds="job"), "the look")
    print_json(done) if as_json else click.echo(done["result"])


def _hint_on_finding(
    server: Server, finding: str, *, level: int | None, seat: str | None, run_id: str, as_json: bool
) -> None:
    known = _advised(server, finding, seat=seat, run_id=run_id)
    wanted = {"finding": known["id"], "level": level, "seat": seat}
    followed(server, server.post(f"{of_run(run_id)}/hints", wanted, holds="job"), "the hint")
    told = _advised(server, known["id"], seat=seat, run_id=run_id)
    print_json(told) if as_json else _tell_of_finding(told)


def _advised(server: Server, finding: str, *, seat: str | None, run_id: str) -> dict[str, Any]:
    """The open finding of an id, or the dearest one of a rule. Raises RunError when nothing is open under it."""
    found = server.get(f"{of_run(run_id)}/advice", holds="findings", seat=seat)["findings"]
    wanted: dict[str, Any] | None = next((f for f in found if finding.lower() in (f["id"], f["rule"].lower())), None)
    if wanted is None:
        open_ones = ", ".join(dict.fromkeys(one["rule"] for one in found))
        raise RunError(f"nothing is open under {finding}", to_do=f"open now: {open_ones or 'nothing'}")
    return wanted


def _tell_of_finding(finding: dict[str, Any]) -> None:
    click.echo(f"{finding['rule']} {finding['message']}")
    click.echo(f"  {finding['url']}")
    for label, text in zip(("why", "how to go about it", "the exact steps"), finding["hints"], strict=False):
        words = finding["why"] if label == "why" else text
        click.echo(f"  {label}:")
        click.echo("\n".join(f"    {line}" for line in words.splitlines() if line))
    if finding["more_hints"]:
        click.echo(f"  more: `sprintdojo hint {finding['id']}`")


def _hint_on_moment(
    server: Server, moment: str | None, *, level: int | None, seat: str | None, run_id: str, as_json: bool
) -> None:
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
