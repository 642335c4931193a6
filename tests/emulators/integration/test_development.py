"""The development panel: branches, commits and pull requests on the issues that they name."""

from __future__ import annotations

from pathlib import Path

import requests

from tests.emulators.browsing import Browser
from tests.emulators.conftest import Site
from tests.emulators.github.worktree import Clone
from tests.emulators.integration.panels import Panel, commits_of, summary_of
from tests.emulators.jira.conftest import Api


def test_an_issue_lists_branch_commit_and_pull_request_with_its_state(
    site: Site, api: Api, clone: Clone, panel: Panel
) -> None:
    key = api.issue(summary="Refunds")
    clone.git("switch", "-qc", f"feature/{key.lower()}-refunds")
    sha = clone.commit("refunds.py", "1\n", f"{key} Add refunds, as NOSUCH-7 asks for\n\nUTF-8")
    assert "Jira" not in clone.push("HEAD").stderr

    branch, *others = panel(key, "branch")["branches"]
    (repository,) = panel(key, "repository")["repositories"]
    assert (branch["name"], others) == (f"feature/{key.lower()}-refunds", [])
    assert branch["lastCommit"]["id"] == sha
    assert (repository["name"], repository["commits"][0]["id"]) == ("acme/payments", sha)
    assert (repository["commits"][0]["fileCount"], repository["commits"][0]["author"]["name"]) == (1, "Bob")
    for address in (branch["url"], repository["url"], repository["commits"][0]["url"]):
        assert requests.get(address, auth=("bob", "bob-token")).status_code == 200

    github = site.github("bob").get_repo("acme/payments")
    pull = github.create_pull(title="Refunds", body="", head=branch["name"], base="main")
    site.github("alice").get_repo("acme/payments").get_pull(pull.number).create_review(event="APPROVE")
    (shown,) = panel(key, "pullrequest")["pullRequests"]
    assert (shown["id"], shown["status"], shown["source"]["branch"]) == (f"#{pull.number}", "OPEN", branch["name"])
    assert [(one["name"], one["approved"]) for one in shown["reviewers"]] == [("Alice", True)]
    assert summary_of(site, api, key)["pullrequest"]["overall"]["open"] is True

    pull.merge(merge_method="squash")
    assert panel(key, "pullrequest")["pullRequests"][0]["status"] == "MERGED"
    links = api.get(f"/rest/api/3/issue/{key}/remotelink")
    states = {link["relationship"]: link["object"]["status"]["resolved"] for link in links}
    assert states == {"branch": False, "commit": False, "pull request": True}
    page = Browser(site, "bob").read(f"/jira/browse/{key}")
    assert f"#{pull.number} Refunds" in page.text
    assert "Merged" in page.text
    assert {branch["url"], shown["url"], repository["commits"][0]["url"]} <= set(page.links)

    clone.push("--delete", branch["name"])
    assert panel(key, "branch")["branches"] == []
    assert f"{key} Add refunds, as NOSUCH-7 asks for" in commits_of(panel, key)
    counted = summary_of(site, api, key)
    assert [counted[kind]["overall"]["count"] for kind in ("pullrequest", "branch")] == [1, 0]
    assert counted["pullrequest"]["overall"]["details"]["mergedCount"] == 1


def test_what_a_force_push_or_another_title_takes_away_is_shown_no_more(
    site: Site, api: Api, clone: Clone, panel: Panel
) -> None:
    one, other = api.issue(), api.issue()
    clone.git("switch", "-qc", "work")
    clone.commit("a.txt", "1\n", f"{one} first try")
    clone.push("HEAD")
    pull = site.github("bob").get_repo("acme/payments").create_pull(title=f"{one} Try", head="work", base="main")
    clone.git("commit", "--quiet", "--amend", "-m", f"{other} second try")
    clone.push("--force", "HEAD")
    pull.edit(title=f"{other.lower()}: try")

    assert commits_of(panel, one) == []
    assert commits_of(panel, other) == [f"{other} second try"]
    assert panel(one, "pullrequest")["pullRequests"] == []
    assert api.get(f"/rest/api/3/issue/{one}/remotelink") == []
    assert len(panel(other, "pullrequest")["pullRequests"]) == 1
    pull.edit(state="closed")
    assert panel(other, "pullrequest")["pullRequests"][0]["status"] == "DECLINED"
    clone.push("--delete", "work")
    assert commits_of(panel, other) == [f"{other} second try"], "the pull request holds it"

    site.github("alice").get_repo("acme/payments").edit(name="money")
    assert panel(other, "pullrequest")["pullRequests"][0]["repositoryName"] == "acme/money"
    site.github("alice").get_repo("acme/money").delete()
    assert panel(other, "pullrequest")["pullRequests"] == []
    assert api.get(f"/rest/api/3/issue/{other}/remotelink") == []


