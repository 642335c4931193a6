"""What repositories were called before: addresses under an old name lead on until another repository takes the name.

Source: https://docs.github.com/en/repositories/creating-and-managing-repositories/renaming-a-repository
"""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, delete, insert, select

from simulator.emulators.github.tables import former_names

_BY_NAME = select(former_names.c.repository_id).where(
    former_names.c.site == bindparam("site"), former_names.c.full_name_lower == bindparam("full_name")
)


def moved_to(connection: Connection, site: str, full_name: str) -> int | None:
    """The number of the repository that had a full name (`owner/name`, any case) last, None for nobody's."""
    return connection.execute(_BY_NAME, {"site": site, "full_name": full_name.lower()}).scalar()


def remember(connection: Connection, site: str, full_name: str, repository_id: int) -> None:
    """From now on a full name leads to this repository."""
    forget(connection, site, full_name)
    row = {"site": site, "full_name_lower": full_name.lower(), "repository_id": repository_id}
    connection.execute(insert(former_names), row)


def forget(connection: Connection, site: str, full_name: str) -> None:
    """A repository has taken the name: it leads nowhere else any more."""
    match = (former_names.c.site == site) & (former_names.c.full_name_lower == full_name.lower())
    connection.execute(delete(former_names).where(match))
