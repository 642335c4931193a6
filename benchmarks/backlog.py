"""Moving one issue in a backlog of 10,000: how many rows get another rank, and what it costs beside a backlog of 100.

Two servers, turn by turn, one keep-alive client: PUT /rest/agile/1.0/issue/rank with a random issue before another. Before and
after each of the first moves the ranks are read from the database itself: exactly one may differ. Prints medians in milliseconds
and their ratio; exits with 1 when a move wrote more than one row or the ratio is above the goal.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack, closing
from pathlib import Path

import requests
from serving import client, emulated

GOAL = 1.5
FULL, NEW = 10_000, 100
WARM_UP, WATCHED = 20, 25
ALICE = {"login": "alice", "name": "Alice", "email": "alice@example.com", "token": "alice-token", "admin": True}
SEED = {"users": [ALICE], "jira": {"projects": [{"key": "PAY", "name": "Payments", "lead": "alice"}]}}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=300)
    count = parser.parse_args().n
    with tempfile.TemporaryDirectory() as temporary, ExitStack() as stack, client() as session:
        session.auth = ("alice@example.com", "alice-token")
        urls, files = {}, {}
        for name, issues in (("full", FULL), ("new", NEW)):
            folder = Path(temporary) / name
            urls[name] = stack.enter_context(emulated(folder, SEED)) + "/jira"
            files[name] = next(folder.rglob("*.db"))
            _fill(session, urls[name], issues)
        draw = random.Random(0)
        written = [_rows_written(session, urls["full"], files["full"], draw) for _ in range(WATCHED)]
        ms = _by_turns(session, urls, draw, count)
    ratio = ms["full"] / ms["new"]
    rounded = {name: round(value, 2) for name, value in ms.items()}
    print(json.dumps({"ms": rounded, "ratio": round(ratio, 2), "goal": GOAL, "rows": max(written), "n": count}))
    return 0 if ratio <= GOAL and set(written) == {1} else 1


def _fill(session: requests.Session, url: str, issues: int) -> None:
    fields = {"project": {"key": "PAY"}, "issuetype": {"name": "Story"}, "summary": "Refund"}
    for _ in range(issues // 50):
        answer = session.post(f"{url}/rest/api/2/issue/bulk", json={"issueUpdates": [{"fields": fields}] * 50})
        assert answer.status_code == 201, answer.text


def _move(session: requests.Session, url: str, issues: int, draw: random.Random) -> float:
    """Move an issue to a place where it is not, and return the milliseconds that took."""
    moved, target = draw.sample(range(1, issues + 1), 2)
    body = {"issues": [f"PAY-{moved}"], "rankBeforeIssue": f"PAY-{target}"}
    begun = time.perf_counter()
    answer = session.put(f"{url}/rest/agile/1.0/issue/rank", json=body)
    took = time.perf_counter() - begun
    assert answer.status_code == 204, answer.text
    return took * 1000


def _rows_written(session: requests.Session, url: str, file: Path, draw: random.Random) -> int:
    before = _ranks(file)
    _move(session, url, FULL, draw)
    after = _ranks(file)
    return sum(after[number] != rank for number, rank in before.items())


def _ranks(file: Path) -> dict[int, str]:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        return dict(connection.execute("SELECT id, rank FROM jr_issues"))


def _by_turns(session: requests.Session, urls: dict[str, str], draw: random.Random, count: int) -> dict[str, float]:
    sizes = {"full": FULL, "new": NEW}
    taken: dict[str, list[float]] = {name: [] for name in urls}
    for turn in range(-WARM_UP, count):
        for name in urls if turn % 2 else reversed(urls):
            took = _move(session, urls[name], sizes[name], draw)
            if turn >= 0:
                taken[name].append(took)
    return {name: statistics.median(times) for name, times in taken.items()}


if __name__ == "__main__":
    sys.exit(main())
