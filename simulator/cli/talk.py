"""Commands to talk in a run: see what is asked, answer, say something. Clients of the server."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import click

from simulator.cli.client import Server
from simulator.cli.following import followed, of_run, on_a_run
from simulator.cli.output import print_json
from simulator.errors import RunError

_OF_A_STAND_UP = ("did", "next", "blocked")


@click.command()
@click.argument("prompt", required=False)
@click.option("--did", help="Stand-up: what you did.")
@click.option("--next", help="Stand-up: what is next.")
@click.option("--blocked", help="Stand-up: what blocks you.")
@click.option(
    "--choose", "choice", metavar="ANSWER", help="A question: one of its answers, by its number or its words."
)
@click.option("--set", "others", metavar="FIELD=TEXT", multiple=True, help="Any field, such as issues=PAY-1,PAY-3.")
@click.option("--seat", help="Who answers; else the first learner.")
@on_a_run
def answer(
    prompt: str | None,
    others: tuple[str, ...],
    seat: str | None,
    run_id: str,
    as_json: bool,
    **said: str | None,
) -> None:
    """Answer a PROMPT (the newest open one); without an answer, show what is asked."""
    server = Server()
    answers = {name: text for name, text in said.items() if text is not None} | _fields(others)
    if answers:
        path = f"{of_run(run_id)}/prompts/{quote(prompt or 'current', safe='')}/answers"
        followed(server, server.post(path, {"answers": answers, "seat": seat}, holds="job"), "the answer")
    told = server.get(f"{of_run(run_id)}/prompts", holds="prompts", seat=seat)
    print_json(told) if as_json else _tell(told["prompts"], prompt)


@click.command()
@click.argument("text")
@click.option("--seat", help="Who says it; else the first learner.")
@on_a_run
def say(text: str, seat: str | None, run_id: str, as_json: bool) -> None:
    """Say TEXT in the run's chat: a question to the product owner, a word to the team."""
    server = Server()
    job = followed(
        server, server.post(f"{of_run(run_id)}/notes", {"text": text, "seat": seat}, holds="job"), "the note"
    )
    print_json(job) if as_json else click.echo("said")


def _fields(others: tuple[str, ...]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for other in others:
        name, equals, text = other.partition("=")
        if not equals or not name.strip():
            raise click.UsageError(f"--set takes FIELD=TEXT, not {other[:40]!r}")
        fields[name.strip()] = text
    return fields


def _tell(prompts: list[dict[str, Any]], wanted: str | None) -> None:
    shown = [prompt for prompt in prompts if prompt["prompt"] == wanted or (wanted is None and prompt["open"])]
    if wanted and not shown:
        raise RunError(f"nobody asked {wanted!r}", to_do="see what is open with `sprintdojo answer`")
    if not shown:
        click.echo("nothing is asked at the moment")
    for prompt in shown:
        _tell_one(prompt)


def _tell_one(prompt: dict[str, Any]) -> None:
    until = f", until {prompt['until']}" if prompt["until"] else ""
    click.echo(f"{prompt['prompt']}: {prompt['title']} ({'open' if prompt['open'] else 'closed'}{until})")
    if prompt["text"]:
        click.echo("\n".join(f"  {line}" for line in prompt["text"].splitlines()))
    for field in prompt["fields"]:
        click.echo(f"  {field['id']}: {field['label']}{_filled(field, prompt['answers'])}")
        for option in field["options"]:
            because = f" ({option['because']})" if option.get("because") else ""
            note = f", {option['note']}" if option["note"] else ""
            click.echo(f"    {option['value']}  {option['label']}{note}{because}")
    for remark in prompt["remarks"]:
        click.echo(f"  ! {remark['text']}")
    if prompt["open"]:
        click.echo(f"  answer it: sprintdojo answer {prompt['prompt']} {' '.join(map(_option, prompt['fields']))}")


def _filled(field: dict[str, Any], answers: dict[str, str] | None) -> str:
    """What was answered, else what stands there to begin with."""
    if answers is not None:
        return f" = {answers[field['id']]}" if answers.get(field["id"]) else ""
    given = " ".join(field["given"].split())
    return f" (as it stands: {given})" if given else ""


def _option(field: dict[str, Any]) -> str:
    """How a field is given on the command line."""
    name = field["id"]
    if name in _OF_A_STAND_UP:
        return f'--{name} "…"'
    return '--choose "…"' if name == "choice" else f'--set {name}="…"'
