"""Links from an issue to things elsewhere, one for each global id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import ColumnElement, delete, func, insert, select, update

from simulator.emulators.jira import tables
from simulator.emulators.jira.errors import JiraError, NotFound
from simulator.emulators.jira.state.changes import Change, record, touch_issues
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.issues import Issue
from simulator.emulators.jira.state.remote_link_content import read_content
from simulator.emulators.jira.state.setup import counter
from simulator.emulators.kit.database import next_value

MOST = 2000
"""Remote links of one issue: https://support.atlassian.com/jira-cloud-administration/docs/what-are-jira-cloud-limits/"""

_r = tables.remote_links.c


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteLink:
    """A remote link; `content` has application, relationship and object as they were given."""

    id: int
    global_id: str | None
    content: dict[str, Any]


def remote_links_of(context: Context, issue: Issue) -> list[RemoteLink]:
    """An issue's remote links, by id."""
    return _read(context, issue)


def find_remote_link(context: Context, issue: Issue, link_id: str) -> RemoteLink:
    """A remote link by id. Raises NotFound."""
    known = link_id.isascii() and link_id.isdecimal() and len(link_id) < 19
    for link in _read(context, issue, _r.id == int(link_id if known else 0)):
        return link
    raise NotFound(f"No remote issue link with id '{link_id}' exists.")


def find_global_link(context: Context, issue: Issue, global_id: str) -> RemoteLink:
    """A remote link by its global id. Raises NotFound."""
    for link in _read(context, issue, _r.global_id == global_id):
        return link
    raise NotFound(f"No remote issue link with globalId '{global_id}' exists.")


def save_remote_link(
    context: Context, issue: Issue, given: dict[str, Any], *, link: RemoteLink | None = None
) -> tuple[int, bool]:
    """Create a link, or replace `link` or the one of the same global id; returns id and whether it is new.

    Raises BadRequest, and JiraError with 413 when there would be too many.
    """
    global_id, content = read_content(given)
    same = _read(context, issue, _r.global_id == global_id) if global_id else []
    known = link or next(iter(same), None)
    if link and same and same[0].id != link.id:
        raise JiraError(errors={"globalId": f"Another remote link of the issue has the globalId '{global_id}'."})
    values = {"global_id": global_id, "content": orjson.dumps(content).decode()}
    if known:
        of = (_r.site == context.site) & (_r.id == known.id)
        context.connection.execute(update(tables.remote_links).where(of).values(values))
        return known.id, False
    return _create(context, issue, values, content), True


def delete_remote_link(context: Context, issue: Issue, link: RemoteLink) -> None:
    """Remove a remote link, as the history tells."""
    of = (_r.site == context.site) & (_r.id == link.id) & (_r.issue_id == issue.id)
    context.connection.execute(delete(tables.remote_links).where(of))
    change = Change(
        field="RemoteIssueLink",
        field_id="issuelinks",
        from_value=str(link.id),
        from_text=_in_words(link.content),
    )
    record(context, {issue.id: [change]})
    touch_issues(context, [issue.id])


def _create(context: Context, issue: Issue, values: dict[str, Any], content: dict[str, Any]) -> int:
    of = (_r.site == context.site) & (_r.issue_id == issue.id)
    present = context.connection.execute(select(func.count()).select_from(tables.remote_links).where(of)).scalar_one()
    if present >= MOST:
        raise JiraError(f"An issue can have at most {MOST} remote links.", status=413)
    link_id = next_value(context.connection, context.site, counter("remote_link"))
    row = {"site": context.site, "id": link_id, "issue_id": issue.id} | values
    context.connection.execute(insert(tables.remote_links), row)
    change = Change(field="RemoteIssueLink", field_id="issuelinks", to_value=str(link_id), to_text=_in_words(content))
    record(context, {issue.id: [change]})
    touch_issues(context, [issue.id])
    return link_id


def _read(context: Context, issue: Issue, *of: ColumnElement[bool]) -> list[RemoteLink]:
    query = select(_r.id, _r.global_id, _r.content).where(_r.site == context.site, _r.issue_id == issue.id, *of)
    rows = context.connection.execute(query.order_by(_r.id))
    return [RemoteLink(id=row.id, global_id=row.global_id, content=orjson.loads(row.content)) for row in rows]


def _in_words(content: dict[str, Any]) -> str:
    """A link as the history tells of it: by its title and the application that it leads to."""
    application = content.get("application", {}).get("name") or "Web Link"
    return f'This issue links to "{content["object"]["title"]} ({application})"'
