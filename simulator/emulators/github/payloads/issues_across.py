"""Issues of many repositories at once, in the order given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simulator.emulators.github.payloads.issues import issue_payloads
from simulator.emulators.github.payloads.repositories import full_repository
from simulator.emulators.github.state.issues import Issue
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.repository_facts import facts_of
from simulator.emulators.github.state.work import Place
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.instance import Instance
from simulator.emulators.kit.urls import Urls


def issues_across(
    connection: Connection,
    instance: Instance,
    issues: Sequence[Issue],
    repositories: Mapping[int, Repository],
    urls: Urls,
    *,
    with_repository: bool = False,
) -> list[dict[str, Any]]:
    """Issues with or without the bodies of their repositories; a handful of statements for each repository."""
    facts = facts_of(connection, instance, list(repositories.values())) if with_repository else {}
    bodies: dict[int, dict[str, Any]] = {}
    for home in repositories.values():
        place = Place(connection=connection, instance=instance, site=home.site, repository=home)
        inside = [issue for issue in issues if issue.repository_id == home.id]
        more = {"repository": full_repository(home, urls, facts=facts[home.id])} if with_repository else {}
        for issue, body in zip(inside, issue_payloads(place, inside, urls), strict=True):
            bodies[issue.id] = body | more
    return [bodies[issue.id] for issue in issues]
