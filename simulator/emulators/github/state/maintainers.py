"""Branches of forks that the maintainers of the other side may push to, because a pull request's author allows it.

Source: https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/working-with-forks/allowing-changes-to-a-pull-request-branch-created-from-a-fork
"""

from __future__ import annotations

from sqlalchemy import Connection, select

from simulator.emulators.github.state import repositories
from simulator.emulators.github.state.permissions import allows, permission_of
from simulator.emulators.github.state.pull_rows import Pull
from simulator.emulators.github.state.push_rules import Movement
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.work import Work
from simulator.emulators.github.tables import issues, pulls
from simulator.emulators.gitserver.judging import Refusal
from simulator.emulators.kit.accounts import Account


def branches_open_to(connection: Connection, fork: Repository, account: Account) -> frozenset[str]:
    """The branches of a fork that somebody without write access to it may push to."""
    query = (
        select(pulls.c.repository_id, pulls.c.head_ref)
        .join_from(pulls, issues, (pulls.c.site == issues.c.site) & (pulls.c.id == issues.c.id))
        .where(
            pulls.c.site == fork.site,
            pulls.c.head_repository_id == fork.id,
            pulls.c.repository_id != fork.id,
            pulls.c.maintainer_can_modify,
            issues.c.state == "open",
        )
    )
    rows = connection.execute(query).all()
    bases = repositories.by_ids(connection, fork.site, {row.repository_id for row in rows})
    own = {each.id for each in bases.values() if allows(permission_of(connection, each, account), "push")}
    return frozenset(row.head_ref for row in rows if row.repository_id in own)


def may_change_head(work: Work, pull: Pull, home: Repository) -> bool:
    """Whether the actor may push to the head of a pull request, which is a branch of `home`."""
    if allows(permission_of(work.connection, home, work.actor), "push"):
        return True
    return pull.row.head_ref in branches_open_to(work.connection, home, work.actor)


class Elsewhere:
    """A rule of a push by a maintainer: only these branches, none of them to be deleted."""

    def __init__(self, branches: frozenset[str]) -> None:
        self._branches = branches

    def __call__(self, movement: Movement) -> Refusal | None:
        """The refusal of a movement of any other ref."""
        update = movement.update
        if update.branch in self._branches and update.before and update.after:
            return None
        return Refusal(("error: You may only push to the branch of the pull request that you maintain.",), "denied")
