"""What the engine asks of Jira-, GitHub- and git-like things: narrow protocols, and the values that cross them.

Refuses to know any client library. `adapters` implements these; tests fake them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from simulator.model.actions import Action
from simulator.model.facts import Observation
from simulator.model.keys import Login, SeatId


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """A seat's accounts on both services. Tokens never show in a repr or a log."""

    login: Login
    email: str
    name: str
    github_token: str = field(repr=False)
    jira_token: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """Where a run's two services are and who may act there.

    `github_api_url` is the REST base (…/api/v3 or https://api.github.com), `github_html_url` the base of pages and of git,
    `jira_url` the base that the jira client takes. `admin` is the seat that sets things up.
    """

    github_api_url: str
    github_html_url: str
    jira_url: str
    owner: Login
    repository: str
    project: str
    credentials: Mapping[SeatId, Credentials] = field(repr=False)
    admin: SeatId


Bindings = Mapping[str, str]
"""What the scenario's own ids became on the services: `issue:<ref>` → PAY-1, `pull:<ref>` → 3, `sprint:<ref>` → 1,
`board` → 1, `seed` → sha of the starter commit."""


class Performer(Protocol):
    """Does actions on the services, each under its actor's account."""

    def perform(self, action: Action, *, bindings: Bindings, again: bool = False) -> Bindings:
        """Do one action and return the bindings it made.

        With `again` an earlier attempt may have got through (the process died between doing and writing down): then what
        exists already is found and taken, never made twice. Raises AdapterError.
        """
        ...


class Observer(Protocol):
    """Looks at the services for what is new."""

    def observe(self, cursor: Mapping[str, Any]) -> tuple[Sequence[Observation], Mapping[str, Any]]:
        """Everything new since the cursor, oldest first, and the next cursor (JSON values; {} to begin with).

        May report known things again; their source ids tell. Raises AdapterError; then nothing is lost, the old cursor holds.
        """
        ...
