"""Queries looked at: parsed, matched against issues."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from simulator.emulators.jira.errors import BadRequest
from simulator.emulators.jira.jql.errors import JqlError
from simulator.emulators.jira.jql.parser import parse
from simulator.emulators.jira.params import listed
from simulator.emulators.jira.payloads.autocomplete import reference, suggestions
from simulator.emulators.jira.payloads.jql import structure
from simulator.emulators.jira.session import Session, reading
from simulator.emulators.jira.state.search.query import compile_jql, compile_query, matching
from simulator.emulators.jira.state.search.suggestions import fields_offered, suggest, suggest_for_predicate
from simulator.emulators.kit.web import json_body, reply

platform = Blueprint("jql", __name__)

MOST_QUERIES = 100
MOST_ISSUES = 1_000
MOST_TEXT = 50_000


@platform.post("/jql/parse")
def parse_queries() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-jql/#api-rest-api-3-jql-parse-post"""
    queries = _queries(json_body(), "queries")
    validation = request.args.get("validation", "strict")
    if validation not in {"strict", "warn", "none"}:
        raise BadRequest(f"The validation mode '{validation}' is not valid.")
    with reading() as session:
        return reply({"queries": [_parsed(session, query, validation) for query in queries]})


@platform.get("/jql/autocompletedata")
def get_reference() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-jql/#api-rest-api-3-jql-autocompletedata-get"""
    with reading() as session:
        return reply(reference(fields_offered(session.context)))


@platform.get("/jql/autocompletedata/suggestions")
def get_suggestions() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-jql/#api-rest-api-3-jql-autocompletedata-suggestions-get"""
    field, predicate = request.args.get("fieldName", ""), request.args.get("predicateName", "")
    typed = request.args.get("predicateValue" if predicate else "fieldValue", "")
    if not field:
        raise BadRequest("The field name is required.")
    with reading() as session:
        try:
            if predicate:
                found = suggest_for_predicate(session.context, field, predicate, typed)
            else:
                found = suggest(session.context, field, typed)
        except JqlError as exc:
            raise BadRequest(*exc.messages) from exc
        return reply(suggestions(found, typed))


@platform.post("/jql/match")
def match_issues() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/#api-rest-api-3-jql-match-post"""
    given = json_body()
    queries, ids = _queries(given, "jqls"), listed(given, "issueIds")
    if len(ids) > MOST_ISSUES or not all(_is_id(one) for one in ids):
        raise BadRequest(f"'issueIds' must be at most {MOST_ISSUES} numbers.")
    with reading() as session:
        return reply({"matches": [_matched(session, query, ids) for query in queries]})


def _is_id(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**62


def _queries(given: dict[str, Any], name: str) -> list[str]:
    queries = listed(given, name)
    if not 1 <= len(queries) <= MOST_QUERIES or not all(isinstance(query, str) for query in queries):
        raise BadRequest(f"'{name}' must be 1 to {MOST_QUERIES} queries.")
    if sum(map(len, queries)) > MOST_TEXT:
        raise BadRequest(f"'{name}' must be at most {MOST_TEXT} characters long together.")
    return queries


def _parsed(session: Session, query: str, validation: str) -> dict[str, Any]:
    try:
        tree = parse(query)
    except JqlError as exc:
        return {"query": query, "errors": list(exc.messages)}
    try:
        if validation != "none":
            compile_query(session.context, tree)
    except JqlError as exc:
        if validation == "strict":
            return {"query": query, "errors": list(exc.messages)}
        return {"query": query, "structure": structure(tree), "warnings": list(exc.messages)}
    return {"query": query, "structure": structure(tree)}


def _matched(session: Session, query: str, ids: list[int]) -> dict[str, Any]:
    try:
        found = compile_jql(session.context, query)
    except JqlError as exc:
        return {"matchedIssues": [], "errors": list(exc.messages)}
    return {"matchedIssues": matching(session.context, found, ids), "errors": []}
