"""The list of a site's snapshots. Each is kept as a site of its own, under a key that no address reaches."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from simulator.emulators.kit.tables import HIDDEN, snapshots

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")


class BadSnapshotName(ValueError):
    """A snapshot's name is 1 to 80 letters, digits, dots, hyphens and underscores, and begins with a letter or digit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A state of a site that can be brought back. `kept_as` is the key of the hidden site."""

    name: str
    kept_as: str
    created_at: datetime


def check_name(name: str) -> str:
    """The name itself. Raises BadSnapshotName."""
    if not _NAME.fullmatch(name):
        raise BadSnapshotName(f"no name of a snapshot: {name[:100]!r}")
    return name


def hidden_key() -> str:
    """A key for a hidden site."""
    return HIDDEN + uuid.uuid4().hex


def list_snapshots(connection: Connection, site: str) -> list[Snapshot]:
    """The snapshots of a site, the oldest first."""
    table = snapshots.c
    query = select(table.name, table.kept_as, table.created_at).where(table.site == site)
    rows = connection.execute(query.order_by(table.created_at, table.name)).mappings()
    return [Snapshot(**row) for row in rows]


def find_snapshot(connection: Connection, site: str, name: str) -> Snapshot | None:
    """A snapshot by its name."""
    return next((found for found in list_snapshots(connection, site) if found.name == name), None)


def note_snapshot(connection: Connection, site: str, snapshot: Snapshot) -> None:
    """Write a snapshot into the site's list, in place of an earlier one of that name."""
    forget_snapshot(connection, site, snapshot.name)
    row = {"name": snapshot.name, "kept_as": snapshot.kept_as, "created_at": snapshot.created_at}
    connection.execute(insert(snapshots), {"site": site, **row})


def forget_snapshot(connection: Connection, site: str, name: str) -> None:
    """Take a snapshot off the site's list."""
    connection.execute(delete(snapshots).where(snapshots.c.site == site, snapshots.c.name == name))


def is_kept(connection: Connection, kept_as: str) -> bool:
    """Whether some site's list has a hidden site; several may share one."""
    found = select(snapshots.c.site).where(snapshots.c.kept_as == kept_as).limit(1)
    return connection.execute(found).first() is not None


def hidden_keys(connection: Connection) -> set[str]:
    """The hidden sites that some snapshot is kept as."""
    return set(connection.execute(select(snapshots.c.kept_as)).scalars())
