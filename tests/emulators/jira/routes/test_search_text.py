"""Search by words: what a text query means, and that nobody finds what only others may read."""

from __future__ import annotations

from collections.abc import Callable

from tests.emulators.jira.conftest import Api

TEXTS = {
    "crash": "Safari crashes when a report is printed",
    "slow": "Reports load slowly in Safari",
    "print": "Printing of invoices",
}
TEXT_QUERIES = [
    ("safari report", "crash slow"),
    ("(safari OR invoice) AND printing", "crash print"),
    ("safari AND NOT (load OR invoices)", "crash"),
    ("-(safari report) printed", "print"),
    ("safari (crashes || loads) !slowly", "crash"),
    ('"report is printed"', "crash"),
    ('"printed report"~5', ""),
    ('"safari crashes"^4 report~0.8', "crash"),
    ("safar?", "crash slow"),
    ("inv*", "print"),
    (r"\\(safari\\) \\+report", "crash slow"),
    ("(safari", "crash slow"),
]
ADMINS = {"type": "role", "value": "Administrators"}
USERS = {"type": "group", "value": "jira-software-users"}


def test_a_text_query_has_operators_groups_phrases_and_beginnings(api: Api) -> None:
    keys = {api.issue(summary=summary): name for name, summary in TEXTS.items()}

    for asked, expected in TEXT_QUERIES:
        for field in ("summary", "text", "textfields"):
            jql = f"""{field} ~ '{asked}' ORDER BY key"""
            assert " ".join(keys[key] for key in api.found(jql)) == expected, jql


def test_only_those_who_may_read_a_comment_find_its_words(api: Api, api_of: Callable[[str], Api]) -> None:
    key, bob = api.issue(), api_of("bob")
    path = f"/rest/api/2/issue/{key}/comment"
    secret = api.post(path, {"body": "zebra", "visibility": ADMINS}, status=201)["id"]
    api.post(path, {"body": "giraffe", "visibility": USERS}, status=201)

    for query in ("comment ~ {}", "text ~ {}", "text ~ '{} {}'"):
        words = [query.format(word, word) for word in ("zebras", "giraffes")]
        assert [api.found(jql) for jql in words] == [[key], [key]]
        assert [bob.found(jql) for jql in words] == [[], [key]]
    assert bob.found("comment !~ zebra") == [key]
    assert bob.found("textfields ~ giraffe") == []
    carol = api_of("carol")
    other = carol.issue()
    api.post(f"/rest/api/2/issue/{other}/comment", {"body": "psst", "visibility": ADMINS}, status=201)
    assert (api.found("issue in updatedBy(Alice) ORDER BY key"), bob.found("issue in updatedBy(Alice)")) == (
        [key, other],
        [key],
    )

    api.put(f"{path}/{secret}", {"body": "zebra", "visibility": USERS}, status=200)

    assert bob.found("comment ~ zebra") == [key]


def test_only_those_who_may_read_a_worklog_find_its_words_author_and_day(
    api: Api, api_of: Callable[[str], Api]
) -> None:
    key, bob = api.issue(), api_of("bob")
    log = {"timeSpent": "1h", "comment": "Negotiated with the bank", "visibility": ADMINS}
    api.post(f"/rest/api/2/issue/{key}/worklog", log, status=201)

    for jql in ("worklogComment ~ 'negotiating bank'", "worklogAuthor = Alice", "worklogDate >= 2026-03-01"):
        assert (api.found(jql), bob.found(jql)) == ([key], [])
    assert bob.found("worklogAuthor is EMPTY") == bob.found("worklogDate is EMPTY") == [key]
    assert api.found("text ~ negotiated") == []
    api.refused("POST", "/rest/api/3/search/jql", 400, json={"jql": "worklogComment !~ bank"})


def test_the_texts_of_the_sites_own_fields_have_words(api: Api) -> None:
    types = "com.atlassian.jira.plugin.system.customfieldtypes"
    line, text = (
        api.post("/rest/api/3/field", {"name": name, "type": f"{types}:{kind}"}, status=201)["id"]
        for name, kind in (("Line", "textfield"), ("Story", "textarea"))
    )
    paragraph = "The *paragraph* shows totals:\n\n* first_name größer"
    key = api.issue(summary="Ledger", **{line: "Big spenders", text: paragraph})
    other = api.issue(summary="Ledgers")

    for jql in (
        "Line ~ spender",
        "Line ~ '\"big spender\"'",
        "Story ~ 'paragraphs total GRÖSSER name'",
        "text ~ 'ledger spender totals'",
        "textfields ~ 'ledger (spender OR nothing) -other'",
        "Line is not EMPTY",
    ):
        assert api.found(jql) == [key], jql
    for jql in ("Story ~ doc", "Story ~ text", "Line ~ spend", "text ~ 'spender -total'", "Line ~ 'spender totals'"):
        assert api.found(jql) == [], jql
    assert api.found("Line !~ spender") == [other]

    api.put(f"/rest/api/2/issue/{key}", {"fields": {line: "Nobody", text: None}}, status=204)
    assert api.found("text ~ spender or text ~ totals") == []
    assert api.found("text ~ 'nobody ledger'") == [key]
    api.delete(f"/rest/api/2/issue/{key}")
    assert api.found("text ~ nobody") == []
