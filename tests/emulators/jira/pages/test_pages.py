"""Pages of issues and boards: true, escaped, behind a sign-in."""

from __future__ import annotations

from typing import Any

import pytest

from tests.emulators.browsing import HOSTILE, Browser
from tests.emulators.conftest import Site
from tests.emulators.jira.conftest import Api

BOARD = "/jira/jira/software/projects/AUTOTEST/boards/1"


@pytest.fixture
def browser(site: Site) -> Browser:
    """Bob's."""
    return Browser(site, "bob")


def test_an_issue_shows_fields_comments_links_and_history(
    api: Api, browser: Browser, account_ids: dict[str, str]
) -> None:
    key = api.issue(
        summary="Refund", description="h1. Why\n\nh4. Really\n\n*because*", labels=["money"], customfield_10016=3
    )
    other = api.issue(summary="Blocked one")
    api.post(
        "/rest/api/2/issueLink",
        {"type": {"name": "Blocks"}, "inwardIssue": {"key": key}, "outwardIssue": {"key": other}},
        status=201,
    )
    comment = api.post(f"/rest/api/2/issue/{key}/comment", {"body": "A remark"}, status=201)
    api.issue(kind="Sub-task", summary="A part", parent={"key": key}, assignee={"accountId": account_ids["bob"]})
    api.move(key, "In Progress")

    page = browser.read(f"/jira/browse/{key.lower()}")

    for html in ("<h3>Why</h3>", "<h4>Really</h4>", "<strong>because</strong>"):
        assert html in page.html
    for said in (
        "In Progress",
        "money",
        "Story points 3",
        "A remark",
        "A part Sub-task To Do B Bob",
        f"blocks {other}",
        "status To Do In Progress",
    ):
        assert said in page.text
    assert f"comment-{comment['id']}" in page.ids
    assert f"/sites/{browser.site.key}/jira/browse/{other}" in page.links


def test_an_issue_shows_its_files_work_parts_and_own_fields(
    site: Site, api: Api, browser: Browser, account_ids: dict[str, str]
) -> None:
    api.post("/rest/api/3/component", {"project": "AUTOTEST", "name": "Ledger"}, status=201)
    kinds = {
        "Team": ("textfield", "Blue"),
        "Homepage": ("url", "https://example.com/blue"),
        "Other page": ("url", "ftp://example.com/blue"),
        "Notes": ("textarea", "h2. Noted"),
        "Reviewers": ("multiuserpicker", [{"accountId": account_ids["carol"]}]),
        "Starts": ("datetime", "2026-03-02T09:00:00.000+0000"),
        "Amount": ("float", 1234567),
        "Tags": ("labels", ["one", "two"]),
    }
    own: dict[str, Any] = {}
    for name, (kind, value) in kinds.items():
        made = {"name": name, "type": f"com.atlassian.jira.plugin.system.customfieldtypes:{kind}"}
        own[api.post("/rest/api/3/field", made, status=201)["id"]] = value
    key = api.issue(components=[{"name": "Ledger"}], timetracking={"originalEstimate": "2d"}, **own)
    api.post(f"/rest/api/2/issue/{key}/worklog", {"timeSpent": "2h 30m", "comment": "wrote *tests*"}, status=201)
    file = {"file": (HOSTILE.replace("/", "") + ".txt", b"content")}
    uploaded = api.session.post(
        f"{api.base}/rest/api/3/issue/{key}/attachments", files=file, headers={"X-Atlassian-Token": "no-check"}
    )
    site.jira("bob").add_vote(key)

    page = browser.read(f"/jira/browse/{key}")

    for said in (
        "Team Blue Time 2h 30m logged, 2d estimated, 1d 5h 30m remaining Votes 1 Watchers 1 Created",
        "Components Ledger Amount 1234567 Homepage https://example.com/blue Notes Noted",
        "Other page ftp://example.com/blue Reviewers C Carol Starts 2 Mar 2026, 09:00 Tags one two Team",
        "A Alice 2h 30m 2 Mar 2026",
        "timeestimate 2d 1d 5h 30m",
        "<script>",
        "7 bytes, Alice",
    ):
        assert said in page.text, said
    assert "https://example.com/blue" in page.links
    assert "ftp://example.com/blue" not in page.links
    (link,) = [link for link in page.links if "/secure/attachment/" in link]
    got = browser.session.get(f"{site.server.url}{link}")
    assert (uploaded.status_code, got.status_code, got.content) == (200, 200, b"content")
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert Browser(site, None).ask("/jira/secure/attachment/10000/x").status_code == 302


def test_what_the_reader_may_not_see_is_on_no_page(api: Api, browser: Browser, account_ids: dict[str, str]) -> None:
    lead = {"key": "VAULT", "name": "Vault", "projectTypeKey": "software", "leadAccountId": account_ids["alice"]}
    api.post("/rest/api/3/project", lead, status=201)
    epic = api.issue(kind="Epic", summary="Refunds")
    secret = api.issue(project="VAULT", summary="Secret", parent={"key": epic})
    api.issue(summary="Plain", parent={"key": epic})
    link = {"type": {"name": "Blocks"}, "inwardIssue": {"key": epic}, "outwardIssue": {"key": secret}}
    api.post("/rest/api/2/issueLink", link, status=201)
    assert "Secret" in browser.read(f"/jira/browse/{epic}").text
    grants = [{"holder": {"type": "projectLead"}, "permission": "BROWSE_PROJECTS"}]
    scheme = api.post("/rest/api/3/permissionscheme", {"name": "Closed", "permissions": grants}, status=201)
    api.put("/rest/api/3/project/VAULT/permissionscheme", {"id": scheme["id"]}, status=200)

    page = browser.read(f"/jira/browse/{epic}")

    assert "Plain" in page.text
    assert "Secret" not in page.text
    browser.read(f"/jira/browse/{secret}", status=404)


