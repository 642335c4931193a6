"""Scopes of tokens, as GitHub's classic tokens have them: which there are, and which of them include others.

Source: https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps#available-scopes
"""

from __future__ import annotations

from functools import lru_cache

INCLUDED: dict[str, tuple[str, ...]] = {
    "repo": ("repo:status", "repo_deployment", "public_repo", "repo:invite", "security_events"),
    "workflow": (),
    "write:packages": ("read:packages",),
    "delete:packages": (),
    "admin:org": ("write:org", "read:org"),
    "write:org": ("read:org",),
    "admin:public_key": ("write:public_key", "read:public_key"),
    "write:public_key": ("read:public_key",),
    "admin:repo_hook": ("write:repo_hook", "read:repo_hook"),
    "write:repo_hook": ("read:repo_hook",),
    "admin:org_hook": (),
    "gist": (),
    "notifications": (),
    "user": ("read:user", "user:email", "user:follow"),
    "delete_repo": (),
    "write:discussion": ("read:discussion",),
    "codespace": (),
    "project": ("read:project",),
    "admin:gpg_key": ("write:gpg_key", "read:gpg_key"),
    "write:gpg_key": ("read:gpg_key",),
}
"""Scopes and what each of them includes."""

SCOPES = frozenset(INCLUDED).union(*INCLUDED.values())
"""All scopes that a token may have."""

ALL_SCOPES = (
    "admin:org",
    "admin:org_hook",
    "admin:repo_hook",
    "delete_repo",
    "gist",
    "notifications",
    "project",
    "read:org",
    "repo",
    "user",
    "workflow",
)
"""Scopes of a token unless told otherwise: everything that is emulated. `gh` looks for `read:org` by this very name."""


@lru_cache(maxsize=1024)
def with_included(scopes: frozenset[str]) -> frozenset[str]:
    """Scopes together with all that they include."""
    return scopes.union(*(INCLUDED.get(scope, ()) for scope in scopes))
