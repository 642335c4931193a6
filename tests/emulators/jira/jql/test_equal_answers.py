"""Random issues with random histories: SQLite, PostgreSQL and the plain evaluator give the same answers to random queries."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from werkzeug.test import Client

from simulator.emulators.server import Emulators
from tests.emulators.conftest import a_seed
from tests.emulators.jira.jql.plain_search import PRIORITIES, Plain, Step, World
from tests.tables import file_with_tables

START = datetime(2026, 3, 2, 8, tzinfo=UTC)
STATUSES = ["To Do", "In Progress", "In Review", "Done"]
PEOPLE = ["Alice", "Bob", "Carol"]
SPRINTS = {"Past": "closed", "Present": "active", "Later": "future"}
LABELS = ["money", "docs", "ui"]
VERSIONS = ["1.0", "2.0"]
WORDS = ["refund", "refunds", "refunding", "payment", "payments", "ledger", "total", "totals"]
ISSUES = 8


@dataclass
class Clock:
    """A clock that both emulators look at; stands still until it is set."""

    at: datetime = START

    def __call__(self) -> datetime:
        return self.at


@dataclass
class Ask:
    """Requests to one site of one emulator, without a socket."""

    client: Client
    site: str

    def __call__(self, method: str, path: str, body: object = None, *, by: str = "Alice") -> Any:
        name = by.lower()
        auth = {"Authorization": requests.auth._basic_auth_str(f"{name}@example.com", f"{name}-token")}
        answer = self.client.open(f"/sites/{self.site}/jira/rest{path}", method=method, json=body, headers=auth)
        assert answer.status_code < 300, f"{method} {path} {body}: {answer.text[:500]}"
        return answer.get_json() if answer.data else None

    def found(self, jql: str) -> set[str]:
        """The keys that a query finds for Alice, read page by page."""
        keys: list[str] = []
        asked: dict[str, Any] = {"jql": jql, "fields": ["summary"], "maxResults": 3}
        while True:
            page = self("POST", "/api/3/search/jql", asked)
            keys += [issue["key"] for issue in page["issues"]]
            if page["isLast"]:
                assert len(keys) == len(set(keys))
                return set(keys)
            asked["nextPageToken"] = page["nextPageToken"]


@dataclass
class Players:
    """Plays the same things on all emulators, and notes them down as plain objects."""

    asks: list[Ask]
    clock: Clock
    issues: list[Plain] = field(default_factory=list)
    account_ids: dict[str, str] = field(default_factory=dict)
    moves: dict[str, str] = field(default_factory=dict)

    def _all(self, method: str, path: str, body: object = None, *, by: str = "Alice") -> list[Any]:
        return [ask(method, path, body, by=by) for ask in self.asks]

    def prepare(self) -> None:
        """The sprints, one of each state, and the versions."""
        self.account_ids = {p["displayName"]: p["accountId"] for p in self._all("GET", "/api/3/users/search")[0]}
        for version in VERSIONS:
            self._all("POST", "/api/3/version", {"name": version, "project": "AUTOTEST"})
        dates = {"startDate": "2026-03-02T09:00:00.000Z", "endDate": "2026-03-13T17:00:00.000Z"}
        for number, (name, state) in enumerate(SPRINTS.items(), 1):
            self._all("POST", "/agile/1.0/sprint", {"name": name, "originBoardId": 1} | dates)
            for step in {"closed": ["active", "closed"], "active": ["active"], "future": []}[state]:
                self._all("POST", f"/agile/1.0/sprint/{number}", {"state": step})

    def create(self, summary: str, priority: str, labels: list[str], by: str) -> None:
        """A new issue."""
        fields = {
            "project": {"key": "AUTOTEST"}, "issuetype": {"name": "Task"}, "summary": summary,
            "priority": {"name": priority}, "labels": labels,
        }  # fmt: skip
        created = self._all("POST", "/api/2/issue", {"fields": fields}, by=by)
        values = {
            "status": "To Do", "assignee": None, "priority": priority, "resolution": None, "sprint": [],
            "labels": labels, "fixVersion": [], "Story Points": None, "duedate": None, "summary": summary,
        }  # fmt: skip
        self.issues.append(Plain(created[0]["key"], values, by, self.clock.at))
        if not self.moves:
            steps = self._all("GET", f"/api/2/issue/{created[0]['key']}/transitions")[0]["transitions"]
            self.moves = {step["to"]["name"]: step["id"] for step in steps}

    def change(self, issue: Plain, name: str, value: Any, by: str) -> None:
        """Another value of a field, unless it is the present one."""
        if issue.values[name] == value:
            return
        path = f"/api/2/issue/{issue.key}"
        if name == "status":
            self._all("POST", f"{path}/transitions", {"transition": {"id": self.moves[value]}}, by=by)
        elif name == "sprint":
            place = f"/agile/1.0/sprint/{list(SPRINTS).index(value[0]) + 1}" if value else "/agile/1.0/backlog"
            self._all("POST", f"{place}/issue", {"issues": [issue.key]}, by=by)
        else:
            self._all("PUT", path, {"fields": self._written(name, value)}, by=by)
        self._note(issue, name, value, by)
        resolution = "Done" if issue.values["status"] == "Done" else None
        if name == "status" and issue.values["resolution"] != resolution:
            self._note(issue, "resolution", resolution, by)

    def _written(self, name: str, value: Any) -> dict[str, Any]:
        if name == "assignee":
            return {name: {"accountId": self.account_ids[value]} if value else None}
        if name == "priority":
            return {name: {"name": value}}
        if name == "fixVersion":
            return {"fixVersions": [{"name": one} for one in value]}
        if name == "Story Points":
            return {"customfield_10016": value}
        return {name: value.isoformat() if isinstance(value, date) else value}

    def _note(self, issue: Plain, name: str, value: Any, by: str) -> None:
        issue.history.append(Step(name, issue.values[name], value, by, self.clock.at))
        issue.values[name] = value


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


@pytest.fixture
def both(postgresql_url_with_tables: str, tmp_path: Path, clock: Clock) -> Iterator[list[Emulators]]:
    """The same emulators on SQLite and on PostgreSQL."""
    urls = {"lite": file_with_tables(tmp_path / "emulators.db"), "pg": postgresql_url_with_tables}
    made = [Emulators(database_url=url, folder=tmp_path / name, now=clock, deliver=False) for name, url in urls.items()]
    yield made
    for emulators in made:
        emulators.close()


# --- what is drawn ----------------------------------------------------------------------------------------------------

SUMMARIES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
LABEL_LISTS = st.lists(st.sampled_from(LABELS), max_size=2, unique=True).map(sorted)
NEW = st.tuples(SUMMARIES, st.sampled_from(PRIORITIES), LABEL_LISTS, st.sampled_from(PEOPLE))
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "status": st.sampled_from(STATUSES),
    "assignee": st.sampled_from([*PEOPLE, None]),
    "priority": st.sampled_from(PRIORITIES),
    "sprint": st.sampled_from([[], ["Present"], ["Later"]]),
    "labels": LABEL_LISTS,
    "fixVersion": st.sampled_from([[], ["1.0"], ["2.0"], ["1.0", "2.0"]]),
    "Story Points": st.sampled_from([1.0, 3.0, 8.0, None]),
    "duedate": st.sampled_from([date(2026, 3, 9), date(2026, 3, 12), None]),
    "summary": SUMMARIES,
}
OFTEN = ["status", "status", "status", "assignee", "fixVersion", "fixVersion", *VALUES]
CHANGES = st.sampled_from(OFTEN).flatmap(
    lambda name: st.tuples(st.integers(0, ISSUES - 1), st.just(name), VALUES[name], st.sampled_from(PEOPLE))
)
HOURS = st.integers(1, 40)
DATES = st.integers(0, 30 * 24).map(lambda h: f'"{START + timedelta(hours=h):%Y-%m-%d %H:%M}"') | st.sampled_from(
    ["-5h", "-90h"]
)
NAMED = {
    "status": [f'"{name}"' for name in STATUSES],
    "assignee": [*PEOPLE, "currentUser()"],
    "priority": PRIORITIES,
    "resolution": ["Done"],
    "sprint": list(SPRINTS),
    "labels": LABELS,
    "fixVersion": [f'"{name}"' for name in VERSIONS],
    '"Story Points"': ["1", "3", "8", "5"],
}
PAST = ["status", "assignee", "priority", "resolution", "fixVersion"]
EMPTIES = ["assignee", "resolution", "sprint", "labels", "fixVersion", '"Story Points"', "duedate"]


def named(name: str) -> st.SearchStrategy[str]:
    """A value of a field as a query writes it."""
    return st.sampled_from(NAMED[name])


def listed(name: str) -> st.SearchStrategy[str]:
    """A list of them, or a function that gives one."""
    values = st.lists(
        st.one_of(named(name), st.just("EMPTY")) if name in EMPTIES else named(name), min_size=1, max_size=3
    )
    lists = values.map(lambda found: f"({', '.join(found)})")
    return (
        lists | st.sampled_from(["openSprints()", "closedSprints()", "futureSprints()"]) if name == "sprint" else lists
    )


def joined(*parts: str | st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Parts with blanks between."""
    return st.tuples(*(st.just(p) if isinstance(p, str) else p for p in parts)).map(
        lambda found: " ".join(p for p in found if p)
    )


