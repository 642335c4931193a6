"""Fifty issues in one request to the emulated Jira, beside fifty requests of one issue each.

Same server, same client, same fields, turn by turn, on SQLite with each commit synced: once plain issues as in create_issue.py,
once with description, label and priority. Prints the median milliseconds for one issue either way and how many times cheaper
the bulk makes it; the goal is at least 15 for plain ones.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import requests

from simulator.emulators.kit.seed import Seed
from simulator.emulators.server import Emulators
from simulator.run.http_server import HttpServer, bind

GOAL = 15
BULK = 50
SEED = {
    "users": [{"login": "alice", "name": "Alice", "email": "alice@example.com", "token": "alice-token", "admin": True}],
    "jira": {"projects": [{"key": "PAY", "name": "Payments", "template": "scrum", "lead": "alice"}]},
}
PLAIN: dict[str, Any] = {"project": {"key": "PAY"}, "issuetype": {"name": "Task"}, "summary": "Refund twice the amount"}
RICH = PLAIN | {
    "description": "h2. Why\n\nA *customer* asked.\n\n* one\n* two",
    "labels": ["backend"],
    "priority": {"name": "High"},
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=20, help="rounds of fifty")
    rounds = parser.parse_args().n
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        emulators = Emulators(
            database_url=f"sqlite:///{folder}/emulators.db", folder=folder, now=lambda: datetime.now(UTC)
        )
        emulators.create_site("default", Seed.model_validate(SEED))
        listener = bind("127.0.0.1", 0)
        HttpServer(listener, emulators.wsgi, threads=8).start()
        url = f"{listener.url}/jira/rest/api/2/issue"
        found = {kind: _measure(url, fields, rounds) for kind, fields in (("plain", PLAIN), ("rich", RICH))}
    cheaper = {kind: round(single / bulk, 1) for kind, (single, bulk) in found.items()}
    print(json.dumps({"ms (single, in bulk)": found, "times cheaper": cheaper, "goal for plain": GOAL}))
    return 0 if cheaper["plain"] >= GOAL else 1


def _measure(url: str, fields: dict[str, Any], rounds: int) -> tuple[float, float]:
    client = requests.Session()
    client.trust_env = False
    client.auth = ("alice@example.com", "alice-token")
    singles, bulks = [], []
    for number in range(-2, rounds):
        own = [_timed(client, url, {"fields": fields}) for _ in range(BULK)]
        all_of_them = _timed(client, f"{url}/bulk", {"issueUpdates": [{"fields": fields}] * BULK})
        if number >= 0:
            singles += own
            bulks.append(all_of_them / BULK)
    return statistics.median(singles), statistics.median(bulks)


def _timed(client: requests.Session, url: str, body: object) -> float:
    begun = time.perf_counter()
    reply = client.post(url, json=body)
    took = time.perf_counter() - begun
    assert reply.status_code == 201, reply.text
    return took * 1000


if __name__ == "__main__":
    sys.exit(main())
