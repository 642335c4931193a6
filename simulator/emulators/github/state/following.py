"""Pull requests follow their branches: new heads, heads that landed, branches that went away or came back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import pygit2
from sqlalchemy import Connection

from simulator.emulators.github.announce import announce
from simulator.emulators.github.state import (
    anchors,
    changes,
    closing,
    code_owners,
    events,
    issues,
    pull_refs,
    repositories,
    reviews,
)
from simulator.emulators.github.state.activity import Movement
from simulator.emulators.github.state.holding import demands_on
from simulator.emulators.github.state.pull_rows import (
    Pull,
    change_pull,
    ids_merged_by,
    open_pull_between,
    open_pulls_into,
    open_pulls_of,
    pull_by_id,
    pulls_elsewhere,
    pulls_from,
)
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.work import Work
from simulator.emulators.gitserver import diffs, history, refs
from simulator.emulators.gitserver.borrowing import borrow
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
    branches = [update for update in updates if update.ref.startswith(_BRANCHES)]
    lines = [line for update in branches for line in _follow(work, update)]
    _read_new_branches(work, branches)
    announce(work)
    return lines + [line for update in branches for line in _follow_elsewhere(work, update)]


def _follow(work: Work, update: Movement) -> list[str]:
    branch = update.ref.removeprefix(_BRANCHES)
    if update.after == ZERO:
        return _branch_gone(work, branch, update.before)
    lines: list[str] = []
    for pull in pulls_from(work, branch):
        lines += _head_moved(work, pull, update) if pull.is_open else _head_back(work, pull, update)
    if update.before != ZERO:
        for pull in _landed(work, branch, update):
            lines += _base_moved(work, pull, update)
        _read_messages(work, branch, update)
    return lines


def _follow_elsewhere(work: Work, update: Movement) -> list[str]:
    # The head of a pull request into another repository: it follows there, as the same person's doing.
    lines: list[str] = []
    found = pulls_elsewhere(work, update.ref.removeprefix(_BRANCHES))
    homes = repositories.by_ids(work.connection, work.site, {pull.row.repository_id for pull in found})
    for pull in found:
        there = replace(work, repository=homes[pull.row.repository_id], notices=[])
        repositories.lock(there.connection, there.repository)
        if update.after == ZERO:
            lines += _head_gone(there, pull, update.before)
        else:
            if pull.is_open:
                borrow(changes.git(work), changes.git(there), update.after)
            lines += _head_moved(there, pull, update) if pull.is_open else _head_back(there, pull, update)
        announce(there)
    return lines


def _head_moved(work: Work, pull: Pull, update: Movement) -> list[str]:
    old, new = pull.row.head_sha, update.after
    if old == new:
        return []
    base = changes.base_of(work, pull)
    forced = not history.is_ancestor(changes.git(work), old, new)
    if changes.is_landed(work, new, base):
        return _nothing_left(work, pull, new, forced=forced)
    known = set(changes.commit_shas(work, pull))
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
    if not moved.row.draft:
        code_owners.request_owners(work, moved)
    return []


def note_commits(work: Work, pull: Pull, *, base: str | None = None, known: Collection[str] = ()) -> None:
    """Put the commits of a pull request that are not known yet into its timeline."""
    shas = changes.commit_shas(work, pull, base=base)[: changes.MOST_COMMITS]
    events.record_each(work, pull.id, events.COMMITTED, [{"sha": sha} for sha in shas if sha not in known])


def _nothing_left(work: Work, pull: Pull, head: str, *, forced: bool) -> list[str]:
    # A branch that only went forward and is now contained in its base was merged outside; one that was reset was emptied.
    if forced:
        events.record(work, pull.id, "head_ref_force_pushed", commit_id=head, before=pull.row.head_sha, after=head)
        closing.close_unmerged(work, pull)
        return [f"Pull request #{pull.number} is closed: its branch has no commits of its own any more."]
    closing.mark_merged(work, pull, merge_sha=head, base_sha=pull.row.base_sha)
    return [f"Pull request #{pull.number} is merged: {pull.row.base_ref} contains its commits."]


def _approvals_to_dismiss(work: Work, pull: Pull, new_head: str) -> list[reviews.Review]:
    required = demands_on(work, pull).reviews
    if required is None or not required.dismiss_stale:
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


def _landed(work: Work, branch: str, update: Movement) -> list[Pull]:
    """The open pull requests into a branch whose heads are among the commits that are new in it."""
    fresh = history.commits_between(changes.git(work), update.before, update.after)
    return open_pulls_of(work, branch, [str(commit.id) for commit in fresh])


def _base_moved(work: Work, pull: Pull, update: Movement) -> list[str]:
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
    lines: list[str] = []
    onward = None
    for pull in pulls_from(work, branch):
        lines += _head_gone(work, pull, last)
        if pull.is_merged and pull.row.head_sha == last:
            onward = pull.row.base_ref
    return lines + [_without_base(work, pull, onward) for pull in open_pulls_into(work, branch)]


def _head_gone(work: Work, pull: Pull, last: str) -> list[str]:
    if pull.is_open:
        closing.close_unmerged(work, pull)
    if pull.is_open or pull.row.head_sha == last:
        events.record(work, pull.id, "head_ref_deleted")
    if not pull.is_open:
        return []
    return [f"Pull request #{pull.number} is closed: its branch {pull.row.head_ref} is deleted."]


def _without_base(work: Work, pull: Pull, onward: str | None) -> str:
    # docs.github.com/en/pull-requests/…/about-branches: pull requests on a merged branch go on to that one's base
    home = pull.row.head_repository_id
    free = onward is not None and open_pull_between(work, pull.row.head_ref, onward, head_repository_id=home) is None
    base = changes.tip(work, onward) if onward and free else None
    if onward is None or base is None:
        closing.close_unmerged(work, pull)
        return f"Pull request #{pull.number} is closed: its base {pull.row.base_ref} is deleted."
    events.record(work, pull.id, "automatic_base_change_succeeded", old_base=pull.row.base_ref, new_base=onward)
    change_pull(work, pull.id, base_ref=onward, base_sha=base)
    work.tell("pull_request", "edited", pull.id, changes={"base": {"ref": {"from": pull.row.base_ref}}})
    return f"Pull request #{pull.number} now goes into {onward}."


def _read_messages(work: Work, branch: str, update: Movement) -> None:
    """Let issues know of the commits that speak of them; those on the default branch keep their promises to close."""
    for commit in history.commits_beyond(changes.git(work), [update.before], update.after)[-_MOST_MESSAGES:]:
        _note(work, commit)
        if branch == work.repository.default_branch:
            closing.close_promised(work, [commit.message], commit_sha=str(commit.id))


def _read_new_branches(work: Work, moved: Sequence[Movement]) -> None:
    """The same for the commits that came with new branches, all at once: a mirror may bring thousands of branches."""
    made = [update.after for update in moved if update.before == ZERO != update.after]
    if not made:
        return
    git, names = changes.git(work), {update.ref for update in moved}
    known = [sha for ref, sha in refs.list_refs(git, _BRANCHES).items() if ref not in names]
    known += [update.before for update in moved if update.before != ZERO and update.before in git]
    for commit in history.commits_beyond(git, known, *made)[-_MOST_MESSAGES:]:
        _note(work, commit)


def _note(work: Work, commit: pygit2.Commit) -> None:
    if "#" in commit.message:
        sha = str(commit.id)
        issues.note_commit(work, sha, commit.message, besides=ids_merged_by(work, sha))
