"""Projects and their boards: the columns of the active sprint, and the backlog with the sprints to come."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response

from simulator.emulators.jira.errors import NotFound
from simulator.emulators.jira.pages.desk import reading_page
from simulator.emulators.jira.session import Session
from simulator.emulators.jira.state.board_columns import MOST_ISSUES, board_columns
from simulator.emulators.jira.state.board_issues import board_query, by_rank, in_backlog, in_sprint, on_board
from simulator.emulators.jira.state.boards import Board, find_board, read_boards
from simulator.emulators.jira.state.issues import Issue
from simulator.emulators.jira.state.people import people_by_id
from simulator.emulators.jira.state.search.query import Found, count, find_page
from simulator.emulators.jira.state.sprints import Sprint, list_sprints
from simulator.emulators.kit.pages import show
from simulator.emulators.kit.pages_lists import SIZE, offset, sheet

blueprint = Blueprint("pages_boards", __name__)

_MOST_SPRINTS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A sprint with its issues, by rank."""

    sprint: Sprint
    issues: list[Issue]

    @property
    def points(self) -> float:
        """The sum of the estimates."""
        return sum(issue.points or 0 for issue in self.issues)


@blueprint.get("/")
def home() -> Response:
    """The projects of the site with their boards. No counterpart in Jira's documentation."""
    with reading_page() as session:
        boards = read_boards(session.context)
        projects = sorted(session.context.meta.projects.values(), key=lambda project: project.key)
        return show("jira/home.html", projects=projects, boards=boards)


@blueprint.get("/jira/software/projects/<key>/boards/<int:board_id>")
@blueprint.get("/jira/software/c/projects/<key>/boards/<int:board_id>")
def board(key: str, board_id: int) -> Response:
    """https://support.atlassian.com/jira-software-cloud/docs/what-is-a-jira-software-board/"""
    with reading_page() as session:
        found = _board(session, key, board_id)
        sprints, columns = board_columns(session.context, found)
        return show(
            "jira/board.html",
            meta=session.context.meta,
            project=session.context.meta.project(key),
            board=found,
            sprints=sprints,
            columns=columns,
            people=people_by_id(session.context, {issue.assignee_id for column in columns for issue in column.issues}),
            is_cut=sum(len(column.issues) for column in columns) >= MOST_ISSUES,
        )


@blueprint.get("/jira/software/projects/<key>/boards/<int:board_id>/backlog")
@blueprint.get("/jira/software/c/projects/<key>/boards/<int:board_id>/backlog")
def backlog(key: str, board_id: int) -> Response:
    """https://support.atlassian.com/jira-software-cloud/docs/use-your-scrum-backlog/"""
    with reading_page() as session:
        context = session.context
        found = _board(session, key, board_id)
        query = Found(where=board_query(context, found).where, order=by_rank())
        parts = _parts(session, found, query)
        waiting = in_backlog(context, found)
        issues = find_page(context, query, start=offset(), limit=SIZE, extra=waiting)
        total = count(context, query, extra=waiting)
        listed = [*issues, *(issue for part in parts for issue in part.issues)]
        return show(
            "jira/backlog.html",
            meta=context.meta,
            project=context.meta.project(key),
            board=found,
            parts=parts,
            issues=issues,
            total=total,
            people=people_by_id(context, {issue.assignee_id for issue in listed}),
            sheet=sheet(total),
        )


def _board(session: Session, key: str, board_id: int) -> Board:
    found = find_board(session.context, board_id)
    if session.context.meta.project(key).id != found.project_id:
        raise NotFound("Board does not exist or you do not have permission to see it.")
    return found


def _parts(session: Session, board: Board, query: Found) -> list[Part]:
    sprints = list_sprints(session.context, board.id, ["active", "future"]) if board.kind == "scrum" else []
    parts = []
    for sprint in sprints[:_MOST_SPRINTS]:
        extra = [*on_board(session.context), in_sprint(sprint.id)]
        issues = find_page(session.context, query, start=0, limit=MOST_ISSUES, extra=extra)
        parts.append(Part(sprint=sprint, issues=issues))
    return parts
