"""Every reply of the repository part is as GitHub describes it: keys that must be there, and their types."""

from __future__ import annotations

import base64
from typing import Any

import pytest
import requests

from tests.emulators.conftest import Site
from tests.emulators.github.description import flaws

PROTECTION = {
    "required_status_checks": {"strict": True, "contexts": ["ci"]},
    "enforce_admins": True,
    "required_pull_request_reviews": {
        "required_approving_review_count": 2,
        "dismissal_restrictions": {"users": ["alice"], "teams": []},
        "bypass_pull_request_allowances": {"users": ["alice"], "teams": []},
    },
    "restrictions": {"users": ["alice"], "teams": [], "apps": []},
}


class Caller:
    """Alice, whose every reply is checked."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._session = site.session()

    def __call__(self, method: str, path: str, status: int = 200, **body: Any) -> Any:
        response: requests.Response = self._session.request(method, self._site.api_url + path, json=body or None)
        assert response.status_code == status, response.text
        found = response.json() if response.content else None
        assert flaws(method, path.partition("?")[0], status, found) == []
        return found


@pytest.fixture
def ask(site: Site) -> Caller:
    return Caller(site)


REPO = "/repos/acme/payments"


@pytest.mark.parametrize(
    "path",
    [
        "/meta",
        "/rate_limit",
        "/user",
        "/users/bob",
        "/user/repos",
        "/orgs/acme",
        "/orgs/acme/repos",
        "/orgs/acme/members",
        REPO,
        f"{REPO}/branches",
        f"{REPO}/branches/main",
        f"{REPO}/contents/README.md",
        f"{REPO}/readme",
        f"{REPO}/commits",
        f"{REPO}/commits/main",
        f"{REPO}/compare/main...main",
        f"{REPO}/git/ref/heads/main",
        f"{REPO}/git/matching-refs/heads",
        f"{REPO}/git/trees/main",
        f"{REPO}/git/trees/main?recursive=1",
        f"{REPO}/labels",
        f"{REPO}/labels/bug",
        f"{REPO}/collaborators",
        f"{REPO}/collaborators/bob/permission",
        f"{REPO}/commits/main/status",
        f"{REPO}/commits/main/check-runs",
        f"{REPO}/commits/main/check-suites",
    ],
)
def test_what_can_be_read_is_as_described(ask: Caller, path: str) -> None:
    assert ask("GET", path)


def test_a_repository_s_life_is_as_described(ask: Caller) -> None:
    ask("POST", "/user/repos", 201, name="tool", description="x", auto_init=True)
    ask("POST", "/orgs/acme/repos", 201, name="tool", private=True)
    ask("PATCH", "/repos/alice/tool", has_wiki=False)
    ask("DELETE", "/repos/alice/tool", 204)


def test_the_protection_of_a_branch_is_as_described(ask: Caller) -> None:
    ask("PUT", f"{REPO}/branches/main/protection", **PROTECTION)
    ask("GET", f"{REPO}/branches/main/protection")
    ask("GET", f"{REPO}/branches/main")
    ask("DELETE", f"{REPO}/branches/main/protection", 204)


def test_changes_of_files_are_as_described(ask: Caller) -> None:
    content = base64.b64encode(b"x").decode()
    made = ask("PUT", f"{REPO}/contents/a.txt", 201, message="m", content=content)
    ask("PUT", f"{REPO}/contents/a.txt", message="m", content=content, sha=made["content"]["sha"])
    ask("DELETE", f"{REPO}/contents/a.txt", message="m", sha=made["content"]["sha"])


def test_the_git_database_is_as_described(ask: Caller) -> None:
    tip = ask("GET", f"{REPO}/branches/main")["commit"]["sha"]
    blob = ask("POST", f"{REPO}/git/blobs", 201, content="x")
    ask("GET", f"{REPO}/git/blobs/{blob['sha']}")
    entry = {"path": "x.txt", "mode": "100644", "type": "blob", "sha": blob["sha"]}
    tree = ask("POST", f"{REPO}/git/trees", 201, base_tree=tip, tree=[entry])
    commit = ask("POST", f"{REPO}/git/commits", 201, message="m", tree=tree["sha"], parents=[tip])
    ask("GET", f"{REPO}/git/commits/{commit['sha']}")
    ask("POST", f"{REPO}/git/refs", 201, ref="refs/heads/x", sha=tip)
    ask("PATCH", f"{REPO}/git/refs/heads/x", sha=commit["sha"])
    ask("GET", f"{REPO}/compare/main...x")
    ask("DELETE", f"{REPO}/git/refs/heads/x", 204)


def test_labels_statuses_checks_and_hooks_are_as_described(ask: Caller) -> None:
    ask("POST", f"{REPO}/labels", 201, name="new", color="ff0000")
    ask("PATCH", f"{REPO}/labels/new", new_name="newer")
    ask("DELETE", f"{REPO}/labels/newer", 204)
    sha = ask("GET", f"{REPO}/commits/main")["sha"]
    ask("POST", f"{REPO}/statuses/{sha}", 201, state="success", context="ci")
    run = ask("POST", f"{REPO}/check-runs", 201, name="build", head_sha=sha)
    ask("PATCH", f"{REPO}/check-runs/{run['id']}", conclusion="success")
    ask("GET", f"{REPO}/check-runs/{run['id']}")
    for path in ("status", "statuses", "check-runs", "check-suites"):
        ask("GET", f"{REPO}/commits/main/{path}")
    hook = ask("POST", f"{REPO}/hooks", 201, config={"url": "http://127.0.0.1:9/", "content_type": "json"})
    ask("GET", f"{REPO}/hooks")
    ask("PATCH", f"{REPO}/hooks/{hook['id']}", events=["push"])
    ask("POST", f"{REPO}/hooks/{hook['id']}/pings", 204)
    ask("DELETE", f"{REPO}/hooks/{hook['id']}", 204)


def test_collaborators_and_invitations_are_as_described(ask: Caller) -> None:
    ask("PUT", f"{REPO}/collaborators/carol", 204, permission="push")
    ask("GET", f"{REPO}/invitations")
    ask("DELETE", f"{REPO}/collaborators/carol", 204)
