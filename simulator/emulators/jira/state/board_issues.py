"""Which issues a board shows, and where: in its backlog, in a sprint, under an epic. Conditions over the issues' table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, not_

from simulator.emulators.jira import tables
from simulator.emulators.jira.errors import BadRequest
from simulator.emulators.jira.jql.errors import JqlError
from simulator.emulators.jira.state.boards import Board, done_statuses
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.search.order import Key
from simulator.emulators.jira.state.search.query import Found, compile_jql
from simulator.emulators.jira.state.search.terms import Condition

_i = tables.issues.c
_in = tables.issue_sprints.c
_s = tables.sprints.c


def board_query(context: Context, board: Board) -> Found:
    """The board's filter, compiled. Raises BadRequest when it no longer makes sense."""
    try:
        return compile_jql(context, board.jql)
    except JqlError as exc:
        raise BadRequest(*exc.messages) from exc


def by_rank() -> tuple[ColumnElement[Any], ...]:
    """The order of boards."""
    return (_i.rank.asc(),)


def ranked(found: Found, extra: Sequence[Condition] = ()) -> Found:
    """A query within more conditions, by rank where it has no order of its own."""
    own = [] if found.where is None else [found.where]
    where = and_(*own, *extra) if own or extra else None
    return replace(found, where=where) if found.order else Found(where=where, order=by_rank(), keys=(Key(_i.rank),))


def in_sprint(sprint_id: int) -> Condition:
    """Issues of one sprint."""
    return (
        exists().where(_in.site == _i.site, _in.issue_id == _i.id, _in.sprint_id == sprint_id).correlate(tables.issues)
    )


def in_backlog(context: Context, board: Board) -> list[Condition]:
    """What waits: on scrum boards issues that are not done and in no open sprint, on kanban boards those in the backlog's
    statuses; no epics.

    https://support.atlassian.com/jira-software-cloud/docs/use-your-kanban-backlog/
    """
    if board.kind != "scrum":
        return [*on_board(context), _i.status_id.in_(board.waiting)]
    open_sprint = (_s.site == _in.site) & (_s.id == _in.sprint_id) & (_s.state != "closed")
    planned = exists().where(_in.site == _i.site, _in.issue_id == _i.id, open_sprint).correlate(tables.issues)
    return [*on_board(context), _i.status_id.not_in(done_statuses(context, board)), not_(planned)]


def on_board(context: Context) -> list[Condition]:
    """What a board's issue list shows: everything but epics."""
    return [_i.type_id.not_in(_types(context, level=1))]


def epics(context: Context, *, done: bool | None = None) -> list[Condition]:
    """Epics, all of them or only those that are done or not."""
    conditions: list[Condition] = [_i.type_id.in_(_types(context, level=1))]
    if done is not None:
        finished = [status.id for status in context.meta.statuses.values() if status.category == "done"]
        marked = func.coalesce(_i.epic_done, _i.status_id.in_(finished))
        conditions.append(marked if done else not_(marked))
    return conditions


def under(epic_id: int | None, context: Context) -> list[Condition]:
    """Issues of an epic, or those of none: standard issues without a parent."""
    if epic_id is None:
        return [_i.parent_id.is_(None), _i.type_id.in_(_types(context, level=0))]
    return [_i.parent_id == epic_id]


def _types(context: Context, *, level: int) -> list[int]:
    return [kind.id for kind in context.meta.issue_types.values() if kind.level == level]
