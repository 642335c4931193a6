"""Tables of the emulated GitHub. Ids are counted per site; issues and pull requests share their numbers per repository."""

from simulator.emulators.github.tables.actions import (
    jobs,
    workflow_runs,
    workflows,
)
from simulator.emulators.github.tables.builds import (
    check_annotations,
    check_runs,
    check_suites,
    statuses,
)
from simulator.emulators.github.tables.feeds import (
    feed,
    notifications,
)
from simulator.emulators.github.tables.hooks import (
    deliveries,
    hooks,
    organization_hooks,
)
from simulator.emulators.github.tables.people import (
    members,
    profiles,
    team_members,
    team_repositories,
    teams,
)
from simulator.emulators.github.tables.pulls import (
    pulls,
    review_comments,
    review_requests,
    reviews,
    team_review_requests,
)
from simulator.emulators.github.tables.releases import (
    commit_comments,
    releases,
)
from simulator.emulators.github.tables.repositories import (
    activity,
    collaborators,
    former_branches,
    former_names,
    invitations,
    labels,
    protections,
    repositories,
    rulesets,
    watchers,
)
from simulator.emulators.github.tables.work import (
    comments,
    events,
    issue_assignees,
    issue_labels,
    issues,
    milestones,
    reactions,
    sub_issues,
)

__all__ = [
    "activity",
    "check_annotations",
    "check_runs",
    "check_suites",
    "collaborators",
    "comments",
    "commit_comments",
    "deliveries",
    "events",
    "feed",
    "former_branches",
    "former_names",
    "hooks",
    "invitations",
    "issue_assignees",
    "issue_labels",
    "issues",
    "jobs",
    "labels",
    "members",
    "milestones",
    "notifications",
    "organization_hooks",
    "profiles",
    "protections",
    "pulls",
    "reactions",
    "releases",
    "repositories",
    "review_comments",
    "review_requests",
    "reviews",
    "rulesets",
    "statuses",
    "sub_issues",
    "team_members",
    "team_repositories",
    "team_review_requests",
    "teams",
    "watchers",
    "workflow_runs",
    "workflows",
]
