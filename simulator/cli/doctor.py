"""`sprintdojo doctor`: what this machine has, what is missing, and how to get it; and every setting with its value."""

from __future__ import annotations

import dataclasses
import importlib.util
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import click

from simulator.cli.client import ACCESS_CODE, Server
from simulator.cli.output import print_json, print_table
from simulator.errors import SetupError, SprintdojoError, StorageError
from simulator.hygiene.registry import rule_packages
from simulator.run.credentials import PREFIXES
from simulator.run.http_server import bind
from simulator.run.machine import HOW_TO_GET_GIT, folder_fault, git_says, is_new_enough
from simulator.settings import Settings, read_settings, variable
from simulator.storage.database import Database


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked for. `needed` is False for what only some things need."""

    name: str
    found: str
    good: bool
    needed: bool
    to_do: str


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def doctor(as_json: bool) -> int:
    """What is missing on this machine and how to get it; the settings in force."""
    checks = [_python(), _git(), *_programs(), _vendored(), *_rule_packages(), *_strangers(os.environ)]
    settings = Settings()
    try:
        settings = read_settings()
    except SetupError as exc:  # the rest of the list is worth having all the same
        checks.append(Check(f"settings ({exc.where})", exc.what, False, True, exc.to_do))
    checks += [_folder(settings), *_database(settings), *_server(settings)]
    good = all(check.good for check in checks if check.needed)
    if as_json:
        print_json(
            {"good": good, "checks": [dataclasses.asdict(check) for check in checks], "settings": _shown(settings)}
        )
    else:
        print_table(("", "what", "found", "to do"), [_row(check) for check in checks])
        click.echo()
        print_table(("setting", "value", "variable"), [(n, v, variable(n)) for n, v in _shown(settings).items()])
    return 0 if good else 1


def _row(check: Check) -> tuple[str, str, str, str]:
    mark = "ok" if check.good else ("missing" if check.needed else "optional")
    return mark, check.name, check.found, "" if check.good else check.to_do


def _shown(settings: Settings) -> dict[str, str]:
    values = {field.name: str(getattr(settings, field.name)) for field in dataclasses.fields(Settings)}
    return values | {"database": _database_name(settings)}


def _database_name(settings: Settings) -> str:
    """The database's address without a password; of one that cannot be read, nothing is shown."""
    if not settings.database:
        return ""
    try:
        return Database(settings.database).where
    except StorageError as exc:
        return exc.where or "(not a URL)"


def _python() -> Check:
    version = ".".join(str(part) for part in sys.version_info[:3])
    return Check("Python", version, sys.version_info >= (3, 11), True, "install Python 3.11 or newer")


def _git() -> Check:
    said = git_says()
    return Check("git", said or "not found", is_new_enough(said), True, HOW_TO_GET_GIT)


def _programs() -> Iterator[Check]:
    for name, purpose in (
        ("gh", "GitHub's command line, if you want to practise with it"),
        ("chromium", "the browser tests"),
    ):
        found = shutil.which(name)
        yield Check(f"{name} ({purpose})", found or "not found", found is not None, False, f"apt install {name}")


def _vendored() -> Check:
    spec = importlib.util.find_spec("web")
    folders = list(spec.submodule_search_locations or []) if spec else []
    there = any((Path(folder) / "static" / "vendor" / "htmx.min.js").exists() for folder in folders)
    return Check(
        "front-end libraries", "there" if there else "not found", there, False, "make setup (pages work without them)"
    )


def _rule_packages() -> Iterator[Check]:
    """Installed packages with rules of their own, and what is wrong with those that are left out."""
    for package in rule_packages():
        found = package.fault or ", ".join(rule.code for rule in package.rules)
        yield Check(f"rules of {package}", found, not package.fault, False, package.to_do)


def _strangers(environment: Mapping[str, str]) -> Iterator[Check]:
    """Variables that look like settings and are none."""
    known = [ACCESS_CODE, *PREFIXES, *(variable(field.name) for field in dataclasses.fields(Settings))]
    for name in sorted(environment):
        if name.startswith("SPRINTDOJO_") and name not in known and not name.startswith(PREFIXES):
            close = get_close_matches(name, known, n=1)
            to_do = f"did you mean {close[0]}?" if close else "unset it"
            yield Check(f"variable {name}", "no such setting", False, False, to_do)


def _folder(settings: Settings) -> Check:
    fault = folder_fault(settings.data)
    to_do = "choose another one: --data, or SPRINTDOJO_DATA"
    return Check("data folder", fault or str(settings.data.absolute()), not fault, True, to_do)


def _database(settings: Settings) -> Iterator[Check]:
    if not settings.database:
        return
    try:
        database = Database(settings.database)
        with database.reading():
            yield Check("database", "answers", True, True, "")
        database.close()
    except StorageError as exc:
        yield Check("database", exc.what, False, True, exc.to_do)


def _server(settings: Settings) -> Iterator[Check]:
    """Whether a server answers; if none does, whether one could be started on the port."""
    try:
        Server(settings.url).get("/runs", holds="runs")
        yield Check("server", f"answers at {settings.url}", True, False, "")
        return
    except SprintdojoError as exc:
        yield Check("server", f"{exc.what}: {settings.url}", False, False, exc.to_do)
    try:
        bind(settings.host, settings.port).socket.close()
        yield Check("port", f"{settings.port} is free", True, False, "")
    except SetupError as exc:
        yield Check("port", f"{exc.what}: {exc.where}", False, False, exc.to_do)
