"""Everything that showing some issues takes, read in a few statements for a whole page of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from simulator.emulators.jira.fields import SPRINT
from simulator.emulators.jira.state.attachments import Attachment, attachments_of
from simulator.emulators.jira.state.changes import Recent, recent_entries
from simulator.emulators.jira.state.comments import Comment, comments_of
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.custom_values import people_in, values_of
from simulator.emulators.jira.state.issues import Issue, children, read_issues
from simulator.emulators.jira.state.labels import labels_of
from simulator.emulators.jira.state.links import Link, links_of
from simulator.emulators.jira.state.parts import FIELDS as PART_FIELDS
from simulator.emulators.jira.state.parts import parts_of
from simulator.emulators.jira.state.people import people_by_id
from simulator.emulators.jira.state.properties import properties_of
from simulator.emulators.jira.state.sprints import Sprint, sprints_of
from simulator.emulators.jira.state.time_tracking import Tracking, tracking_below, tracking_of
from simulator.emulators.jira.state.views import viewed_at
from simulator.emulators.jira.state.votes import votes_of
from simulator.emulators.jira.state.watchers import watchers_of
from simulator.emulators.jira.state.worklogs import Worklog, worklogs_in
from simulator.emulators.kit.accounts import Account

_TIMES = {"timetracking", "timespent", "timeestimate", "timeoriginalestimate", "progress", "workratio"}
_TIMES |= {"aggregatetimespent", "aggregatetimeestimate", "aggregatetimeoriginalestimate", "aggregateprogress"}


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
    votes: dict[int, list[int]] = field(default_factory=dict)
    attachments: dict[int, list[Attachment]] = field(default_factory=dict)
    worklogs: dict[int, tuple[list[Worklog], int]] = field(default_factory=dict)  # the first ones and their number
    times: dict[int, Tracking] = field(default_factory=dict)
    times_below: dict[int, Tracking] = field(default_factory=dict)  # what their sub-tasks come to
    histories: dict[int, Recent] = field(default_factory=dict)
    properties: dict[int, dict[str, Any]] = field(default_factory=dict)
    viewed: dict[int, datetime] = field(default_factory=dict)
    custom: dict[int, dict[str, Any]] = field(default_factory=dict)
    parts: dict[int, dict[str, list[int]]] = field(default_factory=dict)  # ids of versions and components, by field


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
    if PART_FIELDS.keys() & set(fields):
        bundle.parts = parts_of(context, ids)
    if "comment" in fields:
        bundle.comments = comments_of(context, ids)
    _read_looks(context, bundle, ids, fields)
    _read_work(context, bundle, ids, fields)
    if changelog:
        bundle.histories = recent_entries(context, ids)
    if properties:
        bundle.properties = properties_of(context, ids, () if "*all" in properties else properties)
    if context.meta.custom_fields.keys() & set(fields):
        bundle.custom = values_of(context, ids)
    _read_others(context, bundle, ids, fields)
    named = {number for values in bundle.custom.values() for number in people_in(context, values)}
    bundle.people = people_by_id(context, _people(bundle) | named)
    return bundle


def _read_looks(context: Context, bundle: Bundle, ids: list[int], fields: Collection[str]) -> None:
    """Who watches, and when the caller looked last."""
    if "watches" in fields:
        bundle.watchers = watchers_of(context, ids)
    if "lastViewed" in fields:
        bundle.viewed = viewed_at(context, ids)


def _read_work(context: Context, bundle: Bundle, ids: list[int], fields: Collection[str]) -> None:
    """Times, worklogs, votes and attachments."""
    if _TIMES & set(fields):
        bundle.times = tracking_of(context, ids)
    if any(name.startswith("aggregate") for name in fields):
        bundle.times_below = tracking_below(context, ids)
    if "worklog" in fields:
        bundle.worklogs = worklogs_in(context, bundle.issues)
    if "votes" in fields:
        bundle.votes = votes_of(context, ids)
    if "attachment" in fields:
        bundle.attachments = attachments_of(context, ids)


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
    others = read_issues(context, missing) if missing else {}
    bundle.others = known | {n: one for n, one in others.items() if one.project_id not in context.meta.hidden}


def _people(bundle: Bundle) -> set[int | None]:
    numbers: set[int | None] = set()
    for issue in bundle.issues:
        numbers |= {issue.assignee_id, issue.reporter_id, issue.creator_id}
    for comments in bundle.comments.values():
        numbers |= {number for comment in comments for number in (comment.author_id, comment.editor_id)}
    for worklogs, _ in bundle.worklogs.values():
        numbers |= {number for worklog in worklogs for number in (worklog.author_id, worklog.editor_id)}
    for attachments in bundle.attachments.values():
        numbers |= {attachment.author_id for attachment in attachments}
    for recent in bundle.histories.values():
        numbers |= {entry.author_id for entry in recent.entries}
    return numbers
