"""The same on PostgreSQL: a sprint, every kind of query, ranks in the order of their characters."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from werkzeug.test import Client

from simulator.emulators.server import Emulators
from tests.emulators.conftest import a_seed
from tests.emulators.jira.routes.test_search import QUERIES
from tests.emulators.jira.routes.test_search_pages import EVERY_ORDER

AUTH = {"Authorization": requests.auth._basic_auth_str("alice@example.com", "alice-token")}


class Ask:
    """Requests to the app without a socket."""

    def __init__(self, emulators: Emulators) -> None:
        self._client = Client(emulators.wsgi)

    def __call__(self, method: str, path: str, body: object = None, *, status: int = 200) -> Any:
        answer = self._client.open(f"/sites/pg/jira/rest{path}", method=method, json=body, headers=AUTH)
        assert answer.status_code == status, f"{method} {path}: {answer.status_code} {answer.text[:500]}"
        return answer.get_json() if answer.data else None

    def issue(self, kind: str, **fields: Any) -> str:
        """Create an issue and return its key."""
        given = {"project": {"key": "AUTOTEST"}, "issuetype": {"name": kind}, "summary": kind} | fields
        return str(self("POST", "/api/2/issue", {"fields": given}, status=201)["key"])

    def found(self, jql: str) -> list[str]:
        """The keys that a query finds."""
        page = self("POST", "/api/3/search/jql", {"jql": jql, "fields": ["summary"]})
        return [issue["key"] for issue in page["issues"]]


@pytest.fixture
def emulators(postgresql_url_with_tables: str, tmp_path: Path) -> Iterator[Emulators]:
    """Emulators on PostgreSQL with a site `pg`."""
    ticks = iter(range(1_000_000))

    def now() -> datetime:
        return datetime(2026, 3, 2, 8, 0, tzinfo=UTC) + timedelta(milliseconds=10 * next(ticks))

    made = Emulators(database_url=postgresql_url_with_tables, folder=tmp_path, now=now, deliver=False)
    made.create_site("pg", a_seed())
    yield made
    made.close()


@pytest.fixture
def ask(emulators: Emulators) -> Ask:
    """Alice's requests."""
    return Ask(emulators)


def test_a_sprint_and_every_query(ask: Ask) -> None:
    people = {p["displayName"]: p["accountId"] for p in ask("GET", "/api/3/users/search")}
    epic = ask.issue("Epic", summary="Refunds")
    bob = {"accountId": people["Bob"]}
    story = ask.issue(
        "Story", summary="Refund a payment", parent={"key": epic}, labels=["money"], customfield_10016=5, assignee=bob
    )
    bug = ask.issue("Bug", summary="Größe is wrong", description="the *total*", priority={"name": "Highest"})
    task = ask.issue("Task", summary="Write docs", duedate="2026-03-10", labels=["docs", "money"])
    sub = ask.issue("Sub-task", summary="Proof-read", parent={"key": task}, customfield_10016=1)
    dates = {"startDate": "2026-03-02T09:00:00.000Z", "endDate": "2026-03-13T17:00:00.000Z"}
    sprint = ask("POST", "/agile/1.0/sprint", {"name": "Sprint 1", "originBoardId": 1} | dates, status=201)["id"]
    ask("POST", f"/agile/1.0/sprint/{sprint}/issue", {"issues": [story, bug]}, status=204)
    ask("POST", f"/agile/1.0/sprint/{sprint}", {"state": "active"})
    for key, step in ((bug, "21"), (story, "21"), (story, "41")):
        ask("POST", f"/api/2/issue/{key}/transitions", {"transition": {"id": step}}, status=204)
    ask("POST", f"/api/2/issue/{bug}/comment", {"body": "the customer called"}, status=201)
    link = {"type": {"name": "Blocks"}, "inwardIssue": {"key": bug}, "outwardIssue": {"key": task}}
    ask("POST", "/api/3/issueLink", link, status=201)

    keys = {"epic": epic, "story": story, "bug": bug, "task": task, "sub": sub}
    for jql, expected in QUERIES:
        assert set(ask.found(jql)) == {keys[name] for name in expected.split()}, jql
    for order in EVERY_ORDER:
        jql = f"project = AUTOTEST ORDER BY {order}"
        asked = {"jql": jql, "maxResults": 3, "fields": ["summary"]}
        page = ask("POST", "/api/3/search/jql", asked)
        rest = ask("POST", "/api/3/search/jql", asked | {"nextPageToken": page["nextPageToken"]})
        assert [one["key"] for one in page["issues"] + rest["issues"]] == ask.found(jql), order
    ask("PUT", "/agile/1.0/issue/rank", {"issues": [sub], "rankBeforeIssue": epic}, status=204)
    ask("PUT", "/agile/1.0/issue/rank", {"issues": [task], "rankAfterIssue": sub}, status=204)
    assert ask.found("project = AUTOTEST ORDER BY rank") == [sub, task, epic, story, bug]
    history = ask("GET", f"/api/3/issue/{story}/changelog")
    assert [item["field"] for entry in history["values"] for item in entry["items"]] == [
        "Sprint",
        "status",
        "status",
        "resolution",
    ]


