"""`sprintdojo scenario play` and `record`: a run whose past a persona made, and a persona out of a run. Clients of the server."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import yaml

from simulator.cli.client import Server
from simulator.cli.following import followed, of_run, until
from simulator.cli.found import found_scenario
from simulator.cli.output import print_json
from simulator.cli.runs import as_named, begun, show
from simulator.errors import SetupError
from simulator.run.scripted import part_of

_LONG_LINE = 120


@click.command()
@click.argument("scenario")
@click.option("--from", "day", metavar="DAY", required=True, help="Where you take over, such as `day 6`.")
@click.option("--persona", default="model", show_default=True, help="Who makes the days before.")
@click.option("--pace", help="Wall time of one working day from then on, such as 10m; else the scenario's.")
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=1, show_default=True, help="Same seed, same sprint.")
@click.option("--language", metavar="CODE", help="Language of its texts, such as de; else English.")
@click.option("--paused", is_flag=True, help="Leave the clock standing on that day until `resume`.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def play(scenario: str, day: str, persona: str, *, as_json: bool, paused: bool, **more: Any) -> None:
    """Begin a run of SCENARIO on a later day: a persona makes its past at once, then it is yours."""
    server = Server()
    run = made(server, scenario, day, persona=persona, quiet=as_json, wanted=more)
    if not paused:
        followed(server, server.post(f"{of_run(run)}/resume", holds="job"), "resume")
    show(server.get(f"/runs/{run}", holds="github"), as_json=as_json)


def made(server: Server, scenario: str, day: str, *, persona: str, quiet: bool, wanted: Mapping[str, Any]) -> str:
    """A new run that stands on a day, its past made by a persona; what it begins with besides is in `wanted`, its seed too."""
    part_of(found_scenario(scenario, seed=wanted["seed"]), persona, day)  # says now what is wrong
    run = str(begun(server, {"scenario": as_named(scenario), "paused": True, **wanted}, quiet=quiet)["run"])
    job = server.post(f"{of_run(run)}/play", {"persona": persona, "to": day}, holds="job")
    _watch(server, job, run, quiet=quiet)
    refused = followed(server, job, "play")["result"]
    if refused and not quiet:
        click.echo("  refused on the way:\n    " + refused.replace("\n", "\n    "))
    return run


def _watch(server: Server, job: dict[str, Any], run: str, *, quiet: bool) -> None:
    """Tell each day that is reached until the job is over."""
    shown = 0
    for _ in until("the persona is not there"):
        if server.get(f"/runs/{run}/jobs/{job['job']}", holds="job")["state"] != "working":
            return
        day = server.get(f"/runs/{run}", holds="github")["day"]
        if day > shown and not quiet:
            click.echo(f"  day {day}")
        shown = max(day, shown)


@click.command()
@click.option("--run", "run_id", metavar="ID", default="current", help="The run; else the current one.")
@click.option("--seat", help="Whose work; else the first learner's.")
@click.option("--name", default="recorded", show_default=True, help="What the persona is called.")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="A file; else it is printed.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def record(run_id: str, seat: str | None, name: str, output: Path | None, *, as_json: bool) -> None:
    """Write down what somebody did in a run as a persona, to be put under `personas:` of its scenario."""
    server = Server()
    job = followed(server, server.post(f"{of_run(run_id)}/recordings", {"seat": seat}, holds="job"), "record")
    persona = {name: json.loads(job["result"])}
    if as_json:
        print_json(persona)
        return
    text = yaml.dump(persona, Dumper=_Blocks, sort_keys=False, allow_unicode=True, width=_LONG_LINE)
    if output is None:
        sys.stdout.write(text)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as exc:
        raise SetupError(f"cannot write: {exc.strerror}", where=str(output), to_do="choose another file") from exc
    steps = len(persona[name]["steps"])
    click.echo(
        f"{output}: {steps} steps. Put it under `personas:`, then `sprintdojo scenario prove SCENARIO --persona {name}`"
    )


class _Blocks(yaml.SafeDumper):
    """Writes texts of several lines as blocks, the way people do."""


def _text(dumper: yaml.SafeDumper, words: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", words, style="|" if "\n" in words else None)


_Blocks.add_representer(str, _text)
