"""Commit statuses as GitHub writes them."""

from __future__ import annotations

from typing import Any

from simulator.emulators.github.payloads.users import node_id
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.statuses import Status
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import stamp_seconds


def status_payload(status: Status, repository: Repository, urls: Urls) -> dict[str, Any]:
    """One status, without its creator."""
    stamp = stamp_seconds(status.created_at)
    return {
        "url": urls.api(f"{repository.path}/statuses/{status.sha}"),
        "avatar_url": urls.html(f"/avatars/u/{status.creator_id}?v=4"),
        "id": status.id,
        "node_id": node_id("StatusContext", status.id),
        "state": status.state,
        "description": status.description,
        "target_url": status.target_url,
        "context": status.context,
        "created_at": stamp,
        "updated_at": stamp,
    }
