"""Work logged through the jira client and bare requests: times, estimates, history, who may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from jira import JIRA, JIRAError

from tests.emulators.conftest import Site
from tests.emulators.jira.conftest import Api


def times(api: Api, key: str) -> dict[str, Any]:
    """An issue's time tracking, seconds only."""
    found = api.get(f"/rest/api/3/issue/{key}", fields="timetracking")["fields"]["timetracking"]
    return {name.removesuffix("Seconds"): value for name, value in found.items() if name.endswith("Seconds")}


def test_the_client_logs_work_and_the_estimate_shrinks(jira: JIRA, api: Api) -> None:
    key = api.issue(timetracking={"originalEstimate": "1d"})

    made = jira.add_worklog(
        key, timeSpent="2h 30m", comment="*Looked* at it", started=datetime(2026, 3, 1, 9, tzinfo=UTC)
    )

    (log,) = jira.worklogs(key)
    assert (log.id, log.timeSpent, log.timeSpentSeconds, log.comment) == (made.id, "2h 30m", 9000, "*Looked* at it")
    assert (log.started, log.author.displayName) == ("2026-03-01T09:00:00.000+0000", "Alice")
    tracking = jira.issue(key).fields.timetracking
    assert (tracking.originalEstimate, tracking.remainingEstimate, tracking.timeSpent) == ("1d", "5h 30m", "2h 30m")
    assert api.changes(key) == [
        ("WorklogId", None, made.id),
        ("timeestimate", "28800", "19800"),
        ("timespent", None, "9000"),
    ]
    log.update(timeSpent="3h")
    assert times(api, key) == {"originalEstimate": 28800, "remainingEstimate": 18000, "timeSpent": 10800}
    jira.worklog(key, log.id).delete()
    assert times(api, key) == {"originalEstimate": 28800, "remainingEstimate": 28800, "timeSpent": 0}
    assert api.changes(key)[-4:-2] == [("WorklogId", made.id, None), ("WorklogTimeSpent", "3h", None)]
    with pytest.raises(JIRAError) as refusal:
        jira.worklog(key, log.id)
    assert refusal.value.status_code == 404


def test_the_remaining_estimate_is_adjusted_as_asked(jira: JIRA, api: Api) -> None:
    key = api.issue(timetracking={"originalEstimate": "2d", "remainingEstimate": "10h"})

    jira.add_worklog(key, timeSpentSeconds="3600", adjustEstimate="leave")
    assert times(api, key)["remainingEstimate"] == 36000
    jira.add_worklog(key, timeSpent="1h", adjustEstimate="new", newEstimate="4h")
    assert times(api, key)["remainingEstimate"] == 14400
    last = jira.add_worklog(key, timeSpent="1h", adjustEstimate="manual", reduceBy="30m")
    assert times(api, key)["remainingEstimate"] == 12600
    last.delete(adjustEstimate="manual", increaseBy="1h")
    assert times(api, key) == {"originalEstimate": 57600, "remainingEstimate": 16200, "timeSpent": 7200}
    jira.add_worklog(key, timeSpent="3w")
    assert times(api, key)["remainingEstimate"] == 0

    fields = api.get(f"/rest/api/2/issue/{key}")["fields"]
    assert fields["workratio"] == (7200 + 3 * 144000) * 100 // 57600
    assert fields["progress"] == {"progress": 439200, "total": 439200, "percent": 100}
    assert (fields["timespent"], fields["timeestimate"], fields["timeoriginalestimate"]) == (439200, 0, 57600)
    assert (fields["worklog"]["total"], fields["worklog"]["maxResults"]) == (3, 20)


def test_documents_and_wiki_text_in_comments_on_work(api: Api) -> None:
    key = api.issue()
    text = {"type": "text", "text": "<b>Bold</b>", "marks": [{"type": "strong"}]}
    doc = {"type": "doc", "version": 1, "content": [{"type": "paragraph", "content": [text]}]}

    made = api.post(f"/rest/api/3/issue/{key}/worklog", {"timeSpentSeconds": 60, "comment": doc}, status=201)

    assert made["comment"] == doc
    assert api.get(f"/rest/api/2/issue/{key}/worklog/{made['id']}")["comment"] == "*<b>Bold</b>*"
    rendered = api.get(f"/rest/api/3/issue/{key}", expand="renderedFields", fields="worklog,timetracking")
    (shown,) = rendered["renderedFields"]["worklog"]["worklogs"]
    assert shown["comment"] == "<p><strong>&lt;b&gt;Bold&lt;/b&gt;</strong></p>"
    assert rendered["renderedFields"]["timetracking"]["remainingEstimate"] == "0m"


