"""Organizations and memberships as GitHub writes them."""

from __future__ import annotations

from typing import Any

from simulator.emulators.github.payloads.users import organization_entry, simple_user
from simulator.emulators.github.state.memberships import Membership
from simulator.emulators.github.state.profiles import Profile, RepositoryCounts
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import stamp_seconds

ORGANIZATION_TEXTS = ("description", "company", "blog", "location", "email", "twitter_username")
"""What an organization tells of itself beside its name; nothing of it is known at first."""

SETTINGS: dict[str, Any] = {
    "default_repository_permission": "read",
    "members_can_create_repositories": True,
    "members_allowed_repository_creation_type": "all",
    "members_can_create_public_repositories": True,
    "members_can_create_private_repositories": True,
    "members_can_create_internal_repositories": False,
    "members_can_create_pages": True,
    "members_can_create_public_pages": True,
    "members_can_create_private_pages": True,
    "members_can_fork_private_repositories": False,
    "web_commit_signoff_required": False,
    "deploy_keys_enabled_for_repositories": False,
    "advanced_security_enabled_for_new_repositories": False,
    "dependabot_alerts_enabled_for_new_repositories": False,
    "dependabot_security_updates_enabled_for_new_repositories": False,
    "dependency_graph_enabled_for_new_repositories": False,
    "secret_scanning_enabled_for_new_repositories": False,
    "secret_scanning_push_protection_enabled_for_new_repositories": False,
    "secret_scanning_push_protection_custom_link_enabled": False,
    "secret_scanning_push_protection_custom_link": None,
}
"""Settings that owners can change and members see, with their defaults."""

_FIXED: dict[str, Any] = {
    "two_factor_requirement_enabled": False,
    "default_repository_branch": "main",
    "members_can_delete_repositories": True,
    "members_can_change_repo_visibility": True,
    "members_can_invite_outside_collaborators": True,
    "members_can_delete_issues": False,
    "display_commenter_full_name_setting_enabled": False,
    "readers_can_create_discussions": True,
    "members_can_create_teams": True,
    "members_can_view_dependency_insights": True,
}
_PLAN = {"name": "enterprise", "space": 976562499, "private_repos": 999999}


def organization_payload(
    account: Account, profile: Profile, counts: RepositoryCounts, urls: Urls, *, role: str | None = None, seats: int = 0
) -> dict[str, Any]:
    """The long form as somebody of that role sees it: None for strangers, member, admin. `seats` are taken ones."""
    body = public_organization(account, profile, counts, urls)
    if role is None:
        return body
    body |= {"total_private_repos": counts.private, "owned_private_repos": counts.private}
    body |= {name: profile.fields.get(name, usual) for name, usual in SETTINGS.items()} | _FIXED
    if role == "admin":
        plan = {**_PLAN, "filled_seats": seats, "seats": max(seats, 1)}
        body |= {"private_gists": 0, "disk_usage": 0, "collaborators": 0, "plan": plan}
        body["billing_email"] = profile.fields.get("billing_email")
    return body


def public_organization(account: Account, profile: Profile, counts: RepositoryCounts, urls: Urls) -> dict[str, Any]:
    """What everybody sees of an organization, and teams have of theirs."""
    told = {name: profile.fields.get(name) for name in ORGANIZATION_TEXTS}
    return {
        **organization_entry(account, urls),
        "name": account.name or account.login,
        **told,
        "is_verified": False,
        "has_organization_projects": profile.fields.get("has_organization_projects", True),
        "has_repository_projects": profile.fields.get("has_repository_projects", True),
        "public_repos": counts.public,
        "public_gists": 0,
        "followers": 0,
        "following": 0,
        "html_url": urls.html(f"/{account.login}"),
        "type": "Organization",
        "created_at": stamp_seconds(profile.created_at),
        "updated_at": stamp_seconds(profile.updated_at),
        "archived_at": None,
    }


def membership_payload(membership: Membership, urls: Urls) -> dict[str, Any]:
    """Somebody's membership. All are active: nobody is waited for."""
    organization = membership.organization
    url = urls.api(f"/orgs/{organization.login}")
    return {
        "url": f"{url}/memberships/{membership.account.login}",
        "state": "active",
        "role": membership.role,
        "direct_membership": True,
        "organization_url": url,
        "organization": organization_entry(organization, urls),
        "user": simple_user(membership.account, urls),
        "permissions": {"can_create_repository": membership.role == "admin"},
    }