def test_the_panel_answers_as_jira_does_when_there_is_nothing(site: Site, api: Api) -> None:
    key = api.issue()
    number = api.get(f"/rest/api/3/issue/{key}")["id"]
    base = f"{site.jira_url}/rest/dev-status/1.0/issue"

    counted = summary_of(site, api, key)
    assert {kind: one["overall"]["count"] for kind, one in counted.items()} == dict.fromkeys(
        ("pullrequest", "build", "review", "deployment-environment", "repository", "branch"), 0
    )
    asked = [
        ({"issueId": "99999", "applicationType": "GitHub", "dataType": "branch"}, 404),
        ({"issueId": "x", "applicationType": "GitHub", "dataType": "branch"}, 400),
        ({"issueId": number}, 400),
        ({"issueId": number, "applicationType": "stash", "dataType": "branch"}, 200),
    ]
    for params, status in asked:
        assert api.session.get(f"{base}/detail", params=params).status_code == status
    assert requests.get(f"{base}/summary", params={"issueId": number}).status_code == 401


def test_a_pull_request_shows_whether_it_is_a_draft_where_it_comes_from_and_what_reviewers_say(
    site: Site, api: Api, panel: Panel, tmp_path: Path
) -> None:
    key = api.issue()
    site.github("carol").get_repo("acme/payments").create_fork()
    clone = Clone(site, tmp_path / "fork", login="carol", repository="carol/payments")
    clone.git("switch", "-qc", "work")
    clone.commit("a.txt", "1\n")
    clone.push("HEAD")
    repository = site.github("carol").get_repo("acme/payments")
    pull = repository.create_pull(title="Work", body=f"For {key}.", head="carol:work", base="main", draft=True)

    (shown,) = panel(key, "pullrequest")["pullRequests"]
    assert (shown["status"], shown["source"]["branch"], shown["reviewers"]) == ("DRAFT", "work", [])
    assert shown["source"]["url"].endswith("/github/carol/payments/tree/work")
    overall = summary_of(site, api, key)["pullrequest"]["overall"]
    assert (overall["state"], overall["stateCount"], overall["details"]["openCount"]) == ("OPEN", 1, 1)

    pull.mark_ready_for_review()
    site.github("alice").get_repo("acme/payments").get_pull(pull.number).create_review(event="APPROVE")
    bobs = site.github("bob").get_repo("acme/payments").get_pull(pull.number)
    bobs.create_review(event="REQUEST_CHANGES", body="No")
    (shown,) = panel(key, "pullrequest")["pullRequests"]
    assert shown["status"] == "OPEN"
    said = [(one["name"], one["approved"], one["approvalStatus"]) for one in shown["reviewers"]]
    assert said == [("Alice", True, "APPROVED"), ("Bob", False, "NEEDSWORK")]
    page = Browser(site, "bob").read(f"/jira/browse/{key}")
    assert "Open work into main of acme/payments, by Carol, approved by Alice, changes asked for by Bob" in page.text

    pull.edit(body="For nothing.")
    assert panel(key, "pullrequest")["pullRequests"] == []


def test_who_may_not_view_development_tools_does_not(site: Site, api: Api, clone: Clone) -> None:
    key = api.issue()
    clone.git("switch", "-qc", f"{key}-work")
    clone.commit("a.txt", "1\n")
    clone.push("HEAD")
    everybody, alice = {"type": "applicationRole"}, {"type": "projectLead"}
    grants = [
        {"holder": everybody, "permission": "BROWSE_PROJECTS"},
        {"holder": alice, "permission": "VIEW_DEV_TOOLS"},
    ]
    scheme = api.post("/rest/api/3/permissionscheme", {"name": "Private", "permissions": grants}, status=201)
    api.put("/rest/api/3/project/AUTOTEST/permissionscheme", {"id": scheme["id"]}, status=200)

    number = api.get(f"/rest/api/3/issue/{key}", fields="summary")["id"]
    statuses = [
        requests.get(
            f"{site.jira_url}/rest/dev-status/1.0/issue/{what}",
            params={"issueId": number, "applicationType": "GitHub", "dataType": "branch"},
            auth=(f"{login}@example.com", f"{login}-token"),
        ).status_code
        for login in ("alice", "bob")
        for what in ("summary", "detail")
    ]
    assert statuses == [200, 200, 403, 403]
    assert f"Development branch {key}-work" in Browser(site, "alice").read(f"/jira/browse/{key}").text
    assert "Development" not in Browser(site, "bob").read(f"/jira/browse/{key}").text
