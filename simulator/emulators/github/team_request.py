"""The bodies of requests that make or edit a team."""

from __future__ import annotations

from typing import Any

from simulator.emulators.github.errors import InvalidRequest, custom
from simulator.emulators.github.fields import Fields
from simulator.emulators.github.organization_desk import OrganizationChange
from simulator.emulators.github.state.permissions import allows, permission_of
from simulator.emulators.github.state.repositories import Repository, by_name
from simulator.emulators.github.state.team_changes import has_children, is_below
from simulator.emulators.github.state.teams import Team, find_team, team_by_id
from simulator.emulators.github.state.users import by_logins, role_in
from simulator.emulators.kit.accounts import Account

_LONGEST_NAME, _LONGEST_DESCRIPTION = 255, 1024
_NOTIFICATIONS = ("notifications_enabled", "notifications_disabled")
_NOT_NESTED = "Secret teams cannot be nested, neither as parent nor as child"


def read_new_team(change: OrganizationChange, fields: Fields) -> dict[str, Any]:
    """The columns of a new team. Raises ValidationFailed or InvalidRequest."""
    parent = read_parent(change, fields)
    privacy = fields.choice("privacy", ("secret", "closed"))
    if parent is not None and privacy == "secret":
        raise fields.failed("privacy", "custom", _NOT_NESTED)
    return {
        "name": _name(fields, fields.required("name", limit=_LONGEST_NAME)),
        "description": fields.text("description", limit=_LONGEST_DESCRIPTION),
        "privacy": privacy or ("closed" if parent else "secret"),
        "permission": fields.choice("permission", ("pull", "push")) or "pull",
        "notifications": fields.choice("notification_setting", _NOTIFICATIONS) or _NOTIFICATIONS[0],
        "parent_id": parent.id if parent else None,
    }


def read_team_changes(change: OrganizationChange, team: Team, fields: Fields) -> dict[str, Any]:
    """The columns that a body changes, those that stay as they are left out. Raises ValidationFailed or InvalidRequest."""
    wanted: dict[str, Any] = {
        "privacy": fields.choice("privacy", ("secret", "closed")),
        "permission": fields.choice("permission", ("pull", "push", "admin")),
        "notifications": fields.choice("notification_setting", _NOTIFICATIONS),
    }
    wanted = {column: value for column, value in wanted.items() if value is not None}
    name = fields.text("name", limit=_LONGEST_NAME)
    if name is not None:
        wanted["name"] = _name(fields, name)
    if "description" in fields:
        wanted["description"] = fields.text("description", limit=_LONGEST_DESCRIPTION)
    if "parent_team_id" in fields or "parent_team_slug" in fields:
        parent = read_parent(change, fields)
        _check_parent(change, team, parent, fields)
        wanted["parent_id"] = parent.id if parent else None
    changes = {column: value for column, value in wanted.items() if value != getattr(team, column)}
    _check_nesting(change, team, changes, fields)
    return changes


def read_parent(change: OrganizationChange, fields: Fields) -> Team | None:
    """The team that another one is to be nested in, None for none. Raises ValidationFailed."""
    number, slug = fields.number("parent_team_id"), fields.text("parent_team_slug", limit=_LONGEST_NAME)
    if number is None and not slug:
        return None
    if number is not None:
        found = team_by_id(change.connection, change.organization.site, number)
    else:
        found = find_team(change.connection, change.organization, slug or "")
    if found is None or found.organization_id != change.organization.id:
        raise fields.failed("parent_team_id", "invalid", "parent team not found in this organization")
    if found.privacy == "secret":
        raise fields.failed("parent_team_id", "custom", _NOT_NESTED)
    return found


def read_maintainers(change: OrganizationChange, fields: Fields) -> list[Account]:
    """The members of the organization that shall maintain a new team. Raises ValidationFailed for others."""
    logins = fields.names("maintainers") or []
    found = by_logins(change.connection, change.organization.site, logins)
    for login in logins:
        account = found.get(login.lower())
        if account is None or role_in(change.connection, change.organization, account) is None:
            raise fields.failed("maintainers", "invalid", f"{login[:80]} is not a member of the organization")
    return list(found.values())


def read_repositories(change: OrganizationChange, fields: Fields) -> list[Repository]:
    """The organization's repositories that a new team shall have. Raises ValidationFailed for others."""
    return [_repository(change, fields, full_name) for full_name in fields.names("repo_names") or []]


def _repository(change: OrganizationChange, fields: Fields, full_name: str) -> Repository:
    owner, _, name = full_name.partition("/")
    found = by_name(change.connection, change.organization.site, owner, name)
    if found is None or found.owner_id != change.organization.id:
        raise fields.failed("repo_names", "invalid", f"{full_name[:140]} is not a repository of the organization")
    if not allows(permission_of(change.connection, found, change.actor), "admin"):
        raise custom("Team", f"You must be an admin of {found.full_name} to add it to a team", field="repo_names")
    return found


def _name(fields: Fields, name: str) -> str:
    if not name.strip():
        raise fields.failed("name", "missing_field")
    if not any(letter.isalnum() for letter in name):
        raise InvalidRequest("Invalid request.\n\nname must hold a letter or a digit.")
    return name.strip()


def _check_parent(change: OrganizationChange, team: Team, parent: Team | None, fields: Fields) -> None:
    if parent is not None and is_below(change.connection, parent, team):
        raise fields.failed(
            "parent_team_id", "custom", "A team cannot be nested in itself or in one of its own children"
        )


def _check_nesting(change: OrganizationChange, team: Team, changes: dict[str, Any], fields: Fields) -> None:
    if changes.get("privacy", team.privacy) != "secret":
        return
    parent_id = changes.get("parent_id", team.parent_id)
    if parent_id is None and not has_children(change.connection, team):
        return
    if "privacy" in changes or changes.get("parent_id") is None:
        raise fields.failed("privacy", "custom", _NOT_NESTED)
    changes["privacy"] = "closed"  # a team that is nested becomes visible
