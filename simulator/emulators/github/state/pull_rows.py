"""Rows of pull requests: what one has beyond its issue, and finding them by number, branch or commit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, select

from simulator.emulators.github.state import tallies
from simulator.emulators.github.state.issues import COLUMNS as ISSUE_COLUMNS
from simulator.emulators.github.state.issues import Issue, issue_of
from simulator.emulators.github.state.work import Place, Work
from simulator.emulators.github.tables import issues, pulls
from simulator.emulators.kit.prepared import Prepared, change, inserting


@dataclass(frozen=True, slots=True, kw_only=True)
class PullRow:
    """A row of gh_pulls.

    The head may be a branch of another repository of the network; `head_repository_id` is None once that one is deleted.
    `base_sha` is the tip of the base branch when the head last moved, and after the merge the tip just before it;
    `merge_commit_sha` is the commit that the merge made, None before.
    """

    id: int
    repository_id: int
    number: int
    head_repository_id: int | None
    head_owner_id: int | None
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


@dataclass(frozen=True, slots=True)
class HeadWanted:
    """A head to look for: whose branch it is, and the branch."""

    owner_id: int
    branch: str


_PULL = [pulls.c[name].label(f"pull_{name}") for name in PullRow.__slots__]
_SELECT = select(*ISSUE_COLUMNS, *_PULL).join_from(
    issues, pulls, (pulls.c.site == issues.c.site) & (pulls.c.id == issues.c.id)
)
_HERE = _SELECT.where(pulls.c.site == bindparam("site"), pulls.c.repository_id == bindparam("repository"))
_OLDEST_FIRST = _HERE.order_by(pulls.c.id)
_IS_OPEN = (pulls.c.merged_at.is_(None), issues.c.state == "open")  # the first one is for ix_gh_pulls_unmerged
_BY_NUMBER = Prepared(_HERE.where(pulls.c.number == bindparam("number")))
_BY_IDS = Prepared(_OLDEST_FIRST.where(pulls.c.id.in_(bindparam("ids", expanding=True))), names="ids")
_FROM = Prepared(
    _OLDEST_FIRST.where(pulls.c.head_repository_id == bindparam("repository"), pulls.c.head_ref == bindparam("branch"))
)
_FROM_EACH = Prepared(
    _OLDEST_FIRST.where(
        pulls.c.head_repository_id == bindparam("repository"),
        pulls.c.head_ref.in_(bindparam("branches", expanding=True)),
    ),
    names="branches",
)
_WITH_COMMIT = Prepared(
    _OLDEST_FIRST.where((pulls.c.head_sha == bindparam("sha")) | (pulls.c.merge_commit_sha == bindparam("sha"))).limit(
        bindparam("most")
    )
)
_OPEN_INTO = Prepared(_OLDEST_FIRST.where(pulls.c.base_ref == bindparam("branch"), *_IS_OPEN))
_OPEN_OF_HEADS = Prepared(
    _HERE.where(
        pulls.c.base_ref == bindparam("branch"), *_IS_OPEN, pulls.c.head_sha.in_(bindparam("heads", expanding=True))
    ),
    names="heads",
)
_LATEST_OPEN = Prepared(_HERE.where(*_IS_OPEN).order_by(pulls.c.id.desc()).limit(bindparam("most")))
_OPEN_BETWEEN = Prepared(
    _HERE.where(
        pulls.c.head_repository_id == bindparam("home"),
        pulls.c.head_ref == bindparam("head"),
        pulls.c.base_ref == bindparam("base"),
        issues.c.state == "open",
    )
)
_MERGED_BY = Prepared(
    select(pulls.c.id).where(
        pulls.c.site == bindparam("site"),
        pulls.c.repository_id == bindparam("repository"),
        pulls.c.merge_commit_sha == bindparam("sha"),
    )
)
_ELSEWHERE = _SELECT.where(
    pulls.c.site == bindparam("site"),
    pulls.c.head_repository_id == bindparam("repository"),
    pulls.c.repository_id != pulls.c.head_repository_id,
).order_by(pulls.c.id)
_ALL_ELSEWHERE = Prepared(_ELSEWHERE)
_FROM_ELSEWHERE = Prepared(_ELSEWHERE.where(pulls.c.head_ref == bindparam("branch")))
_INSERT = inserting(pulls)
_SORTED_BY = {"created": pulls.c.number, "updated": issues.c.updated_at, "popularity": issues.c.comments}


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
    """Pull requests of the repository whose head is this branch of its own, oldest first, whatever their state."""
    return _run(place, _FROM, branch=branch)


def latest_from(place: Place, branches: Sequence[str]) -> dict[str, Pull]:
    """The newest pull request from each of the repository's own branches, by the branch; those without one are left out."""
    found = _run(place, _FROM_EACH, branches=list(branches)) if branches else []
    return {pull.row.head_ref: pull for pull in found}


