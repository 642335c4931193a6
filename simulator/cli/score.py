"""`sprintdojo score` and `report`: how it goes, on the terminal or as a file in the form that somebody else reads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from simulator.cli.client import Server
from simulator.cli.following import of_run, on_a_run
from simulator.cli.output import print_json
from simulator.errors import SprintdojoError

FORMATS = ("text", "json", "markdown", "html", "csv", "csv-learners", "csv-canvas", "junit", "sarif")
_OUTPUT = click.option(
    "--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file instead."
)


@click.command()
@click.option("--seat", help="Whose score; else the learner's.")
@click.option("--team", is_flag=True, help="The team's score.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="As what.")
@_OUTPUT
@click.option("--at-least", type=click.FloatRange(0, 100), help="Exit with 1 when the score is below this.")
@on_a_run
def score(seat: str | None, form: str, at_least: float | None, run_id: str, *, as_json: bool, **more: Any) -> int:
    """The score with its findings: what, where, and how to fix it.

    csv has a line per finding; csv-learners has one per learner, as Moodle imports grades, csv-canvas as Canvas does.
    """
    if more["team"] and seat:
        raise click.UsageError("--team and --seat: one of them")
    server, address, whose = Server(), f"{of_run(run_id)}/scorecard", "team" if more["team"] else seat
    chosen = "json" if as_json else form
    card = server.get(address, holds="score", seat=whose)
    if chosen == "text":
        text = "\n".join(_told(card)) + "\n"
    elif chosen == "json":
        text = json.dumps(card, indent=2, ensure_ascii=False) + "\n"
    else:
        text = server.text(address, seat=whose, format=chosen)
    put(text, more["output"])
    return 1 if at_least is not None and card["score"] < at_least else 0


@click.command()
@_OUTPUT
@on_a_run
def report(output: Path | None, run_id: str, as_json: bool) -> None:
    """How the sprint went: goal, issues, score, findings (Markdown)."""
    told = Server().get(f"{of_run(run_id)}/report", holds="markdown")
    print_json(told) if as_json and output is None else put(_report(told, as_json=as_json), output)


def put(text: str, file: Path | None) -> None:
    """Print a text, or write it to a file. Raises SprintdojoError for one that cannot be written."""
    if file is None:
        click.echo(text, nl=False)
        return
    try:
        file.write_bytes(text.encode("utf-8", errors="replace"))  # as it is: the ends of a table's lines are its own
    except OSError as exc:
        what = f"the file cannot be written ({exc.strerror})"
        raise SprintdojoError(what, where=str(file), to_do="choose another file") from exc
    click.echo(f"wrote {file}", err=True)


def _report(told: dict[str, Any], *, as_json: bool) -> str:
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n" if as_json else str(told["markdown"]).rstrip() + "\n"


def _told(card: dict[str, Any]) -> Iterator[str]:
    sure = f"coverage {card['coverage']:.0%}, {card['confidence']} confidence"
    yield f"score {card['score']:.1f} {card['letter'] or ''} ({sure})"
    yield "group  score"
    yield from (f"{code:5}  {value:.0f}" for code, value in card["groups"].items())
    for finding in card["findings"]:
        if finding["outcome"] == "breach":
            yield from _breach(finding)


def _breach(finding: dict[str, Any]) -> Iterator[str]:
    state = "" if finding["open"] else " waived" if finding.get("waived") else " mended"
    lost = f"  (−{finding['points_lost']:.1f})" if finding["points_lost"] else ""
    yield f"\n{finding['rule']}{state}  {finding['message']}{lost}"
    yield f"       {finding['url']}"
    if finding["open"]:
        yield f"       fix: {finding['how_to_fix']}"
