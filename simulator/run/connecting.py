"""What a learner's tools need to reach the services of a run: addresses, names, and the token where it may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit

from simulator.model.people import Person
from simulator.ports import Services

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def github_access(services: Services, learner: Person, *, default_branch: str) -> dict[str, Any]:
    """How a learner reaches the repository."""
    full_name = f"{services.owner}/{services.repository}"
    html = f"{services.github_html_url}/{full_name}"
    return {
        "api_url": services.github_api_url,
        "html_url": html,
        "clone_url": f"{html}.git",
        "repository": full_name,
        "default_branch": default_branch,
        "login": str(services.credentials[learner.seat].login),
        "token": _shown(services.credentials[learner.seat].github_token, services.github_api_url),
    }


def jira_access(services: Services, learner: Person, bindings: Mapping[str, str]) -> dict[str, Any]:
    """How a learner reaches the project and, once it is there, its board."""
    board = bindings.get("board")
    return {
        "url": services.jira_url,
        "project": services.project,
        "board_id": int(board) if board and board.isdigit() else None,
        "board_url": f"{services.jira_url}/jira/software/projects/{quote(services.project)}/boards/{board or ''}",
        "email": services.credentials[learner.seat].email,
        "token": _shown(services.credentials[learner.seat].jira_token, services.jira_url),
    }


def _shown(token: str, url: str) -> str | None:
    return token if urlsplit(url).hostname in _LOOPBACK else None
