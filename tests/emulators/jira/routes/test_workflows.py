"""Workflows that a seed describes: statuses, conditions, required fields, what a transition sets, a scheme by issue type."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from jira.exceptions import JIRAError

from simulator.emulators.kit.seed import SeedError
from tests.emulators.browsing import Browser
from tests.emulators.conftest import Server, Site, a_seed
from tests.emulators.jira.conftest import Api

AGILE, POINTS = "/rest/agile/1.0", "customfield_10016"
FEATURES: dict[str, Any] = {
    "name": "Features",
    "statuses": [
        {"name": "Idea", "category": "To Do"},
        {"name": "In Progress"},
        {"name": "Review"},
        {"name": "Done", "category": "Done"},
    ],
    "transitions": [
        {"name": "Start", "at": ["Idea"], "to": "In Progress", "assign": "me"},
        {"name": "Ask for review", "at": ["In Progress"], "to": "Review", "require": ["story points"]},
        {"name": "Approve", "at": ["Review"], "to": "Done", "only": ["reporter"], "resolution": "Done"},
        {"name": "Give up", "to": "Done", "roles": ["Administrators"], "require": ["resolution"], "screen": ["labels"]},
        {"name": "Reopen", "at": ["Done"], "to": "Idea", "assign": "nobody"},
    ],
}
BUGS: dict[str, Any] = {
    "name": "Bugs",
    "issue_types": ["Bug"],
    "statuses": [{"name": "Reported", "category": "To Do"}, {"name": "Fixed", "category": "Done"}],
    "transitions": [{"name": "Fix", "to": "Fixed", "resolution": "Done"}],
}
BOARD: dict[str, Any] = {
    "columns": [
        {"name": "Next", "statuses": ["Idea", "Reported"]},
        {"name": "Doing", "statuses": ["In Progress", "Review"], "min": 1, "max": 3},
        {"name": "Over", "statuses": ["Done", "Fixed"]},
    ],
    "parallel_sprints": True,
    "quick_filters": [
        {"name": "Bugs only", "jql": "issuetype = Bug"},
        {"name": "Mine", "jql": "assignee = currentUser()"},
    ],
}


def projects(**more: Any) -> dict[str, Any]:
    """The Jira part of a seed with one project that has all of it."""
    project = {"key": "AUTOTEST", "name": "Autotest", "lead": "alice", "workflows": [FEATURES, BUGS], "board": BOARD}
    return {"projects": [project | more]}


@pytest.fixture
def site(emulator_server: Server, site_numbers: Iterator[int]) -> Site:
    """A site whose project has workflows and a board of its own."""
    key = f"test-{next(site_numbers)}"
    emulator_server.emulators.create_site(key, a_seed(jira=projects()))
    return Site(key, emulator_server)


def names(api: Api, key: str) -> list[str]:
    """The transitions that the caller can take now."""
    return [step["name"] for step in api.get(f"/rest/api/3/issue/{key}/transitions")["transitions"]]


def test_an_issue_goes_the_way_of_its_workflow(api: Api, api_of: Callable[[str], Api], site: Site) -> None:
    key = api.issue()
    bob = api_of("bob")
    assert names(bob, key) == ["Start"]
    assert names(api, key) == ["Start", "Give up"]

    site.jira("bob").transition_issue(key, "Start")

    fields = api.get(f"/rest/api/3/issue/{key}")["fields"]
    assert (fields["status"]["name"], fields["assignee"]["displayName"]) == ("In Progress", "Bob")
    entry = api.get(f"/rest/api/3/issue/{key}/changelog")["values"][-1]
    assert [item["field"] for item in entry["items"]] == ["status", "assignee"]
    with pytest.raises(JIRAError, match="is not valid for this issue"):
        site.jira("bob").transition_issue(key, "11")


def test_a_required_field_stops_a_transition_until_it_is_filled(api: Api) -> None:
    key = api.issue()
    api.move(key, "Start")
    steps = api.get(f"/rest/api/3/issue/{key}/transitions", expand="transitions.fields")["transitions"]
    (review,) = (step for step in steps if step["name"] == "Ask for review")
    path = f"/rest/api/3/issue/{key}/transitions"
    assert review["fields"]["customfield_10016"]["required"] is True
    assert review["hasScreen"] is True

    body: dict[str, Any] = {"transition": {"id": review["id"]}}
    assert api.refused("POST", path, 400, json=body)[1] == {"customfield_10016": "Story Points is required."}
    assert api.get(f"/rest/api/3/issue/{key}")["fields"]["status"]["name"] == "In Progress"

    api.post(path, body | {"fields": {"customfield_10016": 5}}, status=204)

    assert api.changes(key)[-2:] == [("status", "In Progress", "Review"), ("Story Points", None, "5")]


@pytest.mark.parametrize("nothing", [{"fields": {POINTS: None}}, {"update": {POINTS: [{"set": None}]}}])
def test_a_required_field_is_not_filled_with_nothing(api: Api, nothing: dict[str, Any]) -> None:
    key = api.issue(customfield_10016=8)
    api.move(key, "Start")
    path = f"/rest/api/3/issue/{key}/transitions"

    assert api.refused("POST", path, 400, json={"transition": {"id": "21"}} | nothing)[1] == {
        POINTS: "Story Points is required."
    }

    fields = api.get(f"/rest/api/3/issue/{key}")["fields"]
    assert (fields["status"]["name"], fields[POINTS]) == ("In Progress", 8)
    assert [name for name, _, _ in api.changes(key)] == ["status", "assignee"]
    api.move(key, "Ask for review")


def test_transitions_that_others_may_take_are_told_on_demand(api: Api, api_of: Callable[[str], Api]) -> None:
    path = f"/rest/api/3/issue/{api.issue()}/transitions"

    shown = api_of("bob").get(path, includeUnavailableTransitions="true")["transitions"]

    assert [(step["name"], step["isAvailable"]) for step in shown] == [("Start", True), ("Give up", False)]
    api_of("bob").refused("POST", path, 400, json={"transition": {"id": shown[1]["id"]}})


def test_only_those_whom_the_condition_names_may(api: Api, api_of: Callable[[str], Api]) -> None:
    key = api_of("bob").issue(customfield_10016=3)
    api.move(key, "Start")
    api.move(key, "Ask for review")

    assert names(api, key) == ["Give up"]
    assert names(api_of("carol"), key) == []
    assert names(api_of("bob"), key) == ["Approve"]

    api_of("bob").move(key, "Approve")
    assert api.get(f"/rest/api/3/issue/{key}")["fields"]["resolution"]["name"] == "Done"
    api.move(key, "Reopen")
    fields = api.get(f"/rest/api/3/issue/{key}")["fields"]
    assert (fields["resolution"], fields["assignee"]) == (None, None)


def test_a_resolution_must_be_chosen_where_the_screen_asks_for_it(api: Api) -> None:
    key = api.issue()
    path = f"/rest/api/3/issue/{key}/transitions"
    (give_up,) = (s for s in api.get(path)["transitions"] if s["name"] == "Give up")
    body: dict[str, Any] = {"transition": {"id": give_up["id"]}}
    assert give_up["isConditional"] is True
    assert api.refused("POST", path, 400, json=body)[1] == {"resolution": "Resolution is required."}

    assert list(api.refused("POST", path, 400, json=body | {"update": {"resolution": [{"add": "x"}]}})[1]) == [
        "resolution"
    ]

    given = {"fields": {"labels": ["stale"]}, "update": {"resolution": [{"set": {"name": "Won't Do"}}]}}
    api.post(path, body | given, status=204)

    fields = api.get(f"/rest/api/3/issue/{key}")["fields"]
    assert (fields["resolution"]["name"], fields["labels"]) == ("Won't Do", ["stale"])


def test_each_issue_type_follows_its_workflow(api: Api) -> None:
    bug = api.issue(kind="Bug")

    statuses = {
        kind["name"]: [status["name"] for status in kind["statuses"]]
        for kind in api.get("/rest/api/3/project/AUTOTEST/statuses")
    }
    assert statuses["Bug"] == ["Reported", "Fixed"]
    assert statuses["Story"] == ["Idea", "In Progress", "Review", "Done"]
    assert api.get(f"/rest/api/3/issue/{bug}")["fields"]["status"]["name"] == "Reported"
    change = {"fields": {"issuetype": {"name": "Story"}}}
    assert list(api.refused("PUT", f"/rest/api/3/issue/{bug}", 400, json=change)[1]) == ["issuetype"]
    api.move(bug, "Fix")
    assert api.found("status = Fixed") == [bug]


def test_administrators_see_the_workflows_with_their_rules(api: Api, api_of: Callable[[str], Api]) -> None:
    found = api.get("/rest/api/3/workflow/search", expand="transitions.rules,statuses,projects")

    features = next(one for one in found["values"] if one["id"]["name"] == "Features")
    rules = {step["name"]: step.get("rules", {}) for step in features["transitions"]}
    assert rules["Ask for review"]["validators"][0]["configuration"]["fields"] == ["customfield_10016"]
    assert rules["Approve"]["conditionsTree"]["conditions"] == [{"nodeType": "simple", "type": "AllowOnlyReporter"}]
    assert {"type": "AssignToCurrentUserFunction"} in rules["Start"]["postFunctions"]
    assert [project["key"] for project in features["projects"]] == ["AUTOTEST"]
    assert [one["id"]["name"] for one in api.get("/rest/api/3/workflow/search", queryString="bug")["values"]] == [
        "Bugs"
    ]
    api_of("bob").refused("GET", "/rest/api/3/workflow/search", 403)


def test_the_board_has_the_columns_limits_and_filters_of_the_seed(api: Api) -> None:
    config = api.get(f"{AGILE}/board/1/configuration")["columnConfig"]

    assert [(c["name"], len(c["statuses"]), c.get("min"), c.get("max")) for c in config["columns"]] == [
        ("Next", 2, None, None),
        ("Doing", 2, 1, 3),
        ("Over", 2, None, None),
    ]
    assert config["constraintType"] == "issueCount"
    found = api.get(f"{AGILE}/board/1/quickfilter")
    assert [(f["name"], f["jql"], f["position"]) for f in found["values"]] == [
        ("Bugs only", "issuetype = Bug", 0),
        ("Mine", "assignee = currentUser()", 1),
    ]
    assert found["total"] == 2


def test_the_board_s_page_tells_of_limits_that_are_not_kept(api: Api, site: Site) -> None:
    sprint = api.sprint()
    api.plan(sprint, api.issue())
    api.set_state(sprint, "active")
    browser = Browser(site, "bob")

    assert "At least 1. At most 3. Off limits" in browser.read("/jira/browse/AUTOTEST").text


def test_sprints_run_in_parallel_where_the_board_allows_it(api: Api) -> None:
    first, second = api.sprint(), api.sprint(name="Sprint 2")

    api.set_state(first, "active")
    api.set_state(second, "active")

    assert [s["id"] for s in api.get(f"{AGILE}/board/1/sprint", state="active")["values"]] == [first, second]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"board": {"columns": [{"name": "X", "statuses": ["Nowhere"]}]}}, "the project has no status Nowhere"),
        (
            {"workflows": [FEATURES | {"transitions": [{"name": "Go", "to": "Nowhere"}]}]},
            "transition Go: the workflow has no status Nowhere",
        ),
        ({"style": "unmanaged"}, "style"),
    ],
)
def test_a_seed_that_leads_nowhere_is_refused(changed: dict[str, Any], said: str) -> None:
    with pytest.raises(SeedError, match=said):
        a_seed(jira=projects(**changed))
