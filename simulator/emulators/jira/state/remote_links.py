"""Links from an issue to things elsewhere, one for each global id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import delete, insert, select, update

from simulator.emulators.jira import tables
from simulator.emulators.jira.errors import BadRequest, NotFound
from simulator.emulators.jira.state.changes import Change, record, touch_issues
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.issues import Issue
from simulator.emulators.jira.state.setup import counter
from simulator.emulators.kit.database import next_value

_r = tables.remote_links.c


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteLink:
    """A remote link; `content` has application, relationship and object as they were given."""

    id: int
    global_id: str | None
    content: dict[str, Any]


def remote_links_of(context: Context, issue: Issue) -> list[RemoteLink]:
    """An issue's remote links, by id."""
    query = select(_r.id, _r.global_id, _r.content).where(_r.site == context.site, _r.issue_id == issue.id)
    rows = context.connection.execute(query.order_by(_r.id))
    return [RemoteLink(id=row.id, global_id=row.global_id, content=orjson.loads(row.content)) for row in rows]


def find_remote_link(context: Context, issue: Issue, link_id: str) -> RemoteLink:
    """A remote link by id. Raises NotFound."""
    for link in remote_links_of(context, issue):
        if str(link.id) == link_id:
            return link
    raise NotFound(f"No remote issue link with id '{link_id}' exists.")


def save_remote_link(
    context: Context, issue: Issue, given: dict[str, Any], *, link: RemoteLink | None = None
) -> tuple[int, bool]:
    """Create a link, or replace `link` or the one of the same global id; returns id and whether it is new. Raises BadRequest."""
    global_id, content = _checked(given)
    known = link or next((x for x in remote_links_of(context, issue) if global_id and x.global_id == global_id), None)
    values = {"global_id": global_id, "content": orjson.dumps(content).decode()}
    if known:
        of = (_r.site == context.site) & (_r.id == known.id)
        context.connection.execute(update(tables.remote_links).where(of).values(values))
        return known.id, False
    link_id = next_value(context.connection, context.site, counter("remote_link"))
    row = {"site": context.site, "id": link_id, "issue_id": issue.id} | values
    context.connection.execute(insert(tables.remote_links), row)
    there = content["object"]
    text = f'This issue links to "{there["title"]} ({there["url"]})"'
    change = Change(field="RemoteIssueLink", field_id="issuelinks", to_value=str(link_id), to_text=text)
    record(context, {issue.id: [change]})
    touch_issues(context, [issue.id])
    return link_id, True


def delete_remote_link(context: Context, issue: Issue, link: RemoteLink) -> None:
    """Remove a remote link."""
    of = (_r.site == context.site) & (_r.id == link.id) & (_r.issue_id == issue.id)
    context.connection.execute(delete(tables.remote_links).where(of))


def _checked(given: dict[str, Any]) -> tuple[str | None, dict[str, Any]]:
    there = given.get("object")
    errors = {}
    for name in ("title", "url"):
        if not isinstance(there, dict) or not isinstance(there.get(name), str) or not there[name].strip():
            errors[name] = f"'{name}' is required."
    global_id = given.get("globalId")
    if global_id is not None and (not isinstance(global_id, str) or len(global_id) > 255):
        errors["globalId"] = "'globalId' must be a string of at most 255 characters."
    if errors:
        raise BadRequest(errors=errors)
    return global_id, {name: given[name] for name in ("application", "relationship", "object") if given.get(name)}
