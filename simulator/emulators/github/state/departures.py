"""Repositories that go away: what others had from them goes on without them.

Source: https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/working-with-forks/what-happens-to-forks-when-a-repository-is-deleted-or-changes-visibility
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection, update

from simulator.emulators.github.announce import announce
from simulator.emulators.github.state import closing, forks, repositories
from simulator.emulators.github.state.pull_rows import pulls_elsewhere
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.work import Work
from simulator.emulators.github.tables import pulls
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.instance import Instance


def remove(connection: Connection, instance: Instance, repository: Repository, actor: Account) -> list[Path]:
    """Delete a repository, a private one with all its forks; gives the folders to be deleted after the commit."""
    work = Work(
        connection=connection,
        instance=instance,
        site=repository.site,
        repository=repository,
        actor=actor,
        at=instance.now(),
    )
    going = forks.private_forks_below(connection, repository) if repository.private else []
    if not repository.private:
        forks.leave_network(connection, repository)
    for each in (*going, repository):
        _remove_one(replace(work, repository=each, notices=[]))
    return [instance.repository_path(each.site, each.id) for each in (*going, repository)]


def _remove_one(work: Work) -> None:
    work.tell("repository", "deleted")
    announce(work)
    found = pulls_elsewhere(work)
    homes = repositories.by_ids(work.connection, work.site, {pull.row.repository_id for pull in found})
    for pull in found:
        there = replace(work, repository=homes[pull.row.repository_id], notices=[])
        closing.close_unmerged(there, pull)
        announce(there)
    left = (pulls.c.site == work.site) & (pulls.c.head_repository_id == work.repository.id)
    work.connection.execute(update(pulls).where(left).values(head_repository_id=None))
    repositories.remove(work.connection, work.repository)
