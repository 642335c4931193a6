"""A tour of the emulated Jira with the jira package, unmodified: what comes back is looked at, not only that something does."""

from __future__ import annotations

import pytest
from jira import JIRA

from tests.contract.jira_client import FLAGGED, POINTS, SPRINT, an_issue, changes, keys, refusal
from tests.emulators.conftest import Site

MONDAY, FRIDAY = "2026-03-02T09:00:00.000+0000", "2026-03-13T17:00:00.000+0100"


def test_what_an_issue_may_be_made_of(jira: JIRA) -> None:
    meta = jira.createmeta(projectKeys="AUTOTEST", issuetypeNames="Story", expand="projects.issuetypes.fields")

    (project,) = meta["projects"]
    (story,) = project["issuetypes"]
    assert (project["key"], story["name"]) == ("AUTOTEST", "Story")
    assert {name for name, field in story["fields"].items() if field["required"]} >= {"summary", "issuetype", "project"}
    assert story["fields"]["priority"]["allowedValues"][0]["name"] == "Highest"
    assert story["fields"][POINTS]["schema"]["type"] == "number"
    edit = jira.editmeta(an_issue(jira).key)["fields"]
    assert edit["labels"]["operations"] == ["add", "set", "remove"]
    assert edit["summary"]["required"] is True


def test_an_issue_with_every_kind_of_field(jira: JIRA, accounts: dict[str, str], site: Site) -> None:
    epic = an_issue(jira, "Refunds", "Epic")

    issue = an_issue(
        jira,
        description="h2. Why\n\n* customers *ask*",
        environment="production",
        labels=["money", "api"],
        priority={"name": "High"},
        duedate="2026-04-01",
        assignee={"accountId": accounts["bob"]},
        reporter={"accountId": accounts["carol"]},
        parent={"key": epic.key},
        **{POINTS: 5, FLAGGED: [{"value": "Impediment"}]},
    )

    fields = issue.fields
    assert issue.key == "AUTOTEST-2"
    assert issue.permalink() == f"{site.jira_url}/browse/AUTOTEST-2"
    assert fields.description == "h2. Why\n\n* customers *ask*"
    assert (fields.environment, sorted(fields.labels)) == ("production", ["api", "money"])
    assert (fields.priority.name, fields.duedate) == ("High", "2026-04-01")
    assert (fields.assignee.displayName, fields.reporter.displayName) == ("Bob", "Carol")
    assert fields.creator.displayName == "Alice"
    assert (fields.parent.key, fields.parent.fields.summary) == (epic.key, "Refunds")
    assert getattr(fields, POINTS) == 5.0
    assert [each.value for each in getattr(fields, FLAGGED)] == ["Impediment"]
    assert (fields.status.name, fields.status.statusCategory.key, fields.resolution) == ("To Do", "new", None)
    assert fields.created.endswith("+0000")
    whole = jira.issue(issue.key, expand="renderedFields,names,schema,operations", fields="description,summary")
    assert (
        "<strong>ask</strong>" in whole.renderedFields.description or "<b>ask</b>" in whole.renderedFields.description
    )
    assert whole.raw["names"]["summary"] == "Summary"
    assert whole.raw["schema"]["summary"]["type"] == "string"
    assert set(whole.raw["fields"]) == {"summary", "description"}


def test_edits_and_their_history(jira: JIRA, accounts: dict[str, str]) -> None:
    issue = an_issue(jira, labels=["a"])

    issue.update(fields={"labels": ["a", "b"]}, summary="Refund twice", description="New")
    issue.update(update={"labels": [{"add": "c"}, {"remove": "a"}]})
    issue.add_field_value("labels", "d")
    issue.update(fields={POINTS: 8})
    issue.update(fields={POINTS: 3}, notify=False)
    jira.assign_issue(issue.key, "bob")
    issue.update(assignee={"accountId": accounts["carol"]})
    jira.assign_issue(issue.key, None)

    again = jira.issue(issue.key)
    assert (again.fields.summary, sorted(again.fields.labels)) == ("Refund twice", ["b", "c", "d"])
    assert (getattr(again.fields, POINTS), again.fields.assignee) == (3.0, None)
    assert changes(jira, issue.key, "summary") == [("Refund a payment", "Refund twice")]
    assert changes(jira, issue.key, "labels") == [("a", "a b"), ("a b", "b c"), ("b c", "b c d")]
    assert [to for _, to in changes(jira, issue.key, "Story Points")] == ["8", "3"]
    assert changes(jira, issue.key, "assignee") == [(None, "Bob"), ("Bob", "Carol"), ("Carol", None)]
    log = jira.issue(issue.key, expand="changelog").changelog
    assert (log.total, log.histories[0].author.displayName) == (8, "Alice")
    issue.delete()
    refusal(404, jira.issue, issue.key)


