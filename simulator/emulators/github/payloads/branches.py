"""Branches and their protection as GitHub writes them.

A part that is not required is left out, never null: clients take a null for a present part.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from simulator.emulators.github.payloads.users import simple_user
from simulator.emulators.github.state.protections import Protection
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.urls import Urls


def branch_path(repository: Repository, name: str) -> str:
    """A branch's path in the REST API."""
    return f"{repository.path}/branches/{quote(name)}"


def short_branch(
    name: str, sha: str, protection: Protection | None, repository: Repository, urls: Urls
) -> dict[str, Any]:
    """A branch as lists show it."""
    return {
        "name": name,
        "commit": {"sha": sha, "url": urls.api(f"{repository.path}/commits/{sha}")},
        "protected": protection is not None,
    }


def full_branch(
    name: str, commit: Mapping[str, Any], protection: Protection | None, repository: Repository, urls: Urls
) -> dict[str, Any]:
    """A branch by itself."""
    url = urls.api(branch_path(repository, name))
    return {
        "name": name,
        "commit": commit,
        "_links": {"self": url, "html": urls.html(f"/{repository.full_name}/tree/{quote(name)}")},
        "protected": protection is not None,
        "protection": _summary(protection),
        "protection_url": f"{url}/protection",
    }


def full_protection(
    protection: Protection, repository: Repository, urls: Urls, people: Mapping[str, Account]
) -> dict[str, Any]:
    """A branch's protection. `people` holds the accounts named in it, by login in lower case."""
    url = f"{urls.api(branch_path(repository, protection.branch))}/protection"
    body: dict[str, Any] = {"url": url}
    if protection.checks is not None:
        body["required_status_checks"] = _checks(protection, url)
    if protection.reviews is not None:
        body["required_pull_request_reviews"] = _reviews(protection, url, urls, people)
    if protection.pushers is not None:
        body["restrictions"] = _restrictions(protection.pushers, url, urls, people)
    switches = {
        "required_linear_history": protection.linear_history,
        "allow_force_pushes": protection.allow_force_pushes,
        "allow_deletions": protection.allow_deletions,
        "block_creations": protection.block_creations,
        "required_conversation_resolution": protection.conversation_resolution,
        "lock_branch": protection.lock_branch,
        "allow_fork_syncing": protection.allow_fork_syncing,
    }
    return {
        **body,
        "required_signatures": {"url": f"{url}/required_signatures", "enabled": False},
        "enforce_admins": {"url": f"{url}/enforce_admins", "enabled": protection.enforce_admins},
        **{name: {"enabled": enabled} for name, enabled in switches.items()},
    }


def _summary(protection: Protection | None) -> dict[str, Any]:
    level = "off"
    if protection is not None and protection.checks:
        level = "everyone" if protection.enforce_admins else "non_admins"
    checks = protection.checks or () if protection else ()
    return {
        "enabled": protection is not None,
        "required_status_checks": {
            "enforcement_level": level,
            "contexts": list(checks),
            "checks": [{"context": name, "app_id": None} for name in checks],
        },
    }


def _checks(protection: Protection, url: str) -> dict[str, Any]:
    names = protection.checks or ()
    return {
        "url": f"{url}/required_status_checks",
        "strict": protection.strict,
        "contexts": list(names),
        "contexts_url": f"{url}/required_status_checks/contexts",
        "checks": [{"context": name, "app_id": None} for name in names],
    }


def _reviews(protection: Protection, url: str, urls: Urls, people: Mapping[str, Account]) -> dict[str, Any]:
    reviews = protection.reviews
    assert reviews is not None
    body: dict[str, Any] = {
        "url": f"{url}/required_pull_request_reviews",
        "dismiss_stale_reviews": reviews.dismiss_stale,
        "require_code_owner_reviews": reviews.code_owners,
        "require_last_push_approval": reviews.last_push_approval,
        "required_approving_review_count": reviews.approvals,
    }
    if reviews.dismissers is not None:
        own = f"{url}/dismissal_restrictions"
        body["dismissal_restrictions"] = {
            "url": own,
            "users_url": f"{own}/users",
            "teams_url": f"{own}/teams",
            **_actors(reviews.dismissers, urls, people),
        }
    if reviews.bypassers is not None:
        body["bypass_pull_request_allowances"] = _actors(reviews.bypassers, urls, people)
    return body


def _restrictions(logins: tuple[str, ...], url: str, urls: Urls, people: Mapping[str, Account]) -> dict[str, Any]:
    own = f"{url}/restrictions"
    links = {"url": own, "users_url": f"{own}/users", "teams_url": f"{own}/teams", "apps_url": f"{own}/apps"}
    return {**links, **_actors(logins, urls, people)}


def _actors(logins: tuple[str, ...], urls: Urls, people: Mapping[str, Account]) -> dict[str, Any]:
    known = [people[login.lower()] for login in logins if login.lower() in people]
    return {"users": [simple_user(account, urls) for account in known], "teams": [], "apps": []}
