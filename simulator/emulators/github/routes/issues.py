"""Issues: list, create, read, edit. Pull requests are among them."""

from __future__ import annotations

from flask import Blueprint, Response, request

from simulator.emulators.github.desk import belonging, check_own, may, named_issue, place_for, work_for
from simulator.emulators.github.errors import FieldError, Gone, ValidationFailed, invalid
from simulator.emulators.github.fields import Fields, label_names, since_argument, word_argument
from simulator.emulators.github.milestone_request import named_milestone
from simulator.emulators.github.pagination import asked_page, page_reply
from simulator.emulators.github.payloads.issues import issue_payload, issue_payloads
from simulator.emulators.github.state import closing, issues, pulls
from simulator.emulators.github.state.assignees import assign, set_assignees
from simulator.emulators.github.state.issue_labels import add_labels, set_labels
from simulator.emulators.github.state.issue_lists import IssueFilter, list_issues
from simulator.emulators.github.state.issue_milestones import set_milestone
from simulator.emulators.github.state.issues import Issue, create_issue, issue_by_id
from simulator.emulators.github.state.milestones import find_milestone
from simulator.emulators.github.state.pull_rows import pull_by_id
from simulator.emulators.github.state.work import Place, Work
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import json_body, reply

blueprint = Blueprint("issues", __name__, url_prefix="/api/v3/repos/<owner>/<name>/issues")


@blueprint.get("")
def list_(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/issues/issues#list-repository-issues"""
    page = asked_page()
    with place_for(owner, name) as place:
        found, total = list_issues(place, _filter(place), offset=page.offset, limit=page.size)
        bodies = issue_payloads(place, found, Urls.of_request())
    return page_reply(bodies, page=page, total=total)


@blueprint.post("")
def create(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/issues/issues#create-an-issue"""
    fields = Fields(json_body(), "Issue")
    title = fields.title_required()
    text = fields.text("body")
    with work_for(owner, name) as work:
        if not work.repository.has_issues:
            raise Gone("Issues has been disabled in this repository.")
        labels, people = label_names(fields) or [], _assignees(work, fields) or []
        issue = create_issue(work, title=title, body=text)
        is_bare = not (labels or people or fields.body.get("milestone"))
        if not is_bare and may(work, "triage"):  # others' wishes are dropped silently, as on GitHub
            add_labels(work, issue, labels)
            assign(work, issue.id, people, is_pull=False)
            set_milestone(work, issue, named_milestone(work, fields))
            issue = issue_by_id(work, issue.id)
        body = issue_payload(work, issue, Urls.of_request(), new=True, bare=is_bare)
    return reply(body, 201)


@blueprint.get("/<int:number>")
def get(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/rest/issues/issues#get-an-issue"""
    with place_for(owner, name) as place:
        return reply(issue_payload(place, named_issue(place, number), Urls.of_request()))


@blueprint.patch("/<int:number>")
def edit(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/rest/issues/issues#update-an-issue"""
    fields = Fields(json_body(), "Issue")
    with work_for(owner, name) as work:
        issue = named_issue(work, number)
        check_own(work, issue.author_id, "triage")
        _edit_text(work, issue, fields)
        if may(work, "triage"):
            _edit_sorting(work, issue, fields)
        _edit_state(work, issue, fields)
        body = issue_payload(work, issue_by_id(work, issue.id), Urls.of_request())
    return reply(body)


def _edit_text(work: Work, issue: Issue, fields: Fields) -> None:
    title = fields.title()
    if title is not None:
        issues.retitle(work, issue, title)
    if "body" in fields:
        issues.rewrite(work, issue, fields.text("body"))


def _edit_sorting(work: Work, issue: Issue, fields: Fields) -> None:
    labels, people = label_names(fields), _assignees(work, fields)
    if labels is not None:
        set_labels(work, issue, labels)
    if people is not None:
        set_assignees(work, issue.id, people, is_pull=issue.is_pull)
    if "milestone" in fields:
        set_milestone(work, issue, named_milestone(work, fields))


def _edit_state(work: Work, issue: Issue, fields: Fields) -> None:
    state = fields.choice("state", ("open", "closed"))
    reason = fields.choice("state_reason", issues.REASONS)
    if state is None or state == issue.state:
        return
    if issue.is_pull:
        pull = pull_by_id(work, issue.id)
        closing.close_unmerged(work, pull) if state == "closed" else pulls.reopen_pull(work, pull)
    elif state == "closed":
        issues.close(work, issue, reason=reason)
    else:
        issues.reopen(work, issue)


def _assignees(work: Work, fields: Fields) -> list[Account] | None:
    logins = fields.names("assignees")
    single = fields.text("assignee")
    if logins is None and "assignee" in fields:
        logins = [single] if single else []
    if logins is None:
        return None
    people, strangers = belonging(work, logins)
    if strangers:
        raise ValidationFailed([_no_assignee(login) for login in strangers])
    return people


def _no_assignee(login: str) -> FieldError:
    return FieldError(resource="Issue", field="assignees", code="invalid", value=login)


def _filter(place: Place) -> IssueFilter:
    labels = [label.strip() for label in request.args.get("labels", "").split(",")]
    return IssueFilter(
        state=word_argument("state", ("open", "closed", "all"), "open"),
        labels=tuple(label for label in labels if label),
        assignee=request.args.get("assignee"),
        creator=request.args.get("creator"),
        mentioned=request.args.get("mentioned"),
        typed=request.args.get("type", "none").lower() not in ("", "none"),
        milestone=_milestone_filter(place),
        since=since_argument(),
        sort=word_argument("sort", ("created", "updated", "comments"), "created"),
        direction=word_argument("direction", ("asc", "desc"), "desc"),
    )


def _milestone_filter(place: Place) -> int | str | None:
    wanted = request.args.get("milestone")
    if not wanted or wanted in ("none", "*"):
        return wanted or None
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 10 else 0
    found = find_milestone(place, number)
    if found is None:
        raise invalid("Issue", "milestone", value=wanted[:80])
    return found.id
