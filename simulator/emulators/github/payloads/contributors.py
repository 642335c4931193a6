"""Contributors and their weeks as GitHub writes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulator.emulators.github.payloads.users import simple_user
from simulator.emulators.github.state.contributors import Contributor, Week
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.urls import Urls


def contributor(found: Contributor, urls: Urls) -> dict[str, Any]:
    """Somebody with an account, or a stranger by name and address."""
    if found.account is None:
        return {"email": found.email, "name": found.name, "type": "Anonymous", "contributions": found.commits}
    return {**simple_user(found.account, urls), "contributions": found.commits}


def contributor_weeks(author: Account, weeks: Sequence[Week], urls: Urls) -> dict[str, Any]:
    """Somebody's weeks with the sum of their commits."""
    return {
        "author": simple_user(author, urls),
        "total": sum(week.commits for week in weeks),
        "weeks": [{"w": week.start, "a": week.added, "d": week.deleted, "c": week.commits} for week in weeks],
    }
