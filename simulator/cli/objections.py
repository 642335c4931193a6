"""Commands on what people say against findings: dispute, disputes, waive, waivers, trainer-code. Clients of the server."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

import click
import yaml

from simulator.cli.client import TRAINER_CODE, Server
from simulator.cli.following import followed, of_run, on_a_run
from simulator.cli.output import print_json, print_table
from simulator.errors import SetupError
from simulator.run.secrets import KEY_FILE, open_key
from simulator.settings import read_settings

_BY = click.option("--by", required=True, metavar="NAME", help="Who says it: somebody who is no learner of the run.")
_RIGHT = click.Choice(["pass", "skip"])


@click.command()
@click.argument("finding", required=False)
@click.option("--reason", help="Why the rule is wrong about it.")
@click.option("--seat", help="Whose finding; else the first learner's.")
@on_a_run
def dispute(finding: str | None, reason: str | None, seat: str | None, run_id: str, as_json: bool) -> None:
    """Say that a FINDING is wrong, with a reason: a trainer looks at it. Without one, list what costs points, with the ids."""
    server = Server()
    if finding is None:
        _list_costly(
            server.get(f"{of_run(run_id)}/scorecard", holds="findings", seat=seat)["findings"], as_json=as_json
        )
        return
    if not reason:
        raise click.UsageError("say why: --reason TEXT")
    body = {"finding": finding, "reason": reason, "seat": seat}
    followed(server, server.post(f"{of_run(run_id)}/disputes", body, holds="job"), "the dispute")
    _show_disputes(server, run_id, as_json=as_json)


@click.group(invoke_without_command=True)
@on_a_run
@click.pass_context
def disputes(context: click.Context, run_id: str, as_json: bool) -> None:
    """List disputes with their answers; or accept, decline, withdraw and export them."""
    if context.invoked_subcommand is None:
        _show_disputes(Server(), run_id, as_json=as_json)


@disputes.command()
@click.argument("finding")
@click.option("--answer", required=True, metavar="TEXT", help="A word to the learner.")
@click.option("--right", type=_RIGHT, default="pass", show_default=True, help="What the rule should have said.")
@_BY
@on_a_run
def accept(finding: str, run_id: str, as_json: bool, **words: str) -> None:
    """Accept the dispute of a FINDING: it is waived, and becomes a case for its rule. Takes the trainer's code."""
    server = _trainers()
    address = f"{of_run(run_id)}/disputes/{quote(finding, safe='')}/acceptance"
    followed(server, server.post(address, words, holds="job"), "the answer")
    _show_disputes(server, run_id, as_json=as_json)


@disputes.command()
@click.argument("finding")
@click.option("--answer", required=True, metavar="TEXT", help="A word to the learner.")
@_BY
@on_a_run
def decline(finding: str, run_id: str, as_json: bool, **words: str) -> None:
    """Decline the dispute of a FINDING. Takes the trainer's code."""
    server = _trainers()
    address = f"{of_run(run_id)}/disputes/{quote(finding, safe='')}/refusal"
    followed(server, server.post(address, words, holds="job"), "the answer")
    _show_disputes(server, run_id, as_json=as_json)


@disputes.command()
@click.argument("finding")
@click.option("--seat", help="Whose dispute; else the first learner's.")
@on_a_run
def withdraw(finding: str, seat: str | None, run_id: str, as_json: bool) -> None:
    """Take your own dispute of a FINDING back."""
    server = Server()
    address = f"{of_run(run_id)}/disputes/{quote(finding, safe='')}/withdrawal"
    followed(server, server.post(address, {"seat": seat}, holds="job"), "the withdrawal")
    _show_disputes(server, run_id, as_json=as_json)


@disputes.command()
@click.option("--rule", metavar="CODE", help="Of one rule only.")
@click.option(
    "--to", "folder", type=click.Path(path_type=Path, file_okay=False), help="Add them to the case files there."
)
@on_a_run
def export(rule: str | None, folder: Path | None, run_id: str, as_json: bool) -> None:
    """Write accepted disputes as cases of their rules: the facts that each rests on, without names."""
    found = Server().get(f"{of_run(run_id)}/disputes/cases", holds="cases")["cases"]
    chosen = {code: cases for code, cases in found.items() if rule is None or code == rule.upper()}
    if as_json:
        print_json({"cases": chosen})
    elif not chosen:
        click.echo("no dispute was accepted whose facts lead to the finding again")
    for code, cases in chosen.items() if not as_json else ():
        text = yaml.safe_dump(cases, sort_keys=False, allow_unicode=True, width=110)
        if folder is None:
            click.echo(f"# {code}.yaml\n{text}")
        else:
            _add_to(folder / f"{code}.yaml", cases)


