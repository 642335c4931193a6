"""Merging pull requests: true merges, the base moved only from where it was seen."""

from __future__ import annotations

from contextlib import suppress

from simulator.emulators.github.errors import Conflict, MethodNotAllowed
from simulator.emulators.github.state import changes, closing, merge_making, merge_rules, unfinished, workflow_files
from simulator.emulators.github.state.api_rules import forbidden
from simulator.emulators.github.state.merge_making import METHODS, PAGE, MergeWish
from simulator.emulators.github.state.pull_rows import Pull
from simulator.emulators.github.state.refs import move_ref
from simulator.emulators.github.state.work import Work
from simulator.emulators.gitserver.errors import MergeConflict, RefMoved
from simulator.emulators.gitserver.refs import RefUpdate

__all__ = ["METHODS", "PAGE", "MergeWish", "merge_pull"]

_NOT_MERGEABLE = "Pull Request is not mergeable"
_BASE_MOVED = "Base branch was modified. Review and try the merge again."
_HEAD_MOVED = "Head branch was modified. Review and try the merge again."


def merge_pull(work: Work, pull: Pull, wish: MergeWish) -> str:
    """Merge a pull request and move its base; gives the commit that is the base's new tip.

    Raises MethodNotAllowed (405) when it cannot or may not be merged, Conflict (409) when the head is not the one that
    the caller saw.
    """
    base = changes.tip(work, pull.row.base_ref)
    if not pull.is_open or base is None:
        raise _refused(_NOT_MERGEABLE)
    if pull.row.draft:
        raise _refused("Pull Request is still a draft")
    if wish.head_sha is not None and wish.head_sha.lower() != pull.row.head_sha:
        raise Conflict(_HEAD_MOVED, page=PAGE)
    _check(merge_rules.switched_off(work, wish.method))
    _check(merge_rules.refusal(work, pull, wish.method))
    made = _made(work, pull, base, wish)
    _check(merge_rules.refusal_of_result(work, pull, base, made))
    _check(workflow_files.refusal(work, RefUpdate(ref=pull.base_branch, before=base, after=made)))
    with unfinished.noted(work, pull, before=base, after=made):
        _land(work, pull, base, made)
    if work.repository.delete_branch_on_merge:
        _delete_head(work, pull)
    return made


def _land(work: Work, pull: Pull, base: str, made: str) -> None:
    closing.mark_merged(work, pull, merge_sha=made, base_sha=base)
    update = RefUpdate(ref=pull.base_branch, before=base, after=made)
    try:
        move_ref(work.connection, work.instance, work.repository, update, work.actor, kind="pr_merge")
    except RefMoved as moved:
        raise _refused(_BASE_MOVED) from moved


def _made(work: Work, pull: Pull, base: str, wish: MergeWish) -> str:
    try:
        return merge_making.made(work, pull, base, wish)
    except MergeConflict as conflict:
        raise _refused(_NOT_MERGEABLE) from conflict


def _delete_head(work: Work, pull: Pull) -> None:
    branch = pull.row.head_ref
    if pull.row.head_repository_id != work.repository.id or branch == work.repository.default_branch:
        return
    update = RefUpdate(ref=pull.head_branch, before=pull.row.head_sha, after=None)
    if changes.tip(work, branch) != pull.row.head_sha or forbidden(work, update, work.actor):
        return
    with suppress(RefMoved):  # pushed to in this very moment: then it stays
        move_ref(work.connection, work.instance, work.repository, update, work.actor)


def _check(reason: str | None) -> None:
    if reason:
        raise _refused(reason)


def _refused(message: str) -> MethodNotAllowed:
    return MethodNotAllowed(message, page=PAGE)