def test_writers_at_once_neither_fail_nor_lose_anything(emulators: Emulators, ask: Ask) -> None:
    keys = [ask.issue("Task", summary=f"Issue {n}") for n in range(6)]

    def play(number: int) -> None:
        own, one, two = Ask(emulators), keys[number % 6], keys[(number * 5 + 1) % 6]
        link = {"type": {"name": "Relates"}, "inwardIssue": {"key": one}, "outwardIssue": {"key": two}}
        if one != two:
            own("POST", "/api/3/issueLink", link, status=201)
            own("PUT", "/agile/1.0/issue/rank", {"issues": [one], "rankBeforeIssue": two}, status=204)
        own("PUT", f"/api/2/issue/{one}", {"fields": {"customfield_10016": number}}, status=204)
        own.issue("Bug")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(play, range(24)))

    ranked = ask(
        "POST", "/api/3/search/jql", {"jql": "project = AUTOTEST ORDER BY rank", "maxResults": 100, "fields": ["key"]}
    )
    assert len(ranked["issues"]) == 30
    for key in keys:
        values = ask("GET", f"/api/3/issue/{key}/changelog")["values"]
        points = [item for entry in values for item in entry["items"] if item["field"] == "Story Points"]
        assert all(was["toString"] == now["fromString"] for was, now in itertools.pairwise(points))


def test_work_votes_and_files_are_kept_there_too(ask: Ask, emulators: Emulators) -> None:
    key = ask.issue("Story", timetracking={"originalEstimate": "1d"})
    child = ask.issue("Sub-task", parent={"key": key}, timetracking={"originalEstimate": "2h"})
    for number in (key, child):
        ask("POST", f"/api/3/issue/{number}/worklog", {"timeSpent": "1h 30m"}, status=201)
    file = {"file": (io.BytesIO(b"\0\xff bytes"), "a.bin", "application/x-thing")}
    sent = Client(emulators.wsgi).post(
        f"/sites/pg/jira/rest/api/3/issue/{key}/attachments",
        data=file,
        headers=AUTH | {"X-Atlassian-Token": "no-check"},
    )
    number = sent.get_json()[0]["id"]

    fields = ask("GET", f"/api/3/issue/{key}")["fields"]

    assert (fields["timespent"], fields["aggregatetimespent"], fields["aggregatetimeestimate"]) == (5400, 10800, 25200)
    assert [log["timeSpent"] for log in fields["worklog"]["worklogs"]] == ["1h 30m"]
    assert [one["size"] for one in fields["attachment"]] == [8]
    got = Client(emulators.wsgi).get(f"/sites/pg/jira/rest/api/3/attachment/content/{number}", headers=AUTH)
    assert got.data == b"\0\xff bytes"
    ask("POST", f"/api/3/issue/{key}/votes", status=404)
    assert ask("GET", "/api/3/worklog/updated")["lastPage"] is True
    ask("DELETE", f"/api/3/issue/{key}?deleteSubtasks=true", status=204)
    ask("GET", f"/api/3/attachment/{number}", status=404)


def test_reports_columns_and_ranks_on_postgresql(ask: Ask) -> None:
    done, open_, dropped = (ask.issue("Story", customfield_10016=n) for n in (1, 2, 4))
    epic = ask.issue("Epic")
    dates = {"startDate": "2026-03-02T09:00:00.000Z", "endDate": "2026-03-13T17:00:00.000Z"}
    first, following = (
        ask("POST", "/agile/1.0/sprint", {"name": name, "originBoardId": 1} | dates, status=201)["id"]
        for name in ("One", "Two")
    )
    ask("POST", f"/agile/1.0/sprint/{first}/issue", {"issues": [done, open_, dropped]}, status=204)
    body = {"state": "active", "incompleteIssuesDestinationId": following}
    ask("POST", f"/agile/1.0/sprint/{first}", body)
    ask("POST", "/agile/1.0/backlog/issue", {"issues": [dropped]}, status=204)
    ask("POST", f"/api/2/issue/{done}/transitions", {"transition": {"id": "41"}}, status=204)
    ask("POST", f"/agile/1.0/sprint/{first}", {"state": "closed"})
    for _ in range(70):  # to one place, until the neighbours must make room
        ask("PUT", "/agile/1.0/issue/rank", {"issues": [done], "rankBeforeIssue": dropped}, status=204)
        ask("PUT", "/agile/1.0/issue/rank", {"issues": [open_], "rankBeforeIssue": dropped}, status=204)

    charts = "/greenhopper/1.0/rapid/charts"
    report = ask("GET", f"{charts}/sprintreport?rapidViewId=1&sprintId={first}")["contents"]
    assert [line["key"] for line in report["puntedIssues"]] == [dropped]
    assert [line["key"] for line in report["issuesNotCompletedInCurrentSprint"]] == [open_]
    entry = ask("GET", f"{charts}/velocity?rapidViewId=1")["velocityStatEntries"][str(first)]
    assert (entry["estimated"]["value"], entry["completed"]["value"]) == (7.0, 1.0)
    assert ask("GET", f"{charts}/scopechangeburndownchart?rapidViewId=1&sprintId={first}")["changes"]
    assert ask("GET", f"{charts}/cumulativeflowdiagram?rapidViewId=1")["columns"]
    assert ask.found(f"sprint = {following}") == [open_]
    ask("POST", f"/agile/1.0/epic/{epic}", {"done": True, "color": {"key": "color_2"}})
    assert [one["key"] for one in ask("GET", "/agile/1.0/board/1/epic?done=true")["values"]] == [epic]
    assert ask.found("issuetype = Story ORDER BY rank") == [done, open_, dropped]
    ask("POST", f"/agile/1.0/sprint/{first}/swap", {"sprintToSwapWith": following}, status=204)
    ask("PUT", "/agile/1.0/board/1/properties/x", {"a": 1}, status=201)


