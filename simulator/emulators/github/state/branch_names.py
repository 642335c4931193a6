"""Branches that get another name: what hangs on the old one goes with them, and the old one leads to the new.

Source: https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-branches-in-your-repository/renaming-a-branch
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

from sqlalchemy import Connection, delete, insert, select, update

from simulator.emulators.github.announce import announce
from simulator.emulators.github.state import changes, edits, events, issues, notes, repositories
from simulator.emulators.github.state.activity import Movement, last_positions
from simulator.emulators.github.state.pull_rows import Pull, change_pull, open_pulls_into, pulls_elsewhere, pulls_from
from simulator.emulators.github.state.refs import BRANCHES, note_movements
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.work import Work
from simulator.emulators.github.tables import former_branches, protections
from simulator.emulators.gitserver import refs, store
from simulator.emulators.gitserver.errors import RefMoved

RENAME = "rename"
"""What the names of notes about renamed branches begin with."""


def branch_called(connection: Connection, repository: Repository, former: str) -> str | None:
    """What a branch is called now that had this name once; None when none had."""
    query = select(former_branches.c.new_name).where(
        former_branches.c.site == repository.site,
        former_branches.c.repository_id == repository.id,
        former_branches.c.name == former,
    )
    return connection.execute(query).scalar()


def rename_branch(work: Work, old: str, new: str) -> None:
    """Rename a branch that exists; open pull requests, protection and the default branch follow.

    Raises BadName for a name that git does not take or that another branch stands in the way of, RefMoved when there is
    such a branch already or the old one has just moved.
    """
    sha = changes.tip(work, old)
    assert sha is not None
    name = f"{RENAME}-{hashlib.sha256(old.encode()).hexdigest()[:16]}"
    with notes.kept(work, name, {"old": old, "new": new, "sha": sha}):
        refs.write_ref(changes.git(work), BRANCHES + new, sha, expected=None)
        _leave_old_name(work, old, new, sha)
    _write_down(work, old, new, sha)


def finish(work: Work, note: notes.Note) -> bool:
    """Go on with a renaming whose process died when git knew of the new name; says whether there was anything to do."""
    old, new, sha = note["old"], note["new"], note["sha"]
    known = last_positions(work.connection, work.site, work.repository.id)
    is_written_down = known.get(BRANCHES + new, refs.ZERO) != refs.ZERO
    if is_written_down or changes.tip(work, new) != sha or changes.tip(work, old) not in (sha, None):
        return False
    if changes.tip(work, old) is not None:
        _leave_old_name(work, old, new, sha)
    _write_down(work, old, new, sha)
    announce(work)
    return True


def _leave_old_name(work: Work, old: str, new: str, sha: str) -> None:
    git, is_default = changes.git(work), old == work.repository.default_branch
    if is_default:
        store.set_default_branch(git, new)
    try:
        refs.delete_ref(git, BRANCHES + old, expected=sha)
    except RefMoved:  # pushed to in this very moment: then it keeps its name
        if is_default:
            store.set_default_branch(git, old)
        refs.delete_ref(git, BRANCHES + new, expected=sha)
        raise


def _write_down(work: Work, old: str, new: str, sha: str) -> None:
    if old == work.repository.default_branch:
        edited = repositories.edit(work.connection, work.repository, at=work.at, default_branch=new)
        edits.follow_edit(work.connection, work.instance, work.repository, edited, work.actor)
    _take_along(work, old, new)
    _remember(work, old, new)
    movements = [
        Movement(kind="branch_creation", ref=BRANCHES + new, before=refs.ZERO, after=sha),
        Movement(kind="branch_deletion", ref=BRANCHES + old, before=sha, after=refs.ZERO),
    ]
    note_movements(work.connection, work.instance, work.repository, movements, work.actor)


def _take_along(work: Work, old: str, new: str) -> None:
    for pull in open_pulls_into(work, old):
        events.record(work, pull.id, "base_ref_changed", old_base=old, new_base=new)
        _tell(work, pull, base_ref=new)
    for pull in pulls_from(work, old):
        if pull.is_open:
            _tell(work, pull, head_ref=new)
    abroad = [pull for pull in pulls_elsewhere(work, old) if pull.is_open]
    homes = repositories.by_ids(work.connection, work.site, {pull.row.repository_id for pull in abroad})
    for pull in abroad:
        there = replace(work, repository=homes[pull.row.repository_id], notices=[])
        _tell(there, pull, head_ref=new)
        announce(there)
    here = (protections.c.site == work.site) & (protections.c.repository_id == work.repository.id)
    work.connection.execute(delete(protections).where(here & (protections.c.branch == new)))
    work.connection.execute(update(protections).where(here & (protections.c.branch == old)).values(branch=new))


def _tell(work: Work, pull: Pull, **values: str) -> None:
    change_pull(work, pull.id, **values)
    issues.touch(work, pull.id)
    if "base_ref" in values:
        work.tell("pull_request", "edited", pull.id, changes={"base": {"ref": {"from": pull.row.base_ref}}})


def _remember(work: Work, old: str, new: str) -> None:
    table = former_branches
    here = (table.c.site == work.site) & (table.c.repository_id == work.repository.id)
    work.connection.execute(delete(table).where(here & table.c.name.in_((old, new))))
    work.connection.execute(update(table).where(here & (table.c.new_name == old)).values(new_name=new))
    row = {"site": work.site, "repository_id": work.repository.id, "name": old, "new_name": new}
    work.connection.execute(insert(table), row)
