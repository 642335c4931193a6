"""Comments on issues. Their changes leave no history, as in Jira."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert, select, update

from simulator.emulators.jira import tables
from simulator.emulators.jira.errors import BadRequest, JiraError, NotFound
from simulator.emulators.jira.state.changes import touch_issues
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.documents import NO_DOCUMENT, TextFault, read_text, stored, words_of
from simulator.emulators.jira.state.issues import Issue, read_issues
from simulator.emulators.jira.state.mentions import with_names
from simulator.emulators.jira.state.note_properties import keep_note_properties
from simulator.emulators.jira.state.permissions import may, require
from simulator.emulators.jira.state.properties import read_properties
from simulator.emulators.jira.state.setup import counter
from simulator.emulators.jira.state.visibility import read_visibility, seen, sees
from simulator.emulators.kit.database import next_value

MOST = 5000
"""Comments of one issue: https://support.atlassian.com/jira-cloud-administration/docs/what-are-jira-cloud-limits/"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A comment; `body` is ADF as JSON text. Restricted to a role or group unless `visible_to` is None."""

    id: int
    issue_id: int
    author_id: int
    editor_id: int
    body: str
    created_at: datetime
    updated_at: datetime
    visible_to: str | None = None
    visible_id: int | None = None


_c = tables.comments.c
_COLUMNS = [_c[name] for name in Comment.__slots__]
_OF_ISSUES = (
    select(*_COLUMNS)
    .where(_c.site == bindparam("site"), _c.issue_id.in_(bindparam("ids", expanding=True)))
    .order_by(_c.id)
)


def comments_of(context: Context, issue_ids: Iterable[int]) -> dict[int, list[Comment]]:
    """The comments of issues that the caller may see, oldest first."""
    wanted = list(issue_ids)
    found: dict[int, list[Comment]] = {issue_id: [] for issue_id in wanted}
    for row in context.connection.execute(_OF_ISSUES, {"site": context.site, "ids": wanted}).mappings():
        found[row["issue_id"]].append(Comment(**row))
    restricted = [issue_id for issue_id, comments in found.items() if any(c.visible_to for c in comments)]
    for issue in read_issues(context, restricted).values() if restricted else ():
        found[issue.id] = [c for c in found[issue.id] if sees(context, issue.project_id, c.visible_to, c.visible_id)]
    return found


def page_of_comments(
    context: Context, issue: Issue, *, start: int, limit: int, newest_first: bool
) -> tuple[list[Comment], int]:
    """A page of an issue's comments that the caller may see, and how many there are."""
    of = (_c.site == context.site) & (_c.issue_id == issue.id) & seen(context, tables.comments, issue.project_id)
    order = _c.id.desc() if newest_first else _c.id
    rows = context.connection.execute(select(*_COLUMNS).where(of).order_by(order).offset(start).limit(limit)).mappings()
    total = context.connection.execute(select(func.count()).select_from(tables.comments).where(of)).scalar_one()
    return [Comment(**row) for row in rows], total


def comments_by_id(context: Context, ids: Iterable[int]) -> list[tuple[Issue, Comment]]:
    """The comments with these ids that the caller may see, each with its issue; others are left out."""
    query = select(*_COLUMNS).where(_c.site == context.site, _c.id.in_(list(ids))).order_by(_c.id)
    found = [Comment(**row) for row in context.connection.execute(query).mappings()]
    issues = read_issues(context, {comment.issue_id for comment in found})
    pairs = [(issues[comment.issue_id], comment) for comment in found]
    return [
        (issue, comment)
        for issue, comment in pairs
        if issue.project_id not in context.meta.hidden
        and sees(context, issue.project_id, comment.visible_to, comment.visible_id)
    ]


def find_comment(context: Context, issue: Issue, comment_id: str) -> Comment:
    """A comment of an issue. Raises NotFound."""
    of = (_c.site == context.site) & (_c.issue_id == issue.id) & (_c.id == _number(comment_id))
    query = select(*_COLUMNS).where(of)
    row = context.connection.execute(query).mappings().first()
    if row is None or not sees(context, issue.project_id, row["visible_to"], row["visible_id"]):
        raise NotFound(f"Can not find a comment for the id: {comment_id}.")
    return Comment(**row)


