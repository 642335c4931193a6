"""A crowd on one board of the emulated Jira: 30 threads that move, rank, transition and edit for a minute; then the same crowd
again, with `kill -9` in the middle, and the server started anew.

Nothing may be answered with 5xx; afterwards ranks must be a total order, each change must be told once and go on from the last
one, and every answered write must be there. Prints one line of JSON; exits with 1 on any fault.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Timer
from typing import Any

import requests
from serving import client, emulating

PEOPLE = ("alice", "bob", "carol", "dave", "erin")
ISSUES = 200
UNTIL_KILLED_S = 3.0
STEPS = ("11", "21", "31", "41")
SEED = {
    "users": [
        {"login": login, "name": login.title(), "email": f"{login}@example.com", "token": f"{login}-token"}
        | {"admin": login == "alice"}
        for login in PEOPLE
    ],
    "jira": {"projects": [{"key": "PAY", "name": "Payments", "lead": "alice"}]},
}


@dataclass
class Seen:
    """What a worker was answered: status codes, milliseconds, and the summaries that it wrote. `cut` when no answer came."""

    statuses: Counter[int] = field(default_factory=Counter)
    ms: list[float] = field(default_factory=list)
    written: list[tuple[str, str]] = field(default_factory=list)
    cut: bool = False


class Worker:
    """One person at the board."""

    def __init__(self, number: int, url: str, sprint: int, *, word: str = "") -> None:
        self.number, self.url, self.sprint, self.word = number, url, sprint, word
        self.draw, self.seen = random.Random(number), Seen()
        self.session = _session(PEOPLE[number % len(PEOPLE)])

    def work(self, until: float) -> Seen:
        """Turns until that instant of the performance counter, or until the server is gone."""
        turn = 0
        while time.perf_counter() < until and not self.seen.cut:
            try:
                self._turn(f"{self.word}{self.number}/{turn}")
            except requests.RequestException:
                self.seen.cut = True
            turn += 1
        return self.seen

    def _turn(self, summary: str) -> None:
        key, other = (f"PAY-{number}" for number in self.draw.sample(range(1, ISSUES + 1), 2))
        beside = self.draw.choice(["rankBeforeIssue", "rankAfterIssue"])
        self._send("PUT", "/rest/agile/1.0/issue/rank", {"issues": [key], beside: other})
        place = self.draw.choice([f"sprint/{self.sprint}/issue", "backlog/issue"])
        self._send("POST", f"/rest/agile/1.0/{place}", {"issues": [key]})
        step = {"transition": {"id": self.draw.choice(STEPS)}}
        self._send("POST", f"/rest/api/2/issue/{key}/transitions", step)
        if self._send("PUT", f"/rest/api/2/issue/{key}", {"fields": {"summary": summary}}) == 204:
            self.seen.written.append((key, summary))

    def _send(self, method: str, path: str, body: object) -> int:
        begun = time.perf_counter()
        status = self.session.request(method, self.url + path, json=body).status_code
        self.seen.ms.append((time.perf_counter() - begun) * 1000)
        self.seen.statuses[status] += 1
        return status


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=60)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary, _session("alice") as session:
        folder = Path(temporary) / "server"
        with emulating(folder, SEED) as (process, address):
            url = f"{address}/jira"
            sprint = _set_up(session, url)
            seen = _crowd(url, sprint, threads=asked.threads, seconds=asked.seconds)
            faults = _faults(session, url, seen)
            Timer(UNTIL_KILLED_S, process.kill).start()
            killed = _crowd(url, sprint, threads=asked.threads, seconds=2 * UNTIL_KILLED_S, word="again ")
        with emulating(folder, SEED) as (_, address):
            faults += _faults(session, f"{address}/jira", [*seen, *killed])
    if not all(one.cut for one in killed):
        faults.append("the server was not killed")
    took = sorted(ms for one in seen for ms in one.ms)
    figures = {
        "calls": len(took),
        "p50_ms": round(took[len(took) // 2], 1),
        "p99_ms": round(took[len(took) * 99 // 100], 1),
    }
    print(json.dumps(figures | {"threads": asked.threads, "seconds": asked.seconds, "faults": faults[:10]}))
    return 1 if faults else 0


def _session(login: str) -> requests.Session:
    session = client()
    session.auth = (f"{login}@example.com", f"{login}-token")
    return session


def _crowd(url: str, sprint: int, *, threads: int, seconds: float, word: str = "") -> list[Seen]:
    until = time.perf_counter() + seconds
    workers = [Worker(number, url, sprint, word=word) for number in range(threads)]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(lambda worker: worker.work(until), workers))


def _set_up(session: requests.Session, url: str) -> int:
    """Issues, and a sprint that runs."""
    fields = {"project": {"key": "PAY"}, "issuetype": {"name": "Story"}, "summary": "Refund"}
    for _ in range(ISSUES // 50):
        session.post(
            f"{url}/rest/api/2/issue/bulk", json={"issueUpdates": [{"fields": fields}] * 50}
        ).raise_for_status()
    dates = {"startDate": "2026-03-02T09:00:00.000Z", "endDate": "2026-03-13T17:00:00.000Z"}
    made = session.post(f"{url}/rest/agile/1.0/sprint", json={"name": "Sprint 1", "originBoardId": 1} | dates)
    number = int(made.json()["id"])
    session.post(f"{url}/rest/agile/1.0/sprint/{number}", json={"state": "active"}).raise_for_status()
    return number


def _faults(session: requests.Session, url: str, seen: list[Seen]) -> list[str]:
    faults = [f"{n} answers with {status}" for one in seen for status, n in one.statuses.items() if status != 204]
    ranks: list[str] = []
    told: Counter[tuple[str, str]] = Counter()
    for number in range(1, ISSUES + 1):
        key = f"PAY-{number}"
        address = f"{url}/rest/api/2/issue/{key}"
        ranks.append(session.get(address).json()["fields"]["customfield_10019"])
        entries = sorted(_history(session, address), key=lambda entry: int(entry["id"]))
        items = [item for entry in entries for item in entry["items"]]
        told.update((key, item["toString"]) for item in items if item["field"] == "summary")
        faults += [f"{key}: {name} does not go on from the last" for name in _broken(items)]
    if len(set(ranks)) < ISSUES:
        faults.append("two issues have one rank")
    written = Counter(pair for one in seen for pair in one.written)
    if written - told or (told - written).total() > sum(
        one.cut for one in seen
    ):  # what nobody heard may be there or not
        faults.append("the history does not tell what was written, each once")
    return faults


def _history(session: requests.Session, address: str) -> list[dict[str, Any]]:
    """All entries of an issue's history: `expand=changelog` has the newest hundred only, as in Jira."""
    entries: list[dict[str, Any]] = []
    while True:
        found = session.get(f"{address}/changelog", params={"startAt": len(entries), "maxResults": 100}).json()
        entries += found["values"]
        if found["isLast"]:
            return entries


def _broken(items: list[dict[str, Any]]) -> list[str]:
    """The fields whose changes do not begin where the one before ended."""
    found = []
    for name in ("summary", "status", "Sprint"):
        steps = [(item["fromString"], item["toString"]) for item in items if item["field"] == name]
        if [new for _, new in steps[:-1]] != [old for old, _ in steps[1:]]:
            found.append(name)
    return found


if __name__ == "__main__":
    sys.exit(main())
