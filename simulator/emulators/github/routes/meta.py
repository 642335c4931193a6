"""What the service says of itself: its root, its limits."""

from __future__ import annotations

from flask import Blueprint, Response

from simulator.emulators.github.auth import caller
from simulator.emulators.github.limits import usage_of
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.rate_limits import RESOURCES
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import reply

blueprint = Blueprint("meta", __name__, url_prefix="/api/v3")

_ROOT = {
    "current_user_url": "/user",
    "authorizations_url": "/authorizations",
    "commit_search_url": "/search/commits?q={query}{&page,per_page,sort,order}",
    "emails_url": "/user/emails",
    "events_url": "/events",
    "hub_url": "/hub",
    "issue_search_url": "/search/issues?q={query}{&page,per_page,sort,order}",
    "issues_url": "/issues",
    "label_search_url": "/search/labels?q={query}&repository_id={repository_id}{&page,per_page}",
    "notifications_url": "/notifications",
    "organization_url": "/orgs/{org}",
    "organization_repositories_url": "/orgs/{org}/repos{?type,page,per_page,sort}",
    "rate_limit_url": "/rate_limit",
    "repository_url": "/repos/{owner}/{repo}",
    "repository_search_url": "/search/repositories?q={query}{&page,per_page,sort,order}",
    "current_user_repositories_url": "/user/repos{?type,page,per_page,sort}",
    "user_url": "/users/{user}",
    "user_organizations_url": "/user/orgs",
    "user_repositories_url": "/users/{user}/repos{?type,page,per_page,sort}",
    "user_search_url": "/search/users?q={query}{&page,per_page,sort,order}",
}


_OTHERS = {  # limits of what is not emulated, so nothing of them is used: as the page below has them
    "integration_manifest": 5000,
    "source_import": 100,
    "actions_runner_registration": 10_000,
    "scim": 15_000,
    "dependency_snapshots": 100,
    "code_scanning_autofix": 10,
}


@blueprint.get("/")
def root() -> Response:
    """https://docs.github.com/en/rest/meta/meta#github-api-root"""
    urls = Urls.of_request()
    with instance().database.reading() as connection:
        caller(connection)
    return reply({name: urls.api(path) for name, path in _ROOT.items()})


@blueprint.get("/meta")
def meta() -> Response:
    """https://docs.github.com/en/rest/meta/meta#get-github-meta-information"""
    with instance().database.reading() as connection:
        caller(connection)
    return reply({"verifiable_password_authentication": False, "installed_version": "3.19.0"})


@blueprint.get("/rate_limit")
def limits() -> Response:
    """https://docs.github.com/en/rest/rate-limit/rate-limit#get-rate-limit-status-for-the-authenticated-user"""
    with instance().database.reading() as connection:
        caller(connection)
    resources = {resource: _usage(resource) for resource in RESOURCES} | _unused()
    return reply({"resources": resources, "rate": resources["core"]})


def _unused() -> dict[str, dict[str, int | str]]:
    resets = int(instance().now().timestamp()) + 3600
    return {
        resource: {"limit": limit, "used": 0, "remaining": limit, "reset": resets, "resource": resource}
        for resource, limit in _OTHERS.items()
    }


def _usage(resource: str) -> dict[str, int | str]:
    usage = usage_of(resource)
    return {
        "limit": usage.limit,
        "used": usage.used,
        "remaining": usage.remaining,
        "reset": usage.reset,
        "resource": resource,
    }