def test_estimates_are_set_cleared_and_recorded(api: Api) -> None:
    key = api.issue()
    path = f"/rest/api/2/issue/{key}"

    api.put(path, {"fields": {"timetracking": {"originalEstimate": "1w 1d"}}}, status=204)
    api.put(path, {"update": {"timetracking": [{"edit": {"remainingEstimate": "90"}}]}}, status=204)
    api.put(path, {"fields": {"timetracking": {"originalEstimate": ""}}}, status=204)

    assert times(api, key) == {"remainingEstimate": 5400}
    assert api.changes(key) == [
        ("timeoriginalestimate", None, "172800"),
        ("timeestimate", None, "172800"),
        ("timeestimate", "172800", "5400"),
        ("timeoriginalestimate", "172800", None),
    ]
    for wrong in ("soon", {"originalEstimate": "x"}, {"remainingEstimate": "-1h"}, {"remainingEstimate": [1]}, 7):
        _, errors = api.refused("PUT", path, 400, json={"fields": {"timetracking": wrong}})
        assert set(errors) == {"timetracking"}


def test_subtasks_add_to_the_aggregates(api: Api) -> None:
    parent = api.issue(timetracking={"originalEstimate": "1h"})
    child = api.issue(kind="Sub-task", parent={"key": parent}, timetracking={"originalEstimate": "2h"})
    api.put(f"/rest/api/2/issue/{child}", {"update": {"worklog": [{"add": {"timeSpent": "30m"}}]}}, status=204)

    fields = api.get(f"/rest/api/3/issue/{parent}")["fields"]

    assert fields["aggregatetimeoriginalestimate"] == 3 * 3600
    assert fields["aggregatetimeestimate"] == 3600 + 5400
    assert fields["aggregateprogress"] == {"progress": 1800, "total": 10800, "percent": 16}
    assert (fields["timespent"], fields["aggregatetimespent"]) == (None, 1800)


@pytest.mark.parametrize(
    ("body", "query", "field"),
    [
        ({}, "", "timeLogged"),
        ({"timeSpent": "often"}, "", "timeLogged"),
        ({"timeSpent": "0m"}, "", "timeLogged"),
        ({"timeSpentSeconds": 59}, "", "timeLogged"),
        ({"timeSpentSeconds": True}, "", "timeLogged"),
        ({"timeSpentSeconds": 10**18}, "", "timeLogged"),
        ({"timeSpent": "1h", "started": "yesterday"}, "", "started"),
        ({"timeSpent": "1h", "started": "0001-01-01T00:00:00.000+1400"}, "", "started"),
        ({"timeSpent": "1h", "comment": 7}, "", "comment"),
        ({"timeSpent": "1h", "visibility": {"type": "role", "value": "Nobody"}}, "", "visibility"),
        ({"timeSpent": "1h"}, "?adjustEstimate=new", "newEstimate"),
        ({"timeSpent": "1h"}, "?adjustEstimate=manual&reduceBy=x", "reduceBy"),
        ({"timeSpent": "1h"}, "?adjustEstimate=perhaps", "adjustEstimate"),
    ],
)
def test_work_that_cannot_be_logged_is_refused_whole(api: Api, body: object, query: str, field: str) -> None:
    key = api.issue()

    _, errors = api.refused("POST", f"/rest/api/2/issue/{key}/worklog{query}", 400, json=body)

    assert set(errors) == {field}
    assert api.changes(key) == []


def test_whose_work_may_be_corrected(api: Api, api_of: Callable[[str], Api]) -> None:
    key = api.issue()
    bob, carol = api_of("bob"), api_of("carol")
    path = f"/rest/api/2/issue/{key}/worklog"
    number = bob.post(path, {"timeSpent": "1h"}, status=201)["id"]

    assert "permission" in carol.refused("PUT", f"{path}/{number}", 400, json={"timeSpent": "2h"})[0][0]
    assert "permission" in carol.refused("DELETE", f"{path}/{number}", 400)[0][0]
    changed = api.put(f"{path}/{number}", {"timeSpent": "2h"}, status=200)

    assert (changed["author"]["displayName"], changed["updateAuthor"]["displayName"]) == ("Bob", "Alice")
    bob.delete(f"{path}/{number}")
    api.refused("GET", f"{path}/x", 404)
    api.refused("POST", "/rest/api/2/issue/NOPE-1/worklog", 404, json={"timeSpent": "1h"})


def test_restricted_work_is_seen_by_its_role_only(api: Api, api_of: Callable[[str], Api]) -> None:
    key = api.issue()
    path = f"/rest/api/3/issue/{key}/worklog"
    visibility = {"type": "role", "value": "Administrators"}

    made = api.post(path, {"timeSpent": "1h", "visibility": visibility}, status=201)

    assert made["visibility"]["value"] == "Administrators"
    assert api.get(path)["total"] == 1
    bob = api_of("bob")
    assert bob.get(path)["total"] == 0
    bob.refused("GET", f"{path}/{made['id']}", 404)
    assert bob.post("/rest/api/3/worklog/list", {"ids": [int(made["id"])]}, status=200) == []
    assert bob.get(f"/rest/api/3/issue/{key}")["fields"]["worklog"]["worklogs"] == []
    bob.refused("POST", path, 400, json={"timeSpent": "1h", "visibility": visibility})


