"""Where a search looks: one site, as one person sees it, and the accounts and repositories that a query names."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Connection, false, select

from simulator.emulators.github.state.repositories import may_see
from simulator.emulators.github.state.search.errors import UNSEEN_PLACES, UNSEEN_USERS, SearchRefused
from simulator.emulators.github.tables import repositories
from simulator.emulators.kit import accounts
from simulator.emulators.kit.accounts import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A search's surroundings. `viewer` None is nobody in particular, who sees what is public."""

    connection: Connection
    site: str
    viewer: Account | None
    seen: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    asked: list[ColumnElement[bool]] = field(default_factory=list)

    def account(self, login: str) -> Account:
        """An account that a query names; `@me` is the viewer. Raises SearchRefused when there is none."""
        found = self._named(login)
        if found is None:
            raise SearchRefused(UNSEEN_USERS)
        return found

    def place(self, name: str, value: str) -> ColumnElement[bool]:
        """The condition on gh_repositories that `repo:`, `user:` or `org:` makes; a place that cannot be seen has nothing."""
        if name == "repo":
            condition = repositories.c.full_name_lower == value.lower().removesuffix(".git")
            query = select(repositories.c.id).where(self.visible(), condition)
            known = self.connection.execute(query).first() is not None
        else:
            owner = self._named(value)
            known = owner is not None and (name != "org" or owner.kind == "organization")
            condition = repositories.c.owner_id == (owner.id if owner else 0)
        (self.seen if known else self.unseen).append(value)
        return condition if known else false()

    def visible(self) -> ColumnElement[bool]:
        """The condition on gh_repositories that the viewer may see them; always the same one, for it names its parts."""
        if not self.asked:
            self.asked.append((repositories.c.site == self.site) & may_see(self.viewer))
        return self.asked[0]

    def check_places(self) -> None:
        """Raise SearchRefused when the query named places and none of them can be seen."""
        if self.unseen and not self.seen:
            raise SearchRefused(UNSEEN_PLACES)

    def _named(self, login: str) -> Account | None:
        if login.lower() == "@me":
            return self.viewer
        login = f"{login[4:]}[bot]" if login.lower().startswith("app/") else login.removeprefix("@")
        return accounts.by_login(self.connection, self.site, login)
