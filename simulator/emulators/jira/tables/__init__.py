"""Tables of the emulated Jira. Ids are counted per site; an issue's number is counted per project."""

from simulator.emulators.jira.tables.agile import boards, filters, issue_sprints, sprints
from simulator.emulators.jira.tables.configuration import (
    issue_types,
    link_types,
    priorities,
    project_issue_types,
    projects,
    resolutions,
    sites,
    statuses,
    transitions,
    workflows,
)
from simulator.emulators.jira.tables.issues import (
    changes,
    comments,
    histories,
    issues,
    labels,
    links,
    properties,
    remote_links,
    watchers,
)

__all__ = [
    "boards",
    "changes",
    "comments",
    "filters",
    "histories",
    "issue_sprints",
    "issue_types",
    "issues",
    "labels",
    "link_types",
    "links",
    "priorities",
    "project_issue_types",
    "projects",
    "properties",
    "remote_links",
    "resolutions",
    "sites",
    "sprints",
    "statuses",
    "transitions",
    "watchers",
    "workflows",
]
