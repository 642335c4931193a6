"""A whole sprint by the jira client alone: planned, worked, changed, closed with carry-over. Reports, velocity, burndown and
changelog agree with one another and with what was done."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from jira import JIRA
from jira.exceptions import JIRAError

from tests.emulators.conftest import Site

POINTS = "customfield_10016"
GREENHOPPER = "rest/greenhopper/1.0/rapid/charts"
START, END = "2026-03-02T09:00:00.000+0000", "2026-03-13T17:00:00.000+0000"


@dataclass
class Team:
    """The client of the one who does everything, and what it did."""

    jira: JIRA
    board: int
    keys: dict[str, str] = field(default_factory=dict)

    def story(self, name: str, points: float | None = None, **fields: Any) -> str:
        """Create a story, estimated or not."""
        given = {"project": "AUTOTEST", "summary": name, "issuetype": {"name": "Story"}} | fields
        issue = self.jira.create_issue(fields=given)
        if points is not None:
            issue.update(fields={POINTS: points})
        self.keys[name] = issue.key
        return str(issue.key)

    def chart(self, name: str, **params: Any) -> Any:
        """A report of the board."""
        url = f"{self.jira.server_url}/{GREENHOPPER}/{name}"
        answer = self.jira._session.get(url, params={"rapidViewId": self.board} | params)
        return answer.json()

    def set_state(self, sprint: Any, state: str) -> None:
        """Start or close a sprint as the client does: it sends the whole sprint."""
        self.jira.update_sprint(sprint.id, name=sprint.name, state=state, startDate=START, endDate=END, goal="Refunds")

    def sprint_changes(self, key: str) -> list[tuple[str, str]]:
        """Which sprints an issue came from and went to, oldest first, by name."""
        histories = reversed(self.jira.issue(key, expand="changelog").changelog.histories)
        items = [item for entry in histories for item in entry.items if item.field == "Sprint"]
        return [(item.fromString, item.toString) for item in items]


@pytest.fixture
def team(site: Site) -> Team:
    """Alice and the board of AUTOTEST."""
    jira = site.jira("alice")
    return Team(jira, int(jira.boards(projectKeyOrID="AUTOTEST")[0].id))


def play(team: Team) -> tuple[Any, Any]:
    """One sprint with everything that can happen in it; returns it and the next one."""
    jira = team.jira
    done, dropped, carried, estimated = (
        team.story("done", 3),
        team.story("dropped", 5),
        team.story("carried", 8),
        team.story("estimated late"),
    )
    team.story("done before", 1)
    jira.transition_issue(team.keys["done before"], "Done")
    jira.rank(carried, next_issue=done)
    first = jira.create_sprint("Sprint 1", team.board, startDate=START, endDate=END, goal="Refunds")
    following = jira.create_sprint("Sprint 2", team.board, startDate=START, endDate=END)
    jira.add_issues_to_sprint(first.id, [done, dropped, carried, estimated, team.keys["done before"]])
    child = jira.create_issue(
        project="AUTOTEST", summary="part", issuetype={"name": "Sub-task"}, parent={"key": carried}
    )

    team.set_state(first, "active")
    jira.transition_issue(done, "In Progress")
    jira.transition_issue(carried, "In Progress")
    late = team.story("late", 2)
    jira.add_issues_to_sprint(first.id, [late])
    born = team.story("born inside", customfield_10020=first.id)
    jira.issue(estimated).update(fields={POINTS: 2})
    jira.issue(done).update(fields={POINTS: 4})
    jira.move_to_backlog([dropped])
    jira.transition_issue(done, "Done")
    jira.transition_issue(late, "Done")
    jira.transition_issue(child, "Done")
    team.set_state(first, "closed")

    jira.add_issues_to_sprint(following.id, [carried, estimated, born])
    jira.transition_issue(estimated, "Done")  # after the end: the report of the first sprint must not know
    jira.issue(carried).update(fields={POINTS: 13})
    return first, following


def test_reports_velocity_and_changelog_agree_with_what_was_done(team: Team) -> None:
    first, following = play(team)
    keys = team.keys

    report = team.chart("sprintreport", sprintId=first.id)

    contents = report["contents"]
    listed = {
        name: {line["key"] for line in contents[name]}
        for name in ("completedIssues", "issuesNotCompletedInCurrentSprint", "puntedIssues")
    }
    assert listed == {
        "completedIssues": {keys["done"], keys["late"]},
        "issuesNotCompletedInCurrentSprint": {keys["carried"], keys["estimated late"], keys["born inside"]},
        "puntedIssues": {keys["dropped"]},
    }
    assert [line["key"] for line in contents["issuesCompletedInAnotherSprint"]] == [keys["done before"]]
    assert set(contents["issueKeysAddedDuringSprint"]) == {keys["late"], keys["born inside"]}
    assert contents["completedIssuesInitialEstimateSum"] == {"value": 5.0, "text": "5.0"}
    assert contents["completedIssuesEstimateSum"] == {"value": 6.0, "text": "6.0"}
    assert contents["issuesNotCompletedInitialEstimateSum"]["value"] == 8.0
    assert contents["issuesNotCompletedEstimateSum"]["value"] == 10.0
    assert contents["puntedIssuesEstimateSum"]["value"] == 5.0
    assert contents["allIssuesEstimateSum"]["value"] == 6.0 + 10.0 + 1.0
    assert (report["sprint"]["state"], report["sprint"]["goal"]) == ("CLOSED", "Refunds")
    assert report["sprint"]["isoStartDate"] == "2026-03-02T09:00:00+0000"
    assert ">Alice</a>" in report["lastUserToClose"]

    figures = team.chart("velocity.json")
    assert [sprint["name"] for sprint in figures["sprints"]] == ["Sprint 1"]
    entry = figures["velocityStatEntries"][str(first.id)]
    assert (entry["estimated"]["value"], entry["completed"]["value"]) == (16.0, 6.0)

    assert team.sprint_changes(keys["carried"]) == [("", "Sprint 1"), ("Sprint 1", "Sprint 1, Sprint 2")]
    assert team.sprint_changes(keys["dropped"]) == [("", "Sprint 1"), ("Sprint 1", "")]
    assert team.sprint_changes(keys["late"]) == [("", "Sprint 1")]
    assert {issue.key for issue in team.jira.search_issues(f"sprint = {following.id} AND issuetype = Story")} == {
        keys["carried"],
        keys["estimated late"],
        keys["born inside"],
    }


def test_the_burndown_leads_to_the_figures_of_the_report(team: Team) -> None:
    first, _ = play(team)

    chart = team.chart("scopechangeburndownchart.json", sprintId=first.id)

    at_start, at_end = (remaining(chart, until=chart[name]) for name in ("startTime", "completeTime"))
    contents = team.chart("sprintreport", sprintId=first.id)["contents"]
    entry = team.chart("velocity")["velocityStatEntries"][str(first.id)]
    assert at_start == entry["estimated"]["value"]
    assert at_end == contents["issuesNotCompletedEstimateSum"]["value"]
    assert list(chart["openCloseChanges"]) == [str(chart["completeTime"])]
    assert chart["statisticField"]["fieldId"] == POINTS
    assert set(chart["issueToSummary"].values()) >= {"done", "late", "dropped"}
    rates = chart["workRateData"]["rates"]
    ends = (chart["startTime"], max(chart["endTime"], chart["completeTime"]))
    assert (rates[0]["start"], rates[-1]["end"]) == ends  # whatever the others who share the clock have made of it
    assert all(one["end"] == other["start"] for one, other in itertools.pairwise(rates))
    for rate in rates:
        assert rate["rate"] == (datetime.fromtimestamp(rate["start"] / 1000, UTC).weekday() < 5)


def remaining(chart: Any, *, until: int) -> float:
    """What is in the sprint and not done at an instant, as a reader of the chart computes it."""
    inside: set[str] = set()
    done: set[str] = set()
    points: dict[str, float] = {}
    for at in sorted(chart["changes"], key=int):
        if int(at) > until:
            break
        for change in chart["changes"][at]:
            key = change["key"]
            if "added" in change:
                (inside.add if change["added"] else inside.discard)(key)
            if "statC" in change:
                points[key] = change["statC"].get("newValue", 0)
            if "column" in change:
                (done.discard if change["column"]["notDone"] else done.add)(key)
    return sum(points.get(key, 0) for key in inside - done)


def test_the_next_sprint_begins_with_what_was_carried_over_and_changes_nothing_before_it(team: Team) -> None:
    first, second = play(team)
    before = team.chart("sprintreport", sprintId=first.id)["contents"]
    carried, born = team.keys["carried"], team.keys["born inside"]

    team.set_state(second, "active")
    team.jira.move_to_backlog([born])
    team.jira.add_issues_to_sprint(second.id, [born])  # out and in again: it was there all along
    team.jira.transition_issue(carried, "Done")
    team.jira.transition_issue(born, "Done")
    team.jira.transition_issue(born, "To Do")
    team.set_state(second, "closed")

    contents = team.chart("sprintreport", sprintId=second.id)["contents"]
    assert {name: [line["key"] for line in contents[name]] for name in contents if name.endswith("Issues")} == {
        "completedIssues": [carried],
        "puntedIssues": [],
    }
    assert [line["key"] for line in contents["issuesCompletedInAnotherSprint"]] == [team.keys["estimated late"]]
    assert [line["key"] for line in contents["issuesNotCompletedInCurrentSprint"]] == [born]
    assert contents["issueKeysAddedDuringSprint"] == {}
    figures = team.chart("velocity")
    assert [sprint["name"] for sprint in figures["sprints"]] == ["Sprint 2", "Sprint 1"]
    entry = figures["velocityStatEntries"][str(second.id)]
    assert (entry["estimated"]["value"], entry["completed"]["value"]) == (13.0, 13.0)
    assert team.chart("sprintreport", sprintId=first.id)["contents"] == before
    chart = team.chart("scopechangeburndownchart", sprintId=second.id)
    assert (remaining(chart, until=chart["startTime"]), remaining(chart, until=chart["completeTime"])) == (13.0, 0)


def test_closing_carries_over_where_the_sprint_says(team: Team) -> None:
    jira = team.jira
    done, open_ = team.story("done", 1), team.story("open", 2)
    first, following = (jira.create_sprint(f"Sprint {n}", team.board, startDate=START, endDate=END) for n in (1, 2))
    jira.add_issues_to_sprint(first.id, [done, open_])
    url = f"{jira.server_url}/rest/agile/1.0/sprint/{first.id}"
    assert jira._session.post(url, json={"incompleteIssuesDestinationId": following.id, "state": "active"}).ok
    jira.transition_issue(done, "Done")

    jira._session.post(url, json={"state": "closed"})

    assert [i.key for i in jira.search_issues(f"sprint = {following.id}")] == [open_]
    assert team.sprint_changes(open_)[-1] == ("Sprint 1", "Sprint 1, Sprint 2")
    contents = team.chart("sprintreport", sprintId=first.id)["contents"]
    assert [line["key"] for line in contents["issuesNotCompletedInCurrentSprint"]] == [open_]
    with pytest.raises(JIRAError) as refused:
        jira._session.post(url, json={"state": "active"})
    assert refused.value.status_code == 400


def test_the_flow_and_the_lists_that_scripts_read(team: Team) -> None:
    first, _ = play(team)

    flow = team.chart("cumulativeflowdiagram.json")
    counts = [0, 0, 0, 0]
    for at in sorted(flow["columnChanges"], key=int):
        for move in flow["columnChanges"][at]:
            counts[move["columnTo"]] += 1
            if "columnFrom" in move:
                counts[move["columnFrom"]] -= 1
    statuses = [i.fields.status.name for i in team.jira.search_issues("project = AUTOTEST", maxResults=0)]
    names = [column["name"] for column in flow["columns"]]
    assert dict(zip(names, counts, strict=True)) == {name: statuses.count(name) for name in names}

    base = f"{team.jira.server_url}/rest/greenhopper"
    asked = team.jira._session.get(f"{base}/latest/sprintquery/{team.board}?includeFutureSprints=true").json()
    assert [(s["name"], s["state"]) for s in asked["sprints"]] == [("Sprint 1", "CLOSED"), ("Sprint 2", "FUTURE")]
    views = team.jira._session.get(f"{base}/1.0/rapidview").json()["views"]
    assert [(v["id"], v["sprintSupportEnabled"]) for v in views] == [(team.board, True)]
    assert first.id in {s["id"] for s in asked["sprints"]}


def test_reports_refuse_what_was_not_started(team: Team) -> None:
    sprint = team.jira.create_sprint("Later", team.board)

    for name in ("sprintreport", "scopechangeburndownchart"):
        with pytest.raises(JIRAError) as refused:
            team.chart(name, sprintId=sprint.id)
        assert refused.value.status_code == 400
    with pytest.raises(JIRAError, match="Sprint does not exist"):
        team.chart("sprintreport", sprintId=999)
