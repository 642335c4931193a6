"""Ranks: strings between strings."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from simulator.emulators.jira.state import callers as contexts
from simulator.emulators.jira.state.issues import find_issues, read_issues
from simulator.emulators.jira.state.meta import MetaCache
from simulator.emulators.jira.state.rank import LONGEST, between, initial, rank_issues, spread
from simulator.emulators.kit.accounts import by_login
from tests.emulators.conftest import Site
from tests.emulators.jira.conftest import Api


@given(st.integers(min_value=1, max_value=10**7), st.integers(min_value=1, max_value=10**7))
def test_newer_issues_rank_after_older_ones(one: int, other: int) -> None:
    assert (initial(one) < initial(other)) == (one < other)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(min_value=0, max_value=1000), max_size=80))
def test_there_is_always_a_rank_between_two(places: list[int]) -> None:
    ranks = [initial(1), initial(2)]

    for place in places:
        at = place % (len(ranks) - 1)
        ranks.insert(at + 1, between(ranks[at], ranks[at + 1]))

    assert ranks == sorted(ranks)
    assert len(set(ranks)) == len(ranks)


@given(
    st.integers(min_value=0, max_value=10**6),
    st.integers(min_value=1, max_value=1000),
    st.integers(min_value=1, max_value=400),
    st.lists(st.booleans(), max_size=60),
)
def test_ranks_spread_between_two_leave_room_for_more(first: int, apart: int, count: int, halves: list[bool]) -> None:
    low, high = initial(first) if first else "", initial(first + apart)
    for upper in halves:  # as narrow as many moves make it
        middle = between(low, high)
        low, high = (middle, high) if upper else (low, middle)

    ranks = spread(low, high, count)

    assert len(ranks) == count
    assert [low, *ranks, high] == sorted({low, *ranks, high})
    assert all(below < between(below, above) < above for below, above in itertools.pairwise(ranks))


def test_thousands_of_moves_to_one_place_stay_short_and_in_order(site: Site, api: Api) -> None:
    keys = [api.issue(summary=f"Issue {n}") for n in range(5)]
    context_of = site.emulators.database
    with context_of.writing() as connection:
        account = by_login(connection, site.key, "alice")
        assert account is not None
        context = contexts.context_of(connection, MetaCache(), site=site.key, account=account, now=site.clock())
        expected = [issue.id for issue in find_issues(context, keys)]
        for turn in range(1200):
            moved, target = expected[-1 - turn % 3], expected[1]
            issue, beside = (read_issues(context, [n])[n] for n in (moved, target))
            rank_issues(context, [issue], target=beside, before=True)
            expected.remove(moved)
            expected.insert(expected.index(target), moved)
        found = read_issues(context, expected).values()

    ranks = {issue.id: issue.rank for issue in found}
    assert sorted(ranks, key=lambda number: ranks[number]) == expected
    assert max(map(len, ranks.values())) <= LONGEST


def test_there_is_a_rank_before_the_first() -> None:
    first = initial(1)

    for _ in range(40):
        earlier = between("", first)
        assert earlier < first
        first = earlier


def test_ranking_keeps_a_total_order_when_ranks_grow_long(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulator.emulators.jira.state.rank.LONGEST", 14)
    keys = [api.issue(summary=f"Issue {n}") for n in range(4)]
    expected = list(keys)

    for turn in range(30):
        moved, target = expected[-1], expected[1]
        api.put("/rest/agile/1.0/issue/rank", {"issues": [moved], "rankBeforeIssue": target}, status=204)
        expected.remove(moved)
        expected.insert(expected.index(target), moved)
        assert api.found("project = AUTOTEST ORDER BY rank") == expected, turn

    newest = api.issue(summary="the newest is last")
    assert api.found("project = AUTOTEST ORDER BY rank")[-1] == newest
    assert LONGEST > 14


def test_ranking_one_issue_writes_one_rank(api: Api, site: Site, count_rank_writes: Callable[[], int]) -> None:
    keys = [api.issue(summary=f"Issue {n}") for n in range(6)]

    api.put("/rest/agile/1.0/issue/rank", {"issues": [keys[5]], "rankBeforeIssue": keys[0]}, status=204)

    assert count_rank_writes() == 1
    assert api.found("project = AUTOTEST ORDER BY rank") == [keys[5], *keys[:5]]


@pytest.fixture
def count_rank_writes(site: Site) -> Callable[[], int]:
    """Counts the statements that write ranks from here on."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if statement.startswith("UPDATE jr_issues SET rank"):
            statements.append(statement)

    engine = site.emulators.database.engine
    event.listen(engine, "before_cursor_execute", note)
    return lambda: (event.remove(engine, "before_cursor_execute", note), len(statements))[1]