def pulls_with(place: Place, sha: str, *, limit: int) -> list[Pull]:
    """The pull requests that end with a commit or were merged by it, oldest first."""
    return _run(place, _WITH_COMMIT, sha=sha, most=limit)


def pulls_elsewhere(place: Place, branch: str | None = None) -> list[Pull]:
    """Pull requests of other repositories whose head is this branch (None: any) of this one, oldest first."""
    return _run(place, _ALL_ELSEWHERE) if branch is None else _run(place, _FROM_ELSEWHERE, branch=branch)


def open_pulls_into(place: Place, branch: str) -> list[Pull]:
    """Open pull requests whose base is this branch, oldest first."""
    return _run(place, _OPEN_INTO, branch=branch)


def open_pulls_of(place: Place, branch: str, heads: Sequence[str]) -> list[Pull]:
    """Those of the open pull requests into a branch that have one of these heads, oldest first."""
    return sorted(_run(place, _OPEN_OF_HEADS, branch=branch, heads=heads), key=lambda pull: pull.id)


def latest_open_pulls(place: Place, *, limit: int) -> list[Pull]:
    """Open pull requests, the latest first."""
    return _run(place, _LATEST_OPEN, most=limit)


def ids_merged_by(place: Place, sha: str) -> set[int]:
    """Ids of the pull requests that this commit merged."""
    rows = _MERGED_BY.all(place.connection, site=place.site, repository=place.repository.id, sha=sha)
    return {pull_id for (pull_id,) in rows}


def pulls_waiting_to_merge(place: Place) -> list[Pull]:
    """Open pull requests that merge by themselves when they may, oldest first."""
    found = _pulls(place, pulls.c.auto_merge.is_not(None), issues.c.state == "open")
    return [pull for pull in found if pull.row.auto_merge]


def open_pull_between(place: Place, head: str, base: str, *, head_repository_id: int | None = None) -> Pull | None:
    """The open pull request from one branch (of this repository, or of another one) to another; there is at most one."""
    found = _run(place, _OPEN_BETWEEN, head=head, base=base, home=head_repository_id or place.repository.id)
    return found[0] if found else None


def list_pulls(
    place: Place,
    *,
    state: str,
    head: str | HeadWanted | None,
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
    if isinstance(head, HeadWanted):
        conditions.append(pulls.c.head_owner_id == head.owner_id)
        head = head.branch
    if head is not None:
        conditions.append(pulls.c.head_ref == head)
    if base is not None:
        conditions.append(pulls.c.base_ref == base)
    is_plain = head is None and base is None
    count = select(func.count()).select_from(_SELECT.where(*conditions).subquery())
    columns = (_SORTED_BY.get(sort, pulls.c.number), issues.c.id)
    order = [column.asc() if direction == "asc" else column.desc() for column in columns]
    rows = place.connection.execute(_SELECT.where(*conditions).order_by(*order).offset(offset).limit(limit))
    found = [_pull(row) for row in rows]
    if is_plain:
        return found, tallies.total(place.connection, place.site, place.repository.id, state=state, pulls=True)
    return found, place.connection.execute(count).scalar_one()


def all_pulls(place: Place) -> list[Pull]:
    """Every pull request of the repository, oldest first."""
    return _pulls(place)


def add_pull(work: Work, row: PullRow) -> None:
    """Write down what a new pull request has beyond its issue."""
    _INSERT.run(work.connection, site=work.site, **{name: getattr(row, name) for name in PullRow.__slots__})


def change_pull(work: Work, pull_id: int, **values: Any) -> None:
    """Change columns of a pull request's own row."""
    change(work.connection, pulls, {"site": work.site, "id": pull_id}, values)


def _pulls(place: Place, *conditions: ColumnElement[bool]) -> list[Pull]:
    keys = {"site": place.site, "repository": place.repository.id}
    return [_pull(row) for row in place.connection.execute(_OLDEST_FIRST.where(*conditions), keys)]


def _run(place: Place, statement: Prepared, **keys: Any) -> list[Pull]:
    rows = statement.all(place.connection, site=place.site, repository=place.repository.id, **keys)
    return [_pull(row) for row in rows]


def _in_repository(place: Place) -> list[ColumnElement[bool]]:
    return [pulls.c.site == place.site, pulls.c.repository_id == place.repository.id]


def _pull(row: Sequence[Any]) -> Pull:
    own = row[len(ISSUE_COLUMNS) :]
    return Pull(issue=issue_of(row), row=PullRow(**dict(zip(PullRow.__slots__, own, strict=True))))
