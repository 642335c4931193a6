"""Lists of a repository's issues and pull requests."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from simulator.emulators.github.graphql.connections import Connection, Window
from simulator.emulators.github.graphql.reading import Reader
from simulator.emulators.github.graphql.views.base import show
from simulator.emulators.github.state.issue_pages import Wish, count_issues, page_of_issues
from simulator.emulators.github.state.issues import Issue
from simulator.emulators.github.state.repositories import Repository

_SORTS = {"CREATED_AT": "created", "UPDATED_AT": "updated", "COMMENTS": "comments"}


def issue_connection(
    reader: Reader,
    repository: Repository,
    window: Window,
    *,
    states: Sequence[str] | None = None,
    labels: Sequence[str] | None = None,
    filter_by: Mapping[str, Any] | None = None,
    order_by: Mapping[str, str] | None = None,
    milestone_id: int | None = None,
) -> Connection:
    """Issues, oldest first unless told otherwise."""
    filters = filter_by or {}
    wish = Wish(
        pulls=False,
        states=filters.get("states") or states or (),
        labels=filters.get("labels") or labels or (),
        assignee=_or_nobody(filters, "assignee"),
        milestone=_or_nobody(filters, "milestone_number") or _or_nobody(filters, "milestone"),
        creator=filters.get("created_by"),
        mentioned=filters.get("mentioned"),
        since=filters.get("since"),
        milestone_id=milestone_id,
        **_order(order_by),
    )
    return _listed(reader, repository, window, wish)


def pull_connection(
    reader: Reader, repository: Repository, window: Window, *, milestone_id: int | None = None, **wanted: Any
) -> Connection:
    """Pull requests, oldest first unless told otherwise.

    `wanted` holds states, labels, head_ref_name, base_ref_name, order_by: as far as they are asked for.
    """
    wish = Wish(
        pulls=True,
        states=wanted.get("states") or (),
        labels=wanted.get("labels") or (),
        head=wanted.get("head_ref_name"),
        base=wanted.get("base_ref_name"),
        milestone_id=milestone_id,
        **_order(wanted.get("order_by")),
    )
    return _listed(reader, repository, window, wish)


def _or_nobody(filters: Mapping[str, Any], name: str) -> str | None:
    """A filter's value; one that is null on purpose asks for those without."""
    return None if name not in filters else filters[name] or ""


def _order(order_by: Mapping[str, str] | None) -> dict[str, Any]:
    if not order_by:
        return {}
    return {"sort": _SORTS[order_by["field"]], "rising": order_by["direction"] == "ASC"}


def _listed(reader: Reader, repository: Repository, window: Window, wish: Wish) -> Connection:
    around = reader.around(repository)
    typename = "PullRequest" if wish.pulls else "Issue"

    def fetch(start: int, end: int) -> list[Any]:
        rows = page_of_issues(around.place, wish, offset=start, limit=end - start)
        around.expect_issues(rows)
        return [show(reader, typename, repository, row) for row in rows]

    return Connection(window, count=lambda: count_issues(around.place, wish), fetch=fetch)


def sorted_issues(rows: Sequence[Issue], order_by: Mapping[str, str] | None) -> list[Issue]:
    """Issues that are there already in the order that is asked for, by number unless told."""
    keys: Mapping[str, Callable[[Issue], Any]] = {
        "CREATED_AT": lambda issue: (issue.created_at, issue.id),
        "UPDATED_AT": lambda issue: (issue.updated_at, issue.id),
        "COMMENTS": lambda issue: (issue.comments, issue.id),
    }
    if not order_by:
        return sorted(rows, key=lambda issue: issue.number)
    return sorted(rows, key=keys[order_by["field"]], reverse=order_by["direction"] == "DESC")
