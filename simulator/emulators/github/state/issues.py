"""Issues: rows, numbers, creating and editing. Pull requests are issues too and share their numbers.

Refuses to decide who may do what: routes ask `auth` first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from simulator.emulators.github.state import events, mentions, tallies
from simulator.emulators.github.state.work import Place, Work
from simulator.emulators.github.tables import issues
from simulator.emulators.kit.database import next_value, reserve
from simulator.emulators.kit.prepared import Prepared, change, inserting

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
    lock_reason: str | None
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
_BY_NUMBER = Prepared(
    select(*COLUMNS).where(
        issues.c.site == bindparam("site"),
        issues.c.repository_id == bindparam("repository"),
        issues.c.number == bindparam("number"),
    )
)
_BY_ID = Prepared(select(*COLUMNS).where(issues.c.site == bindparam("site"), issues.c.id == bindparam("id")))
_INSERT = inserting(issues)
_IDS = "gh_issues"
_WITH_ISSUE = ("gh_feed",)  # what is written right after it needs numbers too
_WITH_PULL = (*_WITH_ISSUE, "gh_events")


def issue_of(columns: Sequence[Any]) -> Issue:
    """The issue whose columns these are, in the order of COLUMNS."""
    return Issue(**dict(zip(Issue.__slots__, columns, strict=False)))


def find_issue(place: Place, number: int) -> Issue | None:
    """An issue or pull request by its number in the repository."""
    row = _BY_NUMBER.first(place.connection, site=place.site, repository=place.repository.id, number=number)
    return issue_of(row) if row else None


def issue_by_id(place: Place, issue_id: int) -> Issue:
    """An issue by its id, which must exist."""
    row = _BY_ID.first(place.connection, site=place.site, id=issue_id)
    assert row is not None
    return issue_of(row)


def issues_by_id(place: Place, issue_ids: Iterable[int]) -> dict[int, Issue]:
    """Issues by id, those that exist."""
    query = select(*COLUMNS).where(issues.c.site == place.site, issues.c.id.in_(set(issue_ids)))
    return {row["id"]: Issue(**row) for row in place.connection.execute(query).mappings()}


def create_issue(work: Work, *, title: str, body: str | None, is_pull: bool = False) -> Issue:
    """A new open issue with the repository's next number. A pull request begins here too."""
    connection, site, numbers = work.connection, work.site, f"gh_number:{work.repository.id}"
    opened = tallies.counter(work.repository.id, is_pull=is_pull, state=OPEN)
    reserve(connection, site, _IDS, numbers, opened, *_WITH_PULL if is_pull else _WITH_ISSUE)
    issue_id, number = next_value(connection, site, _IDS), next_value(connection, site, numbers)
    issue = Issue(
        id=issue_id,
        repository_id=work.repository.id,
        number=number,
        is_pull=is_pull,
        title=title,
        body=body,
        state=OPEN,
        state_reason=None,
        author_id=work.actor.id,
        locked=False,
        lock_reason=None,
        milestone_id=None,
        comments=0,
        created_at=work.at,
        updated_at=work.at,
        closed_at=None,
        closed_by_id=None,
    )
    _INSERT.run(work.connection, site=work.site, **{name: getattr(issue, name) for name in Issue.__slots__})
    if next_value(connection, site, opened) == 1:  # the first one, or the first that is counted
        tallies.count_if_new(connection, site, work.repository.id)
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
    before = issue_by_id(work, issue_id) if "state" in values else None
    key = {"site": work.site, "id": issue_id}
    change(work.connection, issues, key, {"updated_at": work.at, **values})
    if before is not None and before.state != values["state"]:
        for state, by in ((values["state"], 1), (before.state, -1)):
            tallies.count_in(
                work.connection, work.site, before.repository_id, is_pull=before.is_pull, state=state, by=by
            )


def note_mentions(work: Work, source_id: int, text: str | None) -> None:
    """Show in the timeline of each mentioned issue that this one refers to it, once."""
    numbers = mentions.mentioned(text, full_name=work.repository.full_name)
    if not numbers:
        return
    for target_id in events.issue_ids_by_number(work, numbers).values():
        known = events.already_referenced(work.connection, work.site, target_id=target_id, source_id=source_id)
        if target_id != source_id and not known:
            events.record(work, target_id, events.CROSS_REFERENCED, source_id=source_id)


def note_commit(work: Work, sha: str, message: str, *, besides: Collection[int] = ()) -> None:
    """Show in the timeline of each issue that a commit's message mentions that the commit refers to it, once.

    `besides` are ids of pull requests that are merged by the commit: they say so already.
    """
    numbers = mentions.mentioned(message, full_name=work.repository.full_name)
    if not numbers:
        return
    for target_id in events.issue_ids_by_number(work, numbers).values():
        known = (
            event.detail.get("commit_id") for event in events.events_of(work, target_id) if event.kind == "referenced"
        )
        if target_id not in besides and sha not in known:
            events.record(work, target_id, "referenced", commit_id=sha)


def _tell_edited(work: Work, issue: Issue, **changes: dict[str, str]) -> None:
    work.tell("pull_request" if issue.is_pull else "issues", "edited", issue.id, changes=changes)
