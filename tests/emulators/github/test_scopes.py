"""Scopes of tokens: what each opens, and how GitHub says no."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.emulators.conftest import Server, Site, a_seed
from tests.emulators.github.worktree import Clone, git

_TOKENS = {
    "nothing": [],
    "public": ["public_repo"],
    "full": ["repo"],
    "profile": ["user:email"],
    "reader": ["read:org"],
    "hooks": ["admin:repo_hook"],
    "statuses": ["repo:status"],
    "worker": ["repo", "workflow"],
}


@pytest.fixture
def site(emulator_server: Server, site_numbers: Iterator[int]) -> Site:
    """A site in which Alice has tokens of many kinds: `alice-KIND`; with a private repository, acme/secret."""
    key = f"scopes-{next(site_numbers)}"
    content = a_seed().model_dump(mode="json", exclude_defaults=True)
    content["users"] = [
        {
            "login": "alice",
            "email": "alice@example.com",
            "admin": True,
            "token": "alice-token",
            "tokens": [{"token": f"alice-{kind}", "scopes": scopes} for kind, scopes in _TOKENS.items()]
            + [
                {"token": "alice-gone-by", "expires": "2026-01-01T00:00:00Z"},
                {"token": "alice-to-come", "expires": "2126-01-01T00:00:00Z"},
            ],
        },
        {"login": "bob", "email": "bob@example.com", "token": "bob-token"},
    ]
    github, jira = content["github"], {"projects": []}
    github["organizations"] = [{"login": "acme", "members": ["alice"]}]
    github["repositories"].append({"name": "acme/secret", "private": True, "files": {"a.txt": "a\n"}})
    emulator_server.emulators.create_site(key, a_seed(users=content["users"], github=github, jira=jira))
    return Site(key, emulator_server)


def ask(site: Site, kind: str, method: str, path: str, body: object = None) -> requests.Response:
    session = site.session(None)
    session.headers["Authorization"] = f"token alice-{kind}"
    return session.request(method, f"{site.api_url}{path}", json=body, allow_redirects=False)


_DOORS = (
    ("nothing", "GET", "/repos/acme/payments", 200),
    ("nothing", "GET", "/repos/acme/secret", 404),
    ("public", "GET", "/repos/acme/secret", 404),
    ("full", "GET", "/repos/acme/secret", 200),
    ("nothing", "POST", "/repos/acme/payments/issues", 404),
    ("public", "POST", "/repos/acme/payments/issues", 201),
    ("public", "POST", "/repos/acme/secret/issues", 404),
    ("full", "DELETE", "/repos/acme/secret", 403),
    ("nothing", "GET", "/repos/acme/payments/hooks", 404),
    ("hooks", "GET", "/repos/acme/payments/hooks", 200),
    ("hooks", "GET", "/repos/acme/secret/hooks", 200),
    ("hooks", "GET", "/repos/acme/secret", 404),
    ("statuses", "GET", "/repos/acme/secret/commits/main/status", 200),
    ("statuses", "GET", "/repos/acme/secret/issues", 404),
    ("nothing", "GET", "/user", 200),
    ("nothing", "GET", "/user/emails", 404),
    ("profile", "GET", "/user/emails", 200),
    ("profile", "PATCH", "/user", 404),
    ("full", "GET", "/user/orgs", 403),
    ("reader", "GET", "/user/orgs", 200),
    ("reader", "GET", "/orgs/acme/teams", 200),
    ("profile", "GET", "/orgs/acme/teams", 404),
    ("reader", "POST", "/orgs/acme/teams", 404),
    ("reader", "PUT", "/orgs/acme/memberships/bob", 404),
    ("full", "GET", "/orgs/acme/hooks", 404),
    ("reader", "GET", "/orgs/acme", 200),
    ("reader", "POST", "/user/repos", 404),
    ("gone-by", "GET", "/user", 401),
    ("to-come", "GET", "/user", 200),
)


def test_a_token_opens_what_its_scopes_open(site: Site) -> None:
    for kind, method, path, status in _DOORS:
        body = {"title": "x", "name": "x"} if method in ("POST", "PATCH") else None

        assert ask(site, kind, method, path, body).status_code == status, (kind, method, path)


def test_headers_say_what_a_token_may_and_what_it_would_need(site: Site) -> None:
    refused = ask(site, "full", "DELETE", "/repos/acme/secret")
    hooks = ask(site, "hooks", "GET", "/repos/acme/payments/hooks")
    ending = ask(site, "to-come", "GET", "/user")
    orgs = ask(site, "full", "GET", "/user/orgs")

    assert refused.json()["message"] == "Must have admin rights to Repository."
    assert (refused.headers["X-OAuth-Scopes"], refused.headers["X-Accepted-OAuth-Scopes"]) == ("repo", "delete_repo")
    assert (
        hooks.headers["X-Accepted-OAuth-Scopes"]
        == "admin:repo_hook, public_repo, read:repo_hook, repo, write:repo_hook"
    )
    assert ending.headers["GitHub-Authentication-Token-Expiration"] == "2126-01-01 00:00:00 UTC"
    assert orgs.json()["message"] == "You need at least read:org scope or user scope to list your organizations."


def test_lists_leave_out_what_a_token_may_not_see(site: Site) -> None:
    def names(kind: str, path: str) -> list[str]:
        return [each["full_name"] for each in ask(site, kind, "GET", path).json()]

    assert names("public", "/user/repos") == ["acme/payments"]
    assert names("full", "/user/repos") == ["acme/payments", "acme/secret"]
    assert names("public", "/orgs/acme/repos") == ["acme/payments"]
    assert names("full", "/user/repos?visibility=private") == ["acme/secret"]
    assert names("full", "/user/repos?affiliation=owner,collaborator") == []
    assert ask(site, "full", "GET", "/user/repos?type=owner&visibility=all").status_code == 422
    assert ask(site, "nothing", "GET", "/orgs/acme/members").json() == []
    assert "plan" not in ask(site, "full", "GET", "/user").json()
    assert ask(site, "public", "POST", "/user/repos", {"name": "x", "private": True}).status_code == 404


def test_workflows_need_their_own_scope_in_contents_and_in_pushes(site: Site, tmp_path: Path) -> None:
    body = {"message": "ci: add", "content": "bmFtZTogQ0kK"}
    path = "/repos/acme/payments/contents/.github/workflows/ci.yml"
    clone = Clone(site, tmp_path / "clone", "alice")
    git(clone.folder, "remote", "set-url", "origin", _address(site, "full"))
    clone.commit("a.txt", "a")
    clone.commit(".github/workflows/ci.yml", "name: CI\n", "ci: add")

    refused = clone.push("HEAD:refs/heads/main", "HEAD~1:refs/heads/other")
    from_api = ask(site, "full", "PUT", path, body)
    git(clone.folder, "remote", "set-url", "origin", _address(site, "worker"))
    taken = clone.push("HEAD:main")

    words = "create or update workflow `.github/workflows/ci.yml` without `workflow` scope"
    assert f"(refusing to allow a Personal Access Token to {words})" in refused.stderr
    assert "HEAD~1 -> other" in refused.stderr
    assert from_api.status_code == 404
    assert taken.returncode == 0
    git(clone.folder, "remote", "set-url", "origin", _address(site, "full"))
    clone.git("checkout", "-q", "-b", "later")
    clone.commit("b.txt", "b")
    assert clone.push("later").returncode == 0  # the workflow is there already


def test_workflows_need_their_own_scope_when_the_api_moves_a_ref(site: Site) -> None:
    here = "/repos/acme/payments"
    main = ask(site, "full", "GET", f"{here}/git/ref/heads/main").json()["object"]["sha"]
    files = [{"path": ".github/workflows/ci.yml", "mode": "100644", "type": "blob", "content": "name: CI\n"}]
    tree = ask(site, "full", "POST", f"{here}/git/trees", {"base_tree": main, "tree": files}).json()["sha"]
    wanted = {"message": "ci: add", "tree": tree, "parents": [main]}
    made = ask(site, "full", "POST", f"{here}/git/commits", wanted).json()["sha"]

    created = ask(site, "full", "POST", f"{here}/git/refs", {"ref": "refs/heads/ci", "sha": made})
    moved = ask(site, "full", "PATCH", f"{here}/git/refs/heads/main", {"sha": made})
    allowed = ask(site, "worker", "POST", f"{here}/git/refs", {"ref": "refs/heads/ci", "sha": made})
    again = ask(site, "full", "POST", f"{here}/git/refs", {"ref": "refs/heads/other", "sha": made})

    assert [created.status_code, moved.status_code] == [404, 404]
    assert [allowed.status_code, again.status_code] == [201, 201]  # by now another branch has the file
    pull = {"title": "ci", "head": "ci", "base": "main"}
    number = ask(site, "full", "POST", f"{here}/pulls", pull).json()["number"]
    assert ask(site, "full", "PUT", f"{here}/pulls/{number}/merge", {"merge_method": "squash"}).status_code == 200


def test_workflows_of_another_repository_need_their_own_scope_to_come_in(site: Site) -> None:
    bob = site.github("bob")
    theirs = bob.get_user().create_repo("tools", auto_init=True)
    ask(site, "full", "POST", "/repos/bob/tools/forks", {})
    theirs.create_file(".github/workflows/ci.yml", "ci: add", "name: CI\n")
    ask(site, "full", "POST", "/user/repos", {"name": "library", "auto_init": True})
    fork = bob.get_repo("alice/library").create_fork()
    fork.create_file(".github/workflows/ci.yml", "ci: add", "name: CI\n")
    pull = bob.get_repo("alice/library").create_pull(title="ci", head="bob:main", base="main")
    merge = (f"/repos/alice/library/pulls/{pull.number}/merge", {})
    sync = ("/repos/alice/tools/merge-upstream", {"branch": "main"})

    refused = [ask(site, "full", "PUT", *merge), ask(site, "full", "POST", *sync)]
    taken = [ask(site, "worker", "PUT", *merge), ask(site, "worker", "POST", *sync)]

    words = "create or update workflow `.github/workflows/ci.yml` without `workflow` scope"
    said = f"refusing to allow a Personal Access Token to {words}"
    assert [(each.status_code, each.json()["message"]) for each in refused] == [(405, said), (422, said)]
    assert [each.status_code for each in taken] == [200, 200]


def test_git_asks_for_scopes_as_the_api_does(site: Site, tmp_path: Path) -> None:
    private = site.html_url.replace("://", "://alice:alice-public@", 1) + "/acme/secret.git"
    clone = Clone(site, tmp_path / "clone", "alice")
    git(clone.folder, "remote", "set-url", "origin", _address(site, "nothing"))
    clone.commit("a.txt", "a")

    pushed = clone.push("HEAD:main")
    seen = git(tmp_path, "ls-remote", private, check=False)

    assert "Permission to acme/payments.git denied to alice." in pushed.stderr
    assert "not found" in seen.stderr
    assert git(tmp_path, "ls-remote", private.replace("alice-public", "alice-full")).returncode == 0


def _address(site: Site, kind: str) -> str:
    return site.html_url.replace("://", f"://alice:alice-{kind}@", 1) + "/acme/payments.git"


@pytest.mark.parametrize("rest", ["raw/main/a.txt", "archive/main.zip"])
def test_files_are_fetched_with_the_scope_that_the_api_asks_for(site: Site, rest: str) -> None:
    def status(kind: str) -> int:
        headers = {"Authorization": f"token alice-{kind}"}
        return site.session(None).get(f"{site.html_url}/acme/secret/{rest}", headers=headers).status_code

    assert [status(kind) for kind in ("full", "public", "nothing")] == [200, 404, 404]
