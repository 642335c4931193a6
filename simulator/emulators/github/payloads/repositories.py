"""Repositories as GitHub writes them."""

from __future__ import annotations

from typing import Any

from simulator.emulators.github.payloads.users import node_id, simple_user
from simulator.emulators.github.state.permissions import allows
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import stamp_seconds

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
    "language": None,
    "license": None,
    "mirror_url": None,
    "disabled": False,
    "has_pages": False,
    "forks": 0,
    "forks_count": 0,
    "stargazers_count": 0,
    "watchers": 0,
    "watchers_count": 0,
    "topics": [],
}


def full_repository(
    repository: Repository, urls: Urls, *, open_issues: int = 0, permission: str | None = None
) -> dict[str, Any]:
    """The long form; `permission` is the caller's, None leaves `permissions` out."""
    body = {
        **short_repository(repository, urls),
        **_CONSTANT,
        **_own_fields(repository, open_issues),
        **{name: repository.settings.get(name, default) for name, default in ECHOED.items()},
        "network_count": 0,
        "subscribers_count": 0,
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
        "fork": False,
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


def _own_fields(repository: Repository, open_issues: int) -> dict[str, Any]:
    return {
        "homepage": repository.homepage,
        "size": repository.size_kb,
        "default_branch": repository.default_branch,
        "archived": repository.archived,
        "has_issues": repository.has_issues,
        "visibility": "private" if repository.private else "public",
        "open_issues": open_issues,
        "open_issues_count": open_issues,
        "created_at": stamp_seconds(repository.created_at),
        "updated_at": stamp_seconds(repository.updated_at),
        "pushed_at": stamp_seconds(repository.pushed_at or repository.created_at),
        "allow_merge_commit": repository.allow_merge_commit,
        "allow_squash_merge": repository.allow_squash_merge,
        "allow_rebase_merge": repository.allow_rebase_merge,
        "allow_auto_merge": repository.allow_auto_merge,
        "delete_branch_on_merge": repository.delete_branch_on_merge,
    }
