"""What the development panel of an issue asks for: branches, commits and pull requests of the code host.

These endpoints have no public description, and yet scripts read them.
"""

from __future__ import annotations

from flask import Blueprint, Response, request

from simulator.emulators.jira.errors import BadRequest
from simulator.emulators.jira.payloads.development import GITHUB, REPOSITORY, detail, summary
from simulator.emulators.jira.session import Session, reading
from simulator.emulators.jira.state.development import BRANCH, COMMIT, PULL, Trace, traces_of
from simulator.emulators.jira.state.issues import Issue, find_issue
from simulator.emulators.jira.state.permissions import require
from simulator.emulators.kit.web import reply

dev_status = Blueprint("dev_status", __name__)

_KINDS = (PULL, REPOSITORY, BRANCH)


@dev_status.get("/issue/summary")
def get_summary() -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-development-information/ (read by the panel)"""
    with reading() as session:
        issue = _issue(session)
        counted = summary(*(_traces(session, issue, kind) for kind in (PULL, COMMIT, BRANCH)))
        return reply({"errors": [], "configErrors": [], "summary": counted})


@dev_status.get("/issue/detail")
def get_detail() -> Response:
    """https://developer.atlassian.com/cloud/jira/software/rest/api-group-development-information/ (read by the panel)"""
    kind, host = request.args.get("dataType", ""), request.args.get("applicationType", "")
    with reading() as session:
        issue = _issue(session)
        if not host or not kind:
            raise BadRequest("The parameters applicationType and dataType are required.")
        if host.lower() != GITHUB.lower() or kind not in _KINDS:
            return reply({"errors": [], "detail": []})
        shown = detail(
            session,
            branches=_traces(session, issue, BRANCH) if kind == BRANCH else (),
            pulls=_traces(session, issue, PULL) if kind in (PULL, BRANCH) else (),
            commits=_traces(session, issue, COMMIT) if kind == REPOSITORY else (),
        )
        return reply({"errors": [], "detail": [shown]})


def _issue(session: Session) -> Issue:
    number = request.args.get("issueId", "")
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        raise BadRequest("The parameter issueId must be the id of an issue.")
    issue = find_issue(session.context, number)
    require(session.context, "VIEW_DEV_TOOLS", issue=issue)
    return issue


def _traces(session: Session, issue: Issue, kind: str) -> list[Trace]:
    return traces_of(session.context, issue.id, kind)