def find_comment_by_id(context: Context, comment_id: str) -> tuple[Issue, Comment]:
    """A comment of any issue, and the issue. Raises NotFound."""
    for issue, comment in comments_by_id(context, [_number(comment_id)]):
        return issue, comment
    raise NotFound(f"Can not find a comment for the id: {comment_id}.")


def _number(comment_id: str) -> int:
    return int(comment_id) if comment_id.isascii() and comment_id.isdecimal() and len(comment_id) < 19 else 0


def add_comment(
    context: Context, issue: Issue, body: object, *, api: str, visibility: object = None, properties: object = None
) -> Comment:
    """Comment on an issue as the caller, for everybody or for a role or group. Raises BadRequest."""
    require(context, "ADD_COMMENTS", issue=issue, error=BadRequest)
    doc, body_words = _checked(context, body, api)
    kind, number = read_visibility(context, issue.project_id, visibility)
    _check_room(context, issue)
    comment = Comment(
        id=next_value(context.connection, context.site, counter("comment")),
        issue_id=issue.id,
        author_id=context.account.id,
        editor_id=context.account.id,
        body=doc,
        created_at=context.now,
        updated_at=context.now,
        visible_to=kind,
        visible_id=number,
    )
    row = {name: getattr(comment, name) for name in Comment.__slots__}
    row |= {"site": context.site, "body_words": body_words}
    context.connection.execute(insert(tables.comments), row)
    keep_note_properties(context, "comment", comment.id, read_properties(properties))
    touch_issues(context, [issue.id])
    context.tell("comment_created", issue.id, comment=comment)
    context.tell("jira:issue_updated", issue.id, comment=comment)
    return comment


def edit_comment(
    context: Context,
    issue: Issue,
    comment: Comment,
    body: object,
    *,
    api: str,
    visibility: object = None,
    properties: object = None,
) -> Comment:
    """Change a comment's text, and who may see it where that is given. Raises BadRequest, for somebody else's too."""
    check_owner(context, issue, comment, "edit")
    doc, body_words = _checked(context, body, api)
    of = (_c.site == context.site) & (_c.id == comment.id)
    kind, number = comment.visible_to, comment.visible_id
    if visibility is not None:
        kind, number = read_visibility(context, issue.project_id, visibility)
    who: dict[str, object] = {"editor_id": context.account.id, "visible_to": kind, "visible_id": number}
    values = who | {"body": doc, "body_words": body_words, "updated_at": context.now}
    context.connection.execute(update(tables.comments).where(of).values(values))
    keep_note_properties(context, "comment", comment.id, read_properties(properties))
    touch_issues(context, [issue.id])
    found = find_comment(context, issue, str(comment.id))
    context.tell("comment_updated", issue.id, comment=found)
    context.tell("jira:issue_updated", issue.id, edited_comment=found)
    return found


def delete_comment(context: Context, issue: Issue, comment: Comment) -> None:
    """Delete a comment. Raises BadRequest for somebody else's, as Jira does."""
    check_owner(context, issue, comment, "delete")
    context.connection.execute(delete(tables.comments).where(_c.site == context.site, _c.id == comment.id))
    touch_issues(context, [issue.id])
    context.tell("comment_deleted", issue.id, comment=comment)


def check_owner(context: Context, issue: Issue, comment: Comment, verb: str) -> None:
    """Raise BadRequest for who may not edit or delete a comment."""
    own = comment.author_id == context.account.id and may(context, f"{verb.upper()}_OWN_COMMENTS", issue=issue)
    if not own and not may(context, f"{verb.upper()}_ALL_COMMENTS", issue=issue):
        raise BadRequest(f"You do not have the permission to {verb} the comment with id: {comment.id}.")


def _check_room(context: Context, issue: Issue) -> None:
    of = (_c.site == context.site) & (_c.issue_id == issue.id)
    if context.connection.execute(select(func.count()).select_from(tables.comments).where(of)).scalar_one() >= MOST:
        raise JiraError(f"The issue has {MOST} comments, and no more can be added.", status=413)


def _checked(context: Context, body: object, api: str) -> tuple[str, str]:
    try:
        doc = with_names(context, read_text(body, api=api))
    except TextFault as exc:
        said = "Comment body is not valid!" if str(exc) == NO_DOCUMENT else str(exc)
        raise BadRequest(errors={"comment": said}) from exc
    if doc is None:
        raise BadRequest(errors={"comment": "Comment body can not be empty!"})
    return stored(doc) or "", words_of(doc)
