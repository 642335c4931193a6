"""Issues below issues: a parent, its sub-issues in their order, and how many of them are done.

Source: https://docs.github.com/en/rest/issues/sub-issues
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import bindparam, case, delete, func, insert, select, update

from simulator.emulators.github.state import events
from simulator.emulators.github.state.issues import COLUMNS, Issue, issues_by_id
from simulator.emulators.github.state.repositories import by_id
from simulator.emulators.github.state.work import Place, Work
from simulator.emulators.github.tables import issues, repositories, sub_issues
from simulator.emulators.kit.prepared import Prepared
from simulator.emulators.kit.tables import accounts

MOST = 100
"""Sub-issues of one issue: docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/adding-sub-issues"""

DEEPEST = 8
"""Levels of issues below issues."""


@dataclass(frozen=True, slots=True)
class Parent:
    """Where an issue's parent is: `owner/name` and a number."""

    full_name: str
    number: int


_OF_CHILD = (sub_issues.c.site == issues.c.site) & (sub_issues.c.child_id == issues.c.id)
_OF_PARENT = (sub_issues.c.site == issues.c.site) & (sub_issues.c.parent_id == issues.c.id)
_SUMMARIES = Prepared(
    select(
        sub_issues.c.parent_id,
        func.count().label("total"),
        func.sum(case((issues.c.state == "closed", 1), else_=0)).label("done"),
    )
    .join_from(sub_issues, issues, _OF_CHILD)
    .where(sub_issues.c.site == bindparam("site"), sub_issues.c.parent_id.in_(bindparam("ids", expanding=True)))
    .group_by(sub_issues.c.parent_id),
    names="ids",
)
_PARENTS = Prepared(
    select(sub_issues.c.child_id, issues.c.number, repositories.c.name, accounts.c.login)
    .join_from(sub_issues, issues, _OF_PARENT)
    .join(repositories, (repositories.c.site == issues.c.site) & (repositories.c.id == issues.c.repository_id))
    .join(accounts, (accounts.c.site == repositories.c.site) & (accounts.c.id == repositories.c.owner_id))
    .where(sub_issues.c.site == bindparam("site"), sub_issues.c.child_id.in_(bindparam("ids", expanding=True))),
    names="ids",
)


def summaries_of(place: Place, ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """How many sub-issues issues have, and how many of these are closed; issues without any are left out."""
    rows = _SUMMARIES.all(place.connection, site=place.site, ids=ids)
    return {parent_id: (total, int(done)) for parent_id, total, done in rows}


def parents_of(place: Place, ids: Iterable[int]) -> dict[int, Parent]:
    """The parents of issues; issues without one are left out."""
    rows = _PARENTS.all(place.connection, site=place.site, ids=ids)
    return {child_id: Parent(f"{login}/{name}", number) for child_id, number, name, login in rows}


def children_of(place: Place, parent_id: int, *, offset: int, limit: int) -> tuple[list[Issue], int]:
    """A page of the sub-issues of an issue, in their order, and how many there are."""
    own = (sub_issues.c.site == place.site, sub_issues.c.parent_id == parent_id)
    total = place.connection.execute(select(func.count()).select_from(sub_issues).where(*own)).scalar_one()
    query = select(*COLUMNS).join_from(sub_issues, issues, _OF_CHILD).where(*own).order_by(sub_issues.c.position)
    rows = place.connection.execute(query.offset(offset).limit(limit)).mappings()
    return [Issue(**row) for row in rows], total


def parent_id_of(place: Place, child_id: int) -> int | None:
    """The id of an issue's parent, None when it has none."""
    query = select(sub_issues.c.parent_id).where(sub_issues.c.site == place.site, sub_issues.c.child_id == child_id)
    return place.connection.execute(query).scalar_one_or_none()


def ancestors_of(place: Place, issue_id: int) -> list[int]:
    """The ids of an issue's parent, its parent's parent and so on."""
    found: list[int] = []
    above = parent_id_of(place, issue_id)
    while above is not None and len(found) <= DEEPEST:
        found.append(above)
        above = parent_id_of(place, above)
    return found


def depth_below(place: Place, issue_id: int) -> int:
    """How many levels of issues there are below an issue."""
    level, depth = {issue_id}, 0
    while depth <= DEEPEST:
        query = select(sub_issues.c.child_id).where(sub_issues.c.site == place.site, sub_issues.c.parent_id.in_(level))
        level = set(place.connection.execute(query).scalars())
        if not level:
            break
        depth += 1
    return depth


def add_child(work: Work, parent: Issue, child: Issue) -> None:
    """Put an issue below another one, last; it leaves its present parent."""
    former_id = parent_id_of(work, child.id)
    if former_id is not None:
        remove_child(work, issues_by_id(work, [former_id])[former_id], child)
    last = select(func.max(sub_issues.c.position)).where(
        sub_issues.c.site == work.site, sub_issues.c.parent_id == parent.id
    )
    position = (work.connection.execute(last).scalar() or 0) + 1
    row = {"site": work.site, "child_id": child.id, "parent_id": parent.id, "position": position}
    work.connection.execute(insert(sub_issues), row)
    _note(work, parent, child, "added")


def remove_child(work: Work, parent: Issue, child: Issue) -> None:
    """Take an issue from below its parent."""
    work.connection.execute(delete(sub_issues).where(sub_issues.c.site == work.site, sub_issues.c.child_id == child.id))
    _note(work, parent, child, "removed")


def move_child(work: Work, parent: Issue, child_id: int, *, after_id: int | None, before_id: int | None) -> None:
    """Put a sub-issue behind another one of the same parent, or before another one."""
    if child_id in (after_id, before_id):
        return
    query = select(sub_issues.c.child_id).where(sub_issues.c.site == work.site, sub_issues.c.parent_id == parent.id)
    order: list[int | None] = list(work.connection.execute(query.order_by(sub_issues.c.position)).scalars())
    order.remove(child_id)
    order.insert(order.index(before_id) if after_id is None else order.index(after_id) + 1, child_id)
    for position, each in enumerate(order, 1):
        mine = update(sub_issues).where(sub_issues.c.site == work.site, sub_issues.c.child_id == each)
        work.connection.execute(mine.values(position=position))


def _note(work: Work, parent: Issue, child: Issue, what: str) -> None:
    events.record(_inside(work, parent), parent.id, f"sub_issue_{what}", sub_issue_id=child.id)
    events.record(_inside(work, child), child.id, f"parent_issue_{what}", parent_issue_id=parent.id)
    work.tell("sub_issues", f"sub_issue_{what}", parent.id, parent=parent, child=child)
    work.tell("sub_issues", f"parent_issue_{what}", child.id, parent=parent, child=child)


def _inside(work: Work, issue: Issue) -> Work:
    # the issue may lie in another repository of the same owner
    if issue.repository_id == work.repository.id:
        return work
    home = by_id(work.connection, work.site, issue.repository_id)
    return replace(work, repository=home) if home else work
