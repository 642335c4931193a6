"""Users, projects and the site's configuration as Jira writes them, each made once a request.

Source of the shapes: https://developer.atlassian.com/cloud/jira/platform/rest/v3/
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from simulator.emulators.jira.session import Session
from simulator.emulators.jira.state.configuration import (
    CATEGORIES,
    IssueType,
    LinkType,
    Priority,
    Project,
    Resolution,
    Status,
)
from simulator.emulators.kit.accounts import Account

Json = dict[str, Any]

_CATEGORY_COLORS = {"undefined": "medium-gray", "new": "blue-gray", "indeterminate": "yellow", "done": "green"}
_SIZES = {"48x48": "large", "24x24": "small", "16x16": "xsmall", "32x32": "medium"}


def category(session: Session, key: str) -> Json:
    """A status category."""
    number, name = CATEGORIES[key]
    return {
        "self": session.rest(f"/statuscategory/{number}"),
        "id": number,
        "key": key,
        "colorName": _CATEGORY_COLORS[key],
        "name": name,
    }


def status(session: Session, found: Status) -> Json:
    """A status."""
    return {
        "self": session.rest(f"/status/{found.id}"),
        "description": found.description,
        "iconUrl": session.urls.jira("/images/icons/statuses/generic.png"),
        "name": found.name,
        "id": str(found.id),
        "statusCategory": category(session, found.category),
    }


def issue_type(session: Session, found: IssueType) -> Json:
    """An issue type."""
    path = f"/secure/viewavatar?size=medium&avatarId={found.avatar_id}&avatarType=issuetype"
    return {
        "self": session.rest(f"/issuetype/{found.id}"),
        "id": str(found.id),
        "description": found.description,
        "iconUrl": session.urls.jira(path),
        "name": found.name,
        "subtask": found.subtask,
        "avatarId": found.avatar_id,
        "hierarchyLevel": found.level,
    }


def priority(session: Session, found: Priority, *, default: bool | None = None) -> Json:
    """A priority: short as in issues; with `default`, as in lists."""
    shape = {
        "self": session.rest(f"/priority/{found.id}"),
        "iconUrl": session.urls.jira(f"/images/icons/priorities/{found.name.lower()}.svg"),
        "name": found.name,
        "id": str(found.id),
    }
    if default is None:
        return shape
    return shape | {"statusColor": found.color, "description": found.description, "isDefault": default}


def resolution(session: Session, found: Resolution) -> Json:
    """A resolution."""
    return {
        "self": session.rest(f"/resolution/{found.id}"),
        "id": str(found.id),
        "description": found.description,
        "name": found.name,
    }


def link_type(session: Session, found: LinkType) -> Json:
    """A link type."""
    return {
        "id": str(found.id),
        "name": found.name,
        "inward": found.inward,
        "outward": found.outward,
        "self": session.rest(f"/issueLinkType/{found.id}"),
    }


def user(session: Session, account: Account) -> Json:
    """A person."""
    avatar = f"/secure/useravatar?ownerId={quote(account.jira_id)}"
    return {
        "self": session.rest(f"/user?accountId={quote(account.jira_id)}"),
        "accountId": account.jira_id,
        "emailAddress": account.email,
        "avatarUrls": {size: session.urls.jira(f"{avatar}&size={name}") for size, name in _SIZES.items()},
        "displayName": account.name,
        "active": account.active,
        "timeZone": account.time_zone,
        "accountType": "app" if account.kind == "bot" else "atlassian",
    }


def project(session: Session, found: Project) -> Json:
    """A project as issues refer to it."""
    avatar = f"/secure/projectavatar?pid={found.id}"
    return {
        "self": session.rest(f"/project/{found.id}"),
        "id": str(found.id),
        "key": found.key,
        "name": found.name,
        "projectTypeKey": "software",
        "simplified": found.style == "next-gen",
        "avatarUrls": {size: session.urls.jira(f"{avatar}&size={name}") for size, name in _SIZES.items()},
    }
