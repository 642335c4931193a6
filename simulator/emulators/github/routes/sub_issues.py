"""Issues below issues."""

from __future__ import annotations

from flask import Blueprint, Response

from simulator.emulators.github.desk import named_issue, place_for, work_for
from simulator.emulators.github.errors import InvalidRequest, NotFound, ValidationFailed
from simulator.emulators.github.fields import Fields
from simulator.emulators.github.pagination import asked_page, page_reply
from simulator.emulators.github.payloads.issues_across import issues_across
from simulator.emulators.github.state import sub_issues
from simulator.emulators.github.state.issues import Issue, issue_by_id, issues_by_id
from simulator.emulators.github.state.permissions import permission_of
from simulator.emulators.github.state.repositories import Repository, by_id, by_ids
from simulator.emulators.github.state.work import Place, Work
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import json_body, reply

_REFUSED = "An error occurred while adding the sub-issue to the parent issue. "
_ONE_PARENT = "Sub issue may only have one parent"
_DUPLICATE = f"Issue may not contain duplicate sub-issues and {_ONE_PARENT}"

blueprint = Blueprint("sub_issues", __name__, url_prefix="/api/v3/repos/<owner>/<name>/issues/<int:number>")


@blueprint.get("/parent")
def parent(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/rest/issues/sub-issues#get-parent-issue"""
    with place_for(owner, name) as place:
        above = sub_issues.parent_id_of(place, _named(place, number).id)
        if above is None:
            raise NotFound
        return reply(_body(place, issue_by_id(place, above)))


@blueprint.get("/sub_issues")
def list_(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/rest/issues/sub-issues#list-sub-issues"""
    page = asked_page()
    with place_for(owner, name) as place:
        issue = _named(place, number)
        found, total = sub_issues.children_of(place, issue.id, offset=page.offset, limit=page.size)
        homes = by_ids(place.connection, place.site, {each.repository_id for each in found})
        bodies = issues_across(place.connection, place.instance, found, homes, Urls.of_request(), with_repository=True)
    return page_reply(bodies, page=page, total=total)


@blueprint.post("/sub_issues")
def add(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/rest/issues/sub-issues#add-sub-issue"""
    fields = Fields(json_body(), "SubIssue")
    child_id, takes_over = _id(fields, "sub_issue_id"), fields.flag("replace_parent")
    with work_for(owner, name, need="triage") as work:
        above = _named(work, number)
        child = _candidate(work, child_id)
        _check(work, above, child, takes_over=takes_over)
        sub_issues.add_child(work, above, child)
        body = _body(work, issue_by_id(work, above.id))
    return reply(body, 201)


@blueprint.delete("/sub_issue")
def remove(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/rest/issues/sub-issues#remove-sub-issue"""
    fields = Fields(json_body(), "SubIssue")
    child_id = _id(fields, "sub_issue_id")
    with work_for(owner, name, need="triage") as work:
        above = _named(work, number)
        sub_issues.remove_child(work, above, _child(work, above, child_id))
        body = _body(work, issue_by_id(work, above.id))
    return reply(body)


@blueprint.patch("/sub_issues/priority")
def prioritize(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/rest/issues/sub-issues#reprioritize-sub-issue"""
    fields = Fields(json_body(), "SubIssue")
    moved, after, before = _id(fields, "sub_issue_id"), fields.number("after_id"), fields.number("before_id")
    if (after is None) == (before is None):
        raise ValidationFailed(["Exactly one of after_id and before_id must be given."])
    with work_for(owner, name, need="triage") as work:
        above = _named(work, number)
        for each in (moved, after if after is not None else before):
            _child(work, above, each or 0)
        sub_issues.move_child(work, above, moved, after_id=after, before_id=before)
        body = _body(work, issue_by_id(work, above.id))
    return reply(body)


def _named(place: Place, number: int) -> Issue:
    issue = named_issue(place, number)
    if issue.is_pull:
        raise NotFound
    return issue


def _id(fields: Fields, name: str) -> int:
    found = fields.number(name)
    if found is None:
        raise InvalidRequest(f'Invalid request.\n\n"{name}" wasn\'t supplied.')
    return found


def _candidate(work: Work, child_id: int) -> Issue:
    child = issues_by_id(work, [child_id]).get(child_id)
    home = _home(work, child) if child else None
    if child is None or home is None or permission_of(work.connection, home, work.actor) == "none":
        raise NotFound("The provided sub-issue does not exist")
    if child.is_pull or home.owner_id != work.repository.owner_id:
        raise InvalidRequest(_REFUSED + "Sub issue must be an issue of the same owner")
    return child


def _check(work: Work, above: Issue, child: Issue, *, takes_over: bool) -> None:
    former = sub_issues.parent_id_of(work, child.id)
    if former == above.id:
        raise InvalidRequest(_REFUSED + _DUPLICATE)
    if former is not None and not takes_over:
        raise InvalidRequest(_REFUSED + _ONE_PARENT)
    ancestors = sub_issues.ancestors_of(work, above.id)
    if child.id == above.id or child.id in ancestors:
        raise InvalidRequest(_REFUSED + "Sub issue may not be an ancestor of its parent")
    if len(ancestors) + 2 + sub_issues.depth_below(work, child.id) > sub_issues.DEEPEST:
        raise InvalidRequest(_REFUSED + f"Sub issues may be nested up to {sub_issues.DEEPEST} levels")
    if sub_issues.children_of(work, above.id, offset=0, limit=1)[1] >= sub_issues.MOST:
        raise InvalidRequest(_REFUSED + f"Parent cannot have more than {sub_issues.MOST} sub-issues")


def _child(work: Work, above: Issue, child_id: int) -> Issue:
    if sub_issues.parent_id_of(work, child_id) != above.id:
        raise NotFound("The provided sub-issue does not exist")
    return issue_by_id(work, child_id)


def _home(place: Place, issue: Issue) -> Repository | None:
    if issue.repository_id == place.repository.id:
        return place.repository
    return by_id(place.connection, place.site, issue.repository_id)


def _body(place: Place, issue: Issue) -> dict[str, object]:
    home = _home(place, issue) or place.repository
    across = issues_across(
        place.connection, place.instance, [issue], {home.id: home}, Urls.of_request(), with_repository=True
    )
    return across[0]
