"""Who somebody on GitHub is: name and address, as the commits of their account say and as their profile shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from simulator.adapters.github_accounts import GithubAccounts
from simulator.adapters.github_reader import Json
from simulator.adapters.past_reader import READER, PastReader
from simulator.errors import AdapterError
from simulator.model.facts import Observation
from simulator.model.past import Someone

_MOST_PROFILES = 200
_LONGEST_NAME = 100
_NOBODYS = ("noreply@github.com",)  # signs what was made on the pages


class GithubPeople:
    """Collects people; `told` has them all."""

    def __init__(self, reader: PastReader, accounts: GithubAccounts) -> None:
        self._reader = reader
        self._accounts = accounts
        self._names: dict[str, str] = {}
        self._addresses: dict[str, dict[str, None]] = {}

    def meet(self, commits: Iterable[Json]) -> None:
        """Learn from commits whose addresses are whose: GitHub names the account that a commit's address belongs to."""
        for commit in commits:
            for role in ("author", "committer"):
                account, signed = commit.get(role), commit["commit"].get(role) or {}
                email = str(signed.get("email") or "").lower()
                if account and account.get("login") and email and email not in _NOBODYS:
                    self._addresses.setdefault(account["login"], {})[email] = None
                    self._names.setdefault(account["login"], str(signed.get("name") or "")[:_LONGEST_NAME])

    def told(self, observations: Iterable[Observation]) -> tuple[Someone, ...]:
        """Everybody whose account did something or was asked to, or signed a commit."""
        logins = dict.fromkeys(_named_in(observations)) | dict.fromkeys(self._addresses)
        bots = {login for login in logins if self._reader.bots.get(login, login.endswith("[bot]"))}
        unknown = [login for login in logins if login not in bots and login not in self._names]
        for done, login in enumerate(unknown[:_MOST_PROFILES]):
            self._reader.asking.progress("people", done, len(unknown))
            self._look_up(login)
        if len(unknown) > _MOST_PROFILES:
            self._reader.missing[
                f"the names of only {_MOST_PROFILES} of {len(unknown):,} people were looked up; choose a shorter range"
            ] = None
        return tuple(
            Someone(self._names.get(login) or login, (login, *self._addresses.get(login, {})), is_bot=login in bots)
            for login in logins
        )

    def _look_up(self, login: str) -> None:
        """The name, and the address if it is shown; somebody who has no account any more is known by the login alone."""

        def profile() -> Json:
            with self._accounts.asking(f"looking at {login}'s profile"):
                return self._accounts.client(READER).get_user(login).raw_data

        try:
            found = self._reader.asking.keep_trying(profile)
        except AdapterError:
            return
        self._names[login] = str(found.get("name") or "")[:_LONGEST_NAME]
        if found.get("email"):
            self._addresses.setdefault(login, {})[str(found["email"]).lower()] = None


def _named_in(observations: Iterable[Observation]) -> Iterator[str]:
    for seen in observations:
        if seen.account:
            yield seen.account
        if seen.detail.get("reviewer"):
            yield str(seen.detail["reviewer"])
