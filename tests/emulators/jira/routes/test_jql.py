"""Queries beside their results: parsed for show, matched, completed, corrected."""

from __future__ import annotations

from collections.abc import Callable

from tests.emulators.conftest import Site
from tests.emulators.jira.conftest import Api


def test_queries_are_parsed_for_show(api: Api) -> None:
    queries = [
        "summary ~ test AND (labels in (urgent, blocker) OR assignee = currentUser()) ORDER BY updated DESC",
        "status was not in (Done) before -1d and status changed after startOfDay() and not sprint is EMPTY",
        "universe = 42",
        "summary",
    ]

    parsed = api.post("/rest/api/3/jql/parse", {"queries": queries}, status=200)["queries"]
    warned = api.post("/rest/api/3/jql/parse?validation=warn", {"queries": queries[2:3]}, status=200)["queries"]

    assert parsed[0]["structure"]["where"]["operator"] == "and"
    assert parsed[0]["structure"]["orderBy"]["fields"][0]["direction"] == "desc"
    assert parsed[1]["structure"]["where"]["clauses"][0]["operator"] == "was not in"
    assert parsed[2]["errors"] == ["Field 'universe' does not exist or you do not have permission to view it."]
    assert "errors" in parsed[3]
    assert warned[0]["structure"]["where"]["field"]["name"] == "universe"
    api.refused("POST", "/rest/api/3/jql/parse", 400, json={"queries": []})


def test_issues_are_matched_against_queries(api: Api) -> None:
    ids = [int(api.get(f"/rest/api/3/issue/{api.issue(kind=kind)}")["id"]) for kind in ("Bug", "Task")]

    body = {"issueIds": [*ids, 99], "jqls": ["type = Bug", "project = AUTOTEST", "broken"]}
    matches = api.post("/rest/api/3/jql/match", body, status=200)["matches"]

    assert [m["matchedIssues"] for m in matches] == [ids[:1], ids, []]
    assert [bool(m["errors"]) for m in matches] == [False, False, True]


def test_an_editor_of_queries_is_told_what_there_is(api: Api, api_of: Callable[[str], Api]) -> None:
    api.issue(labels=["<b>urgent", "urban", "docs"])

    told = api.get("/rest/api/3/jql/autocompletedata")
    fields = {one["value"]: one for one in told["visibleFieldNames"]}
    suggest = "/rest/api/3/jql/autocompletedata/suggestions"

    assert fields["status"]["operators"][:2] == ["=", "!="]
    assert {"was", "changed"} <= set(fields["status"]["operators"])
    assert fields['"Story Points"']["cfid"] == "cf[10016]"
    assert fields["summary"]["operators"] == ["~", "!~"]
    assert "openSprints()" in {one["value"] for one in told["visibleFunctionNames"]}
    assert {"empty", "and", "select"} <= set(told["jqlReservedWords"])
    assert api.get(suggest, fieldName="status", fieldValue="in p")["results"] == [
        {"value": "In Progress", "displayName": "<b>In P</b>rogress"}
    ]
    assert [one["value"] for one in api.get(suggest, fieldName="labels", fieldValue="ur")["results"]] == ["urban"]
    assert api.get(suggest, fieldName="labels", fieldValue="<")["results"][0]["displayName"] == "<b>&lt;</b>b&gt;urgent"
    by = api_of("bob").get(suggest, fieldName="status", predicateName="by", predicateValue="al")["results"]
    assert [one["value"] for one in by] == ["Alice"]
    assert api.refused("GET", f"{suggest}?fieldName=nope", 400)[0]
    assert api.refused("GET", suggest, 400)[0]


def test_a_filter_within_itself_is_refused(api: Api) -> None:
    own = api.post("/rest/api/3/filter", {"name": "Loop", "jql": "project = AUTOTEST"}, status=200)["id"]
    api.put(f"/rest/api/3/filter/{own}", {"name": "Loop", "jql": f"filter = {own}"})

    (message,) = api.refused("POST", "/rest/api/3/search/jql", 400, json={"jql": "filter = Loop"})[0]

    assert "cyclical reference" in message


def test_a_slip_of_the_pen_gets_a_suggestion(api: Api) -> None:
    for jql, hint in (
        ("asignee = Bob", "Did you mean 'assignee'?"),
        ("sprint in openSprint()", "Did you mean 'openSprints()'?"),
    ):
        assert api.refused("POST", "/rest/api/3/search/jql", 400, json={"jql": jql})[0][1] == hint


def test_a_site_that_is_reset_has_no_words_left(api: Api, site: Site) -> None:
    api.issue(summary="Zeppelin", description="hydrogen")
    assert api.found("text ~ hydrogen and summary ~ zeppelins") == ["AUTOTEST-1"]

    site.emulators.reset_site(site.key)
    assert api.found("text ~ hydrogen or summary ~ zeppelin") == []
    key = api.issue(summary="Balloon")
    api.put(f"/rest/api/3/issue/{key}", {"fields": {"summary": "Kite"}}, status=204)

    assert api.found("summary ~ kites") == [key]
    assert api.found("summary ~ balloon") == []


def test_values_of_properties_are_found(api: Api) -> None:
    keys = [api.issue(summary=f"{number}") for number in range(3)]
    for key, value in zip(
        keys, ({"total": 7, "team": "red"}, {"total": 3, "team": "blue", "done": True}, [1]), strict=True
    ):
        api.put(f"/rest/api/3/issue/{key}/properties/score", value)

    assert api.found("issue.property[score].total > 5") == keys[:1]
    assert api.found("issue.property[score].total = 3 and issue.property[score].done = 'true'") == keys[1:2]
    assert api.found("issue.property['score'].team in (red, blue) order by key") == keys[:2]
    assert api.found("issue.property[score].team ~ RE and issue.property[score].total is not EMPTY") == keys[:1]
    assert api.refused("POST", "/rest/api/3/search/jql", 400, json={"jql": "issue.property[a].b..c = 1"})[0]
