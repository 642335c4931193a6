"""Saved filters: a name for a query, whose it is, who likes it. Boards stand on them; `filter_shares` says who sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, delete, func, insert, select, update

from simulator.emulators.jira import tables
from simulator.emulators.jira.errors import BadRequest, NotFound
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.filter_shares import editable, is_shared, visible
from simulator.emulators.jira.state.search.folding import folded
from simulator.emulators.jira.state.setup import counter
from simulator.emulators.kit.database import next_value

LONGEST_NAME = 255
LONGEST_DESCRIPTION = 16384
MOST_COLUMNS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """A saved filter."""

    id: int
    name: str
    description: str
    jql: str
    owner_id: int


@dataclass(frozen=True, slots=True)
class Liking:
    """Whether the caller likes a filter, and how many people do."""

    mine: bool
    count: int


_f = tables.filters.c
_COLUMNS = [_f[name] for name in Filter.__slots__]


def create_filter(connection: Connection, *, site: str, name: str, jql: str, owner_id: int, description: str) -> int:
    """Save a filter and return its id. The query has been checked."""
    filter_id = next_value(connection, site, counter("filter"))
    row = {"site": site, "id": filter_id, "name": name, "jql": jql, "owner_id": owner_id, "description": description}
    connection.execute(insert(tables.filters), row)
    return filter_id


def find_filter(context: Context, filter_id: int, *, to_edit: bool = False) -> Filter:
    """A filter by id that the caller may see; with `to_edit`, that the caller may change.

    Raises NotFound, with the status 400 that Jira documents:
    https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-filters/#api-rest-api-3-filter-id-get
    """
    query = select(*_COLUMNS).where(_f.site == context.site, _f.id == filter_id, visible(context))
    row = context.connection.execute(query).mappings().first()
    if row is None:
        raise NotFound(
            "The selected filter is not available to you, perhaps it has been deleted or had its permissions changed.",
            status=400,
        )
    if to_edit and not editable(context, filter_id, row["owner_id"]):
        raise NotFound("You do not have permission to edit this filter.", status=400)
    return Filter(**row)


def find_filters(
    context: Context, *more: ColumnElement[bool], order: str = "name", start: int = 0, limit: int = 1000
) -> list[Filter]:
    """A page of the filters that the caller may see; `order` is a name, with a minus for the other way. Raises BadRequest."""
    column = _orders(context).get(order.removeprefix("-").removeprefix("+"))
    if column is None:
        raise BadRequest(f"The value '{order[:40]}' is not valid for the parameter 'orderBy'.")
    ordered = column.desc() if order.startswith("-") else column.asc()
    query = select(*_COLUMNS).where(_f.site == context.site, visible(context), *more)
    query = query.order_by(ordered, _f.id).offset(start).limit(limit)
    return [Filter(**row) for row in context.connection.execute(query).mappings()]


def _orders(context: Context) -> dict[str, ColumnElement[Any]]:
    """What a search can order by."""
    likes = tables.filter_favourites.c
    liked = select(func.count()).where(likes.site == _f.site, likes.filter_id == _f.id).correlate(tables.filters)
    return {
        "description": folded(context, _f.description),
        "favourite_count": liked.scalar_subquery(),
        "id": _f.id,
        "is_favourite": liked.where(likes.account_id == context.account.id).scalar_subquery(),
        "is_shared": case((is_shared(), 1), else_=0),
        "name": folded(context, _f.name),
        "owner": _f.owner_id,
    }


def count_filters(context: Context, *more: ColumnElement[bool]) -> int:
    """How many filters the caller may see."""
    query = select(func.count()).select_from(tables.filters).where(_f.site == context.site, visible(context), *more)
    return int(context.connection.execute(query).scalar_one())


def named_like(text: str, *, part: bool) -> ColumnElement[bool]:
    """Filters with these words in their name or, with `part`, with this text anywhere in it."""
    name = func.lower(_f.name)
    if part:
        return name.contains(text.lower(), autoescape=True)
    found: ColumnElement[bool] = _f.id.is_not(None)
    for word in text.lower().split():
        found &= name.contains(word, autoescape=True)
    return found


def owned_by(account_id: int) -> ColumnElement[bool]:
    """Filters of somebody."""
    return _f.owner_id == account_id


def among(ids: Sequence[int]) -> ColumnElement[bool]:
    """Filters with these ids."""
    return _f.id.in_(ids)


def liked_by(context: Context) -> ColumnElement[bool]:
    """Filters that the caller likes."""
    likes = tables.filter_favourites.c
    return _f.id.in_(select(likes.filter_id).where(likes.site == context.site, likes.account_id == context.account.id))


def check_filter(context: Context, name: str, description: str, *, owner_id: int, but: int = 0) -> None:
    """Raises BadRequest for a name or description that a filter cannot have, or a name that its owner gave another one."""
    errors = {}
    if not name.strip():
        errors["filterName"] = "You must specify a name to save this filter as."
    elif len(name) > LONGEST_NAME:
        errors["filterName"] = f"The filter name must not exceed {LONGEST_NAME} characters."
    if len(description) > LONGEST_DESCRIPTION:
        errors["description"] = f"The description must not exceed {LONGEST_DESCRIPTION} characters."
    query = select(_f.id).where(
        _f.site == context.site, _f.owner_id == owner_id, func.lower(_f.name) == name.lower(), _f.id != but
    )
    if context.connection.execute(query).first():
        errors["filterName"] = "Filter with same name already exists."
    if errors:
        raise BadRequest(errors=errors)


def edit_filter(context: Context, found: Filter, values: dict[str, Any]) -> None:
    """Change name, description, jql or owner_id; the query has been checked. Raises BadRequest."""
    after: dict[str, Any] = {"name": found.name, "description": found.description, "owner_id": found.owner_id} | values
    check_filter(context, after["name"], after["description"], owner_id=after["owner_id"], but=found.id)
    if values:
        of = (_f.site == context.site) & (_f.id == found.id)
        context.connection.execute(update(tables.filters).where(of).values(**values))


def delete_filter(context: Context, found: Filter) -> None:
    """Delete a filter. Raises BadRequest for one that a board stands on, or somebody else's."""
    b = tables.boards.c
    if found.owner_id != context.account.id and not context.account.admin:
        raise BadRequest("You cannot delete a filter that belongs to somebody else.")
    if context.connection.execute(select(b.id).where(b.site == context.site, b.filter_id == found.id)).first():
        raise BadRequest("The filter is used by a board and cannot be deleted.")
    context.connection.execute(delete(tables.filters).where(_f.site == context.site, _f.id == found.id))


