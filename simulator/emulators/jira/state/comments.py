"""Comments on issues. Their changes leave no history, as in Jira."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select, update

from simulator.emulators.jira import tables
from simulator.emulators.jira.errors import BadRequest, NotFound
from simulator.emulators.jira.state.changes import touch_issues
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.documents import TextFault, read_text, stored, words_of
from simulator.emulators.jira.state.issues import Issue
from simulator.emulators.jira.state.setup import counter
from simulator.emulators.kit.database import next_value


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A comment; `body` is ADF as JSON text."""

    id: int
    issue_id: int
    author_id: int
    editor_id: int
    body: str
    created_at: datetime
    updated_at: datetime


_c = tables.comments.c
_COLUMNS = [_c[name] for name in Comment.__slots__]
_OF_ISSUES = (
    select(*_COLUMNS)
    .where(_c.site == bindparam("site"), _c.issue_id.in_(bindparam("ids", expanding=True)))
    .order_by(_c.id)
)


def comments_of(context: Context, issue_ids: Iterable[int]) -> dict[int, list[Comment]]:
    """The comments of issues, oldest first."""
    wanted = list(issue_ids)
    found: dict[int, list[Comment]] = {issue_id: [] for issue_id in wanted}
    for row in context.connection.execute(_OF_ISSUES, {"site": context.site, "ids": wanted}).mappings():
        found[row["issue_id"]].append(Comment(**row))
    return found


def find_comment(context: Context, issue: Issue, comment_id: str) -> Comment:
    """A comment of an issue. Raises NotFound."""
    number = int(comment_id) if comment_id.isdecimal() and len(comment_id) < 19 else 0
    query = select(*_COLUMNS).where(_c.site == context.site, _c.issue_id == issue.id, _c.id == number)
    row = context.connection.execute(query).mappings().first()
    if row is None:
        raise NotFound(f"Can not find a comment for the id: {comment_id}.")
    return Comment(**row)


def add_comment(context: Context, issue: Issue, body: object, *, api: str) -> Comment:
    """Comment on an issue as the caller. Raises BadRequest."""
    doc, body_words = _checked(body, api)
    comment = Comment(
        id=next_value(context.connection, context.site, counter("comment")),
        issue_id=issue.id,
        author_id=context.account.id,
        editor_id=context.account.id,
        body=doc,
        created_at=context.now,
        updated_at=context.now,
    )
    row = {name: getattr(comment, name) for name in Comment.__slots__}
    context.connection.execute(insert(tables.comments), {"site": context.site, "body_words": body_words} | row)
    touch_issues(context, [issue.id])
    return comment


def edit_comment(context: Context, issue: Issue, comment: Comment, body: object, *, api: str) -> Comment:
    """Change a comment's text. Raises BadRequest, for somebody else's too."""
    _check_owner(context, comment, "edit")
    doc, body_words = _checked(body, api)
    of = (_c.site == context.site) & (_c.id == comment.id)
    values = {"body": doc, "body_words": body_words, "editor_id": context.account.id, "updated_at": context.now}
    context.connection.execute(update(tables.comments).where(of).values(values))
    touch_issues(context, [issue.id])
    return find_comment(context, issue, str(comment.id))


def delete_comment(context: Context, issue: Issue, comment: Comment) -> None:
    """Delete a comment. Raises BadRequest for somebody else's, as Jira does."""
    _check_owner(context, comment, "delete")
    context.connection.execute(delete(tables.comments).where(_c.site == context.site, _c.id == comment.id))
    touch_issues(context, [issue.id])


def _check_owner(context: Context, comment: Comment, verb: str) -> None:
    if comment.author_id != context.account.id and not context.account.admin:
        raise BadRequest(f"You do not have the permission to {verb} the comment with id: {comment.id}.")


def _checked(body: object, api: str) -> tuple[str, str]:
    try:
        doc = read_text(body, api=api)
    except TextFault as exc:
        raise BadRequest(errors={"comment": str(exc)}) from exc
    if doc is None:
        raise BadRequest(errors={"comment": "Comment body can not be empty!"})
    return stored(doc) or "", words_of(doc)
