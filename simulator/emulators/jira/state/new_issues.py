"""New issues as requests describe them: fields, what `update` adds to them, properties; each whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete

from simulator.emulators.jira import tables
from simulator.emulators.jira.errors import BadRequest, JiraError
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.create import Created, Draft, check_draft, create_issues
from simulator.emulators.jira.state.edit import edit_issue, twice_faults
from simulator.emulators.jira.state.issues import find_issue
from simulator.emulators.jira.state.properties import Properties, set_new_properties
from simulator.emulators.jira.state.verbs import fields_of_new, sorted_verbs

_BESIDE = ("comment", "issuelinks", "worklog")
"""Verbs that make things of their own, which takes the issue to be there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An issue that can be created, and what is to be said, linked and logged on it then."""

    draft: Draft
    beside: Mapping[str, Any]
    properties: Properties


def check_wanted(
    context: Context, *, fields: dict[str, Any], verbs: dict[str, Any], properties: Properties, api: str
) -> Wanted:
    """What a request describes. Raises BadRequest with every faulty field."""
    asked = sorted_verbs(context, verbs)
    twice = twice_faults(fields, verbs)
    draft, faults = check_draft(context, fields_of_new(context, asked) | fields, api=api)
    if draft is None or twice:
        raise BadRequest(errors=faults | twice)
    beside = {name: verbs[name] for name in _BESIDE if verbs.get(name)}
    return Wanted(draft=draft, beside=beside, properties=properties)


def create_wanted(context: Context, wanted: Sequence[Wanted], *, api: str) -> list[Created | JiraError]:
    """Create issues in their order. Where a comment, link or worklog is refused there is no issue but the refusal."""
    made = create_issues(context, [one.draft for one in wanted])
    found = [_completed(context, one, created, api=api) for one, created in zip(wanted, made, strict=True)]
    rows = [
        (created.id, key, value)
        for one, created in zip(wanted, found, strict=True)
        if isinstance(created, Created)
        for key, value in one.properties.items()
    ]
    set_new_properties(context, rows)
    return found


def _completed(context: Context, wanted: Wanted, created: Created, *, api: str) -> Created | JiraError:
    if not wanted.beside:
        return created
    savepoint, told = context.connection.begin_nested(), len(context.notices)
    try:
        issue = find_issue(context, created.id)
        edit_issue(context, issue, fields={}, verbs=dict(wanted.beside), api=api)
    except JiraError as exc:
        savepoint.rollback()
        del context.notices[told:]
        _take_back(context, created)
        return exc
    savepoint.commit()
    return created


def _take_back(context: Context, created: Created) -> None:
    i = tables.issues.c
    context.connection.execute(delete(tables.issues).where(i.site == context.site, i.id == created.id))
    context.notices[:] = [notice for notice in context.notices if notice.issue_id != created.id]
