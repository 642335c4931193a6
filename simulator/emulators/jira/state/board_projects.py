"""Which projects a board is about: those that its filter names, or, where that leaves it open, those of the issues it finds."""

from __future__ import annotations

from sqlalchemy import select

from simulator.emulators.jira import tables
from simulator.emulators.jira.errors import Forbidden, NoProject
from simulator.emulators.jira.jql.errors import JqlError
from simulator.emulators.jira.jql.parser import parse
from simulator.emulators.jira.jql.tree import And, Clause, Compare, Items, Not, Operand, Or, Value
from simulator.emulators.jira.state.board_issues import board_query
from simulator.emulators.jira.state.boards import Board
from simulator.emulators.jira.state.configuration import Project
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.permissions import require
from simulator.emulators.jira.state.search.query import conditions


def board_projects(context: Context, board: Board) -> list[Project]:
    """The projects of a board that the caller may see, by name. Raises BadRequest when its filter no longer makes sense."""
    named = named_projects(board)
    if named is None:
        i = tables.issues.c
        found = board_query(context, board)
        query = select(i.project_id).where(*conditions(context, found)).distinct()
        projects = [context.meta.projects[number] for number in context.connection.execute(query).scalars()]
    else:
        known = (_project(context, name) for name in named)
        projects = [project for project in known if project is not None and project.id not in context.meta.hidden]
    return sorted(
        {project.id: project for project in projects}.values(), key=lambda project: (project.name, project.id)
    )


def is_about(context: Context, board: Board, project: Project) -> bool:
    """Whether a board's filter mentions a project anywhere."""
    where = _where(board)
    found = (_project(context, name) for name in (_mentioned(where) if where else ()))
    return any(other is not None and other.id == project.id for other in found)


def require_on_board(context: Context, board: Board, permission: str) -> None:
    """Raise Forbidden when the caller lacks a permission in one of the projects that a board's filter names.

    In any project at all where Jira cannot tell which they are:
    https://support.atlassian.com/jira-cloud-administration/docs/use-manage-sprints-permission-for-advanced-cases/
    """
    named = named_projects(board)
    known = None if named is None else [_project(context, name) for name in named]
    projects = list(context.meta.projects.values()) if known is None else [one for one in known if one is not None]
    if len(projects) < len(known or ()) or (known is None and context.meta.hidden):
        raise Forbidden("You do not have the permission in all projects of the board's filter.")
    for project in projects:
        require(context, permission, project_id=project.id)


def named_projects(board: Board) -> list[str] | None:
    """The projects that a board's filter is limited to, as it writes them; None where it is not, or not plainly."""
    where = _where(board)
    return None if where is None else _named(where)


def _where(board: Board) -> Clause | None:
    try:
        return parse(board.jql).where
    except JqlError:
        return None


def _mentioned(clause: Clause) -> list[str]:
    match clause:
        case Compare(field, _, operand) if field.name.lower() == "project":
            return _values(operand) or []
        case And(clauses) | Or(clauses):
            return [name for inner in clauses for name in _mentioned(inner)]
        case Not(inner):
            return _mentioned(inner)
    return []


def _named(clause: Clause) -> list[str] | None:
    match clause:
        case Compare(field, "=" | "in", operand) if field.name.lower() == "project":
            return _values(operand)
        case And(clauses):
            return next((found for found in map(_named, clauses) if found is not None), None)
        case Or(clauses):
            parts = [_named(inner) for inner in clauses]
            return None if None in parts else [name for part in parts for name in part or ()]
    return None


def _values(operand: Operand) -> list[str] | None:
    match operand:
        case Value(text):
            return [text]
        case Items(operands):
            parts = [_values(one) for one in operands]
            return None if None in parts else [name for part in parts for name in part or ()]
    return None


def _project(context: Context, name: str) -> Project | None:
    try:
        return context.meta.project(name)
    except NoProject:
        projects = context.meta.projects.values()
        return next((project for project in projects if project.name.lower() == name.lower()), None)
