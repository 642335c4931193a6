"""Queries beside their results: parsed for show, matched, completed, corrected."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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
    assert fields["text"]["operators"] == ["~"]
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


def test_fields_of_the_site_are_offered_ordered_by_and_completed(api: Api, account_ids: dict[str, str]) -> None:
    types = ("textfield", "float", "datepicker", "datetime", "userpicker", "labels", "textarea", "select")
    ids = {}
    for kind in types:
        body = {"name": f"My {kind}", "type": f"com.atlassian.jira.plugin.system.customfieldtypes:{kind}"}
        ids[kind] = api.post("/rest/api/3/field", body, status=201)["id"]
    alice, bob = ({"accountId": account_ids[name]} for name in ("alice", "bob"))
    rows: list[dict[str, Any]] = [
        {"textfield": "b", "float": 10, "datepicker": "2026-03-03", "userpicker": bob, "labels": ["two"]},
        {"textfield": "A", "float": 9.5, "datepicker": "2026-03-04", "userpicker": alice, "labels": ["one", "two"]},
        {},
    ]
    keys = [api.issue(**{ids[kind]: value for kind, value in row.items()}) for row in rows]
    orders = {"textfield": (1, 0), "float": (1, 0), "datepicker": (0, 1), "userpicker": (1, 0), "labels": (1, 0)}

    for kind, order in orders.items():
        number = ids[kind].removeprefix("customfield_")
        for name in (f'"My {kind}"', f"cf[{number}]"):
            jql = f"project = AUTOTEST ORDER BY {name} ASC, key"
            assert api.found(jql) == [keys[order[0]], keys[order[1]], keys[2]], jql
            page = api.get("/rest/api/3/search/jql", jql=jql, maxResults=1, fields="key")
            again = api.get("/rest/api/3/search/jql", jql=jql, maxResults=5, nextPageToken=page["nextPageToken"])
            assert len(again["issues"]) == 2
    for kind in ("textarea", "select"):
        asked = {"jql": f'project = AUTOTEST ORDER BY "My {kind}"'}
        message = f"Not able to sort using field 'My {kind}'."
        assert api.refused("POST", "/rest/api/3/search/jql", 400, json=asked)[0] == [message]

    offered = {one["value"]: one for one in api.get("/rest/api/3/jql/autocompletedata")["visibleFieldNames"]}
    shown = {kind: offered[f'"My {kind}"'] for kind in types}
    assert {kind for kind, one in shown.items() if one["orderable"] == "true"} == {*orders, "datetime"}
    assert {kind for kind, one in shown.items() if one.get("auto") == "true"} == {"userpicker", "labels"}
    assert shown["float"]["cfid"] == f"cf[{ids['float'].removeprefix('customfield_')}]"
    assert shown["textfield"]["operators"] == ["~", "!~", "is", "is not"]
    assert not {"was", "changed"} & {operator for one in shown.values() for operator in one["operators"]}
    assert {"was", "changed"} <= set(offered["fixVersion"]["operators"])
    suggest = "/rest/api/3/jql/autocompletedata/suggestions"
    assert [one["value"] for one in api.get(suggest, fieldName='"My labels"', fieldValue="t")["results"]] == ["two"]
    assert [one["value"] for one in api.get(suggest, fieldName="My userpicker", fieldValue="b")["results"]] == ["Bob"]


def test_a_field_of_the_site_does_not_hide_what_every_jira_has(api: Api, account_ids: dict[str, str]) -> None:
    types = "com.atlassian.jira.plugin.system.customfieldtypes"
    status, people = (
        api.post("/rest/api/3/field", {"name": name, "type": f"{types}:{kind}"}, status=201)["id"]
        for name, kind in (("Status", "textfield"), ("Reviewers", "multiuserpicker"))
    )
    given: dict[str, Any] = {status: "Nervous", people: [{"accountId": account_ids["bob"]}]}
    key = api.issue(**given)
    number = status.removeprefix("customfield_")

    assert api.found("status = 'To Do'") == api.found(f"cf[{number}] ~ nervous") == [key]
    assert api.found("Reviewers = Bob") == api.found("Reviewers in membersOf('jira-software-users')") == [key]
    for jql in ("status ~ nervous", f"{status} ~ nervous"):
        api.refused("POST", "/rest/api/3/search/jql", 400, json={"jql": jql})


def test_many_queries_at_once_are_bounded(api: Api) -> None:
    wide = " or ".join("labels = x" for _ in range(400))

    for path, body in (("parse", {"queries": [wide] * 20}), ("match", {"jqls": [wide] * 20, "issueIds": [1]})):
        api.refused("POST", f"/rest/api/3/jql/{path}", 400, json=body)
    api.refused("POST", "/rest/api/3/jql/match", 400, json={"jqls": ["type = Bug"], "issueIds": [True]})
