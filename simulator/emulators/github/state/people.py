"""The accounts that a reply shows, loaded together, with how each is associated with the repository."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import bindparam, case, select

from simulator.emulators.github.state.collaborators import page_of as collaborators_page
from simulator.emulators.github.state.work import Place
from simulator.emulators.github.tables import collaborators, issues, members, pulls
from simulator.emulators.kit.accounts import Account, account_of
from simulator.emulators.kit.prepared import Prepared
from simulator.emulators.kit.tables import accounts

_COLUMNS = [accounts.c[name] for name in Account.__slots__]
_HAS_CONTRIBUTED = (
    select(pulls.c.id)
    .join_from(pulls, issues, (pulls.c.site == issues.c.site) & (pulls.c.id == issues.c.id))
    .where(
        pulls.c.site == bindparam("site"),
        pulls.c.repository_id == bindparam("repository"),
        pulls.c.merged_at.is_not(None),
        issues.c.author_id == accounts.c.id,
    )
    .exists()
)
_IS_COLLABORATOR = (
    select(collaborators.c.account_id)
    .where(
        collaborators.c.site == bindparam("site"),
        collaborators.c.repository_id == bindparam("repository"),
        collaborators.c.account_id == accounts.c.id,
    )
    .exists()
)
_IS_MEMBER = (
    select(members.c.account_id)
    .where(
        members.c.site == bindparam("site"),
        members.c.organization_id == bindparam("owner"),
        members.c.account_id == accounts.c.id,
    )
    .exists()
)
_ASSOCIATION = (
    case(  # from left to right: whoever belongs to the repository is not looked for among all who contributed
        (accounts.c.id == bindparam("owner"), "OWNER"),
        (_IS_MEMBER, "MEMBER"),
        (_IS_COLLABORATOR, "COLLABORATOR"),
        (_HAS_CONTRIBUTED, "CONTRIBUTOR"),
        else_="NONE",
    )
)
_PEOPLE = Prepared(
    select(*_COLUMNS, _ASSOCIATION).where(
        accounts.c.site == bindparam("site"), accounts.c.id.in_(bindparam("ids", expanding=True))
    ),
    names="ids",
)
_MOST_INSIDERS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Accounts by id, and GitHub's author_association of each."""

    accounts: dict[int, Account]
    associations: dict[int, str]

    def get(self, account_id: int | None) -> Account | None:
        """An account of those loaded, None for nobody or for one that is gone."""
        return None if account_id is None else self.accounts.get(account_id)

    def association(self, account_id: int | None) -> str:
        """OWNER, MEMBER, COLLABORATOR, CONTRIBUTOR or NONE."""
        return "NONE" if account_id is None else self.associations.get(account_id, "NONE")


def load_people(place: Place, account_ids: Iterable[int | None]) -> People:
    """The accounts of these ids, in one statement however many they are."""
    ids = {each for each in account_ids if each is not None}
    owner = place.repository.owner
    if ids <= {owner.id}:
        return People(accounts=dict.fromkeys(ids, owner), associations=dict.fromkeys(ids, "OWNER"))
    keys = {"site": place.site, "repository": place.repository.id, "owner": place.repository.owner_id}
    found: dict[int, Account] = {}
    associations: dict[int, str] = {}
    for *columns, association in _PEOPLE.all(place.connection, **keys, ids=ids):
        account = account_of(columns)
        found[account.id] = account
        associations[account.id] = association
    return People(accounts=found, associations=associations)


def insiders(place: Place) -> list[Account]:
    """Everybody who works in the repository, in order of their logins: owner, by team or organization, collaborators."""
    found, _ = collaborators_page(place.connection, place.repository, offset=0, limit=_MOST_INSIDERS)
    return found
