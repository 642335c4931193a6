"""Merges and renamings whose process died between moving refs and writing that down: they are finished from their notes."""

from __future__ import annotations

from contextlib import AbstractContextManager

from sqlalchemy import Connection

from simulator.emulators.github.announce import announce
from simulator.emulators.github.state import branch_names, changes, notes, repositories
from simulator.emulators.github.state.closing import mark_merged
from simulator.emulators.github.state.pull_rows import Pull, find_pull
from simulator.emulators.github.state.refs import ref_updated
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.work import Work
from simulator.emulators.gitserver.refs import RefUpdate
from simulator.emulators.kit.instance import Instance

_MERGE = "merge"


def noted(work: Work, pull: Pull, *, before: str, after: str) -> AbstractContextManager[None]:
    """Keep a note of a merge until the transaction is durable; the block moves the base."""
    note = {"number": pull.number, "before": before, "after": after}
    return notes.kept(work, f"{_MERGE}-{pull.number}", note)


def finish(connection: Connection, instance: Instance, repository: Repository) -> int:
    """Write down what notes tell of and git has done; gives how much that was. Throws the notes away."""
    repositories.lock(connection, repository)
    finished = 0
    for note in notes.left(connection, instance, repository, branch_names.RENAME):
        finished += branch_names.finish(notes.work_of(connection, instance, repository, note), note)
    present = repositories.by_id(connection, repository.site, repository.id) or repository
    for note in notes.left(connection, instance, repository, _MERGE):
        finished += _finish_merge(notes.work_of(connection, instance, present, note), note)
    return finished


def _finish_merge(work: Work, note: notes.Note) -> bool:
    pull = find_pull(work, note["number"])
    tip = changes.tip(work, pull.row.base_ref) if pull else None
    if pull is None or tip is None or not pull.is_open or not changes.is_landed(work, note["after"], tip):
        return False
    mark_merged(work, pull, merge_sha=note["after"], base_sha=note["before"])
    update = RefUpdate(ref=pull.base_branch, before=note["before"], after=note["after"])
    ref_updated(work.connection, work.instance, work.repository, [update], work.actor, kind="pr_merge")
    announce(work)
    return True