TIMES = st.one_of(
    joined(st.sampled_from(["after", "before", "on"]), DATES),
    st.tuples(DATES, DATES).map(lambda two: f"during ({two[0]}, {two[1]})"),
    joined("by", st.sampled_from([*PEOPLE, "currentUser()"])),
)
PREDICATES = st.lists(TIMES, max_size=2).map(" ".join)
TERMINALS = st.one_of(
    st.sampled_from(list(NAMED)).flatmap(lambda n: joined(n, st.sampled_from(["=", "!="]), named(n))),
    st.sampled_from(list(NAMED)).flatmap(lambda n: joined(n, st.sampled_from(["in", "not in"]), listed(n))),
    st.sampled_from(["priority", '"Story Points"']).flatmap(
        lambda n: joined(n, st.sampled_from(["<", "<=", ">", ">="]), named(n))
    ),
    joined(st.sampled_from(EMPTIES), st.sampled_from(["is EMPTY", "is not EMPTY"])),
    joined(
        "duedate", st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), st.sampled_from(["2026-03-09", "2026-03-12"])
    ),
    joined(
        "summary",
        st.sampled_from(["~", "!~"]),
        st.sampled_from([*WORDS, "'refu*'", "'refund total'", "'\"refunds ledger\"'"]),
    ),
    st.sampled_from(PAST).flatmap(lambda n: joined(n, st.sampled_from(["was", "was not"]), named(n), PREDICATES)),
    st.sampled_from(PAST).flatmap(
        lambda n: joined(n, st.sampled_from(["was in", "was not in"]), listed(n), PREDICATES)
    ),
    st.sampled_from(PAST).flatmap(lambda n: joined(n, "changed", PREDICATES)),
    st.sampled_from(PAST).flatmap(lambda n: joined(n, "changed from", named(n), PREDICATES)),
    st.sampled_from(PAST).flatmap(lambda n: joined(n, "changed to", named(n), PREDICATES)),
)
QUERIES = st.recursive(
    TERMINALS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' and '.join(parts)})"),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' or '.join(parts)})"),
        inner.map(lambda part: f"not ({part})"),
    ),
    max_leaves=4,
)
_WORLDS = itertools.count(1)


@settings(
    max_examples=2, deadline=None, phases=[Phase.generate], derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(
    new=st.lists(NEW, min_size=ISSUES, max_size=ISSUES),
    changes=st.lists(st.tuples(HOURS, CHANGES), min_size=25, max_size=30),
    queries=st.lists(QUERIES, min_size=40, max_size=40, unique=True),
)
def test_three_searches_agree(
    both: list[Emulators], clock: Clock, new: list[Any], changes: list[Any], queries: list[str]
) -> None:
    clock.at, site = START, f"world-{next(_WORLDS)}"
    for emulators in both:
        emulators.create_site(site, a_seed())
    players = Players([Ask(Client(emulators.wsgi), site) for emulators in both], clock)
    players.prepare()
    for issue in new:
        clock.at += timedelta(hours=1)
        players.create(*issue)
    for hours, (number, name, value, by) in changes:
        clock.at += timedelta(hours=hours)
        players.change(players.issues[number], name, value, by)
    clock.at += timedelta(hours=1)
    plain = World(players.issues, "Alice", clock.at, SPRINTS)

    for jql in queries:
        expected = plain.search(jql)
        for ask in players.asks:
            assert ask.found(jql) == expected, jql
