"""Issues: rows, numbers, creating and editing. Pull requests are issues too and share their numbers.

Refuses to decide who may do what: routes ask `auth` first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from simulator.emulators.github.state import events, mentions
from simulator.emulators.github.state.work import Place, Work
from simulator.emulators.github.tables import issues
from simulator.emulators.kit.database import next_value

OPEN = "open"
CLOSED = "closed"
REASONS = ("completed", "not_planned", "reopened", "duplicate")


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A row of gh_issues; `is_pull` says that there is a row in gh_pulls of the same id."""

    id: int
    repository_id: int
    number: int
    is_pull: bool
    title: str
    body: str | None
    state: str
    state_reason: str | None
    author_id: int
    locked: bool
    milestone_id: int | None
    comments: int
    created_at: datetime
    updated_at: datetime
    closed_at: datetime | None
    closed_by_id: int | None

    @property
    def is_open(self) -> bool:
        """Whether it is not closed."""
        return self.state == OPEN


COLUMNS = [issues.c[name] for name in Issue.__slots__]


def find_issue(place: Place, number: int) -> Issue | None:
    """An issue or pull request by its number in the repository."""
    query = select(*COLUMNS).where(
        issues.c.site == place.site, issues.c.repository_id == place.repository.id, issues.c.number == number
    )
    row = place.connection.execute(query).mappings().first()
    return Issue(**row) if row else None


def issue_by_id(place: Place, issue_id: int) -> Issue:
    """An issue by its id, which must exist."""
    query = select(*COLUMNS).where(issues.c.site == place.site, issues.c.id == issue_id)
    return Issue(**place.connection.execute(query).mappings().one())


def issues_by_id(place: Place, issue_ids: Iterable[int]) -> dict[int, Issue]:
    """Issues by id, those that exist."""
    query = select(*COLUMNS).where(issues.c.site == place.site, issues.c.id.in_(set(issue_ids)))
    return {row["id"]: Issue(**row) for row in place.connection.execute(query).mappings()}


def create_issue(work: Work, *, title: str, body: str | None, is_pull: bool = False) -> Issue:
    """A new open issue with the repository's next number. A pull request begins here too."""
    issue = Issue(
        id=next_value(work.connection, work.site, "gh_issues"),
        repository_id=work.repository.id,
        number=next_value(work.connection, work.site, f"gh_number:{work.repository.id}"),
        is_pull=is_pull,
        title=title,
        body=body,
        state=OPEN,
        state_reason=None,
        author_id=work.actor.id,
        locked=False,
        milestone_id=None,
        comments=0,
        created_at=work.at,
        updated_at=work.at,
        closed_at=None,
        closed_by_id=None,
    )
    row = {"site": work.site} | {name: getattr(issue, name) for name in Issue.__slots__}
    work.connection.execute(insert(issues), row)
    note_mentions(work, issue.id, f"{title}\n{body or ''}")
    if not is_pull:
        work.tell("issues", "opened", issue.id)
    return issue


def retitle(work: Work, issue: Issue, title: str) -> None:
    """Give an issue another title; the same one changes nothing."""
    if title == issue.title:
        return
    events.record(work, issue.id, "renamed", **{"from": issue.title, "to": title})
    change_row(work, issue.id, title=title)
    _tell_edited(work, issue, title={"from": issue.title})


def rewrite(work: Work, issue: Issue, body: str | None) -> None:
    """Give an issue another description; the same one changes nothing."""
    if body == issue.body:
        return
    change_row(work, issue.id, body=body)
    note_mentions(work, issue.id, body)
    _tell_edited(work, issue, body={"from": issue.body or ""})


def close(work: Work, issue: Issue, *, reason: str | None = None, commit_sha: str | None = None) -> None:
    """Close an open issue or pull request. `commit_sha` is the commit that closed it, if one did."""
    reason = None if issue.is_pull else reason or "completed"
    events.record(work, issue.id, "closed", commit_id=commit_sha, state_reason=reason)
    change_row(work, issue.id, state=CLOSED, state_reason=reason, closed_at=work.at, closed_by_id=work.actor.id)
    work.tell("pull_request" if issue.is_pull else "issues", "closed", issue.id)


def reopen(work: Work, issue: Issue) -> None:
    """Open a closed issue or pull request again."""
    events.record(work, issue.id, "reopened")
    reason = None if issue.is_pull else "reopened"
    change_row(work, issue.id, state=OPEN, state_reason=reason, closed_at=None, closed_by_id=None)
    work.tell("pull_request" if issue.is_pull else "issues", "reopened", issue.id)


def touch(work: Work, issue_id: int) -> None:
    """Note that something about the issue changed now."""
    change_row(work, issue_id)


def change_row(work: Work, issue_id: int, **values: Any) -> None:
    """Change columns of an issue, and its updated_at with them."""
    query = update(issues).where(issues.c.site == work.site, issues.c.id == issue_id)
    work.connection.execute(query.values(updated_at=work.at, **values))


def note_mentions(work: Work, source_id: int, text: str | None) -> None:
    """Show in the timeline of each mentioned issue that this one refers to it, once."""
    numbers = mentions.mentioned(text, full_name=work.repository.full_name)
    if not numbers:
        return
    for target_id in events.issue_ids_by_number(work, numbers).values():
        known = events.already_referenced(work.connection, work.site, target_id=target_id, source_id=source_id)
        if target_id != source_id and not known:
            events.record(work, target_id, events.CROSS_REFERENCED, source_id=source_id)


def _tell_edited(work: Work, issue: Issue, **changes: dict[str, str]) -> None:
    work.tell("pull_request" if issue.is_pull else "issues", "edited", issue.id, changes=changes)
