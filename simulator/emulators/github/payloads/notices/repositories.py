"""Repositories as webhooks have them."""

from __future__ import annotations

from typing import Any

from simulator.emulators.github.payloads.repositories import full_repository
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.repository_facts import facts_of
from simulator.emulators.github.state.work import OrganizationWork, Work
from simulator.emulators.kit.urls import Urls


def told_repository(work: Work | OrganizationWork, repository: Repository, urls: Urls) -> dict[str, Any]:
    """A repository; its organization stands beside it in payloads, not in it."""
    facts = facts_of(work.connection, work.instance, [repository])[repository.id]
    body = full_repository(repository, urls, facts=facts)
    return {name: value for name, value in body.items() if name != "organization"}
