"""Repositories as GitHub writes them."""

from __future__ import annotations

from typing import Any

from simulator.emulators.github.payloads.users import node_id, simple_user
from simulator.emulators.github.state.licenses import OTHER, License
from simulator.emulators.github.state.permissions import allows
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.repository_facts import Facts
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import stamp_seconds

EMBEDDED_WITHOUT = ("organization", "network_count", "subscribers_count", "temp_clone_token")
"""Keys that a repository inside another body does not have."""

_LINKS = {
    "archive_url": "/{archive_format}{/ref}",
    "assignees_url": "/assignees{/user}",
    "blobs_url": "/git/blobs{/sha}",
    "branches_url": "/branches{/branch}",
    "collaborators_url": "/collaborators{/collaborator}",
    "comments_url": "/comments{/number}",
    "commits_url": "/commits{/sha}",
    "compare_url": "/compare/{base}...{head}",
    "contents_url": "/contents/{+path}",
    "contributors_url": "/contributors",
    "deployments_url": "/deployments",
    "downloads_url": "/downloads",
    "events_url": "/events",
    "forks_url": "/forks",
    "git_commits_url": "/git/commits{/sha}",
    "git_refs_url": "/git/refs{/sha}",
    "git_tags_url": "/git/tags{/sha}",
    "hooks_url": "/hooks",
    "issue_comment_url": "/issues/comments{/number}",
    "issue_events_url": "/issues/events{/number}",
    "issues_url": "/issues{/number}",
    "keys_url": "/keys{/key_id}",
    "labels_url": "/labels{/name}",
    "languages_url": "/languages",
    "merges_url": "/merges",
    "milestones_url": "/milestones{/number}",
    "notifications_url": "/notifications{?since,all,participating}",
    "pulls_url": "/pulls{/number}",
    "releases_url": "/releases{/id}",
    "stargazers_url": "/stargazers",
    "statuses_url": "/statuses/{sha}",
    "subscribers_url": "/subscribers",
    "subscription_url": "/subscription",
    "tags_url": "/tags",
    "teams_url": "/teams",
    "trees_url": "/git/trees{/sha}",
}
ECHOED: dict[str, Any] = {
    "allow_update_branch": False,
    "use_squash_pr_title_as_default": False,
    "squash_merge_commit_title": "COMMIT_OR_PR_TITLE",
    "squash_merge_commit_message": "COMMIT_MESSAGES",
    "merge_commit_title": "MERGE_MESSAGE",
    "merge_commit_message": "PR_TITLE",
    "has_projects": True,
    "has_wiki": True,
    "has_downloads": True,
    "has_discussions": False,
    "is_template": False,
    "allow_forking": True,
    "web_commit_signoff_required": False,
}
"""Settings that can be edited and are given back, with their defaults."""

_CONSTANT: dict[str, Any] = {
    "mirror_url": None,
    "disabled": False,
    "has_pages": False,
    "has_pull_requests": True,
    "pull_request_creation_policy": "all",
    "custom_properties": {},
}


def full_repository(
    repository: Repository,
    urls: Urls,
    *,
    facts: Facts,
    permission: str | None = None,
) -> dict[str, Any]:
    """The long form. `facts` come from `facts_of`; `permission` is the caller's, None leaves `permissions` out."""
    body = {
        **short_repository(repository, urls),
        **_CONSTANT,
        **_own_fields(repository),
        **_counted(facts, urls),
        **{name: repository.settings.get(name, default) for name, default in ECHOED.items()},
        "allow_forking": repository.allows_forking,
        "temp_clone_token": "",
    }
    if repository.owner.kind == "organization":
        body["organization"] = body["owner"]
    if permission is not None:
        body["permissions"] = permissions(permission)
    return body


def short_repository(repository: Repository, urls: Urls) -> dict[str, Any]:
    """Names and addresses only."""
    url = urls.api(repository.path)
    html = urls.html(f"/{repository.full_name}")
    bare = html.partition("://")[2]
    return {
        "id": repository.id,
        "node_id": node_id("Repository", repository.id),
        "name": repository.name,
        "full_name": repository.full_name,
        "private": repository.private,
        "owner": simple_user(repository.owner, urls),
        "html_url": html,
        "description": repository.description,
        "fork": repository.is_fork,
        "url": url,
        **{name: url + path for name, path in _LINKS.items()},
        "git_url": f"git://{bare}.git",
        "ssh_url": f"git@{bare.replace('/', ':', 1)}.git",
        "clone_url": urls.git(repository.full_name),
        "svn_url": html,
    }


def permissions(permission: str) -> dict[str, bool]:
    """What one may do, as GitHub spells it out."""
    return {name: allows(permission, name) for name in ("admin", "maintain", "push", "triage", "pull")}


def license_summary(license_: License | None, urls: Urls) -> dict[str, Any] | None:
    """A licence as repositories show it; null for none."""
    if license_ is None:
        return None
    return {
        "key": license_.key,
        "name": license_.name,
        "spdx_id": license_.spdx_id,
        "url": None if license_ == OTHER else urls.api(f"/licenses/{license_.key}"),
        "node_id": node_id("License", license_.key),
    }


def _counted(facts: Facts, urls: Urls) -> dict[str, Any]:
    return {
        "open_issues": facts.open_issues,
        "open_issues_count": facts.open_issues,
        "forks": facts.forks,
        "forks_count": facts.forks,
        "network_count": facts.forks,
        "stargazers_count": facts.stars,
        "watchers": facts.stars,  # as GitHub has it: docs.github.com/en/rest/activity/starring
        "watchers_count": facts.stars,
        "subscribers_count": facts.watchers,
        "language": facts.code.language,
        "license": license_summary(facts.code.license, urls),
        "size": facts.code.size_kb,
    }


def _own_fields(repository: Repository) -> dict[str, Any]:
    return {
        "homepage": repository.homepage,
        "topics": list(repository.topics or ()),
        "default_branch": repository.default_branch,
        "archived": repository.archived,
        "has_issues": repository.has_issues,
        "visibility": "private" if repository.private else "public",
        "created_at": stamp_seconds(repository.created_at),
        "updated_at": stamp_seconds(repository.updated_at),
        "pushed_at": stamp_seconds(repository.pushed_at or repository.created_at),
        "allow_merge_commit": repository.allow_merge_commit,
        "allow_squash_merge": repository.allow_squash_merge,
        "allow_rebase_merge": repository.allow_rebase_merge,
        "allow_auto_merge": repository.allow_auto_merge,
        "delete_branch_on_merge": repository.delete_branch_on_merge,
    }
