"""The root of all reading. Source: https://docs.github.com/en/graphql/reference/queries"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulator.emulators.github.graphql.connections import Connection, Window
from simulator.emulators.github.graphql.cost import Cost
from simulator.emulators.github.graphql.problems import Problem
from simulator.emulators.github.graphql.reading import Reader
from simulator.emulators.github.graphql.views.actors import ActorView, actor_view, owner_named
from simulator.emulators.github.graphql.views.issues import IssueView
from simulator.emulators.github.graphql.views.nodes import node_view
from simulator.emulators.github.graphql.views.owned import named_repository
from simulator.emulators.github.graphql.views.pulls import PullView
from simulator.emulators.github.graphql.views.rate_limit import RateLimit
from simulator.emulators.github.graphql.views.repositories import RepositoryView
from simulator.emulators.github.graphql.views.resources import resource_at
from simulator.emulators.github.graphql.views.search import search

__all__ = ["IssueView", "PullView", "Query", "RepositoryView"]

_MOST_NODES = 100


class Query:
    """What a query can begin with."""

    typename = "Query"

    def __init__(self, reader: Reader, cost: Cost) -> None:
        self._reader = reader
        self._cost = cost

    @property
    def viewer(self) -> ActorView | None:
        """The caller."""
        return actor_view(self._reader, self._reader.viewer)

    def user(self, login: str) -> ActorView | None:
        """A person by login. Raises Problem when there is none."""
        return owner_named(self._reader, login, kind="user")

    def organization(self, login: str) -> ActorView | None:
        """An organization by login. Raises Problem when there is none."""
        return owner_named(self._reader, login, kind="organization")

    def repository_owner(self, login: str) -> ActorView | None:
        """A person or organization by login, None when there is none."""
        try:
            return owner_named(self._reader, login)
        except Problem:
            return None

    def repository(self, owner: str, name: str, follow_renames: bool = True) -> RepositoryView | None:
        """A repository. Raises Problem when there is none that the caller may see."""
        found: RepositoryView = named_repository(self._reader, owner, name, follow_renames=follow_renames)
        return found

    def search(self, window: Window, query: str, type: str) -> Connection:  # noqa: A002 - GitHub's name
        """What a query finds."""
        return search(self._reader, window, query, type)

    def node(self, id: str) -> Any:  # noqa: A002 - GitHub's name
        """A thing by its global id. Raises Problem when there is none that the caller may see."""
        return node_view(self._reader, id)

    def nodes(self, ids: Sequence[str]) -> list[Any]:
        """Things by their global ids; an entry that cannot be had is an error of its own. Raises Problem for too many."""
        if len(ids) > _MOST_NODES:
            message = f"You may not provide more than {_MOST_NODES} node ids; you provided {len(ids)}."
            raise Problem("ARGUMENT_LIMIT", message)
        return [self._node_or_problem(each) for each in ids]

    def _node_or_problem(self, node_id: str) -> Any:
        try:
            return node_view(self._reader, node_id)
        except Problem as problem:
            return problem  # graphql-core makes an error of an exception that is a value

    def resource(self, url: str) -> Any:
        """The thing that a page shows. Raises Problem when there is none."""
        return resource_at(self._reader, url)

    def rate_limit(self, dry_run: bool = False) -> RateLimit:  # noqa: ARG002 - the cost is the same
        """What this query costs, and what is left."""
        return RateLimit(self._cost)
