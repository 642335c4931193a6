"""Votes for issues."""

from __future__ import annotations

from flask import Blueprint, Response

from simulator.emulators.jira.payloads import shapes
from simulator.emulators.jira.session import reading, writing
from simulator.emulators.jira.state.issues import find_issue
from simulator.emulators.jira.state.people import people_by_id
from simulator.emulators.jira.state.permissions import may
from simulator.emulators.jira.state.votes import add_vote, remove_vote, votes_of
from simulator.emulators.kit.web import reply

platform = Blueprint("votes", __name__)


@platform.get("/issue/<key>/votes")
def get_votes(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-votes/#api-rest-api-3-issue-issueidorkey-votes-get

    Whoever may not view voters is told their number only.
    """
    with reading() as session:
        issue = find_issue(session.context, key)
        voted = votes_of(session.context, [issue.id])[issue.id]
        named = voted if may(session.context, "VIEW_VOTERS_AND_WATCHERS", issue=issue) else []
        people = people_by_id(session.context, named)
        return reply(
            {
                "self": session.rest(f"/issue/{issue.key}/votes"),
                "votes": len(voted),
                "hasVoted": session.context.account.id in voted,
                "voters": [shapes.user(session, people[number]) for number in named],
            }
        )


@platform.post("/issue/<key>/votes")
def post_vote(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-votes/#api-rest-api-3-issue-issueidorkey-votes-post"""
    with writing() as session:
        add_vote(session.context, find_issue(session.context, key, lock=True))
        return reply(None, 204)


@platform.delete("/issue/<key>/votes")
def remove_votes(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-votes/#api-rest-api-3-issue-issueidorkey-votes-delete"""
    with writing() as session:
        remove_vote(session.context, find_issue(session.context, key, lock=True))
        return reply(None, 204)
