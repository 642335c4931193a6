"""Branch protection: the settings of a branch, and what they forbid.

A setting is kept in one canonical form; `payloads.protections` writes it as GitHub does.
Source: https://docs.github.com/en/rest/branches/branch-protection
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select, update

from simulator.emulators.github.tables import protections

THROUGH_PULL_REQUEST = "Changes must be made through a pull request."
NO_FORCE_PUSH = "Cannot force-push to this protected branch"
NO_DELETION = "Cannot delete this protected branch"
_NOT_AUTHORIZED = (
    "You're not authorized to push to this branch. Visit https://docs.github.com/repositories/"
    "configuring-branches-and-merges-in-your-repository/managing-protected-branches/about-protected-branches "
    "for more information."
)
_LOCKED = "This branch is locked: it is read-only."


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviews:
    """Required reviews of pull requests. `approvals` may be 0: then only the pull request itself is required."""

    approvals: int = 1
    dismiss_stale: bool = False
    code_owners: bool = False
    last_push_approval: bool = False
    dismissers: tuple[str, ...] | None = None
    bypassers: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Protection:
    """The protection of one branch. None means: not required."""

    branch: str
    reviews: Reviews | None = None
    checks: tuple[str, ...] | None = None
    strict: bool = False
    enforce_admins: bool = False
    pushers: tuple[str, ...] | None = None
    linear_history: bool = False
    allow_force_pushes: bool = False
    allow_deletions: bool = False
    block_creations: bool = False
    conversation_resolution: bool = False
    lock_branch: bool = False
    allow_fork_syncing: bool = False


def find_protection(connection: Connection, site: str, repository_id: int, branch: str) -> Protection | None:
    """The protection of a branch by its short name, None when it has none."""
    query = select(protections.c.settings).where(_is(site, repository_id, branch))
    settings = connection.execute(query).scalar_one_or_none()
    return None if settings is None else _unpacked(branch, settings)


def protected_branches(connection: Connection, site: str, repository_id: int) -> dict[str, Protection]:
    """All protections of a repository, by branch."""
    query = select(protections.c.branch, protections.c.settings).where(
        protections.c.site == site, protections.c.repository_id == repository_id
    )
    return {row.branch: _unpacked(row.branch, row.settings) for row in connection.execute(query)}


def protect(connection: Connection, site: str, repository_id: int, protection: Protection) -> None:
    """Put a protection in place of the branch's present one, if any."""
    settings = _packed(protection)
    changed = connection.execute(
        update(protections).where(_is(site, repository_id, protection.branch)).values(settings=settings)
    )
    if changed.rowcount == 0:
        row = {"site": site, "repository_id": repository_id, "branch": protection.branch, "settings": settings}
        connection.execute(insert(protections), row)


def unprotect(connection: Connection, site: str, repository_id: int, branch: str) -> None:
    """Take a branch's protection away."""
    connection.execute(delete(protections).where(_is(site, repository_id, branch)))


def push_refusals(
    protection: Protection | None, *, admin: bool, login: str, passed: frozenset[str] = frozenset()
) -> list[str]:
    """Why this person may not push to the branch, empty when nothing forbids it; force-pushes and deletions apart.

    `passed` are the checks that the pushed commit has passed already. Administrators pass unless the protection includes
    them.
    """
    if protection is None:
        return []
    if admin and not protection.enforce_admins:
        return []
    reasons = [_LOCKED] if protection.lock_branch else []
    if protection.reviews is not None and login.lower() not in _lower(protection.reviews.bypassers):
        reasons.append(THROUGH_PULL_REQUEST)
    missing = [check for check in protection.checks or () if check not in passed]
    if len(missing) == 1:
        reasons.append(f'Required status check "{missing[0]}" is expected.')
    elif missing:
        reasons.append(f"{len(missing)} of {len(protection.checks or ())} required status checks are expected.")
    if protection.pushers is not None and not admin and login.lower() not in _lower(protection.pushers):
        reasons.append(_NOT_AUTHORIZED)
    return reasons


def _lower(logins: tuple[str, ...] | None) -> set[str]:
    return {login.lower() for login in logins or ()}


def _is(site: str, repository_id: int, branch: str) -> ColumnElement[bool]:
    return and_(
        protections.c.site == site, protections.c.repository_id == repository_id, protections.c.branch == branch
    )


_PLAIN = (
    "strict",
    "enforce_admins",
    "linear_history",
    "allow_force_pushes",
    "allow_deletions",
    "block_creations",
    "conversation_resolution",
    "lock_branch",
    "allow_fork_syncing",
)


def _packed(protection: Protection) -> dict[str, Any]:
    reviews = protection.reviews
    return {
        **{name: getattr(protection, name) for name in _PLAIN},
        "checks": _list(protection.checks),
        "pushers": _list(protection.pushers),
        "reviews": None
        if reviews is None
        else {
            "approvals": reviews.approvals,
            "dismiss_stale": reviews.dismiss_stale,
            "code_owners": reviews.code_owners,
            "last_push_approval": reviews.last_push_approval,
            "dismissers": _list(reviews.dismissers),
            "bypassers": _list(reviews.bypassers),
        },
    }


def _unpacked(branch: str, settings: Mapping[str, Any]) -> Protection:
    reviews = settings["reviews"]
    if reviews is not None:
        reviews = {
            **reviews,
            "dismissers": _tuple(reviews["dismissers"]),
            "bypassers": _tuple(reviews["bypassers"]),
        }
    return Protection(
        branch=branch,
        reviews=None if reviews is None else Reviews(**reviews),
        checks=_tuple(settings["checks"]),
        pushers=_tuple(settings["pushers"]),
        **{name: bool(settings[name]) for name in _PLAIN},
    )


def _list(names: tuple[str, ...] | None) -> list[str] | None:
    return None if names is None else list(names)


def _tuple(names: list[str] | None) -> tuple[str, ...] | None:
    return None if names is None else tuple(names)
