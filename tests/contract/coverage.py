"""Which operations each client was seen to use: coverage.json, from which docs/reference/github-coverage.md is made.

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
from tests.contract.exchanges import Exchange

RECORD = Path(__file__).with_name("coverage.json")
OPERATIONS = Path(github_package).with_name("operations.csv")
_GREEDY = ("{path}", "{ref}", "{basehead}")
_UPDATE = "UPDATE_COVERAGE"
AGENTS = {"PyGithub": "PyGithub", "Octokit": "octokit", "gh": "GitHub CLI"}
"""The clients, and what is in the User-Agent of each."""


def check_coverage(exchanges: Iterable[Exchange]) -> None:
    """Hold the record against what clients did with success; or write that down, when asked to by the environment."""
    used: dict[str, set[str]] = defaultdict(set)
    for each in exchanges:
        client = next((name for name, agent in AGENTS.items() if agent in each.agent), None)
        operation = operation_of(each.method, each.path) if client and each.status < 400 else None
        if client and operation:
            used[client].add(operation)
    if os.environ.get(_UPDATE):
        _write(used)
        return
    known = _read()
    lacking = {client: sorted(found - set(known.get(client, []))) for client, found in used.items()}
    message = f"{RECORD.name} lacks {lacking}: run UPDATE_COVERAGE=1 pytest tests/contract, then make docs"
    assert not any(lacking.values()), message


def operation_of(method: str, path: str) -> str | None:
    """The operation that a request is one of, as operations.csv names it; None for none of them."""
    return next((f"{verb} {name}" for verb, name, shape in _operations() if verb == method and shape.match(path)), None)


def _read() -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads(RECORD.read_text()) if RECORD.exists() else {}
    return found


def _write(used: Mapping[str, set[str]]) -> None:
    with FileLock(f"{RECORD}.lock"):
        found = _read()
        for client, operations in used.items():
            found[client] = sorted({*found.get(client, []), *operations})
        RECORD.write_text(json.dumps(dict(sorted(found.items())), indent=1) + "\n")


@functools.cache
def _operations() -> list[tuple[str, str, re.Pattern[str]]]:
    with OPERATIONS.open(newline="") as file:
        rows = [(row["method"], row["path"]) for row in csv.DictReader(file)]
    rows.sort(key=lambda row: (row[1].count("{"), -len(row[1])))
    return [(method, path, _shape(path)) for method, path in rows]


def _shape(path: str) -> re.Pattern[str]:
    parts = re.split(r"(\{[^}]*\})", path)
    written = (
        ("(.+)" if part in _GREEDY else "([^/]+)") if part.startswith("{") else re.escape(part) for part in parts
    )
    return re.compile("".join(written) + "$")
