"""What an issue held when it was made: today's fields with its history taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simulator.adapters.jira import POINTS
from simulator.adapters.jira_accounts import Json

_PARENTS = ("IssueParentAssociation", "Parent", "Epic Link")  # names in histories, by kind of project


def taken_back(histories: Sequence[Json]) -> dict[str, tuple[str | None, Any]]:
    """Field → (value, text) before its first change; story points under `points`."""
    first: dict[str, tuple[str | None, Any]] = {}
    for history in histories:
        for item in history["items"]:
            name = "points" if item["field"] in POINTS else item["field"]
            first.setdefault(name, (item.get("from"), item.get("fromString") or ""))
    return first


def first_parent(first: Mapping[str, tuple[str | None, Any]], fields: Mapping[str, Json]) -> str:
    """Key of the parent that an issue was made with; `first` as `taken_back` gives it."""
    changed = next((first[name] for name in _PARENTS if name in first), None)
    return str((changed[1] if changed else (fields.get("parent") or {}).get("key")) or "")


def mark_of(issue: Mapping[str, Json]) -> str:
    """What tells one state of an issue from the next, even when both bear the same stamp."""
    changes = (issue.get("changelog") or {}).get("total")
    comments = (issue["fields"].get("comment") or {}).get("total")
    return f"{issue['fields']['updated']}/{changes}/{comments}"
