"""The permissions that Jira knows, and the scheme that new projects have.

Ids, keys and names: https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-permission-schemes/#built-in-permissions
"""

from __future__ import annotations

from dataclasses import dataclass

from simulator.emulators.jira.state.access import ADMINISTRATORS, DEFAULT_SCHEME_ID, MEMBER, VIEWER, Grant, Scheme


@dataclass(frozen=True, slots=True)
class Permission:
    """A permission, for the whole site or for a project."""

    key: str
    id: str
    name: str
    description: str
    everywhere: bool = False

    @property
    def kind(self) -> str:
        """GLOBAL or PROJECT."""
        return "GLOBAL" if self.everywhere else "PROJECT"


_ALL = (
    Permission(
        "ADMINISTER", "0", "Administer Jira", "Create and administer projects, issue types, fields and more.", True
    ),
    Permission("SYSTEM_ADMIN", "44", "System Admin", "Ability to perform all administration functions.", True),
    Permission(
        "CREATE_PROJECT", "-2", "Create team-managed projects", "Create projects separate from shared ones.", True
    ),
    Permission("USER_PICKER", "27", "Browse users and groups", "View and select users or groups.", True),
    Permission("CREATE_SHARED_OBJECTS", "22", "Share dashboards and filters", "Share dashboards and filters.", True),
    Permission("MANAGE_GROUP_FILTER_SUBSCRIPTIONS", "24", "Manage group filter subscriptions", "Manage them.", True),
    Permission("BULK_CHANGE", "33", "Make bulk changes", "Modify collections of issues at once.", True),
    Permission("ADMINISTER_PROJECTS", "23", "Administer Projects", "Ability to administer a project in Jira."),
    Permission("BROWSE_PROJECTS", "10", "Browse Projects", "Ability to browse projects and the issues within them."),
    Permission(
        "VIEW_DEV_TOOLS", "29", "View Development Tools", "Allows users to view development-related information."
    ),
    Permission("VIEW_READONLY_WORKFLOW", "45", "View Read-Only Workflow", "Ability to see a read-only workflow."),
    Permission("MANAGE_SPRINTS_PERMISSION", "-1", "Manage Sprints", "Ability to manage sprints."),
    Permission("CREATE_ISSUES", "11", "Create Issues", "Ability to create issues."),
    Permission("EDIT_ISSUES", "12", "Edit Issues", "Ability to edit issues."),
    Permission("SCHEDULE_ISSUES", "28", "Schedule Issues", "Ability to view or edit an issue's due date."),
    Permission("MOVE_ISSUES", "25", "Move Issues", "Ability to move issues between projects or workflows."),
    Permission("ASSIGN_ISSUES", "13", "Assign Issues", "Ability to assign issues to other people."),
    Permission("ASSIGNABLE_USER", "17", "Assignable User", "Users with this permission may be assigned to issues."),
    Permission("RESOLVE_ISSUES", "14", "Resolve Issues", "Ability to resolve and reopen issues."),
    Permission("CLOSE_ISSUES", "18", "Close Issues", "Ability to close issues."),
    Permission("TRANSITION_ISSUES", "46", "Transition Issues", "Ability to transition issues."),
    Permission("LINK_ISSUES", "21", "Link Issues", "Ability to link issues together."),
    Permission("DELETE_ISSUES", "16", "Delete Issues", "Ability to delete issues."),
    Permission("MODIFY_REPORTER", "30", "Modify Reporter", "Ability to modify the reporter."),
    Permission("SET_ISSUE_SECURITY", "26", "Set Issue Security", "Ability to set the level of security on an issue."),
    Permission("VIEW_VOTERS_AND_WATCHERS", "31", "View Voters and Watchers", "Ability to view them."),
    Permission("MANAGE_WATCHERS", "32", "Manage Watchers", "Ability to manage the watchers of an issue."),
    Permission("ADD_COMMENTS", "15", "Add Comments", "Ability to comment on issues."),
    Permission("EDIT_ALL_COMMENTS", "34", "Edit All Comments", "Ability to edit all comments made on issues."),
    Permission("EDIT_OWN_COMMENTS", "35", "Edit Own Comments", "Ability to edit own comments made on issues."),
    Permission("DELETE_ALL_COMMENTS", "36", "Delete All Comments", "Ability to delete all comments made on issues."),
    Permission("DELETE_OWN_COMMENTS", "37", "Delete Own Comments", "Ability to delete own comments made on issues."),
    Permission("CREATE_ATTACHMENTS", "19", "Create Attachments", "Users with this permission may create attachments."),
    Permission("DELETE_ALL_ATTACHMENTS", "38", "Delete All Attachments", "May delete all attachments."),
    Permission("DELETE_OWN_ATTACHMENTS", "39", "Delete Own Attachments", "May delete own attachments."),
    Permission("WORK_ON_ISSUES", "20", "Work On Issues", "Ability to log work done against an issue."),
    Permission("EDIT_OWN_WORKLOGS", "40", "Edit Own Worklogs", "Ability to edit own worklogs made on issues."),
    Permission("EDIT_ALL_WORKLOGS", "41", "Edit All Worklogs", "Ability to edit all worklogs made on issues."),
    Permission("DELETE_OWN_WORKLOGS", "42", "Delete Own Worklogs", "Ability to delete own worklogs made on issues."),
    Permission("DELETE_ALL_WORKLOGS", "43", "Delete All Worklogs", "Ability to delete all worklogs made on issues."),
)
PERMISSIONS = {permission.key: permission for permission in _ALL}

_ADMINISTRATORS_ONLY = {
    "ADMINISTER_PROJECTS",
    "EDIT_ALL_COMMENTS",
    "DELETE_ALL_COMMENTS",
    "DELETE_ALL_ATTACHMENTS",
    "EDIT_ALL_WORKLOGS",
    "DELETE_ALL_WORKLOGS",
    "DELETE_ISSUES",
}
_VIEWERS_TOO = {"BROWSE_PROJECTS", "VIEW_DEV_TOOLS", "VIEW_READONLY_WORKFLOW", "VIEW_VOTERS_AND_WATCHERS"}
_VIEWERS_TOO |= {"ADD_COMMENTS", "EDIT_OWN_COMMENTS", "DELETE_OWN_COMMENTS"}
_OTHERS_TOO = {"ADMINISTER_PROJECTS": "projectLead", "DELETE_ISSUES": "reporter"}


def _default_grants() -> tuple[Grant, ...]:
    found: list[tuple[str, str, str]] = []
    for permission in _ALL:
        if permission.everywhere:
            continue
        roles = [ADMINISTRATORS]
        roles += [] if permission.key in _ADMINISTRATORS_ONLY else [MEMBER]
        roles += [VIEWER] if permission.key in _VIEWERS_TOO else []
        found += [(permission.key, "projectRole", str(role)) for role in roles]
        if other := _OTHERS_TOO.get(permission.key):
            found.append((permission.key, other, ""))
    return tuple(
        Grant(id=10000 + place, permission=permission, holder=holder, value=value)
        for place, (permission, holder, value) in enumerate(found)
    )


DEFAULT_SCHEME = Scheme(
    id=DEFAULT_SCHEME_ID,
    name="Default Permission Scheme",
    description="Members work in the project, administrators change its settings, viewers look and comment.",
    grants=_default_grants(),
)
