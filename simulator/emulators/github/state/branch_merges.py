"""Merging branches: the base into the head of a pull request, and one branch into another."""

from __future__ import annotations

from simulator.emulators.github.errors import Conflict, Forbidden, NotFound, ValidationFailed
from simulator.emulators.github.state import changes
from simulator.emulators.github.state.api_rules import forbidden
from simulator.emulators.github.state.maintainers import may_change_head
from simulator.emulators.github.state.merge_making import merge_commit
from simulator.emulators.github.state.pull_rows import Pull
from simulator.emulators.github.state.refs import move_ref
from simulator.emulators.github.state.repositories import git_of, lock
from simulator.emulators.github.state.revisions import resolve
from simulator.emulators.github.state.work import Place, Work
from simulator.emulators.gitserver.borrowing import borrow
from simulator.emulators.gitserver.errors import MergeConflict, RefMoved
from simulator.emulators.gitserver.refs import RefUpdate

_MOVED = "expected head sha didn’t match current head ref."


def update_head(work: Work, pull: Pull, *, expected: str | None) -> None:
    """Merge the base into the head, which may be a branch of a fork.

    Raises Forbidden when the actor may not push to the head, ValidationFailed when it is elsewhere, up to date already, or in
    conflict, Conflict when it is protected.
    """
    head, base = pull.row.head_sha, changes.base_of(work, pull)
    if expected is not None and expected.lower() != head:
        raise ValidationFailed(message=_MOVED)
    if not pull.is_open:
        raise ValidationFailed(message="pull request is closed")
    home = changes.head_repository(work, pull)
    if home is None:
        raise ValidationFailed(message="The repository of the head branch has been deleted.")
    if not may_change_head(work, pull, home):
        raise Forbidden("Must have push access to Repository.")
    if changes.is_landed(work, base, head):
        raise ValidationFailed(message="There are no new commits on the base branch.")
    message = f"Merge branch '{pull.row.base_ref}' into {pull.row.head_ref}"
    made = _merged(work, head, base, message, ValidationFailed(message="merge conflict between base and head"))
    if home.id != work.repository.id:
        lock(work.connection, home)
        borrow(changes.git(work), git_of(work.instance, home), made)
    there = Place(
        connection=work.connection, instance=work.instance, site=work.site, repository=home, scopes=work.scopes
    )
    update = RefUpdate(ref=pull.head_branch, before=head, after=made)
    _move(there, work, update, refusal=ValidationFailed(message=_MOVED))


def merge_branches(work: Work, *, base: str, head: str, message: str | None) -> str | None:
    """Merge a branch or a commit into a branch; gives the merge commit, None when there is nothing to merge.

    Raises NotFound for a missing base or head, Conflict for a merge conflict or a protected base.
    """
    ours, theirs = changes.tip(work, base), resolve(changes.git(work), work.repository, head)
    if ours is None:
        raise NotFound("Base does not exist")
    if theirs is None:
        raise NotFound("Head does not exist")
    if changes.is_landed(work, theirs, ours):
        return None
    made = _merged(work, ours, theirs, message or f"Merge {head} into {base}", Conflict("Merge conflict"))
    update = RefUpdate(ref=f"refs/heads/{base}", before=ours, after=made)
    _move(work, work, update, refusal=Conflict("Merge conflict"))
    return made


def _merged(work: Work, ours: str, theirs: str, message: str, refusal: Exception) -> str:
    try:
        return merge_commit(work, ours, theirs, message)
    except MergeConflict as conflict:
        raise refusal from conflict


def _move(there: Place, work: Work, update: RefUpdate, *, refusal: Exception) -> None:
    reason = forbidden(there, update, work.actor)
    if reason:
        raise Conflict(reason)
    try:
        move_ref(there.connection, there.instance, there.repository, update, work.actor)
    except RefMoved as moved:
        raise refusal from moved