@click.command()
@click.argument("finding")
@click.option("--reason", required=True, metavar="TEXT", help="Why it should cost nothing.")
@_BY
@on_a_run
def waive(finding: str, run_id: str, as_json: bool, **words: str) -> None:
    """Let a FINDING cost nothing more: at most three of a learner in a sprint. Takes the trainer's code."""
    server = _trainers()
    job = server.post(f"{of_run(run_id)}/waivers", {"finding": finding, **words}, holds="job")
    followed(server, job, "the waiver")
    _show_waivers(server, run_id, as_json=as_json)


@click.group(invoke_without_command=True)
@on_a_run
@click.pass_context
def waivers(context: click.Context, run_id: str, as_json: bool) -> None:
    """List waivers with their reasons, and how many are left; or revoke one."""
    if context.invoked_subcommand is None:
        _show_waivers(Server(), run_id, as_json=as_json)


@waivers.command()
@click.argument("finding")
@_BY
@on_a_run
def revoke(finding: str, by: str, run_id: str, as_json: bool) -> None:
    """Take the waiver of a FINDING back. Takes the trainer's code."""
    server = _trainers()
    address = f"{of_run(run_id)}/waivers/{quote(finding, safe='')}/revocation"
    followed(server, server.post(address, {"by": by}, holds="job"), "it")
    _show_waivers(server, run_id, as_json=as_json)


@click.command()
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="The server's data folder.")
def trainer_code(data: Path | None) -> None:
    """Print the code by which a trainer waives findings and answers disputes. Run it on the server's own machine."""
    folder = data or read_settings().data
    if not (folder / KEY_FILE).is_file():
        raise SetupError(
            "no server has kept anything there", where=str(folder), to_do="name the server's data folder with --data"
        )
    click.echo(open_key(folder).trainer_code())


# --- parts ------------------------------------------------------------------------------------------------------------


def _trainers() -> Server:
    """The server, asked as the trainer: the code is in the environment, or is asked for at a terminal."""
    server = Server()
    if not server.is_trainers:
        if not sys.stdin.isatty():
            to_do = f"set {TRAINER_CODE} to what `sprintdojo trainer-code` prints on the server's machine"
            raise SetupError("that takes the trainer's code", where=TRAINER_CODE, to_do=to_do)
        server.show_trainer_code(click.prompt(f"Trainer's code ({TRAINER_CODE})", hide_input=True))
    return server


def _list_costly(findings: list[dict[str, Any]], *, as_json: bool) -> None:
    costly = [one for one in findings if one["outcome"] == "breach" or one["points_lost"]]
    if as_json:
        print_json(costly)
        return
    rows = [(one["id"], one["rule"], f"{one['points_lost']:.1f}", _state(one), one["message"]) for one in costly]
    print_table(("finding", "rule", "points", "state", "what"), rows)


def _state(finding: dict[str, Any]) -> str:
    if finding["waived"]:
        return "waived"
    return f"disputed, {finding['disputed']['state']}" if finding["disputed"] else "open" if finding["open"] else ""


def _show_disputes(server: Server, run_id: str, *, as_json: bool) -> None:
    told = server.get(f"{of_run(run_id)}/disputes", holds="disputes")
    if as_json:
        print_json(told)
        return
    if not told["disputes"]:
        click.echo("nobody disputes anything")
    for one in told["disputes"]:
        click.echo(f"{one['finding']}  {one['rule']}  {one['subject']}  {one['state']}")
        click.echo(f"  {one['message']}")
        click.echo(f"  {one['name'] or one['seat']}, {one['moment']}: {one['reason']}")
        if one["answer"]:
            click.echo(f"  {one['by']}: {one['answer']}")


def _show_waivers(server: Server, run_id: str, *, as_json: bool) -> None:
    told = server.get(f"{of_run(run_id)}/waivers", holds="waivers")
    if as_json:
        print_json(told)
        return
    for one in told["waivers"]:
        state = "revoked" if not one["in_force"] else "unused" if one["unused"] else "in force"
        click.echo(f"{one['finding'] or '-':12}  {one['rule']}  {one['subject']}  {state}")
        click.echo(f"  {one['by']}: {one['reason']}")
    left = ", ".join(f"{seat} {number}" for seat, number in told["left"].items())
    click.echo(f"left in this sprint: {left}")


def _add_to(file: Path, cases: list[dict[str, Any]]) -> None:
    """Add cases to a case file; those whose names are in it already are left out."""
    written = file.read_text(encoding="utf-8") if file.is_file() else ""
    known = {case["name"] for case in yaml.safe_load(written) or ()}
    fresh = [case for case in cases if case["name"] not in known]
    if fresh:
        text = yaml.safe_dump(fresh, sort_keys=False, allow_unicode=True, width=110)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{written.rstrip()}\n\n{text}" if written.strip() else text, encoding="utf-8")
    click.echo(f"{file}: {len(fresh)} added, {len(cases) - len(fresh)} there already")
