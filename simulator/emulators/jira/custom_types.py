"""The types that a custom field can have: what they are called, what they hold, how they are searched.

https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-fields/#api-rest-api-3-field-post
"""

from __future__ import annotations

from dataclasses import dataclass

from simulator.emulators.jira.fields import ALL_OPERATIONS, CUSTOM_TYPES, SET_ONLY, FieldSpec


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomType:
    """A type. `shown` is its name among a field's JQL clauses; the first searcher is the default."""

    kind: str
    shown: str
    searchers: tuple[str, ...]
    items: str | None = None


TYPES: dict[str, CustomType] = {
    "textfield": CustomType(kind="string", shown="Short text", searchers=("textsearcher", "exacttextsearcher")),
    "textarea": CustomType(kind="string", shown="Paragraph", searchers=("textsearcher",)),
    "readonlyfield": CustomType(kind="string", shown="Read only", searchers=("textsearcher",)),
    "url": CustomType(kind="string", shown="URL Field", searchers=("exacttextsearcher",)),
    "float": CustomType(kind="number", shown="Number", searchers=("exactnumber", "numberrange")),
    "datepicker": CustomType(kind="date", shown="Date", searchers=("daterange",)),
    "datetime": CustomType(kind="datetime", shown="Time stamp", searchers=("datetimerange",)),
    "labels": CustomType(kind="array", items="string", shown="Labels", searchers=("labelsearcher",)),
    "userpicker": CustomType(kind="user", shown="People", searchers=("userpickergroupsearcher",)),
    "multiuserpicker": CustomType(kind="array", items="user", shown="People", searchers=("userpickergroupsearcher",)),
    "select": CustomType(kind="option", shown="Dropdown", searchers=("multiselectsearcher",)),
    "radiobuttons": CustomType(kind="option", shown="Radio Buttons", searchers=("multiselectsearcher",)),
    "multiselect": CustomType(kind="array", items="option", shown="Dropdown", searchers=("multiselectsearcher",)),
    "multicheckboxes": CustomType(kind="array", items="option", shown="Checkboxes", searchers=("multiselectsearcher",)),
}


def spec_of(number: int, name: str, kind: str) -> FieldSpec:
    """The field of that number, name and type."""
    found = TYPES[kind]
    return FieldSpec(
        id=f"customfield_{number}",
        name=name,
        kind=found.kind,
        items=found.items,
        custom=f"{CUSTOM_TYPES}:{kind}",
        clauses=(f"cf[{number}]", name, f"{name}[{found.shown}]"),
        orderable=True,
        operations=ALL_OPERATIONS if found.items else SET_ONLY,
    )


def type_of(spec: FieldSpec) -> str:
    """The last part of a custom field's type key: `float`, `textarea`, …"""
    return (spec.custom or "").rpartition(":")[2]
