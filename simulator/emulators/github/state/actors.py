"""Chosen people and teams, as a branch's protection names them: who may push, dismiss reviews, go without a pull request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from simulator.emulators.github.state.teams import team_ids_of_account, teams_by_slugs
from simulator.emulators.github.state.work import Place
from simulator.emulators.kit.accounts import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class Actors:
    """Logins of people and slugs of the organization's teams."""

    users: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()

    def packed(self) -> dict[str, list[str]]:
        """As it is kept in a column."""
        return {"users": list(self.users), "teams": list(self.teams)}


def unpacked(kept: Mapping[str, Sequence[str]] | None) -> Actors | None:
    """From what `packed` gave."""
    return None if kept is None else Actors(users=tuple(kept["users"]), teams=tuple(kept["teams"]))


def includes(place: Place, actors: Actors | None, account: Account) -> bool:
    """Whether an account is among them, by itself or as a member of a team; nobody is among None."""
    if actors is None:
        return False
    if account.login.lower() in {login.lower() for login in actors.users}:
        return True
    named = teams_by_slugs(place.connection, place.repository.owner, actors.teams)
    return bool(named) and not team_ids_of_account(place.connection, account).isdisjoint(
        team.id for team in named.values()
    )
