"""Links between issues."""

from __future__ import annotations

from flask import Blueprint, Response

from simulator.emulators.jira.params import mapping
from simulator.emulators.jira.payloads import shapes
from simulator.emulators.jira.payloads.issues import short_issue
from simulator.emulators.jira.session import reading, writing
from simulator.emulators.jira.state.comments import add_comment
from simulator.emulators.jira.state.issues import read_issues
from simulator.emulators.jira.state.links import (
    check_may_link,
    create_link,
    delete_link,
    end_of,
    find_link,
    read_link_type,
)
from simulator.emulators.kit.web import json_body, reply

platform = Blueprint("links", __name__)


@platform.post("/issueLink")
def post_link() -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-links/#api-rest-api-3-issuelink-post

    With the type Blocks, inwardIssue blocks outwardIssue. The comment, if any, goes to the outward one.
    """
    given = json_body()
    with writing() as session:
        kind = read_link_type(session.context, given.get("type"))
        source = end_of(session.context, given.get("inwardIssue"))
        destination = end_of(session.context, given.get("outwardIssue"))
        check_may_link(session.context, source)
        create_link(session.context, kind, source, destination)
        if comment := mapping(given, "comment"):
            more = {"visibility": comment.get("visibility"), "properties": comment.get("properties")}
            add_comment(session.context, destination, comment.get("body"), api=session.api, **more)
        return reply(None, 201)


@platform.get("/issueLink/<number>")
def get_link(number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-links/#api-rest-api-3-issuelink-linkid-get"""
    with reading() as session:
        link = find_link(session.context, number)
        ends = read_issues(session.context, [link.source_id, link.destination_id])
        return reply(
            {
                "id": str(link.id),
                "self": session.rest(f"/issueLink/{link.id}"),
                "type": shapes.link_type(session, session.context.meta.link_types[link.type_id]),
                "inwardIssue": short_issue(session, ends[link.source_id]),
                "outwardIssue": short_issue(session, ends[link.destination_id]),
            }
        )


@platform.delete("/issueLink/<number>")
def remove_link(number: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-links/#api-rest-api-3-issuelink-linkid-delete"""
    with writing() as session:
        link = find_link(session.context, number)
        ends = read_issues(session.context, [link.source_id, link.destination_id])
        check_may_link(session.context, ends[link.source_id], ends[link.destination_id])
        delete_link(session.context, link)
        return reply(None, 204)
