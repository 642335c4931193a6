"""Commands on what was and what is to come: rewind, branch, compare, upcoming. Clients of the server."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import click

from simulator.cli.client import Server
from simulator.cli.following import followed, of_run, on_a_run
from simulator.cli.output import print_json, print_table

_FETCH = "git fetch --prune && git switch {branch} && git reset --hard origin/{branch}"


@click.command()
@click.argument("to", nargs=-1, required=True)
@on_a_run
def rewind(to: tuple[str, ...], run_id: str, as_json: bool) -> None:
    """Go back TO the beginning of a day, such as `day 4`; what was is kept as a run of its own."""
    server = Server()
    job = followed(server, server.post(f"{of_run(run_id)}/rewind", {"to": " ".join(to)}, holds="job"), "rewind")
    told = server.get(f"/runs/{job['run']}", holds="github")
    if as_json:
        print_json(told | {"kept_as": job["result"]})
        return
    click.echo(f"{told['run']} stands at {told['moment']}; `sprintdojo resume` lets its clock go on")
    click.echo(f"  what it was is kept as {job['result']}: sprintdojo report --run {job['result']}")
    click.echo("  commits of later days are gone on the server and still in your clone. To begin from what is there:")
    click.echo("    " + _FETCH.format(branch=told["github"]["default_branch"]))


@click.command()
@click.argument("at", nargs=-1, required=True)
@on_a_run
def branch(at: tuple[str, ...], run_id: str, as_json: bool) -> None:
    """Begin a second run where this one was AT the beginning of a day, such as `day 4`."""
    server = Server()
    job = followed(server, server.post(f"{of_run(run_id)}/branch", {"at": " ".join(at)}, holds="job"), "branch")
    told = server.get(f"/runs/{quote(job['result'], safe='')}", holds="github")
    if as_json:
        print_json(told)
        return
    click.echo(f"{told['run']} stands at {told['moment']}, with services of its own; {job['run']} is as it was")
    click.echo(f"  clone      git clone {told['github']['clone_url']}")
    click.echo(f"  login      {told['github']['login']}, token {told['github']['token']}")
    click.echo(f"  board      {told['jira']['board_url']}")
    click.echo(f"  let it go  sprintdojo resume --run {told['run']}")
    click.echo(f"  compare    sprintdojo compare {job['run']} {told['run']}")


@click.command()
@click.argument("one")
@click.argument("other")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def compare(one: str, other: str, as_json: bool) -> None:
    """Two runs beside one another: score by group, what was done, and where they parted."""
    told = Server().get(f"{of_run(one)}/compare/{quote(other, safe='')}", holds="groups")
    print_json(told) if as_json else _tell(told)


@click.command()
@on_a_run
def upcoming(run_id: str, as_json: bool) -> None:
    """When something happens next; what it is stays a surprise, but for the team's meetings."""
    told = Server().get(f"{of_run(run_id)}/upcoming", holds="upcoming")
    if as_json:
        print_json(told)
    else:
        print_table(("when", "what"), [(entry["at"], entry["what"]) for entry in told["upcoming"]])


def _tell(told: dict[str, Any]) -> None:
    first, second = told["runs"]
    rows = [
        ("at", first["moment"], second["moment"]),
        ("score", *(_number(run["score"]) for run in (first, second))),
        ("issues done", *(", ".join(run["issues_done"]) or "none" for run in (first, second))),
        ("points done", *(_number(run["points_done"]) for run in (first, second))),
        ("pull requests merged", *(str(run["pull_requests_merged"]) for run in (first, second))),
        ("moments met well", *(", ".join(run["moments"]["well"]) or "none" for run in (first, second))),
        ("moments met badly", *(", ".join(run["moments"]["badly"]) or "none" for run in (first, second))),
        *((code, _number(pair["first"]), _number(pair["second"])) for code, pair in told["groups"].items()),
    ]
    print_table(("", first["run"], second["run"]), rows)
    parted = told["parted"]
    if parted is None:
        click.echo("\nSo far they tell the same story.")
        return
    click.echo(f"\nThey part on {parted['moment']}. Then:")
    for run, lines in zip((first, second), parted["then"], strict=True):
        click.echo(f"  {run['run']}")
        for line in lines:
            click.echo(f"    {line}")


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"
