"""The sprints that a board shows: its own, and those of other boards that one of its issues is in.

https://confluence.atlassian.com/display/JIRAKB/Sprint+management+for+projects+appearing+on+multiple+boards+in+Jira+Cloud
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, case, exists, func, or_, select

from simulator.emulators.jira import tables
from simulator.emulators.jira.state.board_issues import board_query
from simulator.emulators.jira.state.boards import Board
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.search.query import conditions
from simulator.emulators.jira.state.sprints import STATES, Sprint

_shown = tables.sprints.alias("shown_sprints")  # aliases: a board's query may ask for sprints itself
_in = tables.issue_sprints.alias("shown_issue_sprints").c
_s = _shown.c


def sprints_on(
    context: Context, board: Board, states: Sequence[str] = (), *, start: int = 0, limit: int | None = None
) -> list[Sprint]:
    """A page of a board's sprints: closed, active, then future ones. Raises BadRequest when its filter makes no sense."""
    order = case({state: place for place, state in enumerate(STATES)}, value=_s.state)
    query = select(*[_s[name] for name in Sprint.__slots__]).where(*_conditions(context, board, states))
    query = query.order_by(order, _s.position, _s.id).offset(start).limit(limit)
    return [Sprint(**row) for row in context.connection.execute(query).mappings()]


def count_sprints_on(context: Context, board: Board, states: Sequence[str] = ()) -> int:
    """How many sprints a board shows."""
    query = select(func.count()).select_from(_shown).where(*_conditions(context, board, states))
    return int(context.connection.execute(query).scalar_one())


def _conditions(context: Context, board: Board, states: Sequence[str]) -> list[ColumnElement[bool]]:
    i = tables.issues.c
    visitor = exists().where(
        _in.site == _s.site,
        _in.sprint_id == _s.id,
        i.id == _in.issue_id,
        *conditions(context, board_query(context, board)),
    )
    own = _s.board_id == board.id
    return [_s.site == context.site, _s.state.in_(states or STATES), or_(own, visitor.correlate(_shown))]
