"""Milestones of a repository, with the numbers of open and closed issues in each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, delete, func, insert, select, update

from simulator.emulators.github.state.labels import Label
from simulator.emulators.github.state.work import Place, Work
from simulator.emulators.github.tables import issue_labels, issues, labels, milestones
from simulator.emulators.kit.database import next_value

OPEN = "open"
CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A row of gh_milestones, and how many issues and pull requests in it are open and closed."""

    id: int
    repository_id: int
    number: int
    title: str
    description: str | None
    state: str
    creator_id: int
    due_on: datetime | None
    created_at: datetime
    updated_at: datetime
    closed_at: datetime | None
    open_issues: int = 0
    closed_issues: int = 0


_OWN = [name for name in Milestone.__slots__ if name in milestones.c]
_IN_IT = (issues.c.site == milestones.c.site) & (issues.c.milestone_id == milestones.c.id)


def _count(state: str) -> ColumnElement[int]:
    counted = (issues.c.repository_id == milestones.c.repository_id) & (issues.c.state == state)
    return select(func.count()).select_from(issues).where(_IN_IT, counted).scalar_subquery()


_OPEN_COUNT, _CLOSED_COUNT = _count(OPEN), _count(CLOSED)
_SELECT = select(
    *(milestones.c[name] for name in _OWN), _OPEN_COUNT.label("open_issues"), _CLOSED_COUNT.label("closed_issues")
)
_BY_IDS = _SELECT.where(milestones.c.site == bindparam("site"), milestones.c.id.in_(bindparam("ids", expanding=True)))


def find_milestone(place: Place, number: int) -> Milestone | None:
    """A milestone of the repository by its number."""
    found = _run(place, _SELECT.where(*_of_repository(place), milestones.c.number == number))
    return found[0] if found else None


def by_title(place: Place, title: str) -> Milestone | None:
    """A milestone of the repository by its exact title."""
    found = _run(place, _SELECT.where(*_of_repository(place), milestones.c.title == title))
    return found[0] if found else None


def milestones_by_id(place: Place, ids: Iterable[int]) -> dict[int, Milestone]:
    """Milestones by id, those that exist."""
    rows = place.connection.execute(_BY_IDS, {"site": place.site, "ids": list(set(ids))}).mappings()
    return {row["id"]: Milestone(**row) for row in rows}


def list_milestones(
    place: Place, *, state: str, sort: str, direction: str, offset: int, limit: int
) -> tuple[list[Milestone], int]:
    """A page of milestones of a state (open, closed, all), by `due_on` or `completeness`, and how many there are."""
    conditions = _of_repository(place)
    if state != "all":
        conditions.append(milestones.c.state == state)
    total = place.connection.execute(select(func.count()).select_from(milestones).where(*conditions)).scalar_one()
    columns = _order(sort)
    order = [column.desc() if direction == "desc" else column.asc() for column in columns]
    return _run(place, _SELECT.where(*conditions).order_by(*order).offset(offset).limit(limit)), total


def create_milestone(
    work: Work, *, title: str, state: str = OPEN, description: str | None = None, due_on: datetime | None = None
) -> Milestone:
    """A new milestone with the repository's next number; its title must be free (see `by_title`)."""
    milestone = Milestone(
        id=next_value(work.connection, work.site, "gh_milestones"),
        repository_id=work.repository.id,
        number=next_value(work.connection, work.site, f"gh_milestone_number:{work.repository.id}"),
        title=title,
        description=description,
        state=state,
        creator_id=work.actor.id,
        due_on=due_on,
        created_at=work.at,
        updated_at=work.at,
        closed_at=work.at if state == CLOSED else None,
    )
    row = {"site": work.site} | {name: getattr(milestone, name) for name in _OWN}
    work.connection.execute(insert(milestones), row)
    work.tell("milestone", "created", milestone=milestone)
    return milestone


def edit_milestone(work: Work, milestone: Milestone, **values: Any) -> Milestone:
    """Change title, description, due_on or state of a milestone; what is the same already changes nothing."""
    changes = {name: value for name, value in values.items() if getattr(milestone, name) != value}
    if not changes:
        return milestone
    if "state" in changes:
        changes["closed_at"] = work.at if changes["state"] == CLOSED else None
    edited = replace(milestone, updated_at=work.at, **changes)
    query = update(milestones).where(_own_row(work, milestone))
    work.connection.execute(query.values(updated_at=work.at, **changes))
    texts = {name: {"from": _word(getattr(milestone, name))} for name in _TEXTS if name in changes}
    if texts:
        work.tell("milestone", "edited", milestone=edited, changes=texts)
    if "state" in changes:
        work.tell("milestone", "closed" if edited.state == CLOSED else "opened", milestone=edited)
    return edited


def delete_milestone(work: Work, milestone: Milestone) -> None:
    """Remove a milestone; the issues in it lose it."""
    in_it = (issues.c.site == work.site) & (issues.c.milestone_id == milestone.id)
    of_repository = issues.c.repository_id == work.repository.id
    work.connection.execute(update(issues).where(in_it, of_repository).values(milestone_id=None))
    work.connection.execute(delete(milestones).where(_own_row(work, milestone)))
    work.tell("milestone", "deleted", milestone=milestone)


def labels_in(place: Place, milestone: Milestone, *, offset: int, limit: int) -> tuple[list[Label], int]:
    """A page of the labels that issues of a milestone carry, each once, in order of their names; and how many there are."""
    carried = (
        select(issue_labels.c.label_id)
        .join_from(
            issue_labels, issues, (issues.c.site == issue_labels.c.site) & (issues.c.id == issue_labels.c.issue_id)
        )
        .where(
            issues.c.site == place.site,
            issues.c.repository_id == place.repository.id,
            issues.c.milestone_id == milestone.id,
        )
    )
    wanted = and_(labels.c.site == place.site, labels.c.id.in_(carried))
    total = place.connection.execute(select(func.count()).select_from(labels).where(wanted)).scalar_one()
    columns = [labels.c[name] for name in Label.__slots__]
    query = select(*columns).where(wanted).order_by(labels.c.name_lower).offset(offset).limit(limit)
    return [Label(**row) for row in place.connection.execute(query).mappings()], total


_TEXTS = ("title", "description", "due_on")


def _word(value: str | datetime | None) -> str:
    return value.strftime("%Y-%m-%dT%H:%M:%SZ") if isinstance(value, datetime) else value or ""


def _order(sort: str) -> list[ColumnElement[Any]]:
    if sort == "completeness":
        both = _OPEN_COUNT + _CLOSED_COUNT
        return [case((both == 0, 0), else_=_CLOSED_COUNT * 1000 / both), milestones.c.number]
    return [milestones.c.due_on.is_(None), milestones.c.due_on, milestones.c.number]


def _of_repository(place: Place) -> list[ColumnElement[bool]]:
    return [milestones.c.site == place.site, milestones.c.repository_id == place.repository.id]


def _own_row(work: Work, milestone: Milestone) -> ColumnElement[bool]:
    return and_(milestones.c.site == work.site, milestones.c.id == milestone.id)


def _run(place: Place, query: Select[Any]) -> list[Milestone]:
    return [Milestone(**row) for row in place.connection.execute(query).mappings()]
