"""Documents, errors and bounds, through a plain session."""

from __future__ import annotations

from typing import Any

import pytest

from tests.emulators.conftest import Site
from tests.emulators.github.graphql.asking import PAYMENTS, answer, ask, of_payments, payments, refused


def test_a_token_is_always_needed(site: Site) -> None:
    url = f"{site.html_url}/api/graphql"

    nobody = site.session(None).post(url, json={"query": "{viewer{login}}"})
    stranger = site.session("mallory").post(url, json={"query": "{viewer{login}}"})

    assert (nobody.status_code, nobody.json()["message"]) == (401, "This endpoint requires you to be authenticated.")
    assert (stranger.status_code, stranger.json()["message"]) == (401, "Bad credentials")


@pytest.mark.parametrize(
    ("content", "status", "message"),
    [
        (b"{", 400, "Problems parsing JSON"),
        (b"[]", 400, "Body should be a JSON object"),
        (b"{}", 200, "A query attribute must be specified and must be a string."),
        (b'{"query": 7}', 200, "A query attribute must be specified and must be a string."),
        (b'{"query": "{viewer{login}}", "variables": []}', 200, None),
        (b'{"query": "{viewer{login}}", "variables": [1]}', 200, "Variables must be an object."),
        (b'{"query": "{viewer{login}}", "operationName": 1}', 200, "Operation name must be a string."),
        (b'{"query": "{viewer{login}}", "operationName": "X"}', 200, 'No operation named "X"'),
        (b'{"query": "query A{viewer{login}} query B{viewer{login}}"}', 200, "An operation name is required"),
    ],
)
def test_a_body_that_makes_no_sense_is_told_why(site: Site, content: bytes, status: int, message: str | None) -> None:
    reply = site.session().post(f"{site.html_url}/api/graphql", data=content)

    body = reply.json()
    assert reply.status_code == status
    assert (body["message"] if status == 400 else body.get("errors", [{}])[0].get("message")) == message


@pytest.mark.parametrize(
    ("query", "variables", "message", "code"),
    [
        ("{viewer{foo}}", {}, "Field 'foo' doesn't exist on type 'User'", "undefinedField"),
        ("{user{login}}", {}, "Field 'user' is missing required arguments: login", "missingRequiredArguments"),
        ("{viewer{login(x:1)}}", {}, "Field 'login' doesn't accept argument 'x'", "argumentNotAccepted"),
        ("{viewer{login ...on Foo{x}}}", {}, "No such type Foo, so it can't be a fragment condition", "undefinedType"),
        (
            "query($a:Int){viewer{login}}",
            {},
            "Variable $a is declared by anonymous query but not used",
            "variableNotUsed",
        ),
        ("{node(id:$x){id}}", {}, "Variable $x is used but not declared", "variableNotDefined"),
        ("query($i:ID!){node(id:$i){id}}", {}, "Variable $i of type ID! was provided invalid value", None),
        ("query($i:ID!){node(id:$i){id}}", {"i": [{}]}, "Variable $i of type ID! was provided invalid value", None),
    ],
)
def test_a_document_that_does_not_fit_the_schema_is_refused_in_github_s_words(
    site: Site, query: str, variables: dict[str, Any], message: str, code: str | None
) -> None:
    body = answer(site, query, **variables)

    (error,) = body["errors"]
    assert "data" not in body
    assert error["message"] == message
    assert error["extensions"].get("code") == code
    assert error["locations"][0]["line"] == 1


def test_fields_of_two_types_may_differ_under_one_name_as_gh_asks_for_them(site: Site) -> None:
    site.github().get_repo("acme/payments").create_issue("One")

    found = payments(site, "issueOrPullRequest(number:1){__typename ...on Issue{state} ...on PullRequest{state}}")

    assert found["issueOrPullRequest"] == {"__typename": "Issue", "state": "OPEN"}


def test_what_is_missing_is_null_with_an_error_and_the_rest_is_answered(site: Site) -> None:
    query = """{
      repository(owner: "acme", name: "secret") {id}
      user(login: "nobody") {id}
      organization(login: "alice") {id}
      repositoryOwner(login: "nobody") {id}
      node(id: "MDA0OlVzZXI5OTk=") {id}
      there: repository(owner: "acme", name: "payments") {issue(number: 7) {id} pullRequest(number: 7) {id} name}
      viewer {login}
    }"""

    body = answer(site, query)

    assert body["data"]["viewer"] == {"login": "alice"}
    assert body["data"]["there"] == {"issue": None, "pullRequest": None, "name": "payments"}
    assert {tuple(error["path"]): error["message"] for error in body["errors"]} == {
        ("repository",): "Could not resolve to a Repository with the name 'acme/secret'.",
        ("user",): "Could not resolve to a User with the login of 'nobody'.",
        ("organization",): "Could not resolve to an Organization with the login of 'alice'.",
        ("node",): "Could not resolve to a node with the global id of 'MDA0OlVzZXI5OTk='.",
        ("there", "issue"): "Could not resolve to an Issue with the number of 7.",
        ("there", "pullRequest"): "Could not resolve to a PullRequest with the number of 7.",
    }
    assert {error["type"] for error in body["errors"]} == {"NOT_FOUND"}
    assert body["errors"][0]["locations"] == [{"line": 2, "column": 7}]


