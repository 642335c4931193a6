"""Which GitHub and which Jira are asked about a past, as whom, and how their addresses are written.

Tokens come from the environment only: GITHUB_TOKEN or GH_TOKEN, JIRA_EMAIL with JIRA_TOKEN or JIRA_API_TOKEN. They stand in no
message and in no file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from simulator.adapters.past_github import github_past
from simulator.adapters.past_jira import jira_past
from simulator.errors import SetupError
from simulator.model.past import Past
from simulator.run.lint.linting import Progress, ReadServices
from simulator.run.lint.looking_back import Range

_NAME = re.compile(r"([A-Za-z0-9][A-Za-z0-9-]{0,38})/([A-Za-z0-9._-]{1,100})\Z", re.ASCII)
_GITHUB_TOKENS = ("SPRINTDOJO_GITHUB_TOKEN", "GITHUB_TOKEN", "GH_TOKEN")
_JIRA_TOKENS = ("SPRINTDOJO_JIRA_TOKEN", "JIRA_TOKEN", "JIRA_API_TOKEN")
_JIRA_EMAILS = ("SPRINTDOJO_JIRA_EMAIL", "JIRA_EMAIL")


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceChoice:
    """What was asked for: `github` as OWNER/NAME or an address, `jira` an address with a `project`; `board` one of several."""

    github: str | None = None
    jira: str | None = None
    project: str | None = None
    board: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GithubAddress:
    """A repository on github.com or another GitHub: where its REST API and its pages are, and its name as owner/name."""

    api_url: str
    html_url: str
    repository: str


def reader_of(choice: ServiceChoice, environment: Mapping[str, str]) -> ReadServices | None:
    """What reads the services that were asked for, None when none was. Raises SetupError for what cannot be an address."""
    if not choice.github and not choice.jira:
        return None
    github = github_address(choice.github) if choice.github else None
    jira_url = _jira_address(choice) if choice.jira else ""

    def read(over: Range, progress: Progress) -> list[Past]:
        found: list[Past] = []
        if github is not None:
            found.append(
                github_past(
                    api_url=github.api_url,
                    html_url=github.html_url,
                    repository=github.repository,
                    token=_first(_GITHUB_TOKENS, environment),
                    since=over.since,
                    until=over.until,
                    progress=progress,
                )
            )
        if jira_url:
            found.append(
                jira_past(
                    url=jira_url,
                    email=_first(_JIRA_EMAILS, environment),
                    token=_first(_JIRA_TOKENS, environment),
                    project=choice.project or "",
                    board=choice.board,
                    since=over.since,
                    until=over.until,
                    progress=progress,
                )
            )
        return found

    return read


def github_address(text: str) -> GithubAddress:
    """OWNER/NAME on github.com, or the address of a repository's page there, on GitHub Enterprise, or on an emulated GitHub.

    Raises SetupError.
    """
    parts = urlsplit(text if "://" in text else f"https://github.com/{text}")
    below, _, name = parts.path.strip("/").removesuffix(".git").rpartition("/")
    prefix, _, owner = below.rpartition("/")
    if parts.scheme not in {"http", "https"} or not parts.hostname or not _NAME.match(f"{owner}/{name}"):
        hint = "give OWNER/NAME, or the address of its page: https://github.com/acme/payments"
        raise SetupError(f"`{_shown(text)}` is no repository on a GitHub", where="--github", to_do=hint)
    port = f":{parts.port}" if parts.port else ""
    root = f"{parts.scheme}://{parts.hostname}{port}"
    if parts.hostname in {"github.com", "www.github.com"}:
        return GithubAddress(
            api_url="https://api.github.com", html_url="https://github.com", repository=f"{owner}/{name}"
        )
    html = f"{root}/{prefix}".rstrip("/")
    return GithubAddress(api_url=f"{html}/api/v3", html_url=html, repository=f"{owner}/{name}")


def _jira_address(choice: ServiceChoice) -> str:
    parts = urlsplit(choice.jira or "")
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        hint = "give its address: https://acme.atlassian.net"
        raise SetupError(f"`{_shown(choice.jira or '')}` is no address of a Jira", where="--jira", to_do=hint)
    if not choice.project:
        raise SetupError("of which project?", where="--jira", to_do="name its key: --project PAY")
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname}{port}{parts.path}".rstrip("/")


def _shown(text: str) -> str:
    """What somebody wrote, without a password that may stand in it."""
    return re.sub(r"//[^/@\s]*@", "//", text)[:100]


def _first(names: tuple[str, ...], environment: Mapping[str, str]) -> str:
    return next((environment[name] for name in names if environment.get(name)), "")
