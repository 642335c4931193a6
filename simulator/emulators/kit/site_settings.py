"""What the control endpoints set for a site: a JSON value under a name."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select

from simulator.emulators.kit.prepared import Prepared
from simulator.emulators.kit.tables import site_settings

_READ = Prepared(
    select(site_settings.c.value).where(
        site_settings.c.site == bindparam("site"), site_settings.c.name == bindparam("name")
    )
)


def read_setting(connection: Connection, site: str, name: str) -> Any:  # Any: JSON
    """The value that was set, None when there is none."""
    return _READ.value(connection, site=site, name=name)


def write_setting(connection: Connection, site: str, name: str, value: Any) -> None:
    """Set a value; None takes it away. Hold the site's row or another lock when it depends on what was read."""
    connection.execute(delete(site_settings).where(*_is(site, name)))
    if value is not None:
        connection.execute(insert(site_settings), {"site": site, "name": name, "value": value})


def _is(site: str, name: str) -> tuple[Any, Any]:  # Any: SQLAlchemy's conditions
    return site_settings.c.site == site, site_settings.c.name == name
