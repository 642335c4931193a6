"""The emulated GitHub beside npm `emulate`, call by call and turn by turn, for the same keep-alive client.

Ours is `sprintdojo emulate` as a person starts it: a process of its own, SQLite with every commit synced, real git. The peer
keeps everything in memory, has no git, and its merge is none: the head's tree replaces the base's. Prints the medians in
milliseconds, the ratios and the goals; exits with 1 when a ratio is above its hard limit.
"""

from __future__ import annotations

import argparse
import base64
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any

import requests
from peer import TOKENS, node_version, peer
from serving import client, emulated

GOALS = {
    "get repository": 1.0,
    "create issue": 1.0,
    "list 100 of 1000 issues": 1.0,
    "create pull request": 1.0,
    "merge": 1.5,
}
LIMIT = 1.5
ISSUES = 1000
WARM_UP = 30
ALICE = {"login": "alice", "name": "Alice", "email": "alice@example.com", "token": "alice-token-0", "admin": True}
SEED = {
    "users": [ALICE],
    "github": {"repositories": [{"name": "alice/payments", "files": {"README.md": "# payments\n"}}]},
}


@dataclass
class Side:
    """One of the two, a client of its own, and what was measured."""

    root: str
    tokens: Iterator[str]
    session: requests.Session = field(default_factory=client)
    ms: dict[str, list[float]] = field(default_factory=dict)
    numbers: list[int] = field(default_factory=list)

    def call(self, method: str, path: str, body: object = None, *, status: int = 200, name: str = "") -> Any:
        """One call, which must be answered as it should; measured under a name if there is one."""
        headers = {"Authorization": f"token {next(self.tokens)}"}
        begun = time.perf_counter()
        reply = self.session.request(method, self.root + path, json=body, headers=headers)
        took = time.perf_counter() - begun
        assert reply.status_code == status, reply.text
        if name:
            self.ms.setdefault(name, []).append(took * 1000)
        return reply.json()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=100, help="pull requests and merges; reads are a multiple")
    count = parser.parse_args().n
    with tempfile.TemporaryDirectory() as temporary, ExitStack() as stack:
        folder = Path(temporary)
        ours = stack.enter_context(emulated(folder / "ours", SEED)) + "/github/api/v3"
        theirs = stack.enter_context(peer(folder))
        sides = {
            "ours": Side(f"{ours}/repos/alice/payments", cycle(["alice-token-0"])),
            "peer": Side(f"{theirs}/repos/alice/payments", cycle(f"alice-token-{number}" for number in range(TOKENS))),
        }
        _measure(sides, count)
    return _report(sides, count)


def _measure(sides: Mapping[str, Side], pulls: int) -> None:
    _by_turns(sides, pulls * 4, _get_repository)
    _by_turns(sides, ISSUES, _create_issue)
    _by_turns(sides, pulls, _list_issues)
    _by_turns(sides, pulls, _branch, _create_pull, _merge)


def _by_turns(sides: Mapping[str, Side], times: int, *acts: Callable[[Side, int, bool], None]) -> None:
    for number in range(-WARM_UP, times):
        names = ("ours", "peer") if number % 2 else ("peer", "ours")
        for act in acts:
            for name in names:
                act(sides[name], number, number >= 0)


def _get_repository(side: Side, _number: int, counts: bool) -> None:
    side.call("GET", "", name="get repository" if counts else "")


def _create_issue(side: Side, number: int, counts: bool) -> None:
    body = {"title": f"Refund number {number}", "body": "The amount is taken **twice**.\n\nSteps: see the log."}
    side.call("POST", "/issues", body, status=201, name="create issue" if counts else "")


def _list_issues(side: Side, _number: int, counts: bool) -> None:
    found = side.call("GET", "/issues?per_page=100", name="list 100 of 1000 issues" if counts else "")
    assert len(found) == 100


def _branch(side: Side, number: int, _counts: bool) -> None:
    main = side.call("GET", "/git/ref/heads/main")["object"]["sha"]
    side.call("POST", "/git/refs", {"ref": f"refs/heads/work-{number}", "sha": main}, status=201)
    content = base64.b64encode(f"{number}\n".encode()).decode()
    body = {"message": f"Add file {number}", "content": content, "branch": f"work-{number}"}
    side.call("PUT", f"/contents/file-{number}.txt", body, status=201)


def _create_pull(side: Side, number: int, counts: bool) -> None:
    body = {"title": f"Add file {number}", "head": f"work-{number}", "base": "main", "body": "As agreed."}
    made = side.call("POST", "/pulls", body, status=201, name="create pull request" if counts else "")
    side.numbers.append(made["number"])


def _merge(side: Side, number: int, counts: bool) -> None:
    pull = side.numbers[number + WARM_UP]
    assert side.call("PUT", f"/pulls/{pull}/merge", {}, name="merge" if counts else "")["merged"]


def _report(sides: Mapping[str, Side], count: int) -> int:
    calls = {}
    for name, goal in GOALS.items():
        ours, theirs = (statistics.median(sides[side].ms[name]) for side in ("ours", "peer"))
        calls[name] = {
            "ours_ms": round(ours, 2),
            "peer_ms": round(theirs, 2),
            "ratio": round(ours / theirs, 2),
            "goal": goal,
        }
    print(json.dumps({"calls": calls, "limit": LIMIT, "n": count, "node": node_version()}))
    return 0 if all(call["ratio"] <= LIMIT for call in calls.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