def test_what_is_refused_says_why(jira: JIRA, site: Site) -> None:
    issue = an_issue(jira)

    missing = refusal(404, jira.issue, "AUTOTEST-99")
    assert missing.text == "Issue does not exist or you do not have permission to see it."
    assert "You must specify a summary of the issue." in refusal(400, an_issue, jira, "").text
    assert "Priority name 'Nope' is not valid" in refusal(400, an_issue, jira, priority={"name": "Nope"}).text
    unknown = refusal(400, issue.update, fields={"nonsense": 1})
    assert unknown.response.json()["errors"]["nonsense"].startswith("Field 'nonsense' cannot be set.")
    assert "number" in refusal(400, issue.update, fields={POINTS: "five"}).text
    assert refusal(400, jira.search_issues, "assignee ===").text.startswith("Error in the JQL Query")
    unknown_field = refusal(400, jira.search_issues, "colour = red")
    assert "Field 'colour' does not exist" in unknown_field.text
    assert refusal(400, jira.transition_issue, issue, "77").text
    both = jira.create_issues(
        [
            {"project": {"key": "AUTOTEST"}, "issuetype": {"name": "Task"}, "summary": "One"},
            {"project": {"key": "AUTOTEST"}, "issuetype": {"name": "Task"}},
        ]
    )
    assert [each["status"] for each in both] == ["Success", "Error"]
    assert both[1]["error"] == {"summary": "You must specify a summary of the issue."}
    assert [each.key for each in site.jira("bob").search_issues("project = AUTOTEST ORDER BY key")] == [
        issue.key,
        both[0]["issue"].key,
    ]


def test_an_issue_moves_through_its_workflow(jira: JIRA) -> None:
    issue = an_issue(jira)

    steps = jira.transitions(issue)
    jira.transition_issue(issue, "In Progress")
    jira.transition_issue(issue, jira.find_transitionid_by_name(issue, "In Review"), comment="please look")
    jira.transition_issue(issue, "Done", fields={"resolution": {"name": "Duplicate"}})

    assert [(step["name"], step["to"]["statusCategory"]["key"]) for step in steps] == [
        ("To Do", "new"),
        ("In Progress", "indeterminate"),
        ("In Review", "indeterminate"),
        ("Done", "done"),
    ]
    done = jira.issue(issue.key)
    assert (done.fields.status.name, done.fields.resolution.name) == ("Done", "Duplicate")
    assert done.fields.resolutiondate is not None
    assert [each.body for each in jira.comments(issue)] == ["please look"]
    assert changes(jira, issue.key, "status") == [
        ("To Do", "In Progress"),
        ("In Progress", "In Review"),
        ("In Review", "Done"),
    ]
    jira.transition_issue(issue, "To Do")
    assert jira.issue(issue.key).fields.resolution is None


@pytest.fixture
def backlog(jira: JIRA, accounts: dict[str, str]) -> dict[str, str]:
    """Keys by nickname: a story in progress at Bob's, a bug that is done, a task that nobody has."""
    story = an_issue(jira, "Refund a payment", labels=["money"], assignee={"accountId": accounts["bob"]}, **{POINTS: 5})
    bug = an_issue(jira, "Total is wrong", "Bug", priority={"name": "Highest"}, description="The invoices differ")
    task = an_issue(jira, "Write docs", "Task", duedate="2026-03-10", labels=["docs", "money"])
    jira.transition_issue(story, "In Progress")
    jira.transition_issue(bug, "Done")
    return {"story": story.key, "bug": bug.key, "task": task.key}


def test_jql_of_many_kinds(jira: JIRA, site: Site, backlog: dict[str, str]) -> None:
    story, bug, task = backlog["story"], backlog["bug"], backlog["task"]

    assert keys(jira, "project = AUTOTEST ORDER BY key ASC") == [story, bug, task]
    assert keys(jira, "project = AUTOTEST ORDER BY priority DESC, key") == [bug, story, task]
    assert keys(site.jira("bob"), "assignee = currentUser()") == [story]
    assert keys(jira, "assignee is EMPTY AND statusCategory != Done") == [task]
    assert keys(jira, "labels in (docs, other) OR summary ~ refund ORDER BY key") == [story, task]
    assert keys(jira, 'text ~ "invoices"') == [bug]
    assert keys(jira, "status WAS 'To Do' AND status = 'In Progress'") == [story]
    assert keys(jira, "status CHANGED FROM 'To Do' TO Done BY currentUser()") == [bug]
    assert keys(jira, "resolution = Done AND resolved >= startOfDay()") == [bug]
    assert keys(jira, "due < 2026-03-11 AND created >= -1d") == [task]
    assert keys(jira, '"Story Points" >= 5 AND cf[10016] < 8') == [story]
    assert keys(jira, "issuetype not in (Bug, Task) AND NOT priority > Medium") == [story]
    assert keys(jira, f"key in ({bug}, {task}) AND watcher = currentUser() ORDER BY created DESC") == [task, bug]
    assert keys(jira, "sprint is EMPTY AND reporter = currentUser() AND status = Done") == [bug]
    assert jira.approximate_issue_count("project = AUTOTEST AND labels = money") == 2


