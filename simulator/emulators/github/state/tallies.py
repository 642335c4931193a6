"""How many issues and pull requests of a repository are open and closed: kept as they change, since lists tell it each time.

The numbers stand among the site's counters. One that nobody has kept yet, as in a database of an earlier version, is counted.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    String,
    bindparam,
    cast,
    func,
    literal,
    select,
    text,
    update,
)

from simulator.emulators.github.tables import issues
from simulator.emulators.kit.prepared import Prepared
from simulator.emulators.kit.tables import counters

STATES = ("open", "closed")
_KINDS = {True: "pull", False: "issue"}


def tally(
    site: ColumnElement[Any], repository_id: ColumnElement[Any], *, is_pull: bool, state: str
) -> ColumnElement[int]:
    """The number of a repository's issues, or pull requests, that are in a state; for queries."""
    name = _name(repository_id, is_pull=is_pull, state=state)
    kept = select(counters.c.value).where(counters.c.site == site, counters.c.name == name).scalar_subquery()
    return func.coalesce(kept, _counted(site, repository_id, is_pull=is_pull, state=state))


def total(
    connection: Connection, site: str, repository_id: int, *, state: str = "all", pulls: bool | None = None
) -> int:
    """How many there are in a state (`all`: in any), pull requests (True), issues (False) or both."""
    row = _TALLIES.first(connection, site=site, repository=repository_id)
    assert row is not None
    return sum(
        int(number)
        for (is_pull, its_state), number in zip(_EACH, row, strict=True)
        if state in ("all", its_state) and pulls in (None, is_pull)
    )


def count_in(connection: Connection, site: str, repository_id: int, *, is_pull: bool, state: str, by: int = 1) -> None:
    """There is one more (or, `by` -1, one less) in a state. Call it when the row of the issue has changed."""
    name = counter(repository_id, is_pull=is_pull, state=state)
    if not _ADD.run(connection, at_site=site, at_name=name, by=by):
        count_anew(connection, site, repository_id)


def count_if_new(connection: Connection, site: str, repository_id: int) -> None:
    """Keep all the numbers of a repository unless they are kept. One that has just become 1 may be a new counter's."""
    if not _KEPT.value(connection, site=site, repository=repository_id):
        count_anew(connection, site, repository_id)


def count_anew(connection: Connection, site: str, repository_id: int) -> None:
    """Keep all the numbers of a repository, so that none is left to be counted each time."""
    for (is_pull, state), count in _COUNT.items():
        found = count.value(connection, site=site, repository=repository_id)
        _KEEP.run(connection, site=site, name=counter(repository_id, is_pull=is_pull, state=state), value=found)


def counter(repository_id: int, *, is_pull: bool, state: str) -> str:
    """The name of the counter that keeps a number."""
    return f"gh_tally:{repository_id}:{_KINDS[is_pull]}:{state}"


def _name(repository_id: ColumnElement[Any], *, is_pull: bool, state: str) -> ColumnElement[str]:
    return literal("gh_tally:") + cast(repository_id, String) + literal(f":{_KINDS[is_pull]}:{state}")


def _counted(
    site: ColumnElement[Any], repository_id: ColumnElement[Any], *, is_pull: bool, state: str
) -> ColumnElement[int]:
    every = issues.alias()
    return (
        select(func.count())
        .select_from(every)
        .where(
            every.c.site == site,
            every.c.repository_id == repository_id,
            every.c.state == state,
            every.c.is_pull.is_(is_pull),
        )
        .scalar_subquery()
    )


_EACH = [(is_pull, state) for is_pull in _KINDS for state in STATES]
_HERE: tuple[ColumnElement[Any], ColumnElement[Any]] = (
    bindparam("site", type_=String()),
    bindparam("repository", type_=BigInteger()),
)
_TALLIES = Prepared(select(*(tally(*_HERE, is_pull=is_pull, state=state) for is_pull, state in _EACH)))
_COUNT = {
    (is_pull, state): Prepared(select(_counted(*_HERE, is_pull=is_pull, state=state))) for is_pull, state in _EACH
}
_KEPT = Prepared(
    select(literal(True)).where(
        *(
            select(counters.c.value)
            .where(counters.c.site == _HERE[0], counters.c.name == _name(_HERE[1], is_pull=is_pull, state=state))
            .exists()
            for is_pull, state in _EACH
        )
    )
)
_ADD = Prepared(
    update(counters)
    .where(counters.c.site == bindparam("at_site"), counters.c.name == bindparam("at_name"))
    .values(value=counters.c.value + bindparam("by"))
)
_KEEP = Prepared(
    text(
        "INSERT INTO em_counters (site, name, value) VALUES (:site, :name, :value) "
        "ON CONFLICT (site, name) DO UPDATE SET value = :value"
    )
)
