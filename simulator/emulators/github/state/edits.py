"""What follows when somebody edits a repository: its forks, and what webhooks are told of it.

Source: https://docs.github.com/en/webhooks/webhook-events-and-payloads#repository
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from simulator.emulators.github.announce import announce_now
from simulator.emulators.github.state import forks
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.instance import Instance

_TOLD = ("default_branch", "description", "homepage", "topics")


def follow_edit(
    connection: Connection, instance: Instance, before: Repository, after: Repository, actor: Account
) -> None:
    """Let follow what follows, each kind of change told by itself as GitHub does."""

    def tell(event: str, action: str | None, **detail: Any) -> None:
        announce_now(connection, instance, after, actor, event, action, **detail)

    if after.private and not before.private:
        forks.leave_network(connection, after)
        tell("repository", "privatized")
    if before.private and not after.private:
        tell("public", None)
        tell("repository", "publicized")
    if after.name != before.name:
        tell("repository", "renamed", changes={"repository": {"name": {"from": before.name}}})
    if after.archived != before.archived:
        tell("repository", "archived" if after.archived else "unarchived")
    changes = _changes(before, after)
    if changes:
        tell("repository", "edited", changes=changes)


def _changes(before: Repository, after: Repository) -> dict[str, Any]:
    return {name: {"from": getattr(before, name)} for name in _TOLD if getattr(before, name) != getattr(after, name)}
