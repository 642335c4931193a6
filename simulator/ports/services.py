"""Where a run's services are, who may act there, and what the story's names became on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

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
    `jira_url` the base that the jira client takes. `admin` is the seat that sets things up, `coach` the one under whose account
    the coach speaks.
    """

    github_api_url: str
    github_html_url: str
    jira_url: str
    owner: Login
    repository: str
    project: str
    credentials: Mapping[SeatId, Credentials] = field(repr=False)
    admin: SeatId
    coach: SeatId | None = None


Bindings = Mapping[str, str]
"""What the scenario's own ids became on the services: `issue:<ref>` → PAY-1, `pull:<ref>` → 3, `sprint:<ref>` → 1,
`board` → 1, `seed` → sha of the starter commit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkChoice:
    """Which remarks on lines are meant: the one of a `number`; for 0, those by somebody, on a path, that say something.

    `path` is a shell pattern, `says` a regular expression; what is empty or None leaves all over.
    """

    number: int = 0
    by: SeatId | None = None
    path: str = ""
    says: str = ""
