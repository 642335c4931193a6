"""Bodies of repositories with their counts, the caller's permissions and their relatives, loaded together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulator.emulators.github.payloads.repositories import EMBEDDED_WITHOUT, full_repository
from simulator.emulators.github.state import repositories
from simulator.emulators.github.state.permissions import permission_of
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.repository_facts import facts_of
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.instance import Instance
from simulator.emulators.kit.urls import Urls


def repository_bodies(
    connection: Connection, instance: Instance, found: Sequence[Repository], viewer: Account | None, urls: Urls
) -> list[dict[str, Any]]:
    """Repositories as lists show them."""
    facts = facts_of(connection, instance, found)
    return [
        full_repository(
            repository,
            urls,
            facts=facts[repository.id],
            permission=permission_of(connection, repository, viewer) if viewer else None,
        )
        for repository in found
    ]


def repository_body(
    connection: Connection, instance: Instance, repository: Repository, viewer: Account | None, urls: Urls
) -> dict[str, Any]:
    """One repository, with those it was forked from and the template that it was made from, as far as the viewer sees them."""
    (body,) = repository_bodies(connection, instance, [repository], viewer, urls)
    kin = {
        "parent": repository.parent_id,
        "source": repository.source_id,
        "template_repository": repository.settings.get("template_id"),
    }
    wanted = {each for each in kin.values() if each is not None}
    if not wanted:
        return body
    known = repositories.by_ids(connection, repository.site, wanted)
    seen = [each for each in known.values() if permission_of(connection, each, viewer) != "none"]
    shown = {each["id"]: each for each in repository_bodies(connection, instance, seen, None, urls)}
    relatives = {name: _embedded(shown[number]) for name, number in kin.items() if number in shown}
    return body | relatives


def _embedded(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name not in EMBEDDED_WITHOUT}
