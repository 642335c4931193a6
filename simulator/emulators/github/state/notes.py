"""Notes beside a repository of what git knows already and the database does not yet.

Refs move before the transaction that writes it down is durable. A process that dies between the two leaves its note; who meets
the repository next reads what was going on (`left`), finishes it, and throws the note away.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from simulator.emulators.github.errors import GitHubError
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.work import Work
from simulator.emulators.gitserver.errors import GitError
from simulator.emulators.kit import accounts
from simulator.emulators.kit.database import after_commit
from simulator.emulators.kit.instance import Instance

_FOLDER = "sprintdojo-unfinished"

Note = Mapping[str, Any]  # Any: numbers and words, as JSON has them


@contextmanager
def kept(work: Work, name: str, note: Note) -> Iterator[None]:
    """Keep a note until the transaction is durable; the block moves refs, all of them or, when it refuses, none."""
    file = _folder(work.instance, work.repository) / f"{name}.json"
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps({**note, "actor_id": work.actor.id}))
    try:
        yield
    except (GitHubError, GitError):  # refused in the last moment
        file.unlink(missing_ok=True)
        raise
    after_commit(work.connection, lambda: file.unlink(missing_ok=True))


def left(connection: Connection, instance: Instance, repository: Repository, kind: str) -> list[Note]:
    """The notes of a repository whose names begin so. They are thrown away when the transaction is through."""
    found = []
    for file in sorted(_folder(instance, repository).glob(f"{kind}-*.json")):
        note = _read(file)
        if note is not None:
            found.append(note)
        after_commit(connection, lambda file=file: file.unlink(missing_ok=True))  # type: ignore[misc]
    return found


def are_left(instance: Instance, repository: Repository) -> bool:
    """Whether any notes lie beside a repository."""
    return any(_folder(instance, repository).glob("*.json"))


def repositories_with_notes(instance: Instance, site: str) -> list[int]:
    """The numbers of a site's repositories beside which notes lie."""
    folders = {file.parent.parent for file in (instance.repositories / site).glob(f"*.git/{_FOLDER}/*.json")}
    return sorted(int(folder.stem) for folder in folders if folder.stem.isdecimal())


def work_of(connection: Connection, instance: Instance, repository: Repository, note: Note) -> Work:
    """What its author, or else the repository's owner, was doing."""
    return Work(
        connection=connection,
        instance=instance,
        site=repository.site,
        repository=repository,
        actor=accounts.by_id(connection, repository.site, note["actor_id"]) or repository.owner,
        at=instance.now(),
    )


def _read(file: Path) -> Note | None:
    try:
        note = json.loads(file.read_text())
    except (OSError, ValueError):  # written by half when the process died: then no ref has moved
        return None
    return note if isinstance(note, dict) else None


def _folder(instance: Instance, repository: Repository) -> Path:
    return instance.repository_path(repository.site, repository.id) / _FOLDER
