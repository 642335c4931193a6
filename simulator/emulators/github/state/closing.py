"""The end of pull requests: merged or closed, with the issues that they and the commits promised to close."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from simulator.emulators.github.announce import announce
from simulator.emulators.github.state import changes, events, issues, mentions, repositories
from simulator.emulators.github.state.permissions import allows, permission_of
from simulator.emulators.github.state.pull_rows import Pull, change_pull
from simulator.emulators.github.state.work import Work


def mark_merged(work: Work, pull: Pull, *, merge_sha: str, base_sha: str) -> None:
    """Write down that a pull request is merged by `merge_sha`; `base_sha` is the tip of the base just before.

    Merged into the default branch, it closes the issues that its description promises to close.
    """
    change_pull(
        work,
        pull.id,
        merged_at=work.at,
        merged_by_id=work.actor.id,
        merge_commit_sha=merge_sha,
        base_sha=base_sha,
        auto_merge=None,
    )
    issues.change_row(work, pull.id, state=issues.CLOSED, closed_at=work.at, closed_by_id=work.actor.id)
    events.record(work, pull.id, "merged", commit_id=merge_sha)
    events.record(work, pull.id, "closed")
    work.tell("pull_request", "closed", pull.id)
    if pull.row.base_ref == work.repository.default_branch:
        close_promised(work, [f"{pull.issue.title}\n{pull.issue.body or ''}"], commit_sha=merge_sha)


def close_unmerged(work: Work, pull: Pull) -> None:
    """Close a pull request without merging it, compared with its base as that is now; a closed one stays as it is."""
    if pull.is_open:
        change_pull(work, pull.id, base_sha=changes.base_of(work, pull), auto_merge=None)
        issues.close(work, pull.issue)


def close_promised(work: Work, texts: Iterable[str], *, commit_sha: str) -> None:
    """Close the open issues that texts promise to close (`Fixes #12`); `commit_sha` is what brought it about.

    Issues of other repositories are closed where the actor has write access.
    """
    wanted: set[tuple[str, int]] = set()
    for text in texts:
        wanted |= mentions.promised(text, full_name=work.repository.full_name)
    for full_name, number in sorted(wanted):
        there = _work_in(work, full_name)
        issue = issues.find_issue(there, number) if there else None
        if there is not None and issue is not None and issue.is_open and not issue.is_pull:
            issues.close(there, issue, commit_sha=commit_sha)
            if there is not work:
                announce(there)


def _work_in(work: Work, full_name: str) -> Work | None:
    if full_name == work.repository.full_name.lower():
        return work
    owner, _, name = full_name.partition("/")
    other = repositories.by_name(work.connection, work.site, owner, name)
    may_write = other is not None and allows(permission_of(work.connection, other, work.actor), "push")
    return replace(work, repository=other, notices=[]) if other is not None and may_write else None
