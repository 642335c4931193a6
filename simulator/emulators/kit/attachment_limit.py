"""How large a file attached to an issue may be in a site."""

from __future__ import annotations

from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.site_settings import read_setting, write_setting

USUAL = 10 * 1024 * 1024
"""Bytes, where nothing else is set; what Jira has from the start."""

MOST = 50 * 1024 * 1024
"""The largest limit that can be set: attachments live in the database."""

_SETTING = "attachment_limit"


def attachment_limit(connection: Connection, site: str) -> int:
    """Bytes of one attachment; 0 when nothing can be attached."""
    found = read_setting(connection, site, _SETTING)
    return found if isinstance(found, int) else USUAL


def set_attachment_limit(connection: Connection, site: str, limit: int | None) -> None:
    """Set the limit; None is the usual one."""
    write_setting(connection, site, _SETTING, limit)