def test_a_private_repository_is_not_there_for_strangers(site: Site) -> None:
    site.github().get_organization("acme").create_repo("vault", private=True, auto_init=True)
    query = '{repository(owner:"acme",name:"vault"){id} search(type:REPOSITORY,query:"vault",first:5){repositoryCount}}'
    vault = ask(site, query)["repository"]["id"]

    error = refused(site, query, "carol")
    by_id = refused(site, "query($id:ID!){node(id:$id){id}}", "carol", id=vault)

    assert error["type"] == by_id["type"] == "NOT_FOUND"
    assert answer(site, query, "carol")["data"]["search"]["repositoryCount"] == 0


def test_a_query_that_would_read_too_much_is_refused_before_it_runs(site: Site) -> None:
    nested = "{viewer{repositories(first:100){nodes{issues(first:100){nodes{comments(first:100){totalCount}}}}}}}"
    deep = of_payments("parent{" * 45 + "id" + "}" * 45)
    wide = " ".join(f"a{number}:viewer{{...f}}" for number in range(200))
    fragment = " ".join(f"a{number}:login" for number in range(150))

    too_many = refused(site, nested)
    too_deep = refused(site, deep)
    too_wide = refused(site, f"{{{wide}}} fragment f on User{{{fragment}}}")
    too_nested = refused(site, "{" + "a{" * 600 + "}" * 601)
    too_long = refused(site, "{" + " login" * 30_000 + "}")

    assert too_many["type"] == "MAX_NODE_LIMIT_EXCEEDED"
    assert "requests up to 1,010,100 possible nodes which exceeds the maximum limit of 500,000" in too_many["message"]
    assert too_deep["type"] == "MAX_DEPTH_EXCEEDED"
    assert too_wide["type"] == "MAX_COMPLEXITY_EXCEEDED"
    assert "nested too deeply" in too_nested["message"]
    assert "tokens" in too_long["message"]


def test_odd_names_are_not_found_and_break_nothing(site: Site) -> None:
    selection = """
      object(expression: $s) {id} ref(qualifiedName: $s) {id} refs(refPrefix: $s, first: 3) {nodes {target {oid}}}
      label(name: $s) {id} release(tagName: $s) {id} labels(first: 3, query: $s) {totalCount}
      issues(first: 1, filterBy: {assignee: $s, createdBy: $s, mentioned: $s, milestone: $s}) {totalCount}
      defaultBranchRef {target {... on Commit {file(path: $s) {name} history(first: 2, path: $s) {totalCount}}}}
    """
    query = of_payments(selection, "($s:String!)")

    for odd in (
        "",
        "/",
        "main:",
        "main:../x",
        "main:a//b",
        "main^",
        "0" * 40,
        "refs/heads/",
        "x" * 5000,
        "\n",
        "💥",
        "9" * 30,
    ):
        assert "errors" not in answer(site, query, s=odd)
        assert refused(site, "query($s:String!){user(login:$s){id}}", s=odd)["type"] == "NOT_FOUND"
    assert "NUL" in refused(site, '{user(login:"\\u0000"){id}}')["message"]


def test_the_rate_limit_says_what_a_query_costs(site: Site) -> None:
    shown = "rateLimit{limit cost remaining used resetAt nodeCount}"

    found = ask(site, f"{{{shown} {PAYMENTS}{{issues(first:50){{nodes{{labels(first:10){{totalCount}}}}}}}}}}")[
        "rateLimit"
    ]

    assert (found["limit"], found["cost"], found["nodeCount"]) == (5000, 1, 50 + 50 * 10)
    assert found["remaining"] == 5000 - found["used"]
    assert found["resetAt"].endswith("Z")


def test_the_schema_can_be_asked_about_itself(site: Site) -> None:
    query = '{__type(name:"PullRequest"){fields(includeDeprecated:true){name}} __schema{queryType{name}}}'

    found = ask(site, query)

    assert {"name": "isInMergeQueue"} in found["__type"]["fields"]
    assert found["__schema"]["queryType"]["name"] == "Query"