def test_an_epic_shows_its_issues(api: Api, browser: Browser) -> None:
    epic = api.issue(kind="Epic", summary="Refunds")
    key = api.issue(summary="Refund route", parent={"key": epic})

    assert "Refund route" in browser.read(f"/jira/browse/{epic}").text
    assert epic in browser.read(f"/jira/browse/{key}").text


def test_a_board_shows_the_cards_of_its_active_sprint(api: Api, browser: Browser) -> None:
    planned, _ = api.issue(summary="In the sprint", customfield_10016=5), api.issue(summary="In the backlog")
    sprint = api.sprint(goal="Ship & shine")
    api.plan(sprint, planned)
    assert "No sprint is active." in browser.read(BOARD).text

    api.set_state(sprint, "active")
    api.move(planned, "In Progress")

    page = browser.read("/jira/browse/AUTOTEST")
    assert "To Do 0" in page.text
    assert f"In Progress 1 In the sprint {planned} Story 5 points" in page.text
    assert "In the backlog" not in page.text
    assert "Sprint 1 2 Mar 2026 to 13 Mar 2026 Ship & shine" in page.text


def test_a_backlog_shows_sprints_and_what_waits(api: Api, browser: Browser) -> None:
    first, second, waiting = (api.issue(summary=name, customfield_10016=2) for name in ("One", "Two", "Three"))
    for name, key, state in (("Sprint 1", first, "active"), ("Sprint 2", second, "")):
        sprint = api.sprint(name=name)
        api.plan(sprint, key)
        if state:
            api.set_state(sprint, state)

    page = browser.read(f"{BOARD}/backlog")

    order = [
        page.text.index(word) for word in ("Sprint 1 active", first, "Sprint 2 future", second, "In no sprint", waiting)
    ]
    assert order == sorted(order)
    assert "1 issue, 2 points" in page.text


def test_a_long_backlog_comes_in_pages(api: Api, browser: Browser) -> None:
    body = {
        "issueUpdates": [
            {"fields": {"project": {"key": "AUTOTEST"}, "issuetype": {"name": "Task"}, "summary": f"Task {n:02}"}}
            for n in range(50)
        ]
    }
    api.post("/rest/api/2/issue/bulk", body, status=201)
    api.issue(summary="The last")

    assert "The last" not in browser.read(f"{BOARD}/backlog").text
    assert "The last" in browser.read(f"{BOARD}/backlog?page=2").text


def test_the_home_page_leads_to_the_boards(site: Site, browser: Browser) -> None:
    assert f"/sites/{site.key}{BOARD}" in browser.read("/jira/").links
    assert f"/sites/{site.key}{BOARD}/backlog" in browser.read("/jira/").links


def test_what_strangers_write_stays_text(api: Api, browser: Browser) -> None:
    key = api.issue(
        summary=HOSTILE, description=f"{HOSTILE} [x|javascript:alert(1)]", labels=[HOSTILE.replace(" ", "")[:50]]
    )
    api.post(f"/rest/api/2/issue/{key}/comment", {"body": HOSTILE}, status=201)
    api.put(f"/rest/api/2/issue/{key}", {"fields": {"summary": f"{HOSTILE}!"}}, status=204)
    for url in ("javascript:alert(1)", "https://example.com/?<script>"):
        api.post(f"/rest/api/2/issue/{key}/remotelink", {"object": {"url": url, "title": HOSTILE}}, status=201)
    sprint = api.sprint(name="<b>Sprint</b>", goal=HOSTILE)
    api.plan(sprint, key)
    api.set_state(sprint, "active")

    for path in (f"/jira/browse/{key}", BOARD, f"{BOARD}/backlog"):
        assert "<script>alert(1)</script>" in browser.read(path).text


@pytest.mark.parametrize(
    "path",
    [
        "/jira/browse/AUTOTEST-99",
        "/jira/browse/NOPE",
        f"{BOARD}9",
        "/jira/browse/%3Cscript%3E",
        f"{BOARD}/nothing",
        "/jira/browse/A-99999999999999999999",
    ],
)
def test_what_is_not_there_is_404(browser: Browser, path: str) -> None:
    browser.read(path, status=404)


def test_a_project_s_address_does_not_show_another_project_s_board(site: Site, api: Api, browser: Browser) -> None:
    account = api.get("/rest/api/3/myself")["accountId"]
    body = {"key": "OTHER", "name": "Other", "projectTypeKey": "software", "leadAccountId": account}
    api.post("/rest/api/3/project", body, status=201)

    browser.read(BOARD.replace("AUTOTEST", "OTHER"), status=404)


def test_nobody_sees_a_page_without_signing_in(site: Site) -> None:
    nobody = Browser(site, None)

    for path in ("/jira/", "/jira/browse/AUTOTEST-1", BOARD, f"{BOARD}/backlog"):
        assert nobody.ask(path).status_code == 302
