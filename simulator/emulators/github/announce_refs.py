"""What webhooks are told when refs move: push, create, delete.

Source: https://docs.github.com/en/webhooks/webhook-events-and-payloads#push
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pygit2

from simulator.emulators.github.payloads.pushes import push_payload
from simulator.emulators.github.payloads.repositories import full_repository
from simulator.emulators.github.payloads.users import simple_user
from simulator.emulators.github.state import hooks
from simulator.emulators.github.state.activity import Movement
from simulator.emulators.github.state.repositories import Repository, git_of
from simulator.emulators.gitserver.refs import ZERO
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.instance import Instance
from simulator.emulators.kit.urls import Urls


def announce_movements(
    connection: Connection,
    instance: Instance,
    repository: Repository,
    movements: Sequence[Movement],
    sender: Account,
) -> None:
    """Tell the repository's hooks of each movement, as far as anybody listens."""
    listening = hooks.list_hooks(connection, repository.site, repository.id)
    if not listening:
        return
    urls = Urls.of_request()
    git = git_of(instance, repository)
    for movement in movements:
        for event, payload in _events(git, repository, movement, sender, urls):
            told = [hook for hook in listening if hook.hears(event)]
            hooks.deliver(connection, instance, repository, told, event, payload)


def _events(
    git: pygit2.Repository, repository: Repository, movement: Movement, sender: Account, urls: Urls
) -> list[tuple[str, dict[str, Any]]]:
    events = [("push", push_payload(git, repository, movement, sender, urls))]
    if ZERO in (movement.before, movement.after):
        event = "create" if movement.before == ZERO else "delete"
        events.append((event, _ref_payload(repository, movement, sender, urls)))
    return events


def _ref_payload(repository: Repository, movement: Movement, sender: Account, urls: Urls) -> dict[str, Any]:
    _, kind, name = movement.ref.split("/", 2)
    payload: dict[str, Any] = {
        "ref": name,
        "ref_type": {"heads": "branch", "tags": "tag"}.get(kind, kind),
        "pusher_type": "user",
        "repository": full_repository(repository, urls),
        "sender": simple_user(sender, urls),
    }
    if movement.before == ZERO:
        payload |= {"master_branch": repository.default_branch, "description": repository.description}
    return payload
