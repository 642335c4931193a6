"""What a query reads with: one transaction, the caller, and for each repository the batches its views load from."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import ExitStack
from types import TracebackType

from simulator.emulators.github.graphql.around import Around
from simulator.emulators.github.graphql.batches import Batch
from simulator.emulators.github.state import repositories, users
from simulator.emulators.github.state.permissions import permission_of
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.work import Place
from simulator.emulators.kit.accounts import Account, Caller
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.instance import Instance
from simulator.emulators.kit.scopes import with_included
from simulator.emulators.kit.urls import Urls


class Reader:
    """Reads for one request, as its caller sees things. A context manager: the transaction ends with it."""

    def __init__(self, instance: Instance, *, site: str, urls: Urls, caller: Caller) -> None:
        self.instance = instance
        self.site = site
        self.urls = urls
        self.caller = caller
        self._stack = ExitStack()
        self._connection: Connection | None = None
        self._around: dict[int, Around] = {}
        self._forget()

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    @property
    def viewer(self) -> Account:
        """Who asks."""
        return self.caller.account

    @property
    def connection(self) -> Connection:
        """The transaction, begun with the first look."""
        if self._connection is None:
            self._connection = self._stack.enter_context(self.instance.database.reading())
        return self._connection

    def renew(self) -> None:
        """Forget everything that was read, because something has changed."""
        self._stack.close()
        self._connection = None
        self._around.clear()
        self._forget()

    def around(self, repository: Repository) -> Around:
        """A repository to read in, the same object for the whole request."""
        if repository.id not in self._around:
            place = Place(connection=self.connection, instance=self.instance, site=self.site, repository=repository)
            self._around[repository.id] = Around(place, viewer_id=self.viewer.id)
        return self._around[repository.id]

    @property
    def reads_as(self) -> Account | None:
        """For lists over several repositories: whose private ones count, None when the token may not see those."""
        return self.viewer if self._sees_private else None

    @property
    def _sees_private(self) -> bool:
        return "repo" in with_included(self.caller.scopes)

    def permission(self, repository: Repository) -> str:
        """What the caller may do in a repository; a token without the scope `repo` knows no private ones."""
        around = self.around(repository)
        if around.permission is None:
            hidden = repository.private and not self._sees_private
            around.permission = "none" if hidden else permission_of(self.connection, repository, self.viewer)
        return around.permission

    def sees(self, repository: Repository | None) -> Repository | None:
        """The repository itself when the caller may see it."""
        if repository is None or self.permission(repository) == "none":
            return None
        return repository

    def repository_by_id(self, repository_id: int | None) -> Repository | None:
        """A repository by its number, if the caller may see it."""
        if not repository_id:
            return None
        return self.sees(repositories.by_id(self.connection, self.site, repository_id))

    def _forget(self) -> None:
        def load(ids: Collection[int]) -> Mapping[int, Account]:
            return users.by_ids(self.connection, self.site, ids)

        def load_by_email(emails: Collection[str]) -> Mapping[str, Account]:
            return users.by_emails(self.connection, self.site, emails)

        self.accounts: Batch[int, Account] = Batch(load)
        self.by_email: Batch[str, Account] = Batch(load_by_email)
