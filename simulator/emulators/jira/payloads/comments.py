"""Comments as Jira writes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from simulator.emulators.jira.payloads import shapes
from simulator.emulators.jira.payloads.shapes import Json
from simulator.emulators.jira.session import Session
from simulator.emulators.jira.state.comments import Comment
from simulator.emulators.jira.state.documents import loaded, shown
from simulator.emulators.jira.state.issues import Issue
from simulator.emulators.jira.state.visibility import shown_visibility
from simulator.emulators.jira.text.html import render
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.web import stamp_millis


def comment(
    session: Session, issue: Issue, found: Comment, people: Mapping[int, Account], *, rendered: bool = False
) -> Json:
    """One comment; `rendered` adds its HTML."""
    shape = {
        "self": session.rest(f"/issue/{issue.id}/comment/{found.id}"),
        "id": str(found.id),
        "author": shapes.user(session, people[found.author_id]),
        "body": shown(found.body, api=session.api),
        "updateAuthor": shapes.user(session, people[found.editor_id]),
        "created": stamp_millis(found.created_at),
        "updated": stamp_millis(found.updated_at),
        "jsdPublic": True,
    }
    if restricted := shown_visibility(session.context, found.visible_to, found.visible_id):
        shape["visibility"] = restricted
    return shape | {"renderedBody": render(loaded(found.body) or {})} if rendered else shape


def comment_page(
    session: Session,
    issue: Issue,
    found: Sequence[Comment],
    people: Mapping[int, Account],
    *,
    start: int,
    limit: int,
    total: int,
    rendered: bool = False,
) -> Json:
    """A page of comments."""
    shown_comments = [comment(session, issue, one, people, rendered=rendered) for one in found]
    return {"startAt": start, "maxResults": limit, "total": total, "comments": shown_comments}
