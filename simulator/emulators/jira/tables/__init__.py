"""Tables of the emulated Jira. Ids are counted per site; an issue's number is counted per project."""

from simulator.emulators.jira.tables import custom_words as custom_words  # statements of its own, as `words`
from simulator.emulators.jira.tables import words as words  # full text: statements of its own, no table
from simulator.emulators.jira.tables.access import (
    group_members,
    groups,
    permission_grants,
    permission_schemes,
    project_schemes,
    role_actors,
    roles,
)
from simulator.emulators.jira.tables.agile import (
    board_properties,
    boards,
    filters,
    issue_sprints,
    quick_filters,
    sprints,
)
from simulator.emulators.jira.tables.configuration import (
    issue_types,
    link_types,
    priorities,
    project_issue_types,
    project_workflows,
    projects,
    resolutions,
    sites,
    statuses,
    transitions,
    workflows,
)
from simulator.emulators.jira.tables.custom_fields import custom_fields, custom_values
from simulator.emulators.jira.tables.development import development, development_repositories, obeyed
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
from simulator.emulators.jira.tables.note_properties import comment_properties, worklog_properties
from simulator.emulators.jira.tables.parts import components, issue_components, issue_versions, versions
from simulator.emulators.jira.tables.project_settings import former_keys, project_properties
from simulator.emulators.jira.tables.sharing import filter_columns, filter_favourites, filter_shares
from simulator.emulators.jira.tables.views import issue_views
from simulator.emulators.jira.tables.webhooks import webhook_deliveries, webhooks
from simulator.emulators.jira.tables.work import (
    attachment_contents,
    attachments,
    time_tracking,
    votes,
    worklog_deletions,
    worklogs,
)

__all__ = [
    "attachment_contents",
    "attachments",
    "board_properties",
    "boards",
    "changes",
    "comment_properties",
    "comments",
    "components",
    "custom_fields",
    "custom_values",
    "development",
    "development_repositories",
    "filter_columns",
    "filter_favourites",
    "filter_shares",
    "filters",
    "former_keys",
    "group_members",
    "groups",
    "histories",
    "issue_components",
    "issue_sprints",
    "issue_types",
    "issue_versions",
    "issue_views",
    "issues",
    "labels",
    "link_types",
    "links",
    "obeyed",
    "permission_grants",
    "permission_schemes",
    "priorities",
    "project_issue_types",
    "project_properties",
    "project_schemes",
    "project_workflows",
    "projects",
    "properties",
    "quick_filters",
    "remote_links",
    "resolutions",
    "role_actors",
    "roles",
    "sites",
    "sprints",
    "statuses",
    "time_tracking",
    "transitions",
    "versions",
    "votes",
    "watchers",
    "webhook_deliveries",
    "webhooks",
    "workflows",
    "worklog_deletions",
    "worklog_properties",
    "worklogs",
]