def test_pages_of_worklogs_and_what_changed_since(site: Site, api: Api) -> None:
    key = api.issue()
    path = f"/rest/api/3/issue/{key}/worklog"
    numbers = [
        int(api.post(path, {"timeSpent": "1h", "started": f"2026-02-0{day}T10:00:00.000+0000"}, status=201)["id"])
        for day in (3, 1, 2)
    ]

    page = api.get(path, startAt=1, maxResults=1)
    assert (page["total"], [int(one["id"]) for one in page["worklogs"]]) == (3, [numbers[2]])
    since = int(datetime(2026, 2, 2, tzinfo=UTC).timestamp() * 1000)
    assert api.get(path, startedAfter=since)["total"] == 2
    assert api.get(path, startedBefore=since)["total"] == 1
    assert api.get("/rest/api/3/worklog/updated")["values"] == []
    site.clock.skip(61)
    api.delete(f"{path}/{numbers[0]}")
    site.clock.skip(61)
    changed = api.get("/rest/api/3/worklog/updated")
    assert [one["worklogId"] for one in changed["values"]] == numbers[1:]
    assert changed["lastPage"] is True
    assert changed["until"] == changed["values"][-1]["updatedTime"]
    assert [one["worklogId"] for one in api.get("/rest/api/3/worklog/deleted")["values"]] == numbers[:1]
    assert api.get("/rest/api/3/worklog/updated", since=changed["until"] + 1)["values"] == []
    listed = api.post("/rest/api/3/worklog/list", {"ids": [*numbers, 99]}, status=200)
    assert [int(one["id"]) for one in listed] == numbers[1:]
    api.refused("POST", "/rest/api/3/worklog/list", 400, json={"ids": ["x"]})
    api.refused("GET", "/rest/api/3/worklog/updated?since=never", 400)


def test_queries_ask_for_times_and_days(api: Api) -> None:
    idle, small, large = api.issue(), api.issue(timetracking={"originalEstimate": "1h"}), api.issue()
    path = "/rest/api/2/issue/{}/worklog"
    for key, spent, day in ((small, "30m", "2026-02-01"), (large, "1d", "2026-02-03")):
        api.post(path.format(key), {"timeSpent": spent, "started": f"{day}T23:00:00.000+0000"}, status=201)

    queries = {
        "timespent > 1h": [large],
        'timespent in (30m, "1d")': [small, large],
        "timespent is EMPTY": [idle],
        "originalEstimate = 1h": [small],
        "remainingEstimate != 0": [small],
        "workratio >= 50": [small],
        'worklogDate = "2026-02-03"': [large],
        'worklogDate <= "2026-02-01"': [small],
        'worklogDate > "2026-02-01"': [large],
        'worklogDate not in ("2026-02-03")': [small],
        "worklogDate is EMPTY": [idle],
        "worklogAuthor = currentUser()": [small, large],
    }
    assert {jql: api.found(f"{jql} ORDER BY key") for jql in queries} == queries
    assert api.refused("POST", "/rest/api/3/search/jql", 400, json={"jql": "timespent > soon"})[0]


def test_verbs_log_correct_and_remove_work(api: Api) -> None:
    key = api.issue()
    path = f"/rest/api/2/issue/{key}"

    api.put(path, {"update": {"worklog": [{"add": {"timeSpent": "1h"}}, {"add": {"timeSpent": "2h"}}]}}, status=204)
    first, second = (log["id"] for log in api.get(f"{path}/worklog")["worklogs"])
    verbs = [{"edit": {"id": first, "timeSpent": "3h"}}, {"remove": {"id": second, "adjustEstimate": "leave"}}]
    api.put(path, {"update": {"worklog": verbs}}, status=204)

    assert [log["timeSpent"] for log in api.get(f"{path}/worklog")["worklogs"]] == ["3h"]
    for wrong in ({"add": 7}, {"remove": {"id": second}}, {"add": {"timeSpent": "1h", "adjustEstimate": ["new"]}}):
        api.refused("PUT", path, 400, json={"update": {"worklog": [{"add": {"timeSpent": "1d"}}, wrong]}})
    assert times(api, key)["timeSpent"] == 10800


def test_a_viewer_logs_attaches_and_edits_nothing(
    api: Api, api_of: Callable[[str], Api], account_ids: dict[str, str]
) -> None:
    key = api.issue()
    roles = "/rest/api/3/project/AUTOTEST/role"
    api.delete(f"{roles}/10003?group=jira-software-users")
    api.post(f"{roles}/10004", {"user": [account_ids["bob"]]}, status=200)
    bob, path = api_of("bob"), f"/rest/api/3/issue/{key}"

    assert "permission" in bob.refused("POST", f"{path}/worklog", 400, json={"timeSpent": "1h"})[0][0]
    bob.refused("POST", f"{path}/attachments", 403, headers={"X-Atlassian-Token": "no-check"}, files={"file": b"x"})
    bob.refused("PUT", f"{path}/properties/p", 403, json=1)
    bob.refused("POST", f"{path}/remotelink", 403, json={"object": {"url": "https://x", "title": "x"}})
    bob.refused("POST", f"{path}/watchers", 403, json=account_ids["alice"])
    assert bob.get(f"{path}/worklog")["total"] == 0
    api_of("carol").refused("GET", f"{path}/worklog", 404)
    assert api.changes(key) == []
