"""Authors and committers in a body: `{name, email, date}`, the caller when not given."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pygit2

from simulator.emulators.github.errors import InvalidRequest
from simulator.emulators.github.fields import Fields
from simulator.emulators.gitserver.writing import signature
from simulator.emulators.kit.accounts import Account

_LATEST_YEAR = 2099  # git keeps seconds since 1970; GitHub refuses dates beyond this


def read_person(given: Any, account: Account, now: datetime) -> pygit2.Signature:
    """The author or committer that a body names; name and e-mail are required then. Raises InvalidRequest."""
    if given is None:
        return signature(account.name or account.login, account.email, now)
    if not isinstance(given, dict):
        raise InvalidRequest("Invalid request.\n\nauthor and committer must be objects.")
    fields = Fields(given, "Commit")
    return signature(fields.required("name"), fields.required("email"), _date(fields.text("date"), now))


def _date(text: str | None, now: datetime) -> datetime:
    if text is None:
        return now
    try:
        found = datetime.fromisoformat(text)
    except ValueError as exc:
        raise InvalidRequest(f"Invalid request.\n\n{text[:80]!r} is not a valid date-time.") from exc
    if not 1970 <= found.year <= _LATEST_YEAR:
        raise InvalidRequest(f"Invalid request.\n\n{text[:80]!r} is out of range.")
    return found if found.tzinfo else found.replace(tzinfo=UTC)
