"""Things by the addresses of their pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import unquote, urlsplit

from simulator.emulators.github.graphql.problems import Problem, not_found
from simulator.emulators.github.graphql.reading import Reader
from simulator.emulators.github.graphql.views.actors import owner_named
from simulator.emulators.github.graphql.views.owned import named_repository


def resource_at(reader: Reader, url: str) -> Any:
    """What a page shows: an account, a repository, an issue, a pull request. Raises Problem for any other page."""
    try:
        return _at(reader, _parts(reader, url))
    except (Problem, ValueError) as exc:
        raise not_found(f"Could not resolve to a resource at the URL '{url[:200]}'.") from exc


def _parts(reader: Reader, url: str) -> Sequence[str]:
    parts = [unquote(part) for part in urlsplit(url).path.split("/") if part]
    base = [part for part in urlsplit(reader.urls.html()).path.split("/") if part]
    return parts[len(base) :] if parts[: len(base)] == base else parts


def _at(reader: Reader, parts: Sequence[str]) -> Any:
    match parts:
        case [login]:
            return owner_named(reader, login)
        case [owner, name]:
            return named_repository(reader, owner, name)
        case [owner, name, "issues" | "pull", number] if number.isascii() and number.isdigit() and len(number) < 10:
            return named_repository(reader, owner, name).issue_or_pull_request(int(number))
    raise ValueError("no page of a resource")
