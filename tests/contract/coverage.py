"""Which operations each client was seen to use: coverage.json, from which docs/reference/{github,jira}-coverage.md are made.

Run `UPDATE_COVERAGE=1 pytest tests/contract` to write it anew; a plain run fails when it lacks something.
"""

from __future__ import annotations

import csv
import functools
import json
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from filelock import FileLock

from simulator.emulators.github import __file__ as github_package
from simulator.emulators.jira import __file__ as jira_package
from tests.contract.exchanges import Exchange

RECORD = Path(__file__).with_name("coverage.json")
OPERATIONS = {
    "github": Path(github_package).with_name("operations.csv"),
    "jira": Path(jira_package).with_name("operations.csv"),
}
_GREEDY = ("{path}", "{ref}", "{basehead}")
_UPDATE = "UPDATE_COVERAGE"
AGENTS = {
    "github": {"PyGithub": "PyGithub", "Octokit": "octokit", "gh": "GitHub CLI"},
    "jira": {"jira": "python-requests", "jira.js": "node"},
}
"""The clients of each service, and what is in the User-Agent of each."""


def check_coverage(exchanges: Iterable[Exchange]) -> None:
    """Hold the record against what clients did with success; or write that down, when asked to by the environment."""
    used: dict[tuple[str, str], set[str]] = defaultdict(set)
    for each in exchanges:
        client = next((name for name, agent in AGENTS[each.service].items() if agent in each.agent), None)
        operation = operation_of(each.service, each.method, each.path) if client and each.status < 400 else None
        if client and operation:
            used[each.service, client].add(operation)
    if os.environ.get(_UPDATE):
        _write(used)
        return
    known = _read()
    lacking = {
        client: sorted(found - set(known.get(service, {}).get(client, []))) for (service, client), found in used.items()
    }
    message = f"{RECORD.name} lacks {lacking}: run UPDATE_COVERAGE=1 pytest tests/contract, then make docs"
    assert not any(lacking.values()), message


def operation_of(service: str, method: str, path: str) -> str | None:
    """The operation that a request is one of, as operations.csv names it; None for none of them.

    Jira's `/rest/api/2` and `/rest/api/latest` have the operations of `/rest/api/3`.
    """
    path = re.sub(r"^/rest/api/(2|latest)/", "/rest/api/3/", path)
    known = _operations(service)
    return next((f"{verb} {name}" for verb, name, shape in known if verb == method and shape.match(path)), None)


def _read() -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = json.loads(RECORD.read_text()) if RECORD.exists() else {}
    return found


def _write(used: Mapping[tuple[str, str], set[str]]) -> None:
    with FileLock(f"{RECORD}.lock"):
        found = _read()
        for (service, client), operations in used.items():
            seen = found.setdefault(service, {})
            seen[client] = sorted({*seen.get(client, []), *operations})
        RECORD.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n")


@functools.cache
def _operations(service: str) -> list[tuple[str, str, re.Pattern[str]]]:
    with OPERATIONS[service].open(newline="") as file:
        rows = [(row["method"], row["path"]) for row in csv.DictReader(file)]
    rows.sort(key=lambda row: (row[1].count("{"), -len(row[1])))
    return [(method, path, _shape(path)) for method, path in rows]


def _shape(path: str) -> re.Pattern[str]:
    parts = re.split(r"(\{[^}]*\})", path)
    written = (
        ("(.+)" if part in _GREEDY else "([^/]+)") if part.startswith("{") else re.escape(part) for part in parts
    )
    return re.compile("".join(written) + "$")
