"""Search for issues and pull requests: `GET /search/issues`, and the searches of GraphQL and `gh`.

Source: https://docs.github.com/en/rest/search/search#search-issues-and-pull-requests
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, select

from simulator.emulators.github.state.issues import COLUMNS, Issue
from simulator.emulators.github.state.repositories import Repository, by_ids
from simulator.emulators.github.state.search.conditions import condition
from simulator.emulators.github.state.search.ground import Ground
from simulator.emulators.github.state.search.issue_terms import REACTIONS, IssueTerms
from simulator.emulators.github.state.search.query import All, Qualifier, Text, parse, without
from simulator.emulators.github.state.search.words import has_words
from simulator.emulators.github.tables import issues, reactions, repositories
from simulator.emulators.kit.accounts import Account

MOST = 1000
"""Results that a search gives at most, whatever their number."""

SORTS = ("comments", "reactions", "interactions", "created", "updated")
"""Orders beside `best-match`, and `reactions-+1` and its like for one kind of reaction."""

_KINDS = {"+1": "+1", "-1": "-1", "smile": "laugh", "thinking_face": "confused", "heart": "heart", "tada": "hooray"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundIssues:
    """A page of what was found, in order, with the repositories it lies in; `total` counts all of it."""

    total: int
    issues: list[Issue]
    repositories: Mapping[int, Repository]


def search_issues(
    connection: Connection,
    site: str,
    viewer: Account | None,
    text: str,
    *,
    sort: str | None = None,
    order: str = "desc",
    offset: int = 0,
    limit: int = 30,
) -> FoundIssues:
    """Issues and pull requests that a query finds among those that `viewer` may see (None: anybody).

    `sort` is one of SORTS, None for the best match; a `sort:` in the query comes first. At most the first MOST can be had.
    Raises SearchRefused.
    """
    query, orders = without(parse(text), "sort")
    ground = Ground(connection=connection, site=site, viewer=viewer)
    of_repository = (repositories.c.site == issues.c.site) & (repositories.c.id == issues.c.repository_id)
    wanted = and_(issues.c.site == site, ground.visible(), condition(query, IssueTerms(ground, query)))
    ground.check_places()
    found = select(func.count()).select_from(issues.join(repositories, of_repository)).where(wanted)
    total = connection.execute(found).scalar_one()
    page = (
        select(*COLUMNS)
        .join_from(issues, repositories, of_repository)
        .where(wanted)
        .order_by(*_order(query, orders, sort, order))
        .offset(offset)
        .limit(max(0, min(limit, MOST - offset)))
    )
    rows = [Issue(**row) for row in connection.execute(page).mappings()]
    places = by_ids(connection, site, {row.repository_id for row in rows})
    return FoundIssues(total=total, issues=rows, repositories=places)


def _order(query: All, orders: list[Qualifier], sort: str | None, order: str) -> list[ColumnElement[Any]]:
    if orders and orders[-1].values:
        sort, _, direction = _split(orders[-1].values[0])
        order = direction or "desc"
    column = _sorted_by(sort or "")
    rising = order == "asc" and column is not None
    columns = (issues.c.created_at if column is None else column, issues.c.id)
    directed: list[ColumnElement[Any]] = [each.asc() if rising else each.desc() for each in columns]
    words = [part.words for part in query.parts if isinstance(part, Text)]
    if column is not None or not words:
        return directed
    in_title = and_(*(has_words(issues.c.title, each) for each in words))
    return [case((in_title, 0), else_=1), *directed]  # the best match has the words in its title


def _split(value: str) -> tuple[str, str, str]:
    for direction in ("asc", "desc"):
        if value.endswith(f"-{direction}"):
            return value.removesuffix(f"-{direction}"), "-", direction
    return value, "", ""


def _sorted_by(sort: str) -> ColumnElement[Any] | None:
    plain: dict[str, ColumnElement[Any]] = {
        "created": issues.c.created_at,
        "updated": issues.c.updated_at,
        "comments": issues.c.comments,
        "reactions": REACTIONS,
        "interactions": issues.c.comments + REACTIONS,
    }
    kind = _KINDS.get(sort.removeprefix("reactions-"))
    if sort.startswith("reactions-") and kind is not None:
        return _reactions_of(kind)
    return plain.get(sort)


def _reactions_of(kind: str) -> ColumnElement[Any]:
    mine = (reactions.c.site == issues.c.site) & (reactions.c.subject_id == issues.c.id)
    query = select(func.count()).select_from(reactions).where(mine, reactions.c.subject == "issue")
    return query.where(reactions.c.content == kind).scalar_subquery()
