"""Everything that showing some issues takes, read in a few statements for a whole page of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from simulator.emulators.jira.fields import SPRINT
from simulator.emulators.jira.state.changes import Entry, entries_of
from simulator.emulators.jira.state.comments import Comment, comments_of
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.issues import Issue, children, read_issues
from simulator.emulators.jira.state.labels import labels_of
from simulator.emulators.jira.state.links import Link, links_of
from simulator.emulators.jira.state.people import people_by_id
from simulator.emulators.jira.state.properties import properties_of
from simulator.emulators.jira.state.sprints import Sprint, sprints_of
from simulator.emulators.jira.state.watchers import watchers_of
from simulator.emulators.kit.accounts import Account


@dataclass(slots=True)
class Bundle:
    """Issues with what belongs to them, each by issue id; what was not asked for is empty."""

    issues: Sequence[Issue]
    people: dict[int, Account] = field(default_factory=dict)
    labels: dict[int, list[str]] = field(default_factory=dict)
    sprints: dict[int, list[Sprint]] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    others: dict[int, Issue] = field(default_factory=dict)
    subtasks: dict[int, list[Issue]] = field(default_factory=dict)
    comments: dict[int, list[Comment]] = field(default_factory=dict)
    watchers: dict[int, list[int]] = field(default_factory=dict)
    entries: dict[int, list[Entry]] = field(default_factory=dict)
    properties: dict[int, dict[str, Any]] = field(default_factory=dict)


def read_bundle(
    context: Context,
    issues: Sequence[Issue],
    *,
    fields: Collection[str],
    changelog: bool = False,
    properties: Collection[str] = (),
) -> Bundle:
    """A bundle of what the fields need, the histories with `changelog`, and the named properties (`*all` for each)."""
    bundle = Bundle(issues)
    ids = [issue.id for issue in issues]
    if not ids:
        return bundle
    if "labels" in fields:
        bundle.labels = labels_of(context, ids)
    if {SPRINT, "sprint", "closedSprints"} & set(fields):
        bundle.sprints = sprints_of(context, ids)
    if "comment" in fields:
        bundle.comments = comments_of(context, ids)
    if "watches" in fields:
        bundle.watchers = watchers_of(context, ids)
    if changelog:
        bundle.entries = entries_of(context, ids)
    if properties:
        bundle.properties = properties_of(context, ids, () if "*all" in properties else properties)
    _read_others(context, bundle, ids, fields)
    bundle.people = people_by_id(context, _people(bundle))
    return bundle


def _read_others(context: Context, bundle: Bundle, ids: list[int], fields: Collection[str]) -> None:
    """Parents, sub-tasks and linked issues."""
    if "subtasks" in fields:
        bundle.subtasks = {issue_id: [] for issue_id in ids}
        for child in children(context, ids, level=-1):
            bundle.subtasks[child.parent_id or 0].append(child)
    if "issuelinks" in fields:
        bundle.links = links_of(context, ids)
    wanted = {end for link in bundle.links for end in (link.source_id, link.destination_id)}
    if {"parent", "epic"} & set(fields) or any(name.startswith("customfield_10014") for name in fields):
        wanted |= {issue.parent_id for issue in bundle.issues if issue.parent_id is not None}
    known = {issue.id: issue for issue in bundle.issues}
    missing = wanted - known.keys()
    bundle.others = known | (read_issues(context, missing) if missing else {})


def _people(bundle: Bundle) -> set[int | None]:
    numbers: set[int | None] = set()
    for issue in bundle.issues:
        numbers |= {issue.assignee_id, issue.reporter_id, issue.creator_id}
    for comments in bundle.comments.values():
        numbers |= {number for comment in comments for number in (comment.author_id, comment.editor_id)}
    for entries in bundle.entries.values():
        numbers |= {entry.author_id for entry in entries}
    return numbers
