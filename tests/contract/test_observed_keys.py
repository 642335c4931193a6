"""Bodies have the keys that were seen in GitHub's real answers, also those that its description does not force."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.contract.fuzzing import furnish
from tests.emulators.conftest import Site
from tests.emulators.github.description import FOLDER

REPO = "/repos/acme/payments"
ASKED = {
    "GET /user": "/user",
    "GET /users/{username}": "/users/alice",
    "GET /orgs/{org}": "/orgs/acme",
    "GET /rate_limit": "/rate_limit",
    "GET /repos/{owner}/{repo}": REPO,
    "GET /repos/{owner}/{repo}/branches/{branch}": f"{REPO}/branches/main",
    "GET /repos/{owner}/{repo}/branches/{branch}/protection": f"{REPO}/branches/main/protection",
    "GET /repos/{owner}/{repo}/commits": f"{REPO}/commits",
    "GET /repos/{owner}/{repo}/commits/{ref}": f"{REPO}/commits/feat",
    "GET /repos/{owner}/{repo}/commits/{ref}/check-runs": f"{REPO}/commits/main/check-runs",
    "GET /repos/{owner}/{repo}/commits/{ref}/check-suites": f"{REPO}/commits/main/check-suites",
    "GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls": f"{REPO}/commits/feat/pulls",
    "GET /repos/{owner}/{repo}/commits/{commit_sha}/branches-where-head": f"{REPO}/commits/feat/branches-where-head",
    "GET /repos/{owner}/{repo}/compare/{basehead}": f"{REPO}/compare/main...feat",
    "GET /repos/{owner}/{repo}/check-runs/{check_run_id}": f"{REPO}/check-runs/1",
    "GET /repos/{owner}/{repo}/git/ref/{ref}": f"{REPO}/git/ref/heads/main",
    "GET /repos/{owner}/{repo}/git/trees/{tree_sha}": f"{REPO}/git/trees/main",
    "GET /repos/{owner}/{repo}/issues": f"{REPO}/issues",
    "GET /repos/{owner}/{repo}/issues/{issue_number}": f"{REPO}/issues/1",
    "GET /repos/{owner}/{repo}/issues/{issue_number}/comments": f"{REPO}/issues/1/comments",
    "GET /repos/{owner}/{repo}/issues/{issue_number}/sub_issues": f"{REPO}/issues/1/sub_issues",
    "GET /repos/{owner}/{repo}/issues/comments/{comment_id}": f"{REPO}/issues/comments/1",
    "GET /repos/{owner}/{repo}/labels": f"{REPO}/labels",
    "GET /repos/{owner}/{repo}/labels/{name}": f"{REPO}/labels/bug",
    "GET /repos/{owner}/{repo}/milestones/{milestone_number}": f"{REPO}/milestones/1",
    "GET /repos/{owner}/{repo}/pulls": f"{REPO}/pulls",
    "GET /repos/{owner}/{repo}/pulls/{pull_number}": f"{REPO}/pulls/2",
    "GET /repos/{owner}/{repo}/pulls/{pull_number}/comments": f"{REPO}/pulls/2/comments",
    "GET /repos/{owner}/{repo}/pulls/{pull_number}/commits": f"{REPO}/pulls/2/commits",
    "GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews": f"{REPO}/pulls/2/reviews",
    "GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}": f"{REPO}/pulls/2/reviews/1",
    "GET /repos/{owner}/{repo}/readme": f"{REPO}/readme",
    "GET /repos/{owner}/{repo}/releases/latest": f"{REPO}/releases/latest",
    "GET /repos/{owner}/{repo}/tags": f"{REPO}/tags",
}
ABSENT = {
    "app.permissions": "an app has the permissions that it was given, and ours has its own",
    "security_and_analysis": "only where GitHub's security products are installed",
    "secret_scanning_validity_checks_enabled": "only where GitHub's security products are installed",
    "parent": "only of a fork",
    "source": "only of a fork",
    "repository.permissions": "of the repository of a sub-issue: what one may do there is said where it is asked for",
    "code_scanning_upload": "a limit of what is not emulated, and not in GitHub's own example",
    "audit_log": "a limit of what is not emulated, and not in GitHub's own example",
    "audit_log_streaming": "a limit of what is not emulated, and not in GitHub's own example",
}
"""What may be missing, anywhere in a key, and why."""


def test_bodies_have_the_keys_that_github_was_seen_to_send(site: Site) -> None:
    file = FOLDER / "github.observed_keys.json"
    if not file.is_file():
        pytest.skip("../shared/specs with keys of GitHub's real answers is not beside the project")
    observed: dict[str, dict[str, str]] = json.loads(file.read_text())
    session = site.session("alice")
    furnish(session, site.api_url)
    session.put(f"{site.api_url}{REPO}/branches/main/protection", json=PROTECTION).raise_for_status()
    child = session.post(f"{site.api_url}{REPO}/issues", json={"title": "Child", "labels": ["bug"]}).json()
    session.post(f"{site.api_url}{REPO}/issues/1/sub_issues", json={"sub_issue_id": child["id"]}).raise_for_status()
    session.post(f"{site.api_url}{REPO}/releases/1/reactions", json={"content": "rocket"}).raise_for_status()

    missing = {}
    for operation, path in ASKED.items():
        reply = session.get(site.api_url + path)
        assert reply.status_code == 200, (path, reply.text[:300])
        missing[operation] = list(_missing(observed[f"{operation} 200"], set(_keys(reply.json()))))

    assert {operation: keys for operation, keys in missing.items() if keys} == {}


def _missing(observed: dict[str, str], ours: set[str]) -> Iterator[str]:
    """The observed keys that are not there although what would have them is."""
    inhabited = {key.rpartition(".")[0] for key in ours}
    for key in observed:
        parent, _, name = key.rpartition(".")
        if name.endswith("[]") or key in ours or parent not in inhabited:
            continue
        if not any(f".{part}." in f".{key}." for part in ABSENT):
            yield key


def _keys(body: Any, path: str = "") -> Iterator[str]:
    """The paths of all that is in a body, `[]` for the items of a list."""
    yield path
    if isinstance(body, dict):
        for key, value in body.items():
            yield from _keys(value, f"{path}.{key}" if path else key)
    elif isinstance(body, list):
        for value in body:
            yield from _keys(value, f"{path}[]")


PROTECTION = {
    "required_status_checks": {"strict": True, "contexts": ["ci"]},
    "enforce_admins": True,
    "required_pull_request_reviews": {"required_approving_review_count": 1},
    "restrictions": {"users": ["bob"], "teams": []},
}
