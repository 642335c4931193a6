"""Issues of archived projects: they can be read, and nothing else."""

from __future__ import annotations

from simulator.emulators.jira.errors import Forbidden, JiraError
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.issues import Issue


def refuse_archived(context: Context, *issues: Issue, error: type[JiraError] = Forbidden) -> None:
    """Raise Forbidden, or another error where Jira has another status, for an issue of an archived project.

    Only for what takes no permission but to see the issue: archiving takes all others from everybody.
    """
    for issue in issues:
        if context.meta.projects[issue.project_id].archived_at is not None:
            raise error(f"The issue {issue.key} is in an archived project and cannot be changed.")
