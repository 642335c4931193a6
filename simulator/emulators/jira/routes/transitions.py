"""Moving issues through their workflow."""

from __future__ import annotations

from flask import Blueprint, Response, request

from simulator.emulators.jira.params import flag, mapping, words
from simulator.emulators.jira.payloads.transitions import transition
from simulator.emulators.jira.session import reading, writing
from simulator.emulators.jira.state.issues import find_issue
from simulator.emulators.jira.state.transitions import available, leading_on, transition_issue
from simulator.emulators.kit.web import json_body, reply

platform = Blueprint("transitions", __name__)


@platform.get("/issue/<key>/transitions")
def get_transitions(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-issueidorkey-transitions-get"""
    wanted, fields = request.args.get("transitionId"), "transitions.fields" in words("expand")
    with reading() as session:
        issue = find_issue(session.context, key)
        good = available(session.context, issue)
        steps = leading_on(session.context, issue) if flag("includeUnavailableTransitions") else good
        shown = [
            transition(session, issue, step, fields=fields) | {"isAvailable": step in good}
            for step in steps
            if not wanted or str(step.id) == wanted
        ]
        return reply({"expand": "transitions", "transitions": shown})


@platform.post("/issue/<key>/transitions")
def post_transition(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-issueidorkey-transitions-post"""
    given = json_body()
    with writing() as session:
        transition_issue(
            session.context,
            find_issue(session.context, key, lock=True),
            transition_id=mapping(given, "transition").get("id"),
            fields=mapping(given, "fields"),
            verbs=mapping(given, "update"),
            api=session.api,
        )
        return reply(None, 204)
