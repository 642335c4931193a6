"""Commands on runs: start, look, steer, finish. Clients of the server."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from simulator.cli.client import Server
from simulator.cli.following import followed, of_run, on_a_run, until
from simulator.cli.output import print_json, print_table
from simulator.errors import RunError
from simulator.run.credentials import relevant
from simulator.scenario.source import FILE_NAME


@click.command()
@click.argument("scenario")
@click.option("--pace", help="Wall time of one working day, such as 10m; else the scenario's.")
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=1, show_default=True, help="Same seed, same sprint.")
@click.option(
    "--github", "github_url", metavar="URL", help="REST address of another GitHub; tokens from the environment."
)
@click.option("--jira", "jira_url", metavar="URL", help="Address of another Jira; tokens from the environment.")
@click.option("--owner", help="Owner of the repository on that GitHub; else the scenario's.")
@click.option("--language", metavar="CODE", help="Language of its texts, such as de; else English.")
@click.option("--paused", is_flag=True, help="Leave the clock standing until `resume` or `advance`.")
@click.option(
    "--while-away",
    type=click.Choice(["auto", "catch-up", "hold"]),
    help="Time without a server: played in order, held, or by how long it was (the default).",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def start(
    scenario: str,
    github_url: str | None,
    jira_url: str | None,
    as_json: bool,
    **more: Any,  # what the server takes by the same names
) -> None:
    """Begin a run of SCENARIO (a name or a folder), or go on with one whose start failed half-way."""
    if bool(github_url) != bool(jira_url):
        raise click.UsageError("--github and --jira go together: either both services are yours or both are emulated")
    wanted = {"scenario": as_named(scenario), **more}
    if github_url:
        wanted |= {"github": github_url, "jira": jira_url, "environment": relevant(os.environ)}
    show(begun(Server(), wanted, quiet=as_json), as_json=as_json)


def begun(server: Server, wanted: Mapping[str, Any], *, quiet: bool) -> dict[str, Any]:
    """A run that was asked for, once it is prepared: its status. The steps are told unless `quiet`."""
    run = server.post("/runs", wanted, holds="run")
    for done, total, step in _preparation(server, run["run"]):
        if not quiet:
            click.echo(f"  {done:>2}/{total} {step}")
    told: dict[str, Any] = server.get(f"/runs/{run['run']}", holds="github")
    return told


def show(told: dict[str, Any], *, as_json: bool) -> None:
    """Print where a run stands and how to connect."""
    print_json(told) if as_json else _tell(told)


def as_named(scenario: str) -> str:
    """A scenario as the server finds it, whatever folder it works in: a name, or a whole path."""
    return str(Path(scenario).resolve()) if _is_a_path(scenario) else scenario


def _is_a_path(scenario: str) -> bool:
    """Whether a file or folder of ours is meant, and not a shipped scenario that happens to share a folder's name."""
    path = Path(scenario)
    return path.exists() and (path.is_file() or path.parent != Path() or (path / FILE_NAME).is_file())


def _preparation(server: Server, run_id: str) -> Iterator[tuple[int, int, str]]:
    shown = -1
    for _ in until(f"run {run_id} is not ready"):
        told = server.get(f"/runs/{run_id}", holds="github")
        progress = told["progress"]
        if progress["done"] != shown:
            shown = progress["done"]
            yield shown, progress["total"], progress["step"]
        if told["state"] == "failed":
            raise RunError(
                told["problem"] or "the start failed",
                where=f"run {run_id}",
                to_do="mend it and give the same command again",
            )
        if told["state"] != "preparing":
            return


@click.command()
@click.option("--seat", help="Whose way to connect; else the first learner's.")
@on_a_run
def status(seat: str | None, run_id: str, as_json: bool) -> None:
    """Where the run stands: day, score, and how to connect."""
    told = Server().get(of_run(run_id), holds="github", seat=seat)
    print_json(told) if as_json else _tell(told)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def runs(as_json: bool) -> None:
    """List the runs, the newest first."""
    told = Server().get("/runs", holds="runs")
    if as_json:
        print_json(told)
        return
    rows = [(r["run"], r["state"], f"day {r['day']}", _points(r["score"]), r["title"]) for r in told["runs"]]
    print_table(("run", "state", "day", "score", "scenario"), rows)


def _steer(run_id: str, verb: str, as_json: bool, body: dict[str, Any] | None = None) -> None:
    server = Server()
    job = server.post(f"{of_run(run_id)}/{verb}", body, holds="job")
    followed(server, job, verb)
    told = server.get(f"/runs/{job['run']}", holds="github")
    print_json(told) if as_json else _tell(told)


@click.command()
@on_a_run
def pause(run_id: str, as_json: bool) -> None:
    """Stop the simulated clock."""
    _steer(run_id, "pause", as_json)


@click.command()
@on_a_run
def resume(run_id: str, as_json: bool) -> None:
    """Let the simulated clock go on."""
    _steer(run_id, "resume", as_json)


@click.command()
@click.argument("pace")
@on_a_run
def pace(pace: str, run_id: str, as_json: bool) -> None:
    """Change the PACE: wall time of one working day, such as 10m or 90s."""
    _steer(run_id, "pace", as_json, {"pace": pace})


@click.command()
@click.argument("to", nargs=-1)
@on_a_run
def advance(to: tuple[str, ...], run_id: str, as_json: bool) -> None:
    """Go on at once: to the next event, or TO a time such as `day 3 10:00`, `+2h` or `end`, or to the next `ceremony`."""
    _steer(run_id, "advance", as_json, {"to": " ".join(to)} if to else {})


@click.command()
@on_a_run
def finish(run_id: str, as_json: bool) -> None:
    """End the run now and write its final scorecard."""
    _steer(run_id, "finish", as_json)


def _points(score: float | None) -> str:
    return "–" if score is None else f"{score:.1f}"


def _tell(told: dict[str, Any]) -> None:
    sprint = told["sprint"] or {}
    click.echo(f"{told['run']}: {told['title']} ({told['state']})")
    click.echo(f"  day {told['day']}, {told['simulated_now']}, score {_points(told['score'])}")
    if sprint:
        click.echo(f"  {sprint['name']}: {sprint['goal']}")
    if told.get("problem"):
        click.echo(f"  problem: {told['problem']}")
    for prompt in told.get("prompts") or ():
        click.echo(f"  asked      {prompt['title']}: see `sprintdojo answer {prompt['prompt']}`")
    for lost in told.get("missed") or ():
        click.echo(f"  not done at {lost['at']}: {lost['why']}")
    if told.get("job"):
        click.echo(f"  next       {told['job']['title']}")
    github, jira = told["github"], told["jira"]
    click.echo(f"  dashboard  {told['url']}")
    click.echo(f"  code       {github['html_url']}")
    click.echo(f"  clone      git clone {github['clone_url']}")
    click.echo(f"  login      {github['login']}, token {github['token'] or 'yours, from the environment'}")
    click.echo(f"  board      {jira['board_url']} (project {jira['project']}, {jira['email']})")
