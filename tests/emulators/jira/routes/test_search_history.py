"""Search by what was: versions, which come and go one by one."""

from __future__ import annotations

from collections.abc import Callable

from tests.emulators.jira.conftest import Api

HISTORIES = [
    ("fixVersion was 1.0", "kept dropped moved"),
    ("fixVersion was 2.0", "moved"),
    ("fixVersion was in (1.0, 2.0)", "kept dropped moved"),
    ("fixVersion was not 1.0", "never"),
    ("fixVersion was in unreleasedVersions()", "kept dropped moved"),
    ("fixVersion was EMPTY", "dropped never"),
    ("fixVersion was EMPTY by Bob", "dropped"),
    ("fixVersion was EMPTY before 2026-01-01", ""),
    ("fixVersion was 1.0 by Alice", "kept dropped moved"),
    ("fixVersion was 2.0 by Alice", ""),
    ("fixVersion was 2.0 by (Alice, Bob) after -1d", "moved"),
    ("fixVersion changed", "dropped moved"),
    ("fixVersion changed from 1.0", "dropped moved"),
    ("fixVersion changed from 1.0 to 2.0", "moved"),
    ("fixVersion changed to EMPTY by Bob", "dropped"),
    ("fixVersion changed from EMPTY", ""),
    ("not fixVersion changed", "kept never"),
]


def test_the_past_of_versions(api: Api, api_of: Callable[[str], Api]) -> None:
    for name in ("1.0", "2.0"):
        api.post("/rest/api/3/version", {"name": name, "project": "AUTOTEST"}, status=201)
    first, bob = [{"name": "1.0"}], api_of("bob")
    keys = {name: api.issue(summary=name, fixVersions=first) for name in ("kept", "dropped", "moved")}
    keys["never"] = api.issue()
    bob.put(f"/rest/api/3/issue/{keys['dropped']}", {"fields": {"fixVersions": []}}, status=204)
    bob.put(f"/rest/api/3/issue/{keys['moved']}", {"fields": {"fixVersions": [{"name": "2.0"}]}}, status=204)

    nicknames = {key: name for name, key in keys.items()}
    for jql, expected in HISTORIES:
        found = [nicknames[key] for key in api.found(f"{jql} ORDER BY key")]
        assert " ".join(found) == expected, jql
