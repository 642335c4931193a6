"""Rows of pull requests: what one has beyond its issue, and finding them by number, branch or commit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, select, update

from simulator.emulators.github.state.issues import COLUMNS as ISSUE_COLUMNS
from simulator.emulators.github.state.issues import Issue
from simulator.emulators.github.state.work import Place, Work
from simulator.emulators.github.tables import issues, pulls


@dataclass(frozen=True, slots=True, kw_only=True)
class PullRow:
    """A row of gh_pulls.

    `base_sha` is the tip of the base branch when the head last moved, and after the merge the tip just before it;
    `merge_commit_sha` is the commit that the merge made, None before.
    """

    id: int
    repository_id: int
    number: int
    head_repository_id: int | None
    head_ref: str
    head_sha: str
    base_ref: str
    base_sha: str
    draft: bool
    merged_at: datetime | None
    merged_by_id: int | None
    merge_commit_sha: str | None
    maintainer_can_modify: bool
    auto_merge: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Pull:
    """A pull request: its issue and what it has beyond."""

    issue: Issue
    row: PullRow

    @property
    def id(self) -> int:
        """The id that both rows share."""
        return self.row.id

    @property
    def number(self) -> int:
        """The number in the repository."""
        return self.row.number

    @property
    def is_merged(self) -> bool:
        """Whether it was merged."""
        return self.row.merged_at is not None

    @property
    def is_open(self) -> bool:
        """Whether it is neither closed nor merged."""
        return self.issue.is_open

    @property
    def head_branch(self) -> str:
        """The full ref name of the head."""
        return f"refs/heads/{self.row.head_ref}"

    @property
    def base_branch(self) -> str:
        """The full ref name of the base."""
        return f"refs/heads/{self.row.base_ref}"


_PULL = [pulls.c[name].label(f"pull_{name}") for name in PullRow.__slots__]
_SELECT = select(*ISSUE_COLUMNS, *_PULL).join_from(
    issues, pulls, (pulls.c.site == issues.c.site) & (pulls.c.id == issues.c.id)
)
_HERE = _SELECT.where(pulls.c.site == bindparam("site"), pulls.c.repository_id == bindparam("repository"))
_BY_NUMBER = _HERE.where(pulls.c.number == bindparam("number"))
_BY_IDS = _HERE.where(pulls.c.id.in_(bindparam("ids", expanding=True))).order_by(pulls.c.id)
_SORTED_BY = {"created": issues.c.created_at, "updated": issues.c.updated_at, "popularity": issues.c.comments}


def find_pull(place: Place, number: int) -> Pull | None:
    """A pull request by its number in the repository."""
    found = _run(place, _BY_NUMBER, number=number)
    return found[0] if found else None


def pull_by_id(place: Place, pull_id: int) -> Pull:
    """A pull request by its id, which must exist."""
    return _run(place, _BY_IDS, ids=[pull_id])[0]


def pulls_by_id(place: Place, pull_ids: set[int]) -> dict[int, Pull]:
    """Pull requests by id, those that exist."""
    return {pull.id: pull for pull in _run(place, _BY_IDS, ids=list(pull_ids))}


def pulls_from(place: Place, branch: str) -> list[Pull]:
    """Pull requests whose head is this branch, oldest first, whatever their state."""
    return _pulls(place, pulls.c.head_ref == branch)


def open_pulls_into(place: Place, branch: str) -> list[Pull]:
    """Open pull requests whose base is this branch, oldest first."""
    return _pulls(place, pulls.c.base_ref == branch, issues.c.state == "open")


def open_pull_between(place: Place, head: str, base: str) -> Pull | None:
    """The open pull request from one branch to another; there is at most one."""
    found = _pulls(place, pulls.c.head_ref == head, pulls.c.base_ref == base, issues.c.state == "open")
    return found[0] if found else None


def list_pulls(
    place: Place,
    *,
    state: str,
    head: str | None,
    base: str | None,
    sort: str,
    direction: str,
    offset: int,
    limit: int,
) -> tuple[list[Pull], int]:
    """A page of pull requests and how many there are. `head` and `base` are branch names, None for any."""
    conditions = _in_repository(place)
    if state != "all":
        conditions.append(issues.c.state == state)
    if head is not None:
        conditions.append(pulls.c.head_ref == head)
    if base is not None:
        conditions.append(pulls.c.base_ref == base)
    count = select(func.count()).select_from(_SELECT.where(*conditions).subquery())
    columns = (_SORTED_BY.get(sort, issues.c.created_at), issues.c.id)
    order = [column.asc() if direction == "asc" else column.desc() for column in columns]
    rows = place.connection.execute(_SELECT.where(*conditions).order_by(*order).offset(offset).limit(limit))
    return [_pull(dict(row)) for row in rows.mappings()], place.connection.execute(count).scalar_one()


def all_pulls(place: Place) -> list[Pull]:
    """Every pull request of the repository, oldest first."""
    return _pulls(place)


def change_pull(work: Work, pull_id: int, **values: Any) -> None:
    """Change columns of a pull request's own row."""
    query = update(pulls).where(pulls.c.site == work.site, pulls.c.id == pull_id)
    work.connection.execute(query.values(**values))


def _pulls(place: Place, *conditions: ColumnElement[bool]) -> list[Pull]:
    return _run(place, _HERE.where(*conditions).order_by(pulls.c.id))


def _run(place: Place, query: Select[Any], **keys: Any) -> list[Pull]:
    found = place.connection.execute(query, {"site": place.site, "repository": place.repository.id, **keys})
    return [_pull(dict(row)) for row in found.mappings()]


def _in_repository(place: Place) -> list[ColumnElement[bool]]:
    return [pulls.c.site == place.site, pulls.c.repository_id == place.repository.id]


def _pull(row: dict[str, Any]) -> Pull:
    return Pull(
        issue=Issue(**{name: row[name] for name in Issue.__slots__}),
        row=PullRow(**{name: row[f"pull_{name}"] for name in PullRow.__slots__}),
    )
