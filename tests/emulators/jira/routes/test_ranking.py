"""Rank and estimates, and their refusals."""

from __future__ import annotations

import pytest
from jira import JIRA

from tests.emulators.jira.conftest import Api

AGILE = "/rest/agile/1.0"


def test_the_client_ranks(jira: JIRA, api: Api) -> None:
    a, b, c = (api.issue(summary=name) for name in "abc")

    jira.rank(c, next_issue=a)
    jira.rank(a, prev_issue=b)

    assert api.found("project = AUTOTEST ORDER BY rank") == [c, b, a]
    assert api.changes(c) == [("Rank", "", "Ranked higher")]
    assert api.changes(a) == [("Rank", "", "Ranked lower")]


def test_ranking_several_keeps_their_order(api: Api) -> None:
    a, b, c, d = (api.issue(summary=name) for name in "abcd")

    api.put(f"{AGILE}/issue/rank", {"issues": [d, c], "rankBeforeIssue": b}, status=204)
    api.put(f"{AGILE}/issue/rank", {"issues": [a], "rankAfterIssue": b, "rankCustomFieldId": 10019}, status=204)

    assert api.found("project = AUTOTEST ORDER BY rank") == [d, c, b, a]


def test_an_issue_that_stands_there_already_is_not_ranked(api: Api) -> None:
    a, b = api.issue(), api.issue()

    api.put(f"{AGILE}/issue/rank", {"issues": [a], "rankBeforeIssue": b}, status=204)
    api.put(f"{AGILE}/issue/rank", {"issues": [b], "rankAfterIssue": a}, status=204)

    assert (api.changes(a), api.changes(b)) == ([], [])


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"rankBeforeIssue": "AUTOTEST-1", "rankAfterIssue": "AUTOTEST-1"},
        {"rankBeforeIssue": "AUTOTEST-1"},
        {"rankBeforeIssue": "AUTOTEST-2", "rankCustomFieldId": 1},
    ],
    ids=["neither", "both", "itself", "another field"],
)
def test_a_bad_rank_is_refused(api: Api, more: dict[str, object]) -> None:
    key, _ = api.issue(), api.issue()

    api.refused("PUT", f"{AGILE}/issue/rank", 400, json={"issues": [key]} | more)


def test_estimates(api: Api) -> None:
    key = api.issue()

    changed = api.put(f"{AGILE}/issue/{key}/estimation?boardId=1", {"value": "8.0"}, status=200)

    assert changed == {"fieldId": "customfield_10016", "value": 8.0}
    assert api.get(f"{AGILE}/issue/{key}/estimation", boardId=1) == changed
    assert api.changes(key) == [("Story Points", None, "8")]
    refused: tuple[object, ...] = ("many", "nan", "1e999", True, [])
    for value in refused:
        api.refused("PUT", f"{AGILE}/issue/{key}/estimation?boardId=1", 400, json={"value": value})
    api.refused("GET", f"{AGILE}/issue/{key}/estimation", 400)
