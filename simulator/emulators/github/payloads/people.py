"""People as GitHub writes them in full: what everybody sees, and what only they themselves do."""

from __future__ import annotations

from typing import Any

from simulator.emulators.github.payloads.users import simple_user
from simulator.emulators.github.state.profiles import Profile, RepositoryCounts
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import stamp_seconds

USER_FIELDS = ("company", "blog", "location", "hireable", "bio", "twitter_username")
"""What people tell of themselves beside name and e-mail; nothing of it is known at first."""

_PRIVATE: dict[str, Any] = {
    "private_gists": 0,
    "disk_usage": 0,
    "collaborators": 0,
    "two_factor_authentication": True,
    "plan": {"name": "pro", "space": 976562499, "collaborators": 0, "private_repos": 9999},
}


def person(account: Account, profile: Profile, counts: RepositoryCounts, urls: Urls) -> dict[str, Any]:
    """What everybody sees of a user, or of an organization that is asked for as one."""
    told = {name: profile.fields.get(name) for name in USER_FIELDS}
    return {
        **simple_user(account, urls),
        "name": account.name or None,
        **told,
        "blog": told["blog"] or "",
        "email": public_email(account, profile),
        "public_repos": counts.public,
        "public_gists": 0,
        "followers": 0,
        "following": 0,
        "created_at": stamp_seconds(profile.created_at),
        "updated_at": stamp_seconds(profile.updated_at),
    }


def oneself(account: Account, profile: Profile, counts: RepositoryCounts, urls: Urls) -> dict[str, Any]:
    """What users see of themselves with a token that may read their profile."""
    return {
        **person(account, profile, counts, urls),
        "user_view_type": "private",
        "notification_email": account.email or None,
        **_PRIVATE,
        "total_private_repos": counts.private,
        "owned_private_repos": counts.private,
    }


def public_email(account: Account, profile: Profile) -> str | None:
    """The e-mail address that everybody sees; people may hide theirs."""
    shown = profile.fields.get("email", account.email)
    return shown or None


def email_entries(account: Account, profile: Profile) -> list[dict[str, Any]]:
    """The addresses of a person: the own one, and the one that hides it in commits."""
    visibility = "public" if public_email(account, profile) else "private"
    hidden = f"{account.id}+{account.login}@users.noreply.github.com"
    entries = [{"email": account.email, "primary": True, "verified": True, "visibility": visibility}]
    return [*(entries if account.email else ()), _entry_of(hidden)]


def _entry_of(hidden: str) -> dict[str, Any]:
    return {"email": hidden, "primary": False, "verified": True, "visibility": None}
