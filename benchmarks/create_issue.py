"""Creating an issue over HTTP on the emulated Jira, beside a bare Flask route that does the same three writes.

Both are served by our server from this process, on SQLite with the same pragmas (each commit is synced), to one keep-alive
client, turn by turn. The bare route has only its three writes: it knows no token, no project, no field to check.
Prints medians in milliseconds and their ratio; the goal is at most 1.5.
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

import orjson
import requests
from flask import Flask, Response, request
from sqlalchemy import text

from simulator.emulators.kit.database import Database
from simulator.emulators.kit.seed import Seed
from simulator.emulators.server import Emulators
from simulator.run.http_server import HttpServer, bind

GOAL = 1.5
COUNT = text("UPDATE counters SET value = value + 1 WHERE name = 'PAY' RETURNING value")
INSERT_ISSUE = text("INSERT INTO issues (number, summary, created) VALUES (:number, :summary, :now) RETURNING id")
INSERT_EVENT = text("INSERT INTO events (issue, what, created) VALUES (:issue, 'created', :now)")
SEED = {
    "users": [{"login": "alice", "name": "Alice", "email": "alice@example.com", "token": "alice-token", "admin": True}],
    "jira": {"projects": [{"key": "PAY", "name": "Payments", "template": "scrum", "lead": "alice"}]},
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=400)
    count = parser.parse_args().n
    with tempfile.TemporaryDirectory() as folder:
        ours, bare = _emulated(Path(folder)), _bare(Path(folder))
        client = requests.Session()
        client.trust_env = False
        times: dict[str, list[float]] = {"emulated": [], "bare": []}
        for number in range(-30, count):
            for name, (url, body, auth) in (("emulated", ours), ("bare", bare)):
                begun = time.perf_counter()
                reply = client.post(url, json=body, auth=auth)
                took = time.perf_counter() - begun
                assert reply.status_code == 201, reply.text
                if number >= 0:
                    times[name].append(took * 1000)
    medians = {name: statistics.median(values) for name, values in times.items()}
    ratio = medians["emulated"] / medians["bare"]
    print(json.dumps({"ms": medians, "ratio": round(ratio, 2), "goal": GOAL, "n": count}))
    return 0 if ratio <= GOAL else 1


def _emulated(folder: Path) -> tuple[str, dict[str, object], tuple[str, str]]:
    emulators = Emulators(database_url=f"sqlite:///{folder}/emulators.db", folder=folder, now=lambda: datetime.now(UTC))
    emulators.create_site("default", Seed.model_validate(SEED))
    listener = bind("127.0.0.1", 0)
    HttpServer(listener, emulators.wsgi, threads=8).start()
    fields = {"project": {"key": "PAY"}, "issuetype": {"name": "Task"}, "summary": "Refund twice the amount"}
    return f"{listener.url}/jira/rest/api/2/issue", {"fields": fields}, ("alice@example.com", "alice-token")


def _bare(folder: Path) -> tuple[str, dict[str, object], tuple[str, str]]:
    database = Database(f"sqlite:///{folder}/bare.db")
    with database.writing() as connection:
        connection.execute(text("CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER)"))
        connection.execute(
            text("CREATE TABLE issues (id INTEGER PRIMARY KEY, number INTEGER, summary TEXT, created TEXT)")
        )
        connection.execute(text("CREATE TABLE events (id INTEGER PRIMARY KEY, issue INTEGER, what TEXT, created TEXT)"))
        connection.execute(text("INSERT INTO counters VALUES ('PAY', 0)"))
    app = Flask("bare")

    @app.post("/issue")
    def create() -> Response:
        fields = request.get_json()["fields"]
        now = datetime.now(UTC).isoformat()
        with database.writing() as connection:
            number = connection.execute(COUNT).scalar_one()
            row = {"number": number, "summary": fields["summary"], "now": now}
            issue = connection.execute(INSERT_ISSUE, row).scalar_one()
            connection.execute(INSERT_EVENT, {"issue": issue, "now": now})
        body = orjson.dumps({"id": str(issue), "key": f"PAY-{number}", "self": f"{request.host_url}issue/{issue}"})
        return Response(body, status=201, content_type="application/json")

    listener = bind("127.0.0.1", 0)
    HttpServer(listener, app, threads=8).start()
    fields = {"project": {"key": "PAY"}, "issuetype": {"name": "Task"}, "summary": "Refund twice the amount"}
    return f"{listener.url}/issue", {"fields": fields}, ("alice@example.com", "alice-token")


if __name__ == "__main__":
    sys.exit(main())
