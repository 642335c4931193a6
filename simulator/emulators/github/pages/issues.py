"""Issues: the list and one issue with its conversation."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from simulator.emulators.github.desk import named_issue
from simulator.emulators.github.pages.conversation import conversation_of
from simulator.emulators.github.pages.desk import place_of, show_in
from simulator.emulators.github.payloads.issues import issue_payload
from simulator.emulators.github.state.issue_lists import IssueFilter, list_issues
from simulator.emulators.github.state.surroundings import surroundings_of
from simulator.emulators.kit.pages_lists import SIZE, offset, sheet
from simulator.emulators.kit.urls import Urls

blueprint = Blueprint("pages_issues", __name__)


@blueprint.get("/<owner:owner>/<name>/issues")
def list_(owner: str, name: str) -> Response:
    """https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/filtering-and-searching-issues-and-pull-requests"""
    state = "closed" if request.args.get("state") == "closed" else "open"
    with place_of(owner, name) as place:
        found, total = list_issues(place, IssueFilter(state=state, pulls=False), offset=offset(), limit=SIZE)
        around = surroundings_of(place, found)
        return show_in(
            place, "github/issues.html", tab="issues", state=state, issues=found, around=around, sheet=sheet(total)
        )


@blueprint.get("/<owner:owner>/<name>/issues/<int:number>")
def conversation(owner: str, name: str, number: int) -> AnyResponse:
    """https://docs.github.com/en/issues/tracking-your-work-with-issues/learning-about-issues/about-issues"""
    with place_of(owner, name) as place:
        issue = named_issue(place, number)
        if issue.is_pull:
            return redirect(f"{request.script_root}/{place.repository.full_name}/pull/{number}")
        urls = Urls.of_request()
        return show_in(
            place,
            "github/issue.html",
            tab="issues",
            issue=issue,
            body=issue_payload(place, issue, urls),
            talk=conversation_of(place, issue, urls),
        )
