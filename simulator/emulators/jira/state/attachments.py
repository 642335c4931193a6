"""Files attached to issues. Their bytes are read only when somebody wants the file itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert, select

from simulator.emulators.jira import tables
from simulator.emulators.jira.errors import BadRequest, Forbidden, JiraError, NotFound
from simulator.emulators.jira.state.changes import Change, record, touch_issues
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.issues import Issue, read_issues
from simulator.emulators.jira.state.permissions import may, require
from simulator.emulators.jira.state.setup import counter
from simulator.emulators.jira.state.uploads import THUMBNAIL, Upload, small_picture
from simulator.emulators.kit.attachment_limit import attachment_limit
from simulator.emulators.kit.database import next_value
from simulator.emulators.kit.prepared import Prepared

MOST_IN_REQUEST = 60
MOST_IN_ISSUE = 2000
"""Both as Jira documents them for `POST /issue/{key}/attachments`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file without its bytes. Sizes are in bytes; a `thumbnail_size` of 0 is none."""

    id: int
    issue_id: int
    author_id: int
    filename: str
    content_type: str
    size: int
    thumbnail_size: int
    created_at: datetime


_a, _b = tables.attachments.c, tables.attachment_contents.c
_COLUMNS = [_a[name] for name in Attachment.__slots__]
_OF_ISSUES = Prepared(
    select(*_COLUMNS)
    .where(_a.site == bindparam("site"), _a.issue_id.in_(bindparam("ids", expanding=True)))
    .order_by(_a.id),
    names="ids",
)


def attachments_of(context: Context, issue_ids: Iterable[int]) -> dict[int, list[Attachment]]:
    """The attachments of issues, oldest first."""
    wanted = list(issue_ids)
    found: dict[int, list[Attachment]] = {issue_id: [] for issue_id in wanted}
    for row in _OF_ISSUES.all(context.connection, site=context.site, ids=wanted):
        one = Attachment(**dict(zip(Attachment.__slots__, row, strict=True)))
        found[one.issue_id].append(one)
    return found


def find_attachment(context: Context, attachment_id: str) -> tuple[Attachment, Issue]:
    """An attachment and its issue, which the caller may see. Raises NotFound."""
    known = attachment_id.isascii() and attachment_id.isdecimal() and len(attachment_id) < 19
    query = select(*_COLUMNS).where(_a.site == context.site, _a.id == int(attachment_id if known else 0))
    row = context.connection.execute(query).mappings().first()
    issue = read_issues(context, [row["issue_id"]]).get(row["issue_id"]) if row else None
    if row is None or issue is None or issue.project_id in context.meta.hidden:
        raise NotFound(f"The attachment with id '{attachment_id}' does not exist")
    return Attachment(**row), issue


def content_of(context: Context, attachment: Attachment) -> bytes:
    """The file's bytes."""
    query = select(_b.content).where(_b.site == context.site, _b.attachment_id == attachment.id)
    return bytes(context.connection.execute(query).scalar_one())


def thumbnail_of(context: Context, attachment: Attachment, size: tuple[int, int] = THUMBNAIL) -> bytes:
    """A PNG of the picture within width and height. Raises NotFound where there is none."""
    query = select(_b.thumbnail).where(_b.site == context.site, _b.attachment_id == attachment.id)
    kept = context.connection.execute(query).scalar()
    found = bytes(kept) if kept is not None else None
    if found and size != THUMBNAIL:
        larger = any(asked > usual for asked, usual in zip(size, THUMBNAIL, strict=True))
        source = (attachment.content_type, content_of(context, attachment)) if larger else ("image/png", found)
        found = small_picture(*source, size)
    if found is None:
        raise NotFound(f"The attachment with id '{attachment.id}' has no thumbnail")
    return found


def upload_limit(context: Context, issue: Issue) -> int:
    """Bytes that one file attached to the issue may have. Raises Forbidden where the caller cannot attach any."""
    require(context, "CREATE_ATTACHMENTS", issue=issue)
    limit = attachment_limit(context.connection, context.site)
    if not limit:
        raise Forbidden("Attachments are disabled on this Jira site.")
    return limit


def check_upload(*, filename: str, size: int, count: int, limit: int) -> None:
    """Refuse what cannot be attached, with 413 where it is too much. Raises BadRequest and JiraError."""
    if count > MOST_IN_REQUEST:
        raise JiraError(f"At most {MOST_IN_REQUEST} files can be attached at once.", status=413)
    if size > limit:
        raise JiraError(f"The file '{filename}' exceeds the maximum attachment size of {limit} bytes.", status=413)
    if not size:
        raise BadRequest(f"The file '{filename}' is empty and cannot be attached.")


def attach(context: Context, issue: Issue, uploads: Sequence[Upload]) -> list[Attachment]:
    """Attach files to an issue, with one history entry for all of them. Raises JiraError when there would be too many."""
    if not uploads:
        return []
    _check_room(context, issue, len(uploads))
    last = next_value(context.connection, context.site, counter("attachment"), count=len(uploads))
    made = [_made(context, issue, one, last - len(uploads) + 1 + n) for n, one in enumerate(uploads)]
    context.connection.execute(insert(tables.attachments), [_row(context, one) for one in made])
    context.connection.execute(
        insert(tables.attachment_contents),
        [
            {"site": context.site, "attachment_id": one.id, "content": sent.content, "thumbnail": sent.thumbnail}
            for one, sent in zip(made, uploads, strict=True)
        ],
    )
    _note(context, issue, [_change(to_value=str(one.id), to_text=one.filename) for one in made])
    for one in made:
        context.tell("attachment_created", issue.id, attachment=one)
    return made


def delete_attachment(context: Context, issue: Issue, attachment: Attachment) -> None:
    """Take an attachment away. Raises Forbidden for somebody else's without the permission."""
    own = attachment.author_id == context.account.id and may(context, "DELETE_OWN_ATTACHMENTS", issue=issue)
    if not own and not may(context, "DELETE_ALL_ATTACHMENTS", issue=issue):
        raise Forbidden(f"You do not have permission to delete attachment with id: {attachment.id}")
    of = (_a.site == context.site) & (_a.id == attachment.id)
    context.connection.execute(delete(tables.attachments).where(of))
    _note(context, issue, [_change(from_value=str(attachment.id), from_text=attachment.filename)])
    context.tell("attachment_deleted", issue.id, attachment=attachment)


def _made(context: Context, issue: Issue, sent: Upload, number: int) -> Attachment:
    return Attachment(
        id=number,
        issue_id=issue.id,
        author_id=context.account.id,
        filename=sent.filename,
        content_type=sent.content_type,
        size=len(sent.content),
        thumbnail_size=len(sent.thumbnail or b""),
        created_at=context.now,
    )


def _row(context: Context, attachment: Attachment) -> dict[str, object]:
    return {"site": context.site} | {name: getattr(attachment, name) for name in Attachment.__slots__}


def _change(**values: str) -> Change:
    return Change(field="Attachment", field_id="attachment", **values)


def _note(context: Context, issue: Issue, changes: list[Change]) -> None:
    record(context, {issue.id: changes})
    touch_issues(context, [issue.id])


def _check_room(context: Context, issue: Issue, more: int) -> None:
    of = (_a.site == context.site) & (_a.issue_id == issue.id)
    present = context.connection.execute(select(func.count()).select_from(tables.attachments).where(of)).scalar_one()
    if present + more > MOST_IN_ISSUE:
        raise JiraError(f"An issue can have at most {MOST_IN_ISSUE} attachments.", status=413)
