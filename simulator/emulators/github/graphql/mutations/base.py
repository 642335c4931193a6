"""What mutations have in common: reading ids, asking REST, answering with what was changed."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from simulator.emulators.github.desk import work_for
from simulator.emulators.github.errors import GitHubError
from simulator.emulators.github.graphql.asking import Refused, ask
from simulator.emulators.github.graphql.connections import Edge
from simulator.emulators.github.graphql.problems import Problem, not_found, unknown_node
from simulator.emulators.github.graphql.reading import Reader
from simulator.emulators.github.graphql.views.actors import ActorView, actor_view
from simulator.emulators.github.graphql.views.nodes import node_view
from simulator.emulators.github.graphql.views.resources import resource_at
from simulator.emulators.github.payloads.users import node_id
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.work import Work
from simulator.emulators.kit.scopes import with_included

Fields = Mapping[str, Any]
"""The fields of a payload, in snake case."""

_SCOPES = frozenset({"repo", "public_repo"})


class Payload:
    """What a mutation answers with."""

    def __init__(self, client_mutation_id: str | None, fields: Fields) -> None:
        self.client_mutation_id = client_mutation_id
        self.__dict__.update(fields)


class Changes:
    """Base of the groups of mutations."""

    typename = "Mutation"

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    @property
    def actor(self) -> ActorView | None:
        """Who changes things."""
        return actor_view(self.reader, self.reader.viewer)

    def named(self, given_id: str, *typenames: str) -> Any:
        """The thing of a global id, of one of some types. Raises Problem when it is none of these."""
        found = node_view(self.reader, given_id)
        if typenames and found.typename not in typenames:
            raise unknown_node(given_id)
        return found

    def at(self, url: str, *typenames: str) -> Any:
        """The thing that a page shows, of one of some types. Raises Problem when it is none of these."""
        found = resource_at(self.reader, url)
        if found.typename not in typenames:
            raise not_found(f"Could not resolve to a node at the URL '{url[:200]}'.")
        return found

    def each_named(self, given_ids: Iterable[str] | None, *typenames: str) -> list[Any]:
        """The same for several ids; none for None."""
        return [self.named(each, *typenames) for each in given_ids or ()]

    def again(self, view: Any) -> Any:
        """A thing as it is now, None when it is gone."""
        return self._fresh(view.id)

    def made(self, typename: str, *parts: object) -> Any:
        """A thing that REST just made or changed, by what its global id is made of."""
        return self._fresh(node_id(typename, *parts))

    def _fresh(self, given_id: str) -> Any:
        try:
            return node_view(self.reader, given_id)
        except Problem:
            return None

    def ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """What REST answers; everything that was read before is forgotten. Raises Refused."""
        self.reader.renew()
        return ask(method, path, body)

    @contextmanager
    def work(self, repository: Repository, *, need: str = "pull") -> Iterator[Work]:
        """A repository to change something in that REST cannot; as routes get it."""
        self.reader.renew()
        with work_for(repository.owner.login, repository.name, need=need) as work:
            yield work


def mutation(change: Callable[..., Fields]) -> Callable[[Any, Mapping[str, Any]], Payload]:
    """Make a mutation of a method that takes the input's fields by name and gives the payload's; the schema checks both."""

    @functools.wraps(change)
    def run(self: Changes, input: Mapping[str, Any]) -> Payload:  # noqa: A002 - GitHub's name
        fields = dict(input)
        client_mutation_id = fields.pop("client_mutation_id", None)
        name, login = _camel(change.__name__), self.reader.viewer.login
        _check_scopes(self.reader, name)
        try:
            return Payload(client_mutation_id, change(self, **fields))
        except Refused as refused:
            raise refused.problem(login=login, mutation=name) from refused
        except GitHubError as error:
            raise Refused(error.status, error.body()).problem(login=login, mutation=name) from error

    return run


def only_edge(node: Any) -> Edge | None:
    """The edge of a list of one."""
    return Edge(node, 0, {}) if node is not None else None


def _check_scopes(reader: Reader, name: str) -> None:
    if not _SCOPES & with_included(reader.caller.scopes):
        held = sorted(reader.caller.scopes)
        raise Problem(
            "INSUFFICIENT_SCOPES",
            "Your token has not been granted the required scopes to execute this query. "
            f"The '{name}' field requires one of the following scopes: ['public_repo'], but your token has only been granted "
            f"the: {held} scopes. Please modify your token's scopes at: https://github.com/settings/tokens.",
        )


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(part.capitalize() for part in others)
