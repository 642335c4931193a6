"""Search by JQL: the page-token form, the older form with totals, counting."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, request

from simulator.emulators.jira.errors import BadRequest
from simulator.emulators.jira.fields import selected
from simulator.emulators.jira.page_tokens import INVALID, make_page_token, read_page_token
from simulator.emulators.jira.params import Page, number, page, strings, text
from simulator.emulators.jira.payloads.field_names import names, schemas
from simulator.emulators.jira.session import Session, reading
from simulator.emulators.jira.showing import show_issues
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.issues import Issue
from simulator.emulators.jira.state.search.paging import BadMark, find_after
from simulator.emulators.jira.state.search.query import Found, compile_jql, count, find_page
from simulator.emulators.kit.web import json_body, reply

platform = Blueprint("search", __name__)

_LISTS = ("fields", "expand", "properties")
UNBOUNDED = "Unbounded JQL queries are not allowed here. Please add a search restriction to your query."


@platform.get("/search/jql")
@platform.post("/search/jql")
def search_jql() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/#api-rest-api-3-search-jql-get"""
    given = _given()
    jql = text(given, "jql")
    with reading() as session:
        fields = selected(strings(given, "fields"), ("id",))
        limit = min(max(1, number("maxResults", 50, given)), 100 if fields else 5000)
        issues, token = _page(session, jql, token=text(given, "nextPageToken"), limit=limit)
        if any(given.get(name) for name in _LISTS):
            shown = _show(session, issues, given, fields)
        else:  # nothing but what the description calls the default
            shown = {"issues": [{"id": str(issue.id)} for issue in issues]}
        return reply(shown | ({"nextPageToken": token, "isLast": False} if token else {"isLast": True}))


@platform.get("/search")
@platform.post("/search")
def search() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/#api-rest-api-3-search-get"""
    given = _given()
    with reading() as session:
        found = compile_jql(session.context, text(given, "jql"))
        asked: Page = page(50, 100, given)
        fields = selected(strings(given, "fields"), ("*navigable",))
        issues = find_page(session.context, found, start=asked.start, limit=asked.limit) if asked.limit else []
        head = {
            "expand": "schema,names",
            "startAt": asked.start,
            "maxResults": asked.limit,
            "total": count(session.context, found),
        }
        return reply(head | _show(session, issues, given, fields))


@platform.post("/search/approximate-count")
def approximate_count() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/#api-rest-api-3-search-approximate-count-post"""
    given = json_body()
    with reading() as session:
        return reply({"count": count(session.context, _bounded(session.context, text(given, "jql")))})


def _page(session: Session, jql: str, *, token: str, limit: int) -> tuple[list[Issue], str | None]:
    """A page of issues and the token of the next."""
    context, mark, person = session.context, None, session.context.account.jira_id
    if token:
        begun, mark = read_page_token(jql, person, token)
        context = replace(context, now=begun)
    try:
        issues, following = find_after(context, _bounded(context, jql), mark=mark, limit=limit)
    except BadMark:
        raise BadRequest(INVALID) from None
    return issues, make_page_token(jql, person, begun=context.now, mark=following) if following else None


def _bounded(context: Context, jql: str) -> Found:
    found = compile_jql(context, jql)
    if not found.bounded:
        raise BadRequest(UNBOUNDED)
    return found


def _given() -> dict[str, Any]:
    """The parameters, from the query string or the body: the same names in both."""
    if request.method == "POST":
        return json_body()
    return {name: request.args.getlist(name) if name in _LISTS else value for name, value in request.args.items()}


def _show(session: Session, issues: list[Any], given: dict[str, Any], fields: list[str]) -> dict[str, Any]:
    expand, properties = strings(given, "expand"), strings(given, "properties")
    own = [name for name in expand if name not in {"names", "schema"}]
    shown: dict[str, Any] = {"issues": show_issues(session, issues, fields=fields, expand=own, properties=properties)}
    if "names" in expand:
        shown["names"] = names(fields, session.context.meta.custom_fields)
    if "schema" in expand:
        shown["schema"] = schemas(fields, session.context.meta.custom_fields)
    return shown
