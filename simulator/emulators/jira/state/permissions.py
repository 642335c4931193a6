"""What the caller may do: asked of the permission scheme of a project, answered from the site's configuration alone."""

from __future__ import annotations

from simulator.emulators.jira.errors import Forbidden, JiraError
from simulator.emulators.jira.state.access import Access, Grant, Hidden
from simulator.emulators.jira.state.configuration import Project
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.issues import Issue
from simulator.emulators.jira.state.permission_list import DEFAULT_SCHEME, PERMISSIONS
from simulator.emulators.kit.accounts import Account

_NOTHING: Hidden = (frozenset(), frozenset())
_FOR_ADMINISTRATORS = {"ADMINISTER", "SYSTEM_ADMIN", "CREATE_PROJECT"}
_OF_ARCHIVED = {"BROWSE_PROJECTS", "ADMINISTER_PROJECTS", "VIEW_DEV_TOOLS", "VIEW_READONLY_WORKFLOW"}
_WORDS = {
    "ADMINISTER_PROJECTS": "You do not have permission to administer this project.",
    "ADD_COMMENTS": "You do not have the permission to comment on this issue.",
    "ASSIGN_ISSUES": "You do not have permission to assign issues.",
    "CREATE_ISSUES": "You do not have permission to create issues in this project.",
    "DELETE_ISSUES": "You do not have permission to delete issues in this project.",
    "EDIT_ISSUES": "You do not have permission to edit issues in this project.",
    "MANAGE_SPRINTS_PERMISSION": "You do not have permission to manage sprints in this project.",
    "SCHEDULE_ISSUES": "You do not have permission to schedule issues in this project.",
    "TRANSITION_ISSUES": "You do not have permission to transition this issue.",
}


_MOST_REMEMBERED = 50_000


def may(context: Context, permission: str, *, project_id: int | None = None, issue: Issue | None = None) -> bool:
    """Whether the caller has a permission: for an issue, for a project, or, without either, in any project at all."""
    if PERMISSIONS[permission].everywhere:
        return context.account.admin or permission not in _FOR_ADMINISTRATORS
    if issue is not None:
        project_id = issue.project_id
    projects = context.meta.projects
    asked = list(projects.values()) if project_id is None else [projects[project_id]] if project_id in projects else []
    return any(granted(context.meta.access, context.account, permission, project, issue=issue) for project in asked)


def require(
    context: Context,
    permission: str,
    *,
    project_id: int | None = None,
    issue: Issue | None = None,
    error: type[JiraError] = Forbidden,
) -> None:
    """Raise Forbidden, in Jira's words, when the caller lacks a permission; another error where Jira has another status."""
    if not may(context, permission, project_id=project_id, issue=issue):
        name = PERMISSIONS[permission].name
        raise error(_WORDS.get(permission, f"You do not have the permission '{name}' in this project."))


def require_admin(context: Context) -> None:
    """Raise Forbidden when the caller does not administer the site."""
    if not context.account.admin:
        raise Forbidden("Only Jira administrators can do that. You do not have permission to administer Jira.")


def granted(access: Access, account: Account, permission: str, project: Project, *, issue: Issue | None = None) -> bool:
    """Whether a project's scheme gives somebody a permission; for an issue its reporter and assignee count."""
    if issue is not None:
        return _is_granted(access, account, permission, project, issue)
    key = (account.id, account.admin, permission, project.id)
    known = access.granted.get(key)
    if known is None:
        if len(access.granted) >= _MOST_REMEMBERED:
            access.granted.clear()
        known = access.granted[key] = _is_granted(access, account, permission, project, None)
    return known


def _is_granted(access: Access, account: Account, permission: str, project: Project, issue: Issue | None) -> bool:
    if permission == "ADMINISTER_PROJECTS" and account.admin:  # whoever administers Jira administers its projects
        return True
    if project.archived_at is not None and permission not in _OF_ARCHIVED:
        return False
    scheme = access.scheme_of(project.id) or DEFAULT_SCHEME
    return any(_holds(access, account, grant, project, issue) for grant in scheme.by_permission.get(permission, ()))


def hidden_projects(access: Access, account: Account, projects: dict[int, Project]) -> Hidden:
    """The projects that somebody may not browse, and those of them that somebody may not even administer.

    Remembered as long as the site's configuration stays.
    """
    if access.untouched:
        return _NOTHING
    key = (account.id, account.admin)
    found = access.hidden.get(key)
    if found is None:
        closed = [p for p in projects.values() if not granted(access, account, "BROWSE_PROJECTS", p)]
        unknown = (p.id for p in closed if not granted(access, account, "ADMINISTER_PROJECTS", p))
        found = access.hidden[key] = (frozenset(p.id for p in closed), frozenset(unknown))
    return found


def _holds(access: Access, account: Account, grant: Grant, project: Project, issue: Issue | None) -> bool:
    match grant.holder:
        case "anyone" | "applicationRole":
            return True
        case "projectRole":
            return access.in_role(account, project.id, int(grant.value))
        case "group":
            return access.in_group(account, int(grant.value))
        case "user":
            return account.id == int(grant.value)
        case "projectLead":
            return account.id == project.lead_id
        case "reporter":
            return issue is not None and issue.reporter_id == account.id
        case "assignee":
            return issue is not None and issue.assignee_id == account.id
    return False
