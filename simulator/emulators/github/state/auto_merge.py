"""Auto-merge: a pull request that merges by itself as soon as the last requirement is met.

`follow_up` is called with all that is announced (announce.py), so whatever meets the last requirement, a review, a check, a
resolved conversation or a push, merges in the same transaction.
Source: https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/incorporating-changes-from-a-pull-request/automatically-merging-a-pull-request
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

import pygit2

from simulator.emulators.github.errors import Conflict, MethodNotAllowed, ValidationFailed
from simulator.emulators.github.state import (
    changes,
    events,
    merge_messages,
    merge_rules,
    mergeability,
    requirements,
    workflow_files,
)
from simulator.emulators.github.state.holding import demands_on
from simulator.emulators.github.state.issues import touch
from simulator.emulators.github.state.merge_making import MergeWish
from simulator.emulators.github.state.merges import merge_pull
from simulator.emulators.github.state.permissions import allows, permission_of
from simulator.emulators.github.state.pull_rows import Pull, change_pull, pull_by_id, pulls_waiting_to_merge
from simulator.emulators.github.state.work import Notice, Work
from simulator.emulators.gitserver.refs import RefUpdate
from simulator.emulators.kit import accounts

_EVENTS = {"merge": "auto_merge_enabled", "squash": "auto_squash_enabled", "rebase": "auto_rebase_enabled"}
_MAY_MEET: Mapping[str, Collection[str | None]] = {
    "pull_request": {"synchronize", "ready_for_review", "edited"},
    "pull_request_review": {"submitted", "dismissed"},
    "pull_request_review_thread": {"resolved"},
    "pull_request_review_comment": {"deleted"},
    "check_run": {"created", "completed"},
    "status": {None},
}
_NOT_ALLOWED = "Auto merge is not allowed for this repository"


def enable(work: Work, pull: Pull, wish: MergeWish) -> Pull:
    """Let a pull request merge by itself; enabling it again changes the wish.

    Raises ValidationFailed in GitHub's words when the repository does not allow it, the base asks for nothing, or nothing is
    missing any more: such a pull request is to be merged at once. Conflict when the head is not the one that was seen.
    """
    _check(work, pull, wish)
    commits = changes.commits_of(work, pull)
    title, message = _texts(work, pull, wish, commits)
    settings = {
        "enabled_by_id": work.actor.id,
        "enabled_at": work.at.isoformat(),
        "merge_method": wish.method,
        "given_title": wish.title,
        "given_message": wish.message,
        "commit_title": title,
        "commit_message": message,
    }
    change_pull(work, pull.id, auto_merge=settings)
    events.record(work, pull.id, _EVENTS[wish.method])
    touch(work, pull.id)
    work.tell("pull_request", "auto_merge_enabled", pull.id)
    return pull_by_id(work, pull.id)


def disable(work: Work, pull: Pull, *, reason: str = "Auto-merge was disabled manually.") -> Pull:
    """Let it no longer merge by itself; one that does not is left alone."""
    if not pull.row.auto_merge:
        return pull
    change_pull(work, pull.id, auto_merge=None)
    events.record(work, pull.id, "auto_merge_disabled")
    touch(work, pull.id)
    work.tell("pull_request", "auto_merge_disabled", pull.id, reason=reason)
    return pull_by_id(work, pull.id)


def follow_up(work: Work, notices: Iterable[Notice]) -> list[Work]:
    """Merge the pull requests of the repository that waited for what has just happened; gives the works that did something."""
    happened = [notice for notice in notices if notice.action in _MAY_MEET.get(notice.event, ())]
    if not happened:
        return []
    pushed = {notice.issue_id for notice in happened if notice.action == "synchronize"}
    waiting = pulls_waiting_to_merge(work)
    doings = (_stopped(work, pull) if pull.id in pushed else None for pull in waiting)
    return [done for pull, stopped in zip(waiting, doings, strict=True) if (done := stopped or _merged(work, pull))]


def _check(work: Work, pull: Pull, wish: MergeWish) -> None:
    if not work.repository.allow_auto_merge:
        raise ValidationFailed(message=_NOT_ALLOWED)
    if wish.head_sha is not None and wish.head_sha.lower() != pull.row.head_sha:
        raise Conflict("Head branch was modified. Review and try the merge again.")
    switched_off = merge_rules.switched_off(work, wish.method)
    if switched_off:
        raise ValidationFailed(message=f"Pull request {switched_off}")
    if not pull.is_open:
        raise ValidationFailed(message="Pull request is not in the correct state to enable auto-merge")
    base = changes.tip(work, pull.row.base_ref)
    withheld = workflow_files.refusal(work, RefUpdate(ref=pull.base_branch, before=base, after=pull.row.head_sha))
    if withheld:
        raise ValidationFailed(message=f"Pull request {withheld}")
    state = mergeability.assess(work, pull).state
    if state in ("clean", "unstable", "dirty", "draft"):
        raise ValidationFailed(message=f"Pull request Pull request is in {state} status")


def _texts(work: Work, pull: Pull, wish: MergeWish, commits: list[pygit2.Commit]) -> tuple[str, str]:
    settings = work.repository.settings
    if wish.method == "squash":
        title, message = merge_messages.of_squash(pull, commits, settings)
    else:
        title, message = merge_messages.of_merge(pull, work.repository.owner.login, settings)
    return wish.title or title, message if wish.message is None else wish.message


def _stopped(work: Work, pull: Pull) -> Work | None:
    """What a push by somebody without write access does: nobody has agreed to merge those commits."""
    if allows(permission_of(work.connection, work.repository, work.actor), "push"):
        return None
    doing = replace(work, notices=[])
    disable(doing, pull, reason="Somebody without write access pushed to the head branch.")
    return doing


def _merged(work: Work, pull: Pull) -> Work | None:
    wanted = pull.row.auto_merge or {}
    enabler = accounts.by_id(work.connection, work.site, wanted.get("enabled_by_id", 0))
    if enabler is None or pull.row.draft or requirements.unmet(work, pull, demands_on(work, pull)):
        return None
    doing = replace(work, actor=enabler, scopes=None, notices=[])  # the scopes were asked for at enabling
    if not allows(permission_of(work.connection, work.repository, enabler), "push"):
        return None
    wish = MergeWish(method=wanted["merge_method"], title=wanted["given_title"], message=wanted["given_message"])
    try:
        merge_pull(doing, pull, wish)
    except (MethodNotAllowed, Conflict):  # a conflict, or a rule that binds this person: it goes on waiting
        return None
    return doing
