"""Search: what queries are refused for, with Jira's words."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest

from tests.emulators.jira.conftest import Api


@pytest.mark.parametrize(
    ("jql", "messages"),
    [
        ("foo = 1", ["Field 'foo' does not exist or you do not have permission to view it."]),
        ("project = NOPE", ["The value 'NOPE' does not exist for the field 'project'."]),
        (
            "status = Nope and assignee = nobody",
            [
                "The value 'Nope' does not exist for the field 'status'.",
                "The value 'nobody' does not exist for the field 'assignee'.",
            ],
        ),
        ("key = AUTOTEST-999", ["An issue with key 'AUTOTEST-999' does not exist for field 'key'."]),
        ("sprint = Nope", ["Sprint with name 'Nope' does not exist or you do not have permission to view it."]),
        ("summary = x", ["The operator '=' is not supported by the 'summary' field."]),
        ("project > AUTOTEST", ["The operator '>' is not supported by the 'project' field."]),
        ("assignee is Bob", ["The operator 'is' requires 'EMPTY' or 'NULL' on the field 'assignee'."]),
        ("assignee = (Bob)", ["Operator '=' does not support the list value '(\"Bob\")' for field 'assignee'."]),
        ("assignee in openSprints()", ["Unable to find JQL function 'openSprints()'."]),
        (
            "sprint = openSprints()",
            ["Operator '=' does not support the list value 'openSprints()' for field 'Sprint'."],
        ),
        (
            "assignee was in currentUser()",
            ["Operator 'was in' does not support the non-list value 'currentUser()' for field 'assignee'."],
        ),
        ("key is empty", ["The operator 'is' is not supported by the 'key' field."]),
        ("text !~ x", ["The operator '!~' is not supported by the 'text' field."]),
        ("key ~ ''", ["The field 'key' does not support searching for an empty string."]),
        (
            "summary ~ 'a*b'",
            ["The text query 'a*b' for field 'summary' has a wildcard that is not at the end of a word."],
        ),
        ("summary ~ '*ab'", ["The text query '*ab' for field 'summary' is not allowed to start with character '*'."]),
        ("sprint was 1", ["History searches do not support the 'sprint' field."]),
        ("affectedVersion changed", ["History searches do not support the 'affectedVersion' field."]),
        ("fixVersion was Nope", ["The value 'Nope' does not exist for the field 'fixVersion'."]),
        (
            "issueLink[nope] = AUTOTEST-1",
            ["Issue link type 'nope' could not be found for the field 'issueLink[nope]'."],
        ),
        ("sprint in openSprints(1)", ["Function 'openSprints' expected '0' arguments but received '1'."]),
        ("created > startOfDay(x)", ["Date offset 'x' in function 'startOfDay' is invalid."]),
        ("'Story Points' > many", ["The value 'many' is not a valid number for the field 'Story Points'."]),
        ("summary ~ ''", ["The field 'summary' does not support searching for an empty string."]),
        ("labels was x", ["History searches do not support the 'labels' field."]),
        (
            "status was Done during (2026-01-01)",
            ['The DURING predicate expects a range of two dates: DURING ("date1", "date2").'],
        ),
        ("project = AUTOTEST order by text", ["Not able to sort using field 'text'."]),
        ("fixVersion = 1", ["The value '1' does not exist for the field 'fixVersion'."]),
    ],
)
def test_a_bad_query_is_400_with_the_reasons(api: Api, jql: str, messages: list[str]) -> None:
    assert api.refused("POST", "/rest/api/3/search/jql", 400, json={"jql": jql})[0] == messages


def test_a_bad_date_says_which_ones_are_good(api: Api) -> None:
    (message,) = api.refused("POST", "/rest/api/3/search/jql", 400, json={"jql": "created > soon"})[0]

    assert message.startswith("Date value 'soon' for field 'created' is invalid. Valid formats include:")


def test_grammar_faults_have_their_place(api: Api) -> None:
    (message,) = api.refused("GET", "/rest/api/2/search/jql?jql=" + quote("project = AUTOTEST foo"), 400)[0]

    assert message == "Error in the JQL Query: Expecting either 'OR' or 'AND' but got 'foo'. (line 1, character 20)"


@pytest.mark.parametrize("jql", ["", "order by created"])
def test_unbounded_queries_are_refused_where_jira_does(api: Api, jql: str) -> None:
    for path in ("search/jql", "search/approximate-count"):
        (message,) = api.refused("POST", f"/rest/api/3/{path}", 400, json={"jql": jql})[0]
        assert message.startswith("Unbounded JQL queries are not allowed here.")


def test_hostile_queries_do_not_hurt(api: Api) -> None:
    deep = "(" * 45 + "project = AUTOTEST" + ")" * 45
    wide = " or ".join("labels = x" for _ in range(400))
    listed = "labels in (" + ",".join(f"l{n}" for n in range(1000)) + ")"

    for jql in (
        deep,
        wide,
        listed,
        alternating(20),
        'summary ~ "%\' OR 1=1 --"',
        'labels = "\'; DROP TABLE jr_issues"',
    ):
        assert api.found(jql) == []
    assert api.found(f"labels = x ORDER BY {','.join(['key'] * 3000)}") == []
    for jql in (
        "(" * 500,
        "not " * 500 + "a = b",
        "a" * 25_000,
        "a = \\u0000",
        alternating(21),
        f"created > '{' ' * 19_000}x'",
        f"created > startOfDay('{' ' * 19_000}x')",
        f"text ~ '{'(' * 30}a'",
        f"text ~ '{'(a1 OR b1) ' * 20}'",
        "status was Done on 9999-12-31",
    ):
        api.refused("POST", "/rest/api/3/search/jql", 400, json={"jql": jql})


def alternating(depth: int) -> str:
    """A query in which OR stands within AND within OR, so deep."""
    jql = "labels = a"
    for level in range(depth):
        jql = f"(labels = b {'or' if level % 2 else 'and'} {jql})"
    return jql


def test_saved_filters_do_not_add_up_to_what_no_database_takes(api: Api) -> None:
    wide = " or ".join("labels = x" for _ in range(399))
    listed = " or ".join("labels in (" + ",".join(f"l{n}" for n in range(900)) + ")" for _ in range(3))
    for name, jql in (("wide", wide), ("listed", listed), ("deep", alternating(12))):
        api.post("/rest/api/3/filter", {"name": name, "jql": jql}, status=200)
    api.post("/rest/api/3/filter", {"name": "deeper", "jql": "filter = deep or " + alternating(5)}, status=200)

    assert api.found("filter = wide or filter = deeper") == []
    for name, times in (("wide", 2), ("listed", 4)):
        jql = " or ".join([f"filter = {name}"] * times)
        (message,) = api.refused("POST", "/rest/api/3/search/jql", 400, json={"jql": jql})[0]
        assert message.endswith("more than 500 clauses or 10000 values.")
    deepest = {"name": "deepest", "jql": alternating(9).replace("labels = a", "filter = deep")}
    assert "nested too deep" in api.refused("POST", "/rest/api/3/filter", 400, json=deepest)[0][0]


def test_queries_do_not_tell_of_what_the_caller_may_not_see(api: Api, api_of: Callable[[str], Api]) -> None:
    key, bob = api.issue(), api_of("bob")
    api.sprint(name="Secret sprint")
    assert bob.found(f"key = {key} and 'Epic Link' != {key} or key = {key}") == [key]

    api.delete("/rest/api/3/project/AUTOTEST/role/10003?group=jira-software-users")

    for jql, message in (
        (f"key = {key}", f"An issue with key '{key}' does not exist for field 'key'."),
        (f"parent = {key}", f"An issue with key '{key}' does not exist for field 'parent'."),
        (f"issue in linkedIssues({key})", f"An issue with key '{key}' does not exist for field 'issue'."),
        (
            "sprint = 'Secret sprint'",
            "Sprint with name 'Secret sprint' does not exist or you do not have permission to view it.",
        ),
        ("project = AUTOTEST", "The value 'AUTOTEST' does not exist for the field 'project'."),
    ):
        assert bob.refused("POST", "/rest/api/3/search/jql", 400, json={"jql": jql})[0] == [message]
    suggest = "/rest/api/3/jql/autocompletedata/suggestions"
    for name in ("sprint", "project", "parentProject"):
        assert bob.get(suggest, fieldName=name)["results"] == []
        assert len(api.get(suggest, fieldName=name)["results"]) == 1
