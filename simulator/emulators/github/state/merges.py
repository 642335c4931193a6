"""Merging pull requests, bringing heads up to date, merging branches: true merges, base moved only from where it was seen."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

import pygit2

from simulator.emulators.github.errors import Conflict, MethodNotAllowed, NotFound, ValidationFailed
from simulator.emulators.github.state import changes, closing, merge_messages, requirements
from simulator.emulators.github.state.mergeability import MOST_REBASED
from simulator.emulators.github.state.permissions import allows, permission_of
from simulator.emulators.github.state.protections import Protection, find_protection, push_refusals
from simulator.emulators.github.state.pull_refs import GITHUB
from simulator.emulators.github.state.pull_rows import Pull
from simulator.emulators.github.state.refs import move_ref
from simulator.emulators.github.state.revisions import resolve
from simulator.emulators.github.state.work import Work
from simulator.emulators.gitserver import merging
from simulator.emulators.gitserver.errors import MergeConflict, RefMoved
from simulator.emulators.gitserver.refs import RefUpdate
from simulator.emulators.gitserver.writing import signature
from simulator.emulators.kit import accounts
from simulator.emulators.kit.accounts import Account

PAGE = "/pulls/pulls#merge-a-pull-request"
METHODS = ("merge", "squash", "rebase")
_NOT_MERGEABLE = "Pull Request is not mergeable"
_BASE_MOVED = "Base branch was modified. Review and try the merge again."
_HEAD_MOVED = "Head branch was modified. Review and try the merge again."
_SWITCHED_OFF = {
    "merge": "Merge commits are not allowed on this repository.",
    "squash": "Squash merges are not allowed on this repository.",
    "rebase": "Rebase merges are not allowed on this repository.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeWish:
    """How somebody wants a pull request merged. None leaves GitHub's own title or message; `head_sha` None: any head."""

    method: str = "merge"
    title: str | None = None
    message: str | None = None
    head_sha: str | None = None


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
    _check_allowed(work, pull, wish.method)
    made = _made(work, pull, base, wish)
    closing.mark_merged(work, pull, merge_sha=made, base_sha=base)
    update = RefUpdate(ref=pull.base_branch, before=base, after=made)
    _move(work, update, kind="pr_merge", refusal=_refused(_BASE_MOVED))
    if work.repository.delete_branch_on_merge:
        _delete_head(work, pull)
    return made


def update_head(work: Work, pull: Pull, *, expected: str | None) -> None:
    """Merge the base into the head.

    Raises ValidationFailed when the head is elsewhere, up to date already, or in conflict, Conflict when it is protected.
    """
    head, base = pull.row.head_sha, changes.base_of(work, pull)
    if expected is not None and expected.lower() != head:
        raise ValidationFailed(message="expected head sha didn’t match current head ref.")
    if not pull.is_open:
        raise ValidationFailed(message="pull request is closed")
    if changes.is_landed(work, base, head):
        raise ValidationFailed(message="There are no new commits on the base branch.")
    _check_push(work, pull.row.head_ref)
    message = f"Merge branch '{pull.row.base_ref}' into {pull.row.head_ref}"
    made = _merge_commit(work, head, base, message, ValidationFailed(message="merge conflict between base and head"))
    moved = ValidationFailed(message="expected head sha didn’t match current head ref.")
    _move(work, RefUpdate(ref=pull.head_branch, before=head, after=made), refusal=moved)


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
    _check_push(work, base)
    made = _merge_commit(work, ours, theirs, message or f"Merge {head} into {base}", Conflict("Merge conflict"))
    update = RefUpdate(ref=f"refs/heads/{base}", before=ours, after=made)
    _move(work, update, refusal=Conflict("Merge conflict"))
    return made


def _check_allowed(work: Work, pull: Pull, method: str) -> None:
    by_method = {
        "merge": work.repository.allow_merge_commit,
        "squash": work.repository.allow_squash_merge,
        "rebase": work.repository.allow_rebase_merge,
    }
    if not by_method[method]:
        raise _refused(_SWITCHED_OFF[method])
    protection = requirements.protection_of_base(work, pull)
    if protection is None or (not protection.enforce_admins and _is_admin(work)):
        return
    reasons = requirements.unmet(work, pull, protection)
    if protection.linear_history and method == "merge":
        reasons.append(requirements.LINEAR)
    if not _may_push(work, protection):
        reasons.append(requirements.NOT_AUTHORIZED)
    if reasons:
        raise _refused(" ".join(reasons))


