"""What views have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from simulator.emulators.github.graphql.around import Around
from simulator.emulators.github.graphql.reading import Reader
from simulator.emulators.github.payloads.users import node_id
from simulator.emulators.github.state.permissions import allows
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.work import Place

_VIEWS: dict[str, type[View]] = {}


class View:
    """Something of a type of the schema, as the caller sees it."""

    typename: ClassVar[str]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "typename" in cls.__dict__:
            _VIEWS[cls.typename] = cls

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    def show(self, typename: str, *parts: Any) -> Any:
        """Another view: see `show`."""
        return show(self.reader, typename, *parts)


def show(reader: Reader, typename: str, *parts: Any) -> Any:
    """The view of a type by its name: views hold one another in circles, so their modules cannot import one another."""
    return _VIEWS[typename](reader, *parts)


class Paged(View, ABC):
    """Something with a page: `resource_path` says which."""

    @property
    @abstractmethod
    def resource_path(self) -> str:
        """The page's path, from the root of the site."""

    @property
    def url(self) -> str:
        """The page's address."""
        return self.reader.urls.html(self.resource_path)


class Numbered(View):
    """Something with a number in the site, which its global id holds. REST's node_id is the same."""

    number_in_site: int
    id_kind: ClassVar[str] = ""

    @property
    def id(self) -> str:
        """The global id."""
        return node_id(self.id_kind or self.typename, self.number_in_site)

    @property
    def database_id(self) -> int:
        """The number in the site."""
        return self.number_in_site

    @property
    def full_database_id(self) -> str:
        """The number in the site, as a text."""
        return str(self.number_in_site)


class InRepository(View):
    """Something that belongs to a repository."""

    def __init__(self, reader: Reader, repository: Repository) -> None:
        super().__init__(reader)
        self.home = repository

    @property
    def around(self) -> Around:
        """What is loaded together with this."""
        return self.reader.around(self.home)

    @property
    def place(self) -> Place:
        """Where state reads."""
        return self.around.place

    @property
    def repository(self) -> Any:
        """The repository."""
        return self.show("Repository", self.home)

    def may(self, need: str) -> bool:
        """Whether the caller has a permission in the repository, and the repository is not archived."""
        return not self.home.archived and allows(self.reader.permission(self.home), need)
