"""Links between issues. The source is what Jira's REST calls inwardIssue: with the type Blocks it "blocks" the other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, insert, select, true

from simulator.emulators.jira import tables
from simulator.emulators.jira.errors import BadRequest, JiraError, NoIssue, NotFound
from simulator.emulators.jira.state.archived import refuse_archived
from simulator.emulators.jira.state.changes import Change, record, touch_issues
from simulator.emulators.jira.state.configuration import LinkType, named
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.issues import Issue, find_issue, read_issues
from simulator.emulators.jira.state.permissions import may
from simulator.emulators.jira.state.setup import counter
from simulator.emulators.kit.database import next_value

MOST = 2000
"""Links of one issue: https://support.atlassian.com/jira-cloud-administration/docs/what-are-jira-cloud-limits/"""

_l = tables.links.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link of a type from a source to a destination."""

    id: int
    type_id: int
    source_id: int
    destination_id: int


_COLUMNS = [_l[name] for name in Link.__slots__]


def links_of(context: Context, issue_ids: Iterable[int]) -> list[Link]:
    """All links that begin or end at one of these issues, by id; without those to issues that the caller may not see."""
    wanted = list(issue_ids)
    either = _l.source_id.in_(wanted) | _l.destination_id.in_(wanted)
    query = select(*_COLUMNS).where(_l.site == context.site, either, _seen(context)).order_by(_l.id)
    return [Link(**row) for row in context.connection.execute(query).mappings()]


def find_link(context: Context, link_id: str) -> Link:
    """A link by id. Raises NotFound."""
    number = int(link_id) if link_id.isascii() and link_id.isdecimal() and len(link_id) < 19 else 0
    query = select(*_COLUMNS).where(_l.site == context.site, _l.id == number, _seen(context))
    row = context.connection.execute(query).mappings().first()
    if row is None:
        raise NotFound(f"No issue link with id '{link_id}' exists.")
    return Link(**row)


def read_link_type(context: Context, value: object) -> LinkType:
    """A link type by `id` or `name`. Raises NotFound."""
    wanted = value.get("id") or value.get("name") if isinstance(value, dict) else None
    found = named(context.meta.link_types.values(), wanted) if wanted is not None else None
    if found is None:
        raise NotFound(f"No issue link type with name '{wanted}' found.")
    return found


def check_may_link(context: Context, *ends: Issue) -> None:
    """Raises 401, which Jira gives here instead of 403, for who may link none of these issues."""
    if not any(may(context, "LINK_ISSUES", issue=issue) for issue in ends):
        raise JiraError(f"No Link Issue Permission for issue '{ends[0].key}'", status=401)


def create_link(context: Context, kind: LinkType, source: Issue, destination: Issue) -> None:
    """Link two issues; a link that is there already stays one. Both get an entry in their history. Raises BadRequest."""
    changed = insert_link(context, kind, source, destination)
    record(context, changed)
    touch_issues(context, changed)


def insert_link(context: Context, kind: LinkType, source: Issue, destination: Issue) -> dict[int, list[Change]]:
    """Do the same without a word in the history: returns what to record for each issue."""
    if source.id == destination.id:
        raise BadRequest("You cannot link an issue to itself.")
    refuse_archived(context, source, destination, error=BadRequest)
    same = (_l.type_id == kind.id) & (_l.source_id == source.id) & (_l.destination_id == destination.id)
    if context.connection.execute(select(_l.id).where(_l.site == context.site, same)).first():
        return {}
    row: dict[str, Any] = {
        "site": context.site,
        "id": next_value(context.connection, context.site, counter("link")),
        "type_id": kind.id,
        "source_id": source.id,
        "destination_id": destination.id,
    }
    for end in (source, destination):
        _check_room(context, end)
    context.connection.execute(insert(tables.links), row)
    context.tell("issuelink_created", source.id, link=Link(**{name: row[name] for name in Link.__slots__}))
    return {
        source.id: [_change(to=(destination.key, f"This issue {kind.outward} {destination.key}"))],
        destination.id: [_change(to=(source.key, f"This issue {kind.inward} {source.key}"))],
    }


def delete_link(context: Context, link: Link) -> None:
    """Remove a link; both issues get an entry in their history."""
    context.connection.execute(delete(tables.links).where(_l.site == context.site, _l.id == link.id))
    changed = _parted(context, link, read_issues(context, [link.source_id, link.destination_id]))
    context.tell("issuelink_deleted", link.source_id, link=link)
    record(context, changed)
    touch_issues(context, changed)


def part_links(context: Context, issue_ids: Collection[int]) -> dict[int, list[Change]]:
    """Remove all links of issues that are about to go; returns what to record for the other ends."""
    either = (_l.site == context.site) & (_l.source_id.in_(issue_ids) | _l.destination_id.in_(issue_ids))
    links = [Link(**row) for row in context.connection.execute(select(*_COLUMNS).where(either)).mappings()]
    if not links:
        return {}
    ends = read_issues(context, {end for link in links for end in (link.source_id, link.destination_id)})
    context.connection.execute(delete(tables.links).where(either))
    changed: dict[int, list[Change]] = {}
    for link in links:
        for issue_id, items in _parted(context, link, ends).items():
            if issue_id not in issue_ids:
                changed.setdefault(issue_id, []).extend(items)
                context.tell("issuelink_deleted", issue_id, link=link)
    return changed


def _parted(context: Context, link: Link, ends: Mapping[int, Issue]) -> dict[int, list[Change]]:
    """What the history of both ends tells of a link that goes."""
    kind, source, destination = context.meta.link_types[link.type_id], ends[link.source_id], ends[link.destination_id]
    return {
        source.id: [_change(was=(destination.key, f"This issue {kind.outward} {destination.key}"))],
        destination.id: [_change(was=(source.key, f"This issue {kind.inward} {source.key}"))],
    }


def add_link_from(context: Context, issue: Issue, value: object) -> dict[int, list[Change]]:
    """The `issuelinks` verb `add` on an issue: the other end is given as inwardIssue or outwardIssue. Raises BadRequest."""
    given: dict[str, Any] = value if isinstance(value, dict) else {}
    if not may(context, "LINK_ISSUES", issue=issue):
        raise BadRequest(errors={"issuelinks": f"No Link Issue Permission for issue '{issue.key}'"})
    try:
        kind = read_link_type(context, given.get("type"))
        if "outwardIssue" in given:
            return insert_link(context, kind, issue, end_of(context, given["outwardIssue"]))
        return insert_link(context, kind, end_of(context, given.get("inwardIssue")), issue)
    except NotFound as exc:
        raise BadRequest(errors={"issuelinks": str(exc)}) from exc


def end_of(context: Context, value: object) -> Issue:
    """The issue of `{"key": …}` or `{"id": …}`. Raises NoIssue."""
    wanted = value.get("key") or value.get("id") if isinstance(value, dict) else None
    if not isinstance(wanted, str | int):
        raise NoIssue
    return find_issue(context, wanted)


def _check_room(context: Context, issue: Issue) -> None:
    of = (_l.site == context.site) & ((_l.source_id == issue.id) | (_l.destination_id == issue.id))
    if context.connection.execute(select(func.count()).select_from(tables.links).where(of)).scalar_one() >= MOST:
        raise JiraError(f"The issue {issue.key} has {MOST} links, and no more can be added.", status=413)


def _seen(context: Context) -> ColumnElement[bool]:
    """The condition on a link that the caller may see both its ends."""
    if not context.meta.hidden:
        return true()
    i = tables.issues.c
    unseen = select(i.id).where(i.site == context.site, i.project_id.in_(sorted(context.meta.hidden)))
    return and_(_l.source_id.not_in(unseen), _l.destination_id.not_in(unseen))


def _change(*, to: tuple[str, str] = ("", ""), was: tuple[str, str] = ("", "")) -> Change:
    return Change(
        field="Link",
        field_id="issuelinks",
        from_value=was[0] or None,
        from_text=was[1] or None,
        to_value=to[0] or None,
        to_text=to[1] or None,
    )
