"""What webhooks are told when refs move: push, create, delete.

Source: https://docs.github.com/en/webhooks/webhook-events-and-payloads#push
"""

from __future__ import annotations

from collections.abc import Sequence

from simulator.emulators.github.announce import announce
from simulator.emulators.github.state.activity import Movement
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.work import Work
from simulator.emulators.gitserver.refs import ZERO
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.instance import Instance

_TAGS = "refs/tags/"
_MOST_TAGS = 3  # one push of more tags is told of none: docs.github.com/en/webhooks/webhook-events-and-payloads#push


def announce_movements(
    connection: Connection,
    instance: Instance,
    repository: Repository,
    movements: Sequence[Movement],
    sender: Account,
) -> list[str]:
    """Tell hooks of each movement, as far as anybody listens; gives lines for whoever moved the refs."""
    work = Work(
        connection=connection,
        instance=instance,
        site=repository.site,
        repository=repository,
        actor=sender,
        at=instance.now(),
    )
    tags = sum(movement.ref.startswith(_TAGS) for movement in movements)
    for movement in movements:
        if tags > _MOST_TAGS and movement.ref.startswith(_TAGS):
            continue
        work.tell("push", None, movement=movement)
        if ZERO in (movement.before, movement.after):
            work.tell("create" if movement.before == ZERO else "delete", None, movement=movement)
    return announce(work)
