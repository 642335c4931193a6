"""One issue: its fields, description, neighbours, comments and history."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, redirect
from werkzeug.wrappers import Response as AnyResponse

from simulator.emulators.jira.errors import NotFound
from simulator.emulators.jira.fields import BY_ID
from simulator.emulators.jira.pages.desk import board_path, reading_page
from simulator.emulators.jira.pages.own_fields import own_fields
from simulator.emulators.jira.payloads.development import branch, detail, pull_request
from simulator.emulators.jira.session import Session
from simulator.emulators.jira.state.board_lists import Wanted, find_boards
from simulator.emulators.jira.state.bundle import read_bundle
from simulator.emulators.jira.state.changes import Recent
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.development import BRANCH, COMMIT, PULL, traces_of
from simulator.emulators.jira.state.issues import Issue, children, find_issue
from simulator.emulators.jira.state.parts_meta import Component, Version
from simulator.emulators.jira.state.people import people_by_id
from simulator.emulators.jira.state.permissions import may
from simulator.emulators.jira.state.remote_links import RemoteLink, remote_links_of
from simulator.emulators.jira.state.time_tracking import UNTRACKED
from simulator.emulators.kit.pages import show

blueprint = Blueprint("pages_issue", __name__)

_ISSUE_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]*-\d{1,18}")
MOST_COMMENTS = 300
MOST_BELOW = 300
MOST_COMMITS = 100
"""What a page shows of each; it says how many more there are."""


@blueprint.get("/browse/<key>")
def browse(key: str) -> AnyResponse:
    """https://support.atlassian.com/jira-software-cloud/docs/what-is-an-issue/ - a project's key leads to its board"""
    with reading_page() as session:
        if _ISSUE_KEY.fullmatch(key):
            return _issue_page(session, key)
        project = session.context.meta.project(key)
        boards, _ = find_boards(session.context, Wanted(place_project=project.id), limit=1)
        if not boards:
            raise NotFound("The project has no board.")
        return redirect(board_path(project.key, boards[0].id))


def _issue_page(session: Session, key: str) -> Response:
    context = session.context
    issue = find_issue(context, key)
    bundle = read_bundle(context, [issue], fields=[*BY_ID, *context.meta.custom_fields], changelog=True)
    recent, comments = bundle.histories.get(issue.id, Recent([], 0)), bundle.comments.get(issue.id, [])
    worklogs, logged = bundle.worklogs.get(issue.id, ([], 0))
    below = _below(context, issue) or bundle.subtasks.get(issue.id, [])
    return show(
        "jira/issue.html",
        meta=context.meta,
        project=context.meta.projects[issue.project_id],
        issue=issue,
        bundle=bundle,
        below=below,
        workers=people_by_id(context, {one.assignee_id for one in below}),
        most_below=MOST_BELOW,
        most_commits=MOST_COMMITS,
        parts=_parts(context, bundle.parts.get(issue.id, {})),
        own_fields=own_fields(context.meta.custom_fields, bundle, issue),
        attachments=bundle.attachments.get(issue.id, []),
        worklogs=worklogs,
        later_worklogs=logged - len(worklogs),
        times=bundle.times.get(issue.id, UNTRACKED),
        remote_links=_other_links(context, issue),
        development=_development(session, issue),
        entries=recent.entries[::-1],
        older_entries=recent.total - len(recent.entries),
        comments=comments[-MOST_COMMENTS:],
        older_comments=max(0, len(comments) - MOST_COMMENTS),
    )


def _below(context: Context, issue: Issue) -> list[Issue]:
    """An epic's issues, as far as the reader may see them."""
    if context.meta.issue_types[issue.type_id].level != 1:
        return []
    return [child for child in children(context, [issue.id]) if child.project_id not in context.meta.hidden]


def _parts(context: Context, held: Mapping[str, list[int]]) -> list[tuple[str, list[str]]]:
    """The names of the issue's components and versions, by field; fields without any are left out."""
    known: dict[str, Mapping[int, Component | Version]] = {
        "components": context.meta.components,
        "versions": context.meta.versions,
        "fixVersions": context.meta.versions,
    }
    named = [(BY_ID[field].name, [things[n].name for n in held.get(field, ())]) for field, things in known.items()]
    return [(name, names) for name, names in named if names]


def _other_links(context: Context, issue: Issue) -> list[RemoteLink]:
    """The remote links but for those to the code host, which the development part shows."""
    return [link for link in remote_links_of(context, issue) if not (link.global_id or "").startswith("github=")]


def _development(session: Session, issue: Issue) -> dict[str, list[dict[str, Any]]]:
    context = session.context
    if not may(context, "VIEW_DEV_TOOLS", issue=issue):
        return {}
    repositories = detail(session, commits=traces_of(context, issue.id, COMMIT))["repositories"]
    return {
        "pulls": [pull_request(session, found) for found in traces_of(context, issue.id, PULL)],
        "branches": [branch(session, found) for found in traces_of(context, issue.id, BRANCH)],
        "commits": [commit for repository in repositories for commit in repository["commits"]],
    }
