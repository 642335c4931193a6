"""The GitHub for Jira app: what is pushed and proposed shows on the issues that it names, and smart commits act."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.emulators.browsing import Browser
from tests.emulators.conftest import Site, a_seed
from tests.emulators.github.worktree import Clone
from tests.emulators.jira.conftest import Api
from tests.emulators.jira.receiver import listening

Panel = Callable[[str, str], Any]


@pytest.fixture
def api(site: Site) -> Api:
    """Alice's bare requests."""
    return Api(site.jira_url, site.jira_session("alice"))


@pytest.fixture
def clone(site: Site, tmp_path: Path) -> Clone:
    """Bob's clone of acme/payments."""
    return Clone(site, tmp_path / "payments")


@pytest.fixture
def panel(api: Api) -> Panel:
    """What an issue's development panel lists of a kind."""
    return partial(listed, api)


def listed(api: Api, key: str, kind: str) -> Any:
    """The same."""
    number = api.get(f"/rest/api/3/issue/{key}", fields="summary")["id"]
    asked = {"issueId": number, "applicationType": "GitHub", "dataType": kind}
    answer = api.session.get(f"{api.base}/rest/dev-status/1.0/issue/detail", params=asked)
    assert answer.status_code == 200, answer.text
    (host,) = answer.json()["detail"]
    return host


def commits_of(panel: Panel, key: str) -> list[str]:
    """The first lines of the commits that an issue shows."""
    found = panel(key, "repository")["repositories"]
    return [commit["message"].partition("\n")[0] for one in found for commit in one["commits"]]


def summary_of(site: Site, api: Api, key: str) -> Any:
    """The panel's counts."""
    number = api.get(f"/rest/api/3/issue/{key}", fields="summary")["id"]
    answer = api.session.get(f"{site.jira_url}/rest/dev-status/latest/issue/summary", params={"issueId": number})
    return answer.json()["summary"]


def status_of(api: Api, key: str) -> str:
    """The name of an issue's status."""
    return str(api.get(f"/rest/api/3/issue/{key}", fields="status")["fields"]["status"]["name"])


def comments_on(api: Api, key: str) -> list[tuple[str, str]]:
    """Who said what."""
    found = api.get(f"/rest/api/2/issue/{key}/comment")["comments"]
    return [(comment["author"]["displayName"], comment["body"]) for comment in found]


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


def test_a_smart_commit_moves_the_issue_and_comments_as_its_author_once(site: Site, api: Api, clone: Clone) -> None:
    key, other = api.issue(), api.issue()
    api.move(key, "In Progress")
    clone.git("switch", "-qc", "work")
    clone.commit("a.txt", "1\n", f"{key} #in-review #comment ready\n\n{key} {other} #time 2h 30m wrote *tests*")
    pushed = clone.push("HEAD")
    assert (pushed.returncode, "Jira" in pushed.stderr) == (0, False), pushed.stderr

    assert status_of(api, key) == "In Review"
    assert comments_on(api, key) == [("Bob", "ready")]
    moved = [item for item in api.changes(key) if item[0] == "status"]
    assert moved[-1] == ("status", "In Progress", "In Review")
    for each in (key, other):
        (logged,) = api.get(f"/rest/api/2/issue/{each}/worklog")["worklogs"]
        assert (logged["timeSpent"], logged["author"]["displayName"], logged["comment"]) == (
            "2h 30m",
            "Bob",
            "wrote *tests*",
        )

    api.move(key, "In Progress")
    clone.git("switch", "-qc", "again")
    clone.push("HEAD")
    clone.commit("b.txt", "1\n", "more")
    clone.push("HEAD")
    repository = site.github("bob").get_repo("acme/payments")
    for branch, method in (("work", "squash"), ("again", "rebase")):
        repository.create_pull(title=f"{key} {branch}", head=branch, base="main").merge(merge_method=method)

    assert status_of(api, key) == "In Progress"
    assert comments_on(api, key) == [("Bob", "ready")]
    assert len(api.get(f"/rest/api/2/issue/{other}/worklog")["worklogs"]) == 1