def like(context: Context, found: Filter, *, liked: bool) -> None:
    """Make a filter one of the caller's favourites, or no longer."""
    likes = tables.filter_favourites.c
    of = (likes.site == context.site) & (likes.filter_id == found.id) & (likes.account_id == context.account.id)
    context.connection.execute(delete(tables.filter_favourites).where(of))
    if liked:
        row = {"site": context.site, "filter_id": found.id, "account_id": context.account.id}
        context.connection.execute(insert(tables.filter_favourites), row)


def likings(context: Context, ids: Sequence[int]) -> dict[int, Liking]:
    """Who likes these filters."""
    likes = tables.filter_favourites.c
    query = select(likes.filter_id, likes.account_id).where(likes.site == context.site, likes.filter_id.in_(ids))
    found: dict[int, list[int]] = {number: [] for number in ids}
    for filter_id, account_id in context.connection.execute(query):
        found[filter_id].append(account_id)
    return {number: Liking(context.account.id in people, len(people)) for number, people in found.items()}


def columns_of(context: Context, found: Filter) -> list[str]:
    """The fields that a filter shows as columns, none when nobody chose any."""
    c = tables.filter_columns.c
    query = select(c.field).where(c.site == context.site, c.filter_id == found.id).order_by(c.position)
    return list(context.connection.execute(query).scalars())


def set_columns(context: Context, found: Filter, fields: Sequence[str]) -> None:
    """Choose a filter's columns; none for the default ones. Raises BadRequest for too many."""
    if len(fields) > MOST_COLUMNS:
        raise BadRequest(f"A filter has at most {MOST_COLUMNS} columns.")
    c = tables.filter_columns.c
    of = (c.site == context.site) & (c.filter_id == found.id)
    context.connection.execute(delete(tables.filter_columns).where(of))
    if fields:
        common = {"site": context.site, "filter_id": found.id}
        rows = [common | {"position": place, "field": name} for place, name in enumerate(fields)]
        context.connection.execute(insert(tables.filter_columns), rows)
