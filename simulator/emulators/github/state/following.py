"""Pull requests follow their branches: new heads, heads that landed, branches that went away or came back."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from simulator.emulators.github.announce import announce
from simulator.emulators.github.state import anchors, changes, closing, events, issues, pull_refs, reviews
from simulator.emulators.github.state.activity import Movement
from simulator.emulators.github.state.protections import find_protection
from simulator.emulators.github.state.pull_rows import (
    Pull,
    change_pull,
    open_pull_between,
    open_pulls_into,
    pull_by_id,
    pulls_from,
)
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.work import Work
from simulator.emulators.gitserver import diffs, history
from simulator.emulators.gitserver.refs import ZERO
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.instance import Instance

_BRANCHES = "refs/heads/"
_MOST_MESSAGES = 250  # commits of one push whose messages are read for promises to close issues


def refs_moved(
    connection: Connection,
    instance: Instance,
    site: str,
    repository: Repository,
    updates: Sequence[Movement],
    caller: Account,
) -> list[str]:
    """Bring pull requests up to date after refs of their repository moved, by a push or through the API.

    Called when the refs have moved already. Gives lines to show to whoever pushed.
    """
    work = Work(
        connection=connection,
        instance=instance,
        site=site,
        repository=repository,
        actor=caller,
        at=instance.now(),
    )
    lines = [line for update in updates if update.ref.startswith(_BRANCHES) for line in _follow(work, update)]
    announce(work)
    return lines


def _follow(work: Work, update: Movement) -> list[str]:
    branch = update.ref.removeprefix(_BRANCHES)
    if update.after == ZERO:
        return _branch_gone(work, branch, update.before)
    lines: list[str] = []
    for pull in pulls_from(work, branch):
        lines += _head_moved(work, pull, update) if pull.is_open else _head_back(work, pull, update)
    if update.before != ZERO:
        for pull in open_pulls_into(work, branch):
            lines += _base_moved(work, pull, update)
        if branch == work.repository.default_branch:
            _close_promised_by_commits(work, update)
    return lines


def _head_moved(work: Work, pull: Pull, update: Movement) -> list[str]:
    old, new = pull.row.head_sha, update.after
    if old == new:
        return []
    base = changes.base_of(work, pull)
    forced = not history.is_ancestor(changes.git(work), old, new)
    if changes.is_landed(work, new, base):
        return _nothing_left(work, pull, new, forced=forced)
    known = {str(commit.id) for commit in changes.commits_of(work, pull)}
    stale = _approvals_to_dismiss(work, pull, new)
    anchors.carry_along(work, pull, old_head=old, new_head=new)
    change_pull(work, pull.id, head_sha=new, base_sha=base)
    pull_refs.keep_head(work, pull.number, new)
    if forced:
        events.record(work, pull.id, "head_ref_force_pushed", commit_id=new, before=old, after=new)
    moved = pull_by_id(work, pull.id)
    note_commits(work, moved, known=known)
    issues.touch(work, pull.id)
    work.tell("pull_request", "synchronize", pull.id, before=old, after=new)
    for review in stale:
        reviews.dismiss_review(work, review, None, commit_sha=new)
    pull_refs.test_merge(work, moved)
    return []


def note_commits(work: Work, pull: Pull, *, known: set[str]) -> None:
    """Put the commits of a pull request that are not known yet into its timeline."""
    for commit in changes.commits_of(work, pull)[: changes.MOST_COMMITS]:
        if str(commit.id) not in known:
            events.record(work, pull.id, events.COMMITTED, sha=str(commit.id))


def _nothing_left(work: Work, pull: Pull, head: str, *, forced: bool) -> list[str]:
    # A branch that only went forward and is now contained in its base was merged outside; one that was reset was emptied.
    if forced:
        events.record(work, pull.id, "head_ref_force_pushed", commit_id=head, before=pull.row.head_sha, after=head)
        closing.close_unmerged(work, pull)
        return [f"Pull request #{pull.number} is closed: its branch has no commits of its own any more."]
    closing.mark_merged(work, pull, merge_sha=head, base_sha=pull.row.base_sha)
    return [f"Pull request #{pull.number} is merged: {pull.row.base_ref} contains its commits."]


def _approvals_to_dismiss(work: Work, pull: Pull, new_head: str) -> list[reviews.Review]:
    protection = find_protection(work.connection, work.site, work.repository.id, pull.row.base_ref)
    if protection is None or protection.reviews is None or not protection.reviews.dismiss_stale:
        return []
    git = changes.git(work)
    before = changes.diff_of(work, pull)
    if before == diffs.unified_diff(git, changes.fork_point(work, pull, head=new_head), new_head):
        return []  # the base was merged in, what is to be reviewed is the same
    last = reviews.last_words(work, pull.id).values()
    return [review for review in last if review.state == reviews.APPROVED]


def _head_back(work: Work, pull: Pull, update: Movement) -> list[str]:
    if update.before == ZERO and update.after == pull.row.head_sha:
        events.record(work, pull.id, "head_ref_restored")
    return []


def _base_moved(work: Work, pull: Pull, update: Movement) -> list[str]:
    if not changes.is_landed(work, pull.row.head_sha, update.after):
        return []
    merge_sha = _landing_commit(work, pull.row.head_sha, update)
    closing.mark_merged(work, pull, merge_sha=merge_sha, base_sha=update.before)
    return [f"Pull request #{pull.number} is merged: {pull.row.base_ref} contains its commits."]


def _landing_commit(work: Work, head: str, update: Movement) -> str:
    for commit in history.commits_between(changes.git(work), update.before, update.after):
        parents = [str(parent) for parent in commit.parent_ids]
        if len(parents) > 1 and head in parents:
            return str(commit.id)
    return head


def _branch_gone(work: Work, branch: str, last: str) -> list[str]:
    lines = []
    onward = None
    for pull in pulls_from(work, branch):
        if pull.is_open:
            closing.close_unmerged(work, pull)
            lines.append(f"Pull request #{pull.number} is closed: its branch {branch} is deleted.")
        if pull.is_open or pull.row.head_sha == last:
            events.record(work, pull.id, "head_ref_deleted")
        if pull.is_merged and pull.row.head_sha == last:
            onward = pull.row.base_ref
    return lines + [_without_base(work, pull, onward) for pull in open_pulls_into(work, branch)]


def _without_base(work: Work, pull: Pull, onward: str | None) -> str:
    # docs.github.com/en/pull-requests/…/about-branches: pull requests on a merged branch go on to that one's base
    free = onward is not None and open_pull_between(work, pull.row.head_ref, onward) is None
    base = changes.tip(work, onward) if onward and free else None
    if onward is None or base is None:
        closing.close_unmerged(work, pull)
        return f"Pull request #{pull.number} is closed: its base {pull.row.base_ref} is deleted."
    events.record(work, pull.id, "automatic_base_change_succeeded", old_base=pull.row.base_ref, new_base=onward)
    change_pull(work, pull.id, base_ref=onward, base_sha=base)
    work.tell("pull_request", "edited", pull.id, changes={"base": {"ref": {"from": pull.row.base_ref}}})
    return f"Pull request #{pull.number} now goes into {onward}."


def _close_promised_by_commits(work: Work, update: Movement) -> None:
    fresh = history.commits_between(changes.git(work), update.before, update.after)
    for commit in fresh[-_MOST_MESSAGES:]:
        closing.close_promised(work, [commit.message], commit_sha=str(commit.id))
