"""What a sprint began with, what came and went, what was done: computed from the history, as Jira's reports compute it.

Done means the last column of the board. Sub-tasks and epics are not counted: their parents and children are.
https://support.atlassian.com/jira/kb/discrepancies-between-velocity-reports-commitment-and-the-sprint-reports-sum-of-story-points-at-the-start-of-the-sprint/
https://support.atlassian.com/jira-software-cloud/docs/view-and-understand-the-sprint-report/
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, literal, or_, select

from simulator.emulators.jira import tables
from simulator.emulators.jira.errors import BadRequest
from simulator.emulators.jira.fields import SPRINT
from simulator.emulators.jira.state.board_issues import board_query, by_rank
from simulator.emulators.jira.state.boards import Board, done_statuses
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.issue_past import Past, read_pasts
from simulator.emulators.jira.state.search.query import Found, find_page
from simulator.emulators.jira.state.sprints import Sprint

MOST_ISSUES = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An issue of a report: its estimate when it came into the running sprint, and estimate and status at the end."""

    past: Past
    initial: float | None
    current: float | None
    status_id: int


@dataclass(slots=True, kw_only=True)
class Report:
    """A sprint's issues by what became of them. `added` and `committed` hold keys, `committed` with estimates at the start."""

    sprint: Sprint
    completed: list[Line] = field(default_factory=list)
    unfinished: list[Line] = field(default_factory=list)
    removed: list[Line] = field(default_factory=list)
    elsewhere: list[Line] = field(default_factory=list)  # done before they were in the running sprint
    added: list[str] = field(default_factory=list)
    committed: dict[str, float | None] = field(default_factory=dict)

    def lines(self) -> list[Line]:
        """All of them."""
        return [*self.completed, *self.unfinished, *self.removed, *self.elsewhere]


def sprint_reports(context: Context, board: Board, sprints: Sequence[Sprint]) -> list[Report]:
    """The reports of sprints that were started, in their order. Raises BadRequest when one was not."""
    moments = [marks(context, sprint) for sprint in sprints]
    pasts = sprint_pasts(context, board, sprints)
    return [_report(context, board, sprint, at, pasts) for sprint, at in zip(sprints, moments, strict=True)]


def _report(
    context: Context, board: Board, sprint: Sprint, at: tuple[int, int | None], pasts: Sequence[Past]
) -> Report:
    (opened, closed), done, shown = at, done_statuses(context, board), board.shown
    report = Report(sprint=sprint)
    for past in pasts:
        if past.was_in(sprint.id):
            _place(report, past, opened, closed, done, newest_issue=sprint.opened_issue)
    for past in (line.past for line in report.lines()):
        if past.issue.key in report.committed and past.status.when(opened) not in shown:
            report.committed[past.issue.key] = None  # no column shows it: it counts, its estimate does not
    return report


def marks(context: Context, sprint: Sprint) -> tuple[int, int | None]:
    """The moments when a sprint was started and closed; None when it is not closed. Raises BadRequest for a future one."""
    if sprint.activated_at is None:
        raise BadRequest("The sprint has not been started.")
    if sprint.opened_history is not None:
        return sprint.opened_history, sprint.closed_history
    h = tables.histories.c  # started before sprints noted their moments: their instants must do
    instants = [sprint.activated_at, sprint.completed_at]
    found = [
        context.connection.execute(
            select(func.max(h.id)).where(h.site == context.site, h.created_at <= instant)
        ).scalar()
        if instant
        else None
        for instant in instants
    ]
    return found[0] or 0, found[1]


def sprint_pasts(context: Context, board: Board, sprints: Sequence[Sprint]) -> list[Past]:
    """The issues of the board that are or ever were in one of the sprints, by rank."""
    if not sprints:
        return []
    i = tables.issues.c
    types = [kind.id for kind in context.meta.issue_types.values() if kind.level == 0]
    query = Found(where=board_query(context, board).where, order=by_rank())
    extra = [i.id.in_(_ever_in(context, sprints)), i.type_id.in_(types)]
    return read_pasts(context, find_page(context, query, start=0, limit=MOST_ISSUES * len(sprints), extra=extra))


def total(values: Iterable[float | None]) -> float | None:
    """The sum of the estimates that there are; None without any."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _ever_in(context: Context, sprints: Sequence[Sprint]) -> Any:  # Any: a select of issues' ids
    n, c = tables.issue_sprints.c, tables.changes.c
    now_in = select(n.issue_id).where(n.site == context.site, n.sprint_id.in_([sprint.id for sprint in sprints]))
    lists = [literal(", ") + value + literal(", ") for value in (c.from_value, c.to_value)]
    mentions = or_(*(ids.like(f"%, {sprint.id}, %") for ids in lists for sprint in sprints))
    since = min(sprint.created_at for sprint in sprints)
    once_in = select(c.issue_id).where(c.site == context.site, c.field_id == SPRINT, c.created_at >= since, mentions)
    return now_in.union(once_in)


def _place(
    report: Report, past: Past, opened: int, closed: int | None, done: set[int], *, newest_issue: int | None
) -> None:
    """Put an issue where it belongs in the report; nowhere when it left before the start or came after the end."""
    sprint_id, key = report.sprint.id, past.issue.key
    existed = newest_issue is None or past.issue.id <= newest_issue
    born_late = report.sprint.closed_issue is not None and past.issue.id > report.sprint.closed_issue
    if existed and sprint_id in past.sprints.when(opened):
        came = opened
        if past.status.when(opened) not in done:
            report.committed[key] = past.points.when(opened)
    else:
        later = None if born_late else _came(past, sprint_id, opened, closed, existed=existed)
        if later is None:
            return
        came = later
        report.added.append(key)
    line = Line(
        past=past,
        initial=past.points.when(came),
        current=past.points.when(closed),
        status_id=past.status.when(closed),
    )
    _part(report, line, came, closed, done).append(line)


def _came(past: Past, sprint_id: int, opened: int, closed: int | None, *, existed: bool) -> int | None:
    """The moment when an issue came into the running sprint; None when it did not."""
    if not existed and sprint_id in past.sprints.first:
        return opened  # created in it
    for turn in past.sprints.turns:
        if turn.history_id > opened and (closed is None or turn.history_id <= closed) and sprint_id in turn.new:
            return turn.history_id
    return None


def _part(report: Report, line: Line, came: int, closed: int | None, done: set[int]) -> list[Line]:
    past = line.past
    if report.sprint.id not in past.sprints.when(closed):
        return report.removed
    if line.status_id not in done:
        return report.unfinished
    moves: Sequence[int] = [
        turn.history_id
        for turn in past.status.turns
        if turn.history_id > came and (closed is None or turn.history_id <= closed)
    ]
    return report.elsewhere if past.status.when(came) in done and not moves else report.completed
