"""Branch protection: the settings of a branch.

What they forbid a push is in `push_rules.py`, what they ask of a pull request in `requirements.py`. A setting is kept in one
canonical form; `payloads.protections` writes it as GitHub does.
Source: https://docs.github.com/en/rest/branches/branch-protection
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, insert, select, update

from simulator.emulators.github.state.actors import Actors, unpacked
from simulator.emulators.github.state.work import Work
from simulator.emulators.github.tables import protections
from simulator.emulators.kit.database import next_value
from simulator.emulators.kit.prepared import Prepared


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviews:
    """Required reviews of pull requests. `approvals` may be 0: then only the pull request itself is required."""

    approvals: int = 1
    dismiss_stale: bool = False
    code_owners: bool = False
    last_push_approval: bool = False
    dismissers: Actors | None = None
    bypassers: Actors | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Protection:
    """The protection of one branch. None means: not required. `id` and times are None before it is kept."""

    branch: str
    id: int | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    reviews: Reviews | None = None
    checks: tuple[str, ...] | None = None
    strict: bool = False
    enforce_admins: bool = False
    pushers: Actors | None = None
    linear_history: bool = False
    allow_force_pushes: bool = False
    allow_deletions: bool = False
    block_creations: bool = False
    conversation_resolution: bool = False
    lock_branch: bool = False
    allow_fork_syncing: bool = False
    signatures: bool = False


_HERE = (protections.c.site == bindparam("site"), protections.c.repository_id == bindparam("repository"))
_OF_REPOSITORY = Prepared(select(protections.c.branch, protections.c.settings).where(*_HERE))
_OF_BRANCH = Prepared(select(protections.c.settings).where(*_HERE, protections.c.branch == bindparam("branch")))


def find_protection(connection: Connection, site: str, repository_id: int, branch: str) -> Protection | None:
    """The protection of a branch by its short name, None when it has none."""
    settings = _OF_BRANCH.value(connection, site=site, repository=repository_id, branch=branch)
    return None if settings is None else _unpacked(branch, settings)


def protected_branches(connection: Connection, site: str, repository_id: int) -> dict[str, Protection]:
    """All protections of a repository, by branch."""
    rows = _OF_REPOSITORY.all(connection, site=site, repository=repository_id)
    return {branch: _unpacked(branch, settings) for branch, settings in rows}


def protect(work: Work, protection: Protection) -> None:
    """Put a protection in place of the branch's present one, if any."""
    present = find_protection(work.connection, work.site, work.repository.id, protection.branch)
    kept = replace(
        protection,
        id=(present and present.id) or next_value(work.connection, work.site, "gh_protections"),
        created_at=(present and present.created_at) or work.at,
        updated_at=work.at,
    )
    settings = _packed(kept)
    if present is None:
        key = {"site": work.site, "repository_id": work.repository.id, "branch": protection.branch}
        work.connection.execute(insert(protections), {**key, "settings": settings})
    else:
        where = _is(work.site, work.repository.id, protection.branch)
        work.connection.execute(update(protections).where(where).values(settings=settings))
    action = "created" if present is None else "edited"
    work.tell("branch_protection_rule", action, protection=kept, previous=present)


def unprotect(work: Work, protection: Protection) -> None:
    """Take a branch's protection away."""
    where = _is(work.site, work.repository.id, protection.branch)
    work.connection.execute(delete(protections).where(where))
    work.tell("branch_protection_rule", "deleted", protection=protection)


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
    "signatures",
)


_TIMES = ("created_at", "updated_at")


def _packed(protection: Protection) -> dict[str, Any]:
    reviews = protection.reviews
    return {
        **{name: getattr(protection, name) for name in _PLAIN},
        "id": protection.id,
        **{name: at.isoformat() if (at := getattr(protection, name)) else None for name in _TIMES},
        "checks": None if protection.checks is None else list(protection.checks),
        "pushers": _packed_actors(protection.pushers),
        "reviews": None
        if reviews is None
        else {
            "approvals": reviews.approvals,
            "dismiss_stale": reviews.dismiss_stale,
            "code_owners": reviews.code_owners,
            "last_push_approval": reviews.last_push_approval,
            "dismissers": _packed_actors(reviews.dismissers),
            "bypassers": _packed_actors(reviews.bypassers),
        },
    }


def _unpacked(branch: str, settings: Mapping[str, Any]) -> Protection:
    reviews = settings["reviews"]
    if reviews is not None:
        reviews = {
            **reviews,
            "dismissers": _actors(reviews["dismissers"]),
            "bypassers": _actors(reviews["bypassers"]),
        }
    values: dict[str, Any] = {name: bool(settings.get(name)) for name in _PLAIN}
    values |= {name: datetime.fromisoformat(settings[name]) for name in _TIMES if settings.get(name)}
    return Protection(
        branch=branch,
        id=settings.get("id"),
        reviews=None if reviews is None else Reviews(**reviews),
        checks=None if settings["checks"] is None else tuple(settings["checks"]),
        pushers=_actors(settings["pushers"]),
        **values,
    )


def _packed_actors(actors: Actors | None) -> dict[str, list[str]] | None:
    return None if actors is None else actors.packed()


def _actors(kept: Mapping[str, list[str]] | list[str] | None) -> Actors | None:
    return (
        Actors(users=tuple(kept)) if isinstance(kept, list) else unpacked(kept)
    )  # a list: from before there were teams