def test_search_by_pages(jira: JIRA, backlog: dict[str, str]) -> None:
    jql = "project = AUTOTEST ORDER BY key"

    first = jira.enhanced_search_issues(jql, maxResults=2, fields="summary")
    second = jira.enhanced_search_issues(jql, maxResults=2, fields="summary", nextPageToken=first.nextPageToken)
    whole = jira.enhanced_search_issues(jql, maxResults=0, use_post=True)
    raw = jira.enhanced_search_issues(jql, json_result=True, fields="status,labels", expand="changelog")

    assert [each.key for each in first] == [backlog["story"], backlog["bug"]]
    assert [each.key for each in second] == [backlog["task"]]
    assert second.nextPageToken is None
    assert [each.key for each in whole] == list(backlog.values())
    assert (raw["isLast"], set(raw["issues"][0]["fields"])) == (True, {"status", "labels"})
    assert raw["issues"][0]["changelog"]["histories"][0]["items"][0]["field"] == "status"
    refusal(400, jira.enhanced_search_issues, jql, nextPageToken="no such token")


def test_filters(jira: JIRA) -> None:
    made = jira.create_filter("Bugs", "What is broken", "project = AUTOTEST AND issuetype = Bug")

    found = jira.filter(made.id)
    assert (found.name, found.description, found.owner.displayName) == ("Bugs", "What is broken", "Alice")
    assert found.jql == "project = AUTOTEST AND issuetype = Bug"
    changed = jira.update_filter(made.id, name="All bugs", jql="issuetype = Bug", favourite=True)
    assert (changed.name, changed.jql, changed.description) == ("All bugs", "issuetype = Bug", "What is broken")
    assert [each.name for each in jira.favourite_filters()] == ["All bugs"]
    assert keys(jira, 'filter = "All bugs"') == []
    assert "errors" in refusal(400, jira.create_filter, "All bugs", "", "key = A-1").response.json()
    changed.delete()
    refusal(400, jira.filter, made.id)  # not 404: that is Jira's way with filters
    assert "errors" in refusal(400, jira.create_filter, "Wrong", "", "nonsense ===").response.json()


def test_a_sprint_from_plan_to_close(jira: JIRA) -> None:
    (board,) = jira.boards(projectKeyOrID="AUTOTEST", type="scrum")
    one, two, three = (an_issue(jira, f"Story {number}").key for number in range(3))

    sprint = jira.create_sprint("Sprint 1", board.id, startDate=MONDAY, endDate=FRIDAY, goal="Refunds")
    following = jira.create_sprint("Sprint 2", board.id)
    assert (sprint.state, sprint.originBoardId, sprint.goal) == ("future", board.id, "Refunds")
    jira.add_issues_to_sprint(sprint.id, [one, two])
    assert keys(jira, "sprint in futureSprints() ORDER BY rank") == [one, two]
    started = jira.update_sprint(sprint.id, "Sprint 1", MONDAY, FRIDAY, state="active", goal="Refunds")
    assert (started["state"], started["endDate"]) == ("active", "2026-03-13T16:00:00.000Z")
    jira.add_issues_to_sprint(sprint.id, [three])
    jira.move_to_backlog([two])
    jira.transition_issue(one, "Done")
    assert keys(jira, "sprint in openSprints() ORDER BY rank") == [one, three]
    closed = jira.update_sprint(sprint.id, "Sprint 1", MONDAY, FRIDAY, state="closed", goal="Refunds")
    jira.add_issues_to_sprint(following.id, [three])

    assert closed["completeDate"]
    assert jira.sprint(sprint.id).state == "closed"
    assert {each.name: each.state for each in jira.sprints(board.id)} == {"Sprint 1": "closed", "Sprint 2": "future"}
    assert [each.name for each in jira.sprints(board.id, state="future")] == ["Sprint 2"]
    assert set(jira.sprints_by_name(board.id)) == {"Sprint 1", "Sprint 2"}
    assert [each.name for each in getattr(jira.issue(three).fields, SPRINT)] == ["Sprint 1", "Sprint 2"]
    assert changes(jira, three, "Sprint") == [("", "Sprint 1"), ("Sprint 1", "Sprint 1, Sprint 2")]
    assert changes(jira, two, "Sprint") == [("", "Sprint 1"), ("Sprint 1", "")]
    assert keys(jira, "sprint in closedSprints() ORDER BY key") == [one, three]
    spare = jira.create_sprint("Spare", board.id)
    spare.delete()
    refusal(404, jira.sprint, spare.id)
    assert "state" in refusal(400, jira.update_sprint, sprint.id, "Sprint 1", MONDAY, FRIDAY, state="future").text


def test_boards_and_rank(jira: JIRA) -> None:
    one, two, three = (an_issue(jira, f"Story {number}").key for number in range(3))
    saved = jira.create_filter("All", jql="project = AUTOTEST ORDER BY rank")

    board = jira.create_board("Second board", saved.id, location_type="project", location_id="AUTOTEST")
    jira.rank(three, next_issue=one)
    jira.rank(one, prev_issue=two)

    assert keys(jira, "project = AUTOTEST ORDER BY rank") == [three, two, one]
    assert [each.name for each in jira.boards(name="Second")] == ["Second board"]
    assert (board.type, board.location.projectKey) == ("scrum", "AUTOTEST")
    board.delete()
    assert jira.boards(name="Second") == []
    refusal(404, jira.sprints, board.id)
