"""Accounts as GitHub writes them."""

from __future__ import annotations

import base64
from functools import lru_cache
from typing import Any

from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.urls import Urls

_LINKS = {
    "followers_url": "/followers",
    "following_url": "/following{/other_user}",
    "gists_url": "/gists{/gist_id}",
    "starred_url": "/starred{/owner}{/repo}",
    "subscriptions_url": "/subscriptions",
    "organizations_url": "/orgs",
    "repos_url": "/repos",
    "events_url": "/events{/privacy}",
    "received_events_url": "/received_events",
}
_KINDS = {"user": "User", "organization": "Organization", "bot": "Bot"}


def node_id(kind: str, *numbers: object) -> str:
    """An opaque GraphQL id, the same for the same thing of a site."""
    text = f"{len(kind):03}:{kind}{':'.join(map(str, numbers))}"
    return base64.b64encode(text.encode()).decode()


def simple_user(account: Account, urls: Urls) -> dict[str, Any]:
    """The short form, as `owner`, `user`, `author` … have it."""
    return dict(_simple_user(account, urls))


@lru_cache(maxsize=4096)
def _simple_user(account: Account, urls: Urls) -> dict[str, Any]:
    url = urls.api(f"/users/{account.login}")
    return {
        "login": account.login,
        "id": account.id,
        "node_id": node_id(_KINDS[account.kind], account.id),
        "avatar_url": urls.html(f"/avatars/u/{account.id}?v=4"),
        "gravatar_id": "",
        "url": url,
        "html_url": urls.html(f"/{account.login}"),
        **{name: url + path for name, path in _LINKS.items()},
        "type": _KINDS[account.kind],
        "user_view_type": "public",
        "site_admin": account.admin,
    }


def maybe_user(account: Account | None, urls: Urls) -> dict[str, Any] | None:
    """The short form, null for nobody."""
    return None if account is None else simple_user(account, urls)


def organization_entry(account: Account, urls: Urls) -> dict[str, Any]:
    """An organization as lists show it."""
    url = urls.api(f"/orgs/{account.login}")
    return {
        "login": account.login,
        "id": account.id,
        "node_id": node_id("Organization", account.id),
        "url": url,
        "repos_url": f"{url}/repos",
        "events_url": f"{url}/events",
        "hooks_url": f"{url}/hooks",
        "issues_url": f"{url}/issues",
        "members_url": f"{url}/members{{/member}}",
        "public_members_url": f"{url}/public_members{{/member}}",
        "avatar_url": urls.html(f"/avatars/u/{account.id}?v=4"),
        "description": None,
    }
