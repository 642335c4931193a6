"""One issue: its fields, description, neighbours, comments and history."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, Response, redirect
from werkzeug.wrappers import Response as AnyResponse

from simulator.emulators.jira.errors import NotFound
from simulator.emulators.jira.fields import BY_ID
from simulator.emulators.jira.pages.desk import board_path, reading_page
from simulator.emulators.jira.payloads.development import branch, detail, pull_request
from simulator.emulators.jira.session import Session
from simulator.emulators.jira.state.boards import list_boards
from simulator.emulators.jira.state.bundle import read_bundle
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.development import BRANCH, COMMIT, PULL, traces_of
from simulator.emulators.jira.state.issues import Issue, children, find_issue
from simulator.emulators.jira.state.remote_links import RemoteLink, remote_links_of
from simulator.emulators.kit.pages import show

blueprint = Blueprint("pages_issue", __name__)

_ISSUE_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]*-\d{1,18}")
MOST_HISTORY = 200
MOST_COMMENTS = 300
MOST_COMMITS = 100


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
        remote_links=_other_links(context, issue),
        development=_development(session, issue),
        entries=entries[::-1][:MOST_HISTORY],
        older_entries=max(0, len(entries) - MOST_HISTORY),
        comments=comments[-MOST_COMMENTS:],
        older_comments=max(0, len(comments) - MOST_COMMENTS),
    )


def _other_links(context: Context, issue: Issue) -> list[RemoteLink]:
    """The remote links but for those to the code host, which the development part shows."""
    return [link for link in remote_links_of(context, issue) if not (link.global_id or "").startswith("github=")]


def _development(session: Session, issue: Issue) -> dict[str, list[dict[str, Any]]]:
    context = session.context
    repositories = detail(session, commits=traces_of(context, issue.id, COMMIT))["repositories"]
    return {
        "pulls": [pull_request(session, found) for found in traces_of(context, issue.id, PULL)],
        "branches": [branch(session, found) for found in traces_of(context, issue.id, BRANCH)],
        "commits": [commit for repository in repositories for commit in repository["commits"]][:MOST_COMMITS],
    }
