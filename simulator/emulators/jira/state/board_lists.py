"""Lists of boards: those that the caller may see, narrowed by kind, name, filter, place and project."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, not_, or_

from simulator.emulators.jira import tables
from simulator.emulators.jira.errors import BadRequest
from simulator.emulators.jira.state.board_projects import is_about
from simulator.emulators.jira.state.boards import Board, count_boards, read_boards
from simulator.emulators.jira.state.configuration import Project
from simulator.emulators.jira.state.context import Context

_MOST_READ = 10_000  # a filter's projects are in its words: no database tells them
_b = tables.boards.c
_NAME = func.lower(_b.name)
_ORDERS: dict[str, ColumnElement[Any]] = {"": _b.id, "name": _NAME, "+name": _NAME, "-name": _NAME.desc()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which boards. `about` is a project that the filter must name, `place_*` where the board lies; `elsewhere` turns the
    place round."""

    kinds: tuple[str, ...] = ()
    name: str = ""
    filter_id: int | None = None
    about: Project | None = None
    place_project: int | None = None
    place_owner: int | None = None
    elsewhere: bool = False
    order: str = ""


def find_boards(context: Context, wanted: Wanted, *, start: int = 0, limit: int = 50) -> tuple[list[Board], int]:
    """A page of the boards that are wanted and may be seen, by id unless `order` has a name, and how many there are.

    Raises BadRequest for an order that there is not.
    """
    if wanted.order not in _ORDERS:
        raise BadRequest(f"The value '{wanted.order[:40]}' is not valid for the parameter 'orderBy'.")
    conditions, order = _conditions(context, wanted), (_ORDERS[wanted.order],)
    if wanted.about is None:
        found = read_boards(context, *conditions, order=order, start=start, limit=limit)
        return found, count_boards(context, *conditions)
    every = read_boards(context, *conditions, order=order, limit=_MOST_READ)
    about = [board for board in every if is_about(context, board, wanted.about)]
    return about[start : start + limit], len(about)


def _conditions(context: Context, wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.kinds:
        conditions.append(_is_of(context, wanted.kinds))
    if wanted.name:
        conditions.append(_NAME.contains(wanted.name.lower(), autoescape=True))
    if wanted.filter_id is not None:
        conditions.append(_b.filter_id == wanted.filter_id)
    places: list[ColumnElement[bool]] = []
    if wanted.place_project is not None:
        places.append(func.coalesce(_b.project_id, 0) == wanted.place_project)
    if wanted.place_owner is not None:
        places.append(and_(_b.project_id.is_(None), _b.owner_id == wanted.place_owner))
    if places:
        placed = or_(*places)
        conditions.append(not_(placed) if wanted.elsewhere else placed)
    return conditions


def _is_of(context: Context, kinds: tuple[str, ...]) -> ColumnElement[bool]:
    """The condition on a board that it is of one of these types: those of team-managed projects are simple."""
    team_managed = [project.id for project in context.meta.projects.values() if project.style == "next-gen"]
    simple = func.coalesce(_b.project_id, 0).in_(team_managed)
    others = and_(_b.kind.in_(kinds), not_(simple))
    return or_(others, simple) if "simple" in kinds else others
