"""Locked conversations: only people who may push still take part."""

from __future__ import annotations

from simulator.emulators.github.state import events
from simulator.emulators.github.state.issues import Issue, change_row
from simulator.emulators.github.state.permissions import allows, permission_of
from simulator.emulators.github.state.work import Work

REASONS = ("off-topic", "too heated", "resolved", "spam")
"""Why a conversation may be locked: docs.github.com/en/rest/issues/issues#lock-an-issue"""


def lock_issue(work: Work, issue: Issue, reason: str | None = None) -> None:
    """Lock a conversation, for one of REASONS or for none; one that is locked gets the new reason."""
    if issue.locked and issue.lock_reason == reason:
        return
    change_row(work, issue.id, locked=True, lock_reason=reason)
    _note(work, issue, "locked", lock_reason=reason)


def unlock_issue(work: Work, issue: Issue) -> None:
    """Open a locked conversation to everybody again."""
    if not issue.locked:
        return
    change_row(work, issue.id, locked=False, lock_reason=None)
    _note(work, issue, "unlocked")


def is_locked_for(work: Work, issue: Issue) -> bool:
    """Whether the actor may not take part in the conversation because it is locked."""
    return issue.locked and not allows(permission_of(work.connection, work.repository, work.actor), "push")


def _note(work: Work, issue: Issue, kind: str, **detail: str | None) -> None:
    events.record(work, issue.id, kind, **detail)
    work.tell("pull_request" if issue.is_pull else "issues", kind, issue.id)
