"""The catalogue of issue fields: what `GET /field` lists and what the other parts ask about a field.

Ids of the custom fields are those of a new Jira Cloud site; their types are Jira Software's own.
https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-fields/#api-rest-api-3-field-get
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

EPIC_LINK = "customfield_10014"
POINTS = "customfield_10016"
RANK = "customfield_10019"
SPRINT = "customfield_10020"
FLAGGED = "customfield_10021"
FLAG_OPTION = {"id": "10019", "value": "Impediment"}

_GREENHOPPER = "com.pyxis.greenhopper.jira"
CUSTOM_TYPES = "com.atlassian.jira.plugin.system.customfieldtypes"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """One field. `clauses` are its names in JQL; `kind` is its type in `schema`, `items` that of an array's elements."""

    id: str
    name: str
    kind: str
    items: str | None = None
    custom: str | None = None
    clauses: tuple[str, ...] = ()
    orderable: bool = False
    navigable: bool = True
    searchable: bool = True
    operations: tuple[str, ...] = field(default=())  # as editmeta lists them; () when it cannot be edited

    @property
    def number(self) -> int | None:
        """The custom field's number, None for a system field."""
        return int(self.id.rpartition("_")[2]) if self.custom else None

    def schema(self) -> dict[str, Any]:
        """The field's type as Jira writes it."""
        described: dict[str, Any] = {"type": self.kind}
        if self.items:
            described["items"] = self.items
        if self.custom:
            return described | {"custom": self.custom, "customId": self.number}
        return described | {"system": self.id}


def _plain(id_: str, name: str, kind: str, *clauses: str, **more: Any) -> FieldSpec:
    return FieldSpec(id=id_, name=name, kind=kind, clauses=clauses, **more)


SET_ONLY = ("set",)
ALL_OPERATIONS = ("add", "set", "remove")

