"""Issues as events refer to them: number, title, state and the repository, which may be another one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from simulator.emulators.github.payloads.repositories import short_repository
from simulator.emulators.github.state.issues import Issue, issues_by_id
from simulator.emulators.github.state.repositories import Repository, by_ids
from simulator.emulators.github.state.work import Place
from simulator.emulators.kit.urls import Urls


def issue_references(place: Place, ids: Iterable[int], urls: Urls) -> dict[int, dict[str, Any]]:
    """Short bodies of issues by id, those that exist."""
    wanted = set(ids)
    if not wanted:
        return {}
    found = issues_by_id(place, wanted)
    homes = by_ids(place.connection, place.site, {issue.repository_id for issue in found.values()})
    return {issue.id: _reference(issue, homes[issue.repository_id], urls) for issue in found.values()}


def _reference(issue: Issue, repository: Repository, urls: Urls) -> dict[str, Any]:
    return {
        "number": issue.number,
        "title": issue.title,
        "state": issue.state,
        "state_reason": issue.state_reason,
        "repository": short_repository(repository, urls),
        "issue_type": None,
    }
