"""The words that repositories are found by."""

from __future__ import annotations

from simulator.emulators.github.graphql.reading import Reader
from simulator.emulators.github.graphql.views.base import InRepository, Paged
from simulator.emulators.github.payloads.users import node_id
from simulator.emulators.github.state.repositories import Repository


class Topic:
    """A word."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.id = node_id("Topic", name)


class RepositoryTopicView(Paged, InRepository):
    """A word as one repository has it."""

    typename = "RepositoryTopic"

    def __init__(self, reader: Reader, repository: Repository, name: str) -> None:
        super().__init__(reader, repository)
        self.topic = Topic(name)

    @property
    def id(self) -> str:
        """The global id."""
        return node_id(self.typename, self.home.id, self.topic.name)

    @property
    def resource_path(self) -> str:
        """The page of all repositories with this word."""
        return f"/topics/{self.topic.name}"