FIELDS: tuple[FieldSpec, ...] = (
    _plain("statuscategorychangedate", "Status Category Changed", "datetime", "statusCategoryChangedDate"),
    _plain("issuetype", "Issue Type", "issuetype", "issuetype", "type", orderable=True, operations=SET_ONLY),
    _plain("parent", "Parent", "issuelink", "parent", searchable=False, operations=SET_ONLY),
    _plain("timespent", "Time Spent", "number", "timespent", searchable=False),
    _plain("project", "Project", "project", "project"),
    _plain(
        "fixVersions", "Fix versions", "array", "fixVersion", items="version", orderable=True, operations=ALL_OPERATIONS
    ),
    _plain("resolution", "Resolution", "resolution", "resolution", orderable=True),
    _plain("resolutiondate", "Resolved", "datetime", "resolutiondate", "resolved"),
    _plain("workratio", "Work Ratio", "number", "workratio"),
    _plain("lastViewed", "Last Viewed", "datetime", "lastViewed"),
    _plain("watches", "Watchers", "watches", "watchers", orderable=False),
    _plain("created", "Created", "datetime", "created", "createdDate"),
    _plain("priority", "Priority", "priority", "priority", orderable=True, operations=SET_ONLY),
    _plain("labels", "Labels", "array", "labels", items="string", orderable=True, operations=ALL_OPERATIONS),
    _plain("timeestimate", "Remaining Estimate", "number", "remainingEstimate", "timeestimate", searchable=False),
    _plain(
        "timeoriginalestimate",
        "Original estimate",
        "number",
        "originalEstimate",
        "timeoriginalestimate",
        searchable=False,
    ),
    _plain("aggregatetimespent", "Σ Time Spent", "number", searchable=False),
    _plain("aggregatetimeestimate", "Σ Remaining Estimate", "number", searchable=False),
    _plain("aggregatetimeoriginalestimate", "Σ Original Estimate", "number", searchable=False),
    _plain("aggregateprogress", "Σ Progress", "progress", searchable=False),
    _plain(
        "versions",
        "Affects versions",
        "array",
        "affectedVersion",
        items="version",
        orderable=True,
        operations=ALL_OPERATIONS,
    ),
    _plain(
        "issuelinks",
        "Linked Issues",
        "array",
        "issueLink",
        items="issuelinks",
        orderable=True,
        operations=("add", "copy"),
    ),
    _plain("assignee", "Assignee", "user", "assignee", orderable=True, operations=SET_ONLY),
    _plain("updated", "Updated", "datetime", "updated", "updatedDate"),
    _plain("status", "Status", "status", "status"),
    _plain("statusCategory", "Status Category", "statusCategory", "statusCategory"),
    _plain(
        "components", "Components", "array", "component", items="component", orderable=True, operations=ALL_OPERATIONS
    ),
    _plain("issuekey", "Key", "issuekey", "id", "issue", "issuekey", "key", searchable=False),
    _plain("description", "Description", "string", "description", orderable=True, operations=SET_ONLY),
    _plain(
        "timetracking", "Time tracking", "timetracking", navigable=False, orderable=True, operations=("set", "edit")
    ),
    _plain("attachment", "Attachment", "array", "attachments", items="attachment", navigable=False, orderable=True),
    _plain("summary", "Summary", "string", "summary", orderable=True, operations=SET_ONLY),
    _plain("creator", "Creator", "user", "creator"),
    _plain("subtasks", "Sub-tasks", "array", "subtasks", items="issuelinks", searchable=False),
    _plain("reporter", "Reporter", "user", "reporter", orderable=True, operations=SET_ONLY),
    _plain("environment", "Environment", "string", "environment", orderable=True, operations=SET_ONLY),
    _plain("duedate", "Due date", "date", "due", "duedate", orderable=True, operations=SET_ONLY),
    _plain("progress", "Progress", "progress", "progress", searchable=False),
    _plain("votes", "Votes", "votes", "votes", searchable=False),
    _plain(
        "comment",
        "Comment",
        "comments-page",
        "comment",
        navigable=False,
        orderable=True,
        operations=("add", "edit", "remove"),
    ),
    _plain(
        "worklog",
        "Log Work",
        "array",
        items="worklog",
        navigable=False,
        orderable=True,
        operations=("add", "edit", "remove"),
    ),
    FieldSpec(
        id=EPIC_LINK,
        name="Epic Link",
        kind="any",
        custom=f"{_GREENHOPPER}:gh-epic-link",
        clauses=("cf[10014]", "Epic Link"),
        orderable=True,
        operations=SET_ONLY,
    ),
    FieldSpec(
        id=POINTS,
        name="Story Points",
        kind="number",
        custom=f"{CUSTOM_TYPES}:float",
        clauses=("cf[10016]", "Story Points"),
        orderable=True,
        operations=SET_ONLY,
    ),
    FieldSpec(
        id=RANK,
        name="Rank",
        kind="any",
        custom=f"{_GREENHOPPER}:gh-lexo-rank",
        clauses=("cf[10019]", "Rank"),
        orderable=True,
    ),
    FieldSpec(
        id=SPRINT,
        name="Sprint",
        kind="array",
        items="json",
        custom=f"{_GREENHOPPER}:gh-sprint",
        clauses=("cf[10020]", "Sprint"),
        orderable=True,
        operations=SET_ONLY,
    ),
    FieldSpec(
        id=FLAGGED,
        name="Flagged",
        kind="array",
        items="option",
        custom=f"{CUSTOM_TYPES}:multicheckboxes",
        clauses=("cf[10021]", "Flagged", "Flagged[Checkboxes]"),
        orderable=True,
        operations=ALL_OPERATIONS,
    ),
)
BY_ID = {spec.id: spec for spec in FIELDS}
VALUE_IDS = tuple(spec.id for spec in FIELDS if spec.id != "issuekey")
"""Fields that an issue's `fields` object can hold."""


EVERY_CUSTOM = "*custom"
"""Stands, in a list of chosen fields, for all that the site added."""


def selected(wanted: list[str], default: tuple[str, ...]) -> list[str]:
    """The fields that a `fields` parameter asks for: `*all`, `*navigable`, ids, and `-id` to leave one out.

    A site's own fields stay as they are asked for, with EVERY_CUSTOM for all and `-id` for those left out: see `present`.
    """
    names = [name.strip() for part in wanted for name in part.split(",") if name.strip()]
    asked = {name for name in names if not name.startswith("-")} or set(default)
    refused = {name[1:] for name in names if name.startswith("-")}
    everything, navigable = "*all" in asked, "*navigable" in asked

    def chosen(spec: FieldSpec) -> bool:
        return everything or (navigable and spec.navigable) or spec.id in asked

    own = sorted(name for name in asked if name.startswith("customfield_") and name not in BY_ID)
    custom = [EVERY_CUSTOM, *(f"-{name}" for name in refused)] if everything or navigable else []
    return [id_ for id_ in VALUE_IDS if id_ not in refused and chosen(BY_ID[id_])] + own + custom


def present(fields: Collection[str], custom: Mapping[str, FieldSpec]) -> list[str]:
    """Chosen fields without the signs of `selected`: a site's own ones as far as it has them."""
    chosen = [name for name in fields if name[0] not in "*-" and (not name.startswith("customfield_") or name in BY_ID)]
    every = EVERY_CUSTOM in fields
    return chosen + [name for name in custom if (every or name in fields) and f"-{name}" not in fields]
