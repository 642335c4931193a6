"""The verbs of `update` (add, remove, set, edit, copy): what fields come to, what happens to comments and links.

https://developer.atlassian.com/server/jira/platform/updating-an-issue-via-the-jira-rest-apis-6848604/
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from simulator.emulators.jira.errors import BadRequest, NotFound
from simulator.emulators.jira.fields import FLAGGED, FieldSpec
from simulator.emulators.jira.state.changes import Change
from simulator.emulators.jira.state.comments import add_comment, delete_comment, edit_comment, find_comment
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.custom_values import values_of
from simulator.emulators.jira.state.issues import Issue, find_issue
from simulator.emulators.jira.state.labels import labels_of
from simulator.emulators.jira.state.links import add_link_from, links_of
from simulator.emulators.jira.state.parts import FIELDS as PART_FIELDS
from simulator.emulators.jira.state.parts import parts_after
from simulator.emulators.jira.state.people import people_by_id
from simulator.emulators.jira.state.values import ValueFault, check_label, read_flag

NO_PARENT = {"none": True}
"""What `set` takes to part an issue from its parent."""

_Operation = tuple[str, Any]  # a verb and its value, which is any JSON


@dataclass(slots=True)
class Verbs:
    """Operations by what they change."""

    fields: dict[str, list[_Operation]] = field(default_factory=dict)
    comments: list[_Operation] = field(default_factory=list)
    links: list[_Operation] = field(default_factory=list)
    worklogs: list[_Operation] = field(default_factory=list)


def sorted_verbs(context: Context, given: dict[str, Any]) -> Verbs:
    """The operations of a request. Raises BadRequest with every field whose operations are none, or that lacks a verb."""
    found, faults = Verbs(), {}
    for name, operations in given.items():
        if not isinstance(operations, list) or not all(isinstance(o, dict) and len(o) == 1 for o in operations):
            faults[name] = "data was not an array of operations"
            continue
        if not operations:
            continue
        pairs = [next(iter(operation.items())) for operation in operations]
        spec = context.meta.field(name)
        unknown = [verb for verb, _ in pairs if spec and spec.operations and verb not in spec.operations]
        if spec and unknown:
            faults[name] = _unknown_verb(spec, unknown[0])
        elif name == "comment":
            found.comments = pairs
        elif name == "issuelinks":
            found.links = pairs
        elif name == "worklog":
            found.worklogs = pairs
        else:
            found.fields[name] = pairs
    if faults:
        raise BadRequest(errors=faults)
    return found


def _unknown_verb(spec: FieldSpec, verb: str) -> str:
    known = ",".join(spec.operations)
    return (
        f"Field with id '{spec.id}' and name '{spec.name}' does not support operation '{verb[:40]}' "
        f"Supported operation(s) are: '{known}'"
    )


def fields_after(context: Context, issue: Issue, verbs: Verbs) -> dict[str, Any]:
    """What the verbs come to, as if the fields were set. Raises BadRequest."""
    found: dict[str, Any] = {}
    for name, operations in verbs.fields.items():
        try:
            found[name] = _after(context, issue, name, operations)
        except ValueFault as exc:
            raise BadRequest(errors={name: str(exc)}) from exc
    return found


def fields_of_new(context: Context, verbs: Verbs) -> dict[str, Any]:
    """What the verbs come to on an issue that has nothing yet. Raises BadRequest."""
    found: dict[str, Any] = {}
    for name, operations in verbs.fields.items():
        spec = context.meta.field(name)
        try:
            found[name] = _list_after([], operations) if spec and "add" in spec.operations else _last(name, operations)
        except ValueFault as exc:
            raise BadRequest(errors={name: str(exc)}) from exc
    return found


def _last(name: str, operations: list[_Operation]) -> Any:
    value = operations[-1][1]
    return None if name == "parent" and value == NO_PARENT else value


def _after(context: Context, issue: Issue, name: str, operations: list[_Operation]) -> Any:
    if name == "labels":
        return _labels_after(labels_of(context, [issue.id])[issue.id], operations)
    if name in PART_FIELDS:
        return parts_after(context, issue.id, name, [{verb: value} for verb, value in operations])
    if name == FLAGGED:
        return _flag_after(context, issue, operations)
    spec = context.meta.custom_fields.get(name)
    if spec and spec.items:
        return _list_after(_present(context, issue, spec), operations)
    return _last(name, operations)


def _labels_after(labels: list[str], operations: list[_Operation]) -> Any:
    for verb, value in operations:
        if verb == "set":
            labels = value
        elif not isinstance(labels, list):
            raise ValueFault("data was not an array")
        elif verb == "add":
            labels = [*labels, check_label(value)]
        else:
            labels = [label for label in labels if label != value]
    return labels


def _present(context: Context, issue: Issue, spec: FieldSpec) -> list[Any]:
    """What a list field of the site holds, as a request would give it."""
    values = values_of(context, [issue.id])[issue.id].get(spec.id, [])
    if spec.items != "user":
        return list(values)
    return [{"accountId": person.jira_id} for person in people_by_id(context, values).values()]


def _list_after(values: Any, operations: list[_Operation]) -> Any:
    for verb, value in operations:
        if verb == "set":
            values = value
        elif not isinstance(values, list):
            raise ValueFault("data was not an array")
        elif verb == "add":
            values = [*values, value]
        else:
            values = [one for one in values if one != value]
    return values


def _flag_after(context: Context, issue: Issue, operations: list[_Operation]) -> Any:
    flag: Any = [{"value": "Impediment"}] if issue.flagged else []
    for verb, value in operations:
        if verb == "set":
            flag = value
        elif read_flag(context, [value], ""):
            flag = [value] if verb == "add" else []
    return flag


def change_links(context: Context, issue: Issue, operations: list[_Operation]) -> list[dict[int, list[Change]]]:
    """Links added, or copied from other issues; returns the history items. Raises BadRequest."""
    wanted = [value for verb, value in operations if verb == "add"]
    for value in (value for verb, value in operations if verb == "copy"):
        wanted += _links_like(context, value)
    return [add_link_from(context, issue, one) for one in wanted]


def _links_like(context: Context, value: object) -> list[dict[str, Any]]:
    """The links of the issue of `{"key": …}`, as requests to add them elsewhere."""
    wanted = (value.get("key") or value.get("id")) if isinstance(value, dict) else value
    try:
        source = find_issue(context, str(wanted))
    except NotFound as exc:
        raise BadRequest(errors={"issuelinks": str(exc)}) from exc
    return [
        {"type": {"id": str(link.type_id)}}
        | (
            {"outwardIssue": {"id": str(link.destination_id)}}
            if link.source_id == source.id
            else {"inwardIssue": {"id": str(link.source_id)}}
        )
        for link in links_of(context, [source.id])
    ]


def change_comments(context: Context, issue: Issue, operations: list[_Operation], *, api: str) -> None:
    """Comments added, edited, removed. Raises BadRequest."""
    for verb, value in operations:
        given = value if isinstance(value, dict) else {}
        more = {"visibility": given.get("visibility"), "properties": given.get("properties")}
        try:
            if verb == "add":
                add_comment(context, issue, given.get("body"), api=api, **more)
                continue
            comment = find_comment(context, issue, str(given.get("id", "")))
            if verb == "edit":
                edit_comment(context, issue, comment, given.get("body"), api=api, **more)
            else:
                delete_comment(context, issue, comment)
        except NotFound as exc:
            raise BadRequest(errors={"comment": str(exc)}) from exc
