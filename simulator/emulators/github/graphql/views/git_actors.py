"""Authors and committers, as far as git and the site know them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pygit2

from simulator.emulators.github.graphql.reading import Reader
from simulator.emulators.github.graphql.views.base import show
from simulator.emulators.gitserver.names import legible
from simulator.emulators.kit.accounts import Account


class GitActorView:
    """An author or committer as git keeps it."""

    def __init__(self, reader: Reader, name: str, email: str, date: datetime | None, account: Account | None) -> None:
        self._reader = reader
        self._account = account
        self.name = name
        self.email = email
        self.date = date

    @property
    def user(self) -> Any:
        """The person whose address it is."""
        return show(self._reader, "User", self._account) if self._account else None

    def avatar_url(self, size: int | None = None) -> str:
        """The picture's address, a general one for strangers."""
        suffix = f"&s={size}" if size else ""
        return self._reader.urls.html(f"/avatars/u/{self._account.id if self._account else 0}?v=4{suffix}")


def git_actor(reader: Reader, signature: pygit2.Signature) -> GitActorView:
    """Whoever signed a commit or tag."""
    date = datetime.fromtimestamp(signature.time, UTC)
    return named_actor(reader, legible(signature.name), legible(signature.email), date)


def named_actor(reader: Reader, name: str, email: str, date: datetime | None) -> GitActorView:
    """Somebody by name and address."""
    return GitActorView(reader, name, email, date, reader.by_email.get(email.lower()))