def test_what_a_smart_commit_cannot_do_is_told_to_whoever_pushes(site: Site, api: Api, clone: Clone) -> None:
    key = api.issue()
    clone.git("switch", "-qc", "work")
    message = f"{key} #fly #comment still said #time soon\n\nNOSUCH-1 #done\n#comment to nobody\nsee #12 {key}"
    clone.commit("a.txt", "1\n", message)
    clone.git("commit", "--allow-empty", "--quiet", "--author", "Eve <eve@example.org>", "-m", f"{key} #done")
    pushed = clone.push("HEAD")

    assert pushed.returncode == 0
    for line in (
        f"{key} #fly: it is no transition of the issue; there are #",
        f"{key} #time: 'soon' is no duration",
        "NOSUCH-1 #done: there is no such issue",
        "nobody in Jira has the e-mail address eve@example.org",
    ):
        assert line in pushed.stderr, pushed.stderr
    assert comments_on(api, key) == [("Bob", "still said")]
    assert status_of(api, key) == "To Do"
    journal = requests.get(f"{site.url}/emulator/journal").json()
    entries = journal["entries"] if isinstance(journal, dict) else journal
    assert sum(entry["method"] == "SMART" for entry in entries) == 4


def test_pull_requests_move_issues_only_where_a_rule_says_so(site: Site, api: Api, clone: Clone) -> None:
    one, other = api.issue(), api.issue()
    for key in (one, other):
        clone.git("switch", "-qc", f"{key}-work", "origin/main")
        clone.commit(f"{key}.txt", "1\n", "feat: work")
        clone.push("HEAD")
    repository, rules = site.github("bob").get_repo("acme/payments"), f"{site.url}/emulator/automation"
    assert requests.get(rules).json() == {"pull_request_opened": None, "pull_request_merged": None}

    repository.create_pull(title="Unmoved", head=f"{one}-work", base="main")
    assert status_of(api, one) == "To Do"
    wanted = {"pull_request_opened": "In Review", "pull_request_merged": "done"}
    assert requests.put(rules, json=wanted).json() == wanted
    pull = repository.create_pull(title="Moved", head=f"{other}-work", base="main")
    assert status_of(api, other) == "In Review"
    pull.merge()
    assert (status_of(api, one), status_of(api, other)) == ("To Do", "Done")

    for wrong in ({"pull_request_opened": 5}, {"pull_request_merged": ""}, {"other": "Done"}):
        assert requests.put(rules, json=wrong).status_code == 422
    assert requests.put(rules, json={"pull_request_opened": None}).json()["pull_request_opened"] is None


def test_a_seed_sets_rules_and_leaves_those_that_somebody_has_set(site: Site) -> None:
    projects = [{"key": "AUTOTEST", "name": "Autotest", "template": "scrum", "lead": "alice"}]
    seed = a_seed(jira={"projects": projects, "automation": {"pull_request_merged": "Done"}})
    rules = f"{site.url}/emulator/automation"

    site.emulators.create_site(site.key, seed)
    assert requests.get(rules).json() == {"pull_request_opened": None, "pull_request_merged": "Done"}
    requests.put(rules, json={"pull_request_merged": "In Review"})
    site.emulators.create_site(site.key, seed)
    assert requests.get(rules).json()["pull_request_merged"] == "In Review"


def test_webhooks_hear_what_a_push_does_and_odd_bytes_do_no_harm(api: Api, clone: Clone, panel: Panel) -> None:
    key = api.issue()
    with listening() as receiver:
        hook = {"name": "Listener", "url": receiver.url, "events": ["jira:issue_updated", "comment_created"]}
        api.post("/rest/webhooks/1.0/webhook", hook, status=201)
        (clone.folder / "message").write_bytes(f"{key} #done #comment ".encode() + b"\xff\xfe caf\xe9\n")
        clone.git("commit", "--allow-empty", "--quiet", "-F", "message")
        pushed = clone.push("HEAD:refs/heads/odd")
        told = receiver.until("comment_created")

    assert (pushed.returncode, "Jira" in pushed.stderr) == (0, False), pushed.stderr
    moved = next(one for one in told if one.get("issue_event_type_name") == "issue_generic")
    assert (moved["user"]["displayName"], moved["issue"]["fields"]["status"]["name"]) == ("Bob", "Done")
    assert "/jira/rest/api/2/issue/" in moved["issue"]["self"]
    assert "caf" in told[-1]["comment"]["body"]
    assert len(commits_of(panel, key)) == 1


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
