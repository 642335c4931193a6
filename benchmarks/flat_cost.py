"""Whether the emulated GitHub costs the same when there is much in it: two servers, one full and one new, turn by turn.

The full one has 10,000 open issues in its repository, the new one 100. Measured are creating an issue, the first page of the
list (100 issues), and the repository with its counts. Prints the medians in milliseconds and their ratios; exits with 1 when one
is above the goal.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import requests
from serving import client, emulated

GOAL = 1.2
FULL, NEW = 10_000, 100
WARM_UP = 30
ALICE = {"login": "alice", "name": "Alice", "email": "alice@example.com", "token": "alice-token", "admin": True}
SEED = {
    "users": [ALICE],
    "github": {"repositories": [{"name": "alice/payments", "files": {"README.md": "# payments\n"}}]},
}

Call = Callable[[requests.Session, str], requests.Response]
CALLS: dict[str, Call] = {
    "create issue": lambda session, root: session.post(f"{root}/issues", json={"title": "Refund", "body": "Twice."}),
    "first page of issues": lambda session, root: session.get(f"{root}/issues?per_page=100"),
    "get repository": lambda session, root: session.get(root),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=300)
    count = parser.parse_args().n
    with tempfile.TemporaryDirectory() as temporary, ExitStack() as stack:
        roots = {}
        for name, issues in (("full", FULL), ("new", NEW)):
            url = stack.enter_context(emulated(Path(temporary) / name, SEED))
            roots[name] = f"{url}/github/api/v3/repos/alice/payments"
            _fill(roots[name], issues)
        ms = {name: _by_turns(roots, call, count) for name, call in CALLS.items()}
    return _report(ms, count)


def _fill(root: str, issues: int) -> None:
    with client() as session, ThreadPoolExecutor(4) as pool:
        session.headers["Authorization"] = "token alice-token"
        for status in pool.map(lambda _: CALLS["create issue"](session, root).status_code, range(issues)):
            assert status == 201


def _by_turns(roots: dict[str, str], call: Call, count: int) -> dict[str, float]:
    taken: dict[str, list[float]] = {name: [] for name in roots}
    with client() as session:
        session.headers["Authorization"] = "token alice-token"
        for turn in range(-WARM_UP, count):
            for name in roots if turn % 2 else reversed(roots):
                begun = time.perf_counter()
                reply = call(session, roots[name])
                took = time.perf_counter() - begun
                assert reply.status_code in (200, 201), reply.text
                if turn >= 0:
                    taken[name].append(took * 1000)
    return {name: statistics.median(times) for name, times in taken.items()}


def _report(ms: dict[str, dict[str, float]], count: int) -> int:
    figures = {
        name: {
            "full_ms": round(medians["full"], 2),
            "new_ms": round(medians["new"], 2),
            "ratio": round(medians["full"] / medians["new"], 2),
        }
        for name, medians in ms.items()
    }
    print(json.dumps({"flat": figures, "goal": GOAL, "issues": {"full": FULL, "new": NEW}, "n": count}))
    return 0 if all(figure["ratio"] <= GOAL for figure in figures.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
