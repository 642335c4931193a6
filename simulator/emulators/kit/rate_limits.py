"""Rate limits of the emulated GitHub: how much each caller may ask in how long, and what is left.

Off until somebody sets one for a site; then the setting is kept with the site, and what was used is counted in this process
only, from the first request of a window on. Where several processes share a database each counts by itself, and hears of a new
setting with the next request.
Source: https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.instance import Instance
from simulator.emulators.kit.site_settings import read_setting, write_setting

USUAL = 5000
"""Requests an hour of a person, where no other limit is set."""

MOST = 1_000_000
"""The largest limit that can be set."""

RESOURCES = ("core", "search", "graphql", "code_search")
"""What is counted apart."""

_SETTING = "rate_limit"
_NOBODY = 60  # requests an hour from one address without a token
_HOUR_S, _MINUTE_S = 3600, 60
_SEARCHES, _SEARCHES_OF_NOBODY, _CODE_SEARCHES = 30, 10, 10  # a minute
_MOST_COUNTED = 20_000


@dataclass(frozen=True, slots=True)
class Caller:
    """Whose requests are counted together: an account of a site, or (`account_id` None) an address without a token."""

    site: str
    account_id: int | None
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What a caller may do and did in the present window, which ends at `reset` (seconds since 1970)."""

    resource: str
    limit: int
    used: int
    reset: int

    @property
    def remaining(self) -> int:
        """What is left."""
        return max(0, self.limit - self.used)


@dataclass(slots=True)
class _Window:
    ends: int
    used: int = 0


class RateLimits:
    """The limits of all sites and what was used of them."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._set: dict[str, int | None] = {}
        self._windows: dict[tuple[Caller, str], _Window] = {}
        self._counting = threading.Lock()

    def of(self, site: str) -> int | None:
        """Requests an hour of a person in a site, None when nothing is refused for being too much."""
        if self._instance.database.is_sqlite and site in self._set:
            return self._set[site]
        with self._instance.database.reading() as connection:
            found: int | None = read_setting(connection, site, _SETTING)
        self._set[site] = found
        return found

    def set(self, site: str, limit: int | None) -> None:
        """Set the limit of a site (1 to MOST requests an hour, None for none); counting begins anew."""
        with self._instance.database.writing() as connection:
            keep_limit(connection, site, limit)
        self.forget(site)

    def forget(self, site: str) -> None:
        """The site is not what it was."""
        self._set.pop(site, None)
        with self._counting:
            for key in [key for key in self._windows if key[0].site == site]:
                del self._windows[key]

    def take(self, caller: Caller, resource: str, *, points: int = 1) -> Usage | None:
        """Count a request; gives what is used then, None when there was nothing left and nothing was counted."""
        with self._counting:
            window = self._window(caller, resource)
            if window.used >= self._most(caller, resource):
                return None
            window.used += points
            return self._usage(caller, resource, window)

    def give_back(self, caller: Caller, resource: str, *, points: int = 1) -> None:
        """Take a count back: the answer cost nothing."""
        with self._counting:
            window = self._window(caller, resource)
            window.used = max(0, window.used - points)

    def usage(self, caller: Caller, resource: str) -> Usage:
        """What a caller has used. Without a limit nothing is counted, and it is one request of the usual number."""
        with self._counting:
            return self._usage(caller, resource, self._window(caller, resource))

    def _usage(self, caller: Caller, resource: str, window: _Window) -> Usage:
        used = window.used if self._set.get(caller.site) is not None else 1
        return Usage(resource=resource, limit=self._most(caller, resource), used=used, reset=window.ends)

    def _most(self, caller: Caller, resource: str) -> int:
        if resource == "search":
            return _SEARCHES_OF_NOBODY if caller.account_id is None else _SEARCHES
        if resource == "code_search":
            return _CODE_SEARCHES
        limit = self._set.get(caller.site) or USUAL
        if caller.account_id is None:
            return 0 if resource == "graphql" else min(_NOBODY, limit)
        return limit

    def _window(self, caller: Caller, resource: str) -> _Window:
        now = int(self._instance.now().timestamp())
        length = _MINUTE_S if "search" in resource else _HOUR_S
        if self._set.get(caller.site) is None:
            return _Window(ends=(now // length + 1) * length)  # the same for all, so that answers stay the same
        window = self._windows.get((caller, resource))
        if window is None or window.ends <= now:
            self._make_room(now)
            window = self._windows[caller, resource] = _Window(ends=now + length)
        return window

    def _make_room(self, now: int) -> None:
        if len(self._windows) >= _MOST_COUNTED:
            self._windows = {key: window for key, window in self._windows.items() if window.ends > now}


def keep_limit(connection: Connection, site: str, limit: int | None) -> None:
    """Write a site's limit down. Raises ValueError for one that cannot be."""
    if limit is not None and not 1 <= limit <= MOST:
        raise ValueError(f"a rate limit is 1 to {MOST} requests an hour")
    write_setting(connection, site, _SETTING, limit)