def _may_push(work: Work, protection: Protection) -> bool:
    if protection.pushers is None or _is_admin(work):
        return True
    return work.actor.login.lower() in {login.lower() for login in protection.pushers}


def _check_push(work: Work, branch: str) -> None:
    protection = find_protection(work.connection, work.site, work.repository.id, branch)
    reasons = push_refusals(protection, admin=_is_admin(work), login=work.actor.login)
    if reasons:
        raise Conflict(" ".join(reasons))


def _made(work: Work, pull: Pull, base: str, wish: MergeWish) -> str:
    try:
        match wish.method:
            case "squash":
                return _squashed(work, pull, base, wish)
            case "rebase":
                return _rebased(work, pull, base)
        return _merged(work, pull, base, wish)
    except MergeConflict as conflict:
        raise _refused(_NOT_MERGEABLE) from conflict


def _merged(work: Work, pull: Pull, base: str, wish: MergeWish) -> str:
    settings = work.repository.settings
    title, message = merge_messages.of_merge(pull, work.repository.owner.login, settings)
    return merging.merge_commit(
        changes.git(work),
        base,
        pull.row.head_sha,
        message=_message(wish, title, message),
        author=_signature(work, work.actor),
        committer=signature(*GITHUB, work.at),
    )


def _squashed(work: Work, pull: Pull, base: str, wish: MergeWish) -> str:
    commits = changes.commits_of(work, pull)
    author = accounts.by_id(work.connection, work.site, pull.issue.author_id) or work.actor
    title, message = merge_messages.of_squash(pull, commits, work.repository.settings)
    trailers = merge_messages.co_authors(commits, author.email) if wish.message is None else []
    return merging.squash_commit(
        changes.git(work),
        base,
        pull.row.head_sha,
        message=_message(wish, title, message, trailers),
        author=_signature(work, author),
        committer=signature(*GITHUB, work.at),
    )


def _rebased(work: Work, pull: Pull, base: str) -> str:
    commits = changes.commits_of(work, pull)
    if len(commits) > MOST_REBASED:
        raise _refused("This branch can't be rebased")
    made = merging.rebase(changes.git(work), base, commits, committer=_signature(work, work.actor))
    if not made:
        raise _refused("This branch can't be rebased")
    return made[-1]


def _message(wish: MergeWish, title: str, message: str, trailers: list[str] | None = None) -> str:
    return merge_messages.joined(wish.title or title, message if wish.message is None else wish.message, trailers or [])


def _merge_commit(work: Work, ours: str, theirs: str, message: str, refusal: Exception) -> str:
    try:
        return merging.merge_commit(
            changes.git(work),
            ours,
            theirs,
            message=message,
            author=_signature(work, work.actor),
            committer=signature(*GITHUB, work.at),
        )
    except MergeConflict as conflict:
        raise refusal from conflict


def _move(work: Work, update: RefUpdate, *, refusal: Exception, kind: str | None = None) -> None:
    try:
        move_ref(work.connection, work.instance, work.repository, update, work.actor, kind=kind)
    except RefMoved as moved:
        raise refusal from moved


def _delete_head(work: Work, pull: Pull) -> None:
    branch = pull.row.head_ref
    if branch == work.repository.default_branch or changes.tip(work, branch) != pull.row.head_sha:
        return
    protection = find_protection(work.connection, work.site, work.repository.id, branch)
    if protection is not None and not protection.allow_deletions:
        return
    update = RefUpdate(ref=pull.head_branch, before=pull.row.head_sha, after=None)
    with suppress(RefMoved):  # pushed to in this very moment: then it stays
        move_ref(work.connection, work.instance, work.repository, update, work.actor)


def _is_admin(work: Work) -> bool:
    return allows(permission_of(work.connection, work.repository, work.actor), "admin")


def _signature(work: Work, account: Account) -> pygit2.Signature:
    return signature(account.name or account.login, account.email, work.at)


def _refused(message: str) -> MethodNotAllowed:
    return MethodNotAllowed(message, page=PAGE)
