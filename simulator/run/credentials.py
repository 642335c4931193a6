"""Accounts of a run's seats on services that are not ours: tokens come from the environment.

Which variable serves a seat, first match wins (SEAT is the seat in upper case, hyphens as underscores):

    GitHub   SPRINTDOJO_GITHUB_TOKEN_<SEAT>, for teammates SPRINTDOJO_GITHUB_TOKEN_TEAMMATES, then SPRINTDOJO_GITHUB_TOKEN,
             GITHUB_TOKEN, GH_TOKEN
    Jira     SPRINTDOJO_JIRA_TOKEN_<SEAT>, for teammates SPRINTDOJO_JIRA_TOKEN_TEAMMATES, then SPRINTDOJO_JIRA_TOKEN, JIRA_TOKEN,
             JIRA_API_TOKEN
    e-mail   SPRINTDOJO_JIRA_EMAIL_<SEAT>, for teammates SPRINTDOJO_JIRA_EMAIL_TEAMMATES, then SPRINTDOJO_JIRA_EMAIL, JIRA_EMAIL;
             with a token of the seat's own and no e-mail variable, the scenario's address

The tokens that a run was started with are kept beside its database in a file that only its owner may read, because the clock must
go on after a restart. They are never in the database, in a log or in an error.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path

from simulator.errors import SetupError
from simulator.model.keys import RunId, SeatId
from simulator.model.people import Person, Roster, SeatKind
from simulator.ports import Credentials

_GITHUB = ("SPRINTDOJO_GITHUB_TOKEN", "GITHUB_TOKEN", "GH_TOKEN")
_JIRA = ("SPRINTDOJO_JIRA_TOKEN", "JIRA_TOKEN", "JIRA_API_TOKEN")
_EMAIL = ("SPRINTDOJO_JIRA_EMAIL", "JIRA_EMAIL")
PREFIXES = ("SPRINTDOJO_GITHUB_TOKEN", "SPRINTDOJO_JIRA_TOKEN", "SPRINTDOJO_JIRA_EMAIL")


def relevant(environment: Mapping[str, str]) -> dict[str, str]:
    """The variables of an environment that this page reads, and no others."""
    names = {*_GITHUB, *_JIRA, *_EMAIL}
    return {k: v for k, v in environment.items() if v and (k in names or k.startswith(PREFIXES))}


def from_environment(roster: Roster, environment: Mapping[str, str]) -> dict[SeatId, Credentials]:
    """Credentials of every seat. Raises SetupError that names the variables to set."""
    return {person.seat: _of(person, environment) for person in roster}


def _of(person: Person, environment: Mapping[str, str]) -> Credentials:
    github = _first(_names("SPRINTDOJO_GITHUB_TOKEN", person, _GITHUB), environment)
    jira = _first(_names("SPRINTDOJO_JIRA_TOKEN", person, _JIRA), environment)
    if not github or not jira:
        service, names = ("GitHub", _GITHUB) if not github else ("Jira", _JIRA)
        raise SetupError(
            f"no {service} token for {person.name} (seat {person.seat})",
            where="the environment",
            to_do=f"set {names[0]}_{_upper(person.seat)}, or {names[0]} for all",
        )
    own_jira = f"SPRINTDOJO_JIRA_TOKEN_{_upper(person.seat)}" in environment
    email_names = _names("SPRINTDOJO_JIRA_EMAIL", person, () if own_jira else _EMAIL)
    email = _first(email_names, environment) or person.email
    return Credentials(login=person.login, email=email, name=person.name, github_token=github, jira_token=jira)


def _names(prefix: str, person: Person, general: Iterable[str]) -> list[str]:
    shared = [f"{prefix}_TEAMMATES"] if person.kind is SeatKind.TEAMMATE else []
    return [f"{prefix}_{_upper(person.seat)}", *shared, *general]


def _upper(seat: SeatId) -> str:
    return seat.upper().replace("-", "_")


def _first(names: Iterable[str], environment: Mapping[str, str]) -> str:
    return next((environment[name] for name in names if environment.get(name)), "")


class CredentialsFile:
    """The variables that runs on services not ours were started with, one file a run, readable by its owner only."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "credentials"

    def save(self, run: RunId, variables: Mapping[str, str]) -> None:
        """Keep a run's variables."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = self._file(run)
        aside = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            json.dump(dict(variables), stream)
            stream.flush()
            os.fsync(stream.fileno())
        aside.replace(file)

    def read(self, run: RunId) -> dict[str, str]:
        """A run's variables, empty when none were kept. Raises SetupError when the file cannot be read."""
        file = self._file(run)
        try:
            found = json.loads(file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError):
            found = None
        if not isinstance(found, dict):
            # not `from exc`: a JSON error carries the text, and the text is tokens
            raise SetupError(
                "the run's tokens cannot be read", where=str(file), to_do="remove it and start the run again"
            )
        return {str(name): str(value) for name, value in found.items()}

    def _file(self, run: RunId) -> Path:
        return self._folder / f"{run}.json"