def test_versions_components_roles_and_filters_work_alike(ask: Ask) -> None:
    one, two = (
        ask("POST", "/api/3/version", {"name": name, "project": "AUTOTEST"}, status=201)["id"] for name in ("1", "2")
    )
    part = ask("POST", "/api/3/component", {"name": "Part", "project": "AUTOTEST"}, status=201)["id"]
    key = ask.issue("Story", fixVersions=[{"id": one}], components=[{"id": part}])
    ask("POST", f"/api/3/version/{two}/move", {"position": "First"})
    ask("PUT", f"/api/3/version/{one}/mergeto/{two}", status=204)
    group = ask("POST", "/api/3/group", {"name": "Testers"}, status=201)
    ask("POST", "/api/3/project/AUTOTEST/role/10004", {"groupId": [group["groupId"]]})
    ask("DELETE", "/api/3/project/AUTOTEST/role/10003?group=jira-software-users", status=204)
    share = {"type": "project", "project": {"id": "10000"}, "role": {"id": 10004}}
    saved = ask("POST", "/api/3/filter", {"name": "F", "jql": "", "favourite": True, "sharePermissions": [share]})

    for order in ("fixVersion", "affectedVersion", "component"):
        assert ask.found(f"project = AUTOTEST ORDER BY {order}") == [key]
    assert ask.found("fixVersion = 2 AND component = Part AND fixVersion in unreleasedVersions()") == [key]
    assert ask("GET", f"/api/3/version/{two}/unresolvedIssueCount")["issuesUnresolvedCount"] == 1
    assert ask("GET", f"/api/3/component/{part}/relatedIssueCounts")["issueCount"] == 1
    assert ask("GET", "/api/3/group/member?groupname=jira-software-users")["total"] == 3
    found = ask("GET", "/api/3/filter/search?filterName=f&orderBy=-owner&expand=sharePermissions")
    assert [f["id"] for f in found["values"]].count(saved["id"]) == 1
    ask("DELETE", f"/api/3/group?groupId={group['groupId']}")
    assert ask("GET", "/api/3/project/AUTOTEST/role/10004")["actors"] == []


def test_a_project_is_renamed_binned_and_brought_back(ask: Ask) -> None:
    project, key = "/api/3/project", ask.issue("Story")

    ask("PUT", f"{project}/AUTOTEST", {"key": "SHOP", "name": "Shop"})
    ask("PUT", f"{project}/SHOP/properties/p", {"a": 1}, status=201)
    ask("PUT", f"{project}/SHOP/properties/p", {"a": 2})
    grant = {"permission": "EDIT_ISSUES", "holder": {"type": "anyone"}}
    ask("POST", "/api/3/permissionscheme/0/permission", grant, status=201)
    ask("DELETE", f"{project}/AUTOTEST", status=204)

    assert [one["key"] for one in ask("GET", f"{project}/search?status=deleted")["values"]] == ["SHOP"]
    ask("GET", f"/api/3/issue/{key}", status=404)
    ask("POST", f"{project}/SHOP/restore")
    assert ask("GET", f"/api/3/issue/{key}")["key"] == "SHOP-1"
    assert ask.found("project = AUTOTEST AND key = AUTOTEST-1") == ["SHOP-1"]
    (found,) = ask("GET", f"{project}/search?orderBy=-issueCount&expand=insight")["values"]
    assert found["insight"]["totalIssueCount"] == 1
    ask("DELETE", f"{project}/SHOP?enableUndo=false", status=204)
    assert ask("GET", "/api/3/users/search?startAt=1&maxResults=1")[0]["displayName"] == "Bob"
