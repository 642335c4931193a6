"""Search for people and organizations by login, name and e-mail address.

Source: https://docs.github.com/en/search-github/searching-on-github/searching-users
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, false, func, or_, select, true

from simulator.emulators.github.state.search.conditions import condition
from simulator.emulators.github.state.search.query import All, Qualifier, Text, leaves, parse, without
from simulator.emulators.github.state.search.ranges import instants, numbers
from simulator.emulators.github.state.search.words import has_words
from simulator.emulators.github.tables import repositories
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.tables import accounts

_FIELDS = ("login", "name", "email")
_COLUMNS = [accounts.c[name] for name in Account.__slots__]
_OWNED = (
    select(func.count())
    .select_from(repositories)
    .where(
        repositories.c.site == accounts.c.site,
        repositories.c.owner_id == accounts.c.id,
        repositories.c.private.is_(False),
    )
    .scalar_subquery()
)
_KINDS = {"user": "user", "org": "organization", "organization": "organization"}


def search_users(
    connection: Connection, site: str, text: str, *, sort: str | None, order: str, offset: int, limit: int
) -> tuple[list[Account], int]:
    """A page of the people and organizations that a query finds, and how many there are. Raises SearchRefused.

    `sort` is `repositories` or `joined`, anything else the best match.
    """
    query, _ = without(parse(text), "sort")
    wanted = and_(accounts.c.site == site, accounts.c.kind != "bot", condition(query, _Terms(query)))
    total = connection.execute(select(func.count()).select_from(accounts).where(wanted)).scalar_one()
    column: ColumnElement[Any] = {"repositories": _OWNED, "joined": accounts.c.created_at}.get(
        sort or "", accounts.c.login_lower
    )
    rising = order == "asc" or column is accounts.c.login_lower
    columns = [column.asc() if rising else column.desc(), accounts.c.id]
    rows = connection.execute(select(*_COLUMNS).where(wanted).order_by(*columns).offset(offset).limit(limit))
    return [Account(**row) for row in rows.mappings()], total


class _Terms:
    """The meaning of one query's leaves, as conditions on accounts."""

    def __init__(self, query: All) -> None:
        named = [leaf for leaf in leaves(query) if isinstance(leaf, Qualifier) and leaf.name == "in"]
        asked = [value for leaf in named for value in leaf.values]
        self._fields: Sequence[str] = [field for field in _FIELDS if field in asked] or _FIELDS

    def __call__(self, leaf: Text | Qualifier) -> ColumnElement[bool]:
        """The condition. Raises SearchRefused."""
        if isinstance(leaf, Text):
            return self._text(leaf.words)
        if leaf.name == "in":
            return true()
        return or_(false(), *(self._term(leaf, value) for value in leaf.values))

    def _term(self, leaf: Qualifier, value: str) -> ColumnElement[bool]:
        match leaf.name:
            case "type":
                return accounts.c.kind == _KINDS.get(value.lower(), "")
            case "user" | "org":
                kind = accounts.c.kind == "organization" if leaf.name == "org" else true()
                return and_(kind, accounts.c.login_lower == value.lower())
            case "fullname":
                return has_words(accounts.c.name, value)
            case "repos":
                found = numbers(value)
                low = found.low <= _OWNED if found.low is not None else true()
                return and_(low, found.high > _OWNED if found.high is not None else true())
            case "created":
                when = instants(value)
                low = accounts.c.created_at >= when.low if when.low is not None else true()
                return and_(low, accounts.c.created_at < when.high if when.high is not None else true())
        return self._text(leaf.raw)

    def _text(self, words: str) -> ColumnElement[bool]:
        begins = accounts.c.login_lower.startswith(words.lower(), autoescape=True)
        found = [has_words(accounts.c[field], words) for field in self._fields]
        return or_(*found, begins) if "login" in self._fields and words.strip() else or_(*found)
