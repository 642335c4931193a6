"""Sites and their states by HTTP, as a test suite in any language makes and drops them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import requests
from github import Auth, Github

from tests.emulators.conftest import Site
from tests.emulators.control.conftest import Control

SEED = {
    "users": [{"login": "zoe", "email": "zoe@example.com", "token": "zoe-token"}],
    "github": {"repositories": [{"name": "zoe/x", "files": {"README.md": "# X\n"}}]},
}


def head(site: Site, repository: str = "acme/payments") -> str:
    return str(site.github().get_repo(repository).get_branch("main").commit.sha)


def hidden(site: Site) -> set[str]:
    """Folders of snapshots."""
    return {folder.name for folder in site.emulators.instance.repositories.glob("~*")}


def git(*words: str, folder: Path | None = None) -> str:
    done = subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=True, timeout=30)
    return done.stdout.strip()


def test_a_site_is_made_used_and_dropped(site: Site, whole: Control) -> None:
    made = whole("POST", "/sites", json={"site": f"{site.key}-z", "seed": SEED})
    hub = Github(auth=Auth.Token("zoe-token"), base_url=made.json()["github"]["api_url"], retry=None)

    listed = [row["site"] for row in whole("GET", "/sites").json()["sites"]]
    dropped = whole("DELETE", f"/sites/{site.key}-z")

    assert made.status_code == 201
    assert made.json()["jira"]["url"] == f"{site.server.url}/sites/{site.key}-z/jira"
    assert {"default", site.key, f"{site.key}-z"} <= set(listed)
    assert dropped.status_code == 204
    assert requests.get(f"{hub.requester.base_url}/user").status_code == 404
    assert whole("DELETE", f"/sites/{site.key}-z").status_code == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"site": 1}, 422),
        ({"site": "../x"}, 422),
        ({"site": "~x"}, 422),
        ({"site": "X"}, 422),
        ({"site": "default"}, 409),
        ({"site": "new", "seeds": {}}, 422),
        ({"site": "new", "seed": {"user": []}}, 422),
        ({"site": "new", "seed": []}, 201),
        ({"site": "new-2", "seed": [1]}, 422),
        ({"site": "new-3", "copy_of": "nowhere"}, 404),
        ({"site": "new-3", "copy_of": "default", "snapshot": "none"}, 404),
        ({"site": "new-3", "copy_of": "default", "seed": {}}, 422),
        ({"site": "default", "copy_of": "default"}, 409),
    ],
)
def test_what_is_no_site_is_refused(site: Site, whole: Control, body: dict[str, object], status: int) -> None:
    if body.get("site") == "new":
        body = {**body, "site": f"{site.key}-new"}

    answer = whole("POST", "/sites", json=body)

    assert answer.status_code == status, answer.text


def test_the_default_site_stays_and_sites_are_made_at_the_top_only(control: Control, whole: Control) -> None:
    assert whole("DELETE", "/sites/default").status_code == 409
    assert control("POST", "/sites", json={"site": "inner"}).status_code == 404


def test_a_snapshot_brings_back_rows_refs_and_numbers(site: Site, control: Control, tmp_path: Path) -> None:
    repo = site.github().get_repo("acme/payments")
    repo.create_issue("Kept")
    kept_head = head(site)
    kept = control("PUT", "/snapshots/before-work")
    repo.create_issue("Forgotten")
    repo.create_file("lost.txt", "lost", "gone", branch="main")
    git("clone", "-q", site.clone_url("bob"), str(tmp_path / "clone"))
    site.jira().create_issue(
        {"project": {"key": "AUTOTEST"}, "issuetype": {"name": "Task"}, "summary": "x"}, prefetch=False
    )

    restored = control("POST", "/snapshots/before-work/restore")

    assert (kept.status_code, restored.status_code) == (201, 200)
    assert [issue.title for issue in repo.get_issues()] == ["Kept"]
    assert head(site) == kept_head
    assert git("ls-remote", site.clone_url("bob"), "refs/heads/main").split()[0] == kept_head
    assert repo.create_issue("Again").number == 2
    assert site.jira().search_issues("project = AUTOTEST") == []
    repo.create_file("found.txt", "found", "goes on", branch="main")
    git("fsck", "--strict", folder=next((site.emulators.instance.repositories / site.key).glob("*.git")))
    assert "POST" in {entry["method"] for entry in control("GET", "/journal").json()["entries"]}


def test_a_snapshot_can_be_brought_back_many_times_and_replaced(site: Site, control: Control) -> None:
    repo, others = site.github().get_repo("acme/payments"), hidden(site)
    for _ in range(3):
        control("PUT", "/snapshots/empty")
        repo.create_issue("One")
        control("POST", "/snapshots/empty/restore")
        assert repo.get_issues().totalCount == 0
    repo.create_issue("One")

    control("PUT", "/snapshots/empty")
    control("POST", "/reset")
    control("POST", "/snapshots/empty/restore")

    assert repo.get_issues().totalCount == 1
    assert [row["name"] for row in control("GET", "/snapshots").json()["snapshots"]] == ["empty"]
    assert control("DELETE", "/snapshots/empty").status_code == 204
    assert control("POST", "/snapshots/empty/restore").status_code == 404
    assert control("DELETE", "/snapshots/empty").status_code == 404
    assert hidden(site) == others


@pytest.mark.parametrize("name", ["-x", ".x", "x" * 81, "a b", "ä", "a%00b"])
def test_a_name_of_a_snapshot_that_could_be_a_path_is_refused(control: Control, name: str) -> None:
    assert control("PUT", f"/snapshots/{name}").status_code in (400, 422)


def test_a_branch_of_a_site_goes_its_own_way(site: Site, whole: Control, control: Control) -> None:
    repo = site.github().get_repo("acme/payments")
    repo.create_issue("Common")
    control("PUT", "/snapshots/common")
    repo.create_issue("Here only")

    now = whole("POST", "/sites", json={"site": f"{site.key}-now", "copy_of": site.key})
    then = whole("POST", "/sites", json={"site": f"{site.key}-then", "copy_of": site.key, "snapshot": "common"})
    titles = []
    for made in (now, then):
        hub = Github(auth=Auth.Token("bob-token"), base_url=made.json()["github"]["api_url"], retry=None)
        other = hub.get_repo("acme/payments")
        other.create_file("there.txt", "there", "only there")
        titles.append({issue.title for issue in other.get_issues()})

    assert titles == [{"Common", "Here only"}, {"Common"}]
    assert [entry.path for entry in repo.get_contents("")] == ["README.md"]  # type: ignore[union-attr]


def test_no_address_and_no_token_leads_to_a_snapshot(site: Site, control: Control) -> None:
    others = hidden(site)
    control("PUT", "/snapshots/secret")
    (key,) = hidden(site) - others
    headers = {"Host": "api.github.localhost", "Authorization": "token alice-token"}

    straight = requests.get(f"{site.server.url}/sites/{key}/github/api/v3/repos/acme/payments")
    user = requests.get(f"{site.server.url}/user", headers=headers).json()

    assert straight.status_code == 404
    assert key not in str(user)
    assert key not in control("GET", "/snapshots").text


def test_a_site_is_given_more_which_a_reset_brings_back(site: Site, control: Control) -> None:
    more = {
        "users": [{"login": "zoe", "email": "zoe@example.com", "token": "zoe-token"}],
        "github": {"repositories": [{"name": "acme/docs", "collaborators": {"zoe": "write"}}]},
    }

    assert control("POST", "/seed", json=more).status_code == 201
    assert control("POST", "/seed", json=more).json()["problems"][0] == "login zoe: given twice"
    control("POST", "/reset")

    repository = site.github("zoe").get_repo("acme/docs")
    assert repository.permissions.push
    assert site.github("alice").get_repo("acme/payments").name == "payments"
