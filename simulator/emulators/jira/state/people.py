"""People as Jira sees them: by accountId, by what somebody types to find them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, func, or_, select

from simulator.emulators.jira.state.context import Context
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.tables import accounts

_a = accounts.c
_COLUMNS = [_a[name] for name in Account.__slots__]
_BY_IDS = select(*_COLUMNS).where(_a.site == bindparam("site"), _a.id.in_(bindparam("ids", expanding=True)))


def people_by_id(context: Context, ids: Iterable[int | None]) -> dict[int, Account]:
    """Accounts by their numbers in the site."""
    wanted = {number for number in ids if number is not None}
    known = {context.account.id: context.account} if context.account.id in wanted else {}
    missing = wanted - known.keys()
    if not missing:
        return known
    rows = context.connection.execute(_BY_IDS, {"site": context.site, "ids": list(missing)}).mappings()
    return known | {row["id"]: Account(**row) for row in rows}


def person_by_account_id(context: Context, account_id: str) -> Account | None:
    """The person of a Jira accountId; organizations are none."""
    query = select(*_COLUMNS).where(_a.site == context.site, _a.jira_id == account_id, _a.kind != "organization")
    row = context.connection.execute(query).mappings().first()
    return Account(**row) if row else None


def people_by_account_ids(context: Context, account_ids: Iterable[str]) -> list[Account]:
    """The people of these Jira accountIds; unknown ones are left out."""
    query = select(*_COLUMNS).where(
        _a.site == context.site, _a.jira_id.in_(list(account_ids)), _a.kind != "organization"
    )
    return [Account(**row) for row in context.connection.execute(query.order_by(_a.id)).mappings()]


def search_people(
    context: Context,
    query: str,
    *,
    active_only: bool = True,
    with_apps: bool = True,
    start: int = 0,
    limit: int | None = None,
) -> list[Account]:
    """People whose name, e-mail or accountId begins with the query, or a word of whose name does; all for ""."""
    found = select(*_COLUMNS).where(_a.site == context.site, _a.kind != "organization").order_by(_a.id)
    found = found.offset(start).limit(limit)
    if active_only:
        found = found.where(_a.active.is_(True))
    if not with_apps:
        found = found.where(_a.kind != "bot")
    if query:
        wanted = query.lower()
        found = found.where(
            or_(
                func.lower(_a.name).startswith(wanted, autoescape=True),
                func.lower(_a.name).contains(f" {wanted}", autoescape=True),
                func.lower(_a.email).startswith(wanted, autoescape=True),
                _a.login_lower.startswith(wanted, autoescape=True),
                _a.jira_id == query,
            )
        )
    return [Account(**row) for row in context.connection.execute(found).mappings()]
