"""One issue: its fields, description, neighbours, comments and history."""

from __future__ import annotations

import re

from flask import Blueprint, Response, redirect
from werkzeug.wrappers import Response as AnyResponse

from simulator.emulators.jira.errors import NotFound
from simulator.emulators.jira.fields import BY_ID
from simulator.emulators.jira.pages.desk import board_path, reading_page
from simulator.emulators.jira.session import Session
from simulator.emulators.jira.state.boards import list_boards
from simulator.emulators.jira.state.bundle import read_bundle
from simulator.emulators.jira.state.issues import children, find_issue
from simulator.emulators.jira.state.remote_links import remote_links_of
from simulator.emulators.kit.pages import show

blueprint = Blueprint("pages_issue", __name__)

_ISSUE_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]*-\d{1,18}")
MOST_HISTORY = 200
MOST_COMMENTS = 300


@blueprint.get("/browse/<key>")
def browse(key: str) -> AnyResponse:
    """https://support.atlassian.com/jira-software-cloud/docs/what-is-an-issue/ - a project's key leads to its board"""
    with reading_page() as session:
        if _ISSUE_KEY.fullmatch(key):
            return _issue_page(session, key)
        project = session.context.meta.project(key)
        boards = list_boards(session.context, kind=None, name=None, project_id=project.id, filter_id=None)
        if not boards:
            raise NotFound("The project has no board.")
        return redirect(board_path(project.key, boards[0].id))


def _issue_page(session: Session, key: str) -> Response:
    context = session.context
    issue = find_issue(context, key)
    bundle = read_bundle(context, [issue], fields=list(BY_ID), changelog=True)
    entries, comments = bundle.entries.get(issue.id, []), bundle.comments.get(issue.id, [])
    below = children(context, [issue.id]) if context.meta.issue_types[issue.type_id].level == 1 else []
    return show(
        "jira/issue.html",
        meta=context.meta,
        project=context.meta.projects[issue.project_id],
        issue=issue,
        bundle=bundle,
        below=below,
        remote_links=remote_links_of(context, issue),
        entries=entries[::-1][:MOST_HISTORY],
        older_entries=max(0, len(entries) - MOST_HISTORY),
        comments=comments[-MOST_COMMENTS:],
        older_comments=max(0, len(comments) - MOST_COMMENTS),
    )
