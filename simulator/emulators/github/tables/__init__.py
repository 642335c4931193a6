"""Tables of the emulated GitHub. Ids are counted per site; issues and pull requests share their numbers per repository."""

from simulator.emulators.github.tables.builds import check_runs, check_suites, statuses
from simulator.emulators.github.tables.pulls import pulls, review_comments, review_requests, reviews
from simulator.emulators.github.tables.repositories import (
    activity,
    collaborators,
    hooks,
    invitations,
    labels,
    members,
    protections,
    repositories,
)
from simulator.emulators.github.tables.work import comments, events, issue_assignees, issue_labels, issues

__all__ = [
    "activity",
    "check_runs",
    "check_suites",
    "collaborators",
    "comments",
    "events",
    "hooks",
    "invitations",
    "issue_assignees",
    "issue_labels",
    "issues",
    "labels",
    "members",
    "protections",
    "pulls",
    "repositories",
    "review_comments",
    "review_requests",
    "reviews",
    "statuses",
]
