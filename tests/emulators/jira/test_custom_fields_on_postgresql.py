"""Fields of a site's own, restricted comments and bulk creation on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from simulator.emulators.server import Emulators
from tests.emulators.conftest import a_seed
from tests.emulators.jira.test_postgresql import Ask

TYPES = "com.atlassian.jira.plugin.system.customfieldtypes"
GIVEN: dict[str, tuple[Any, str]] = {
    "textfield": ("Big spender", '"My textfield" ~ spender'),
    "textarea": (
        "The *paragraph* shows totals:\n\n* first_name größer",
        '"My textarea" ~ "paragraph total GRÖSSER name"',
    ),
    "float": (10, '"My float" > 9.5'),
    "datepicker": ("2026-03-02", '"My datepicker" <= 2026-03-02'),
    "datetime": ("2026-03-02T09:00:00.000+0000", '"My datetime" > "2026-03-02 08:59"'),
    "labels": (["b", "c"], '"My labels" = b'),
    "url": ("https://a.example", '"My url" = "https://a.example"'),
}


@pytest.fixture
def ask(postgresql_url_with_tables: str, tmp_path: Path) -> Iterator[Ask]:
    """Alice's requests to emulators on PostgreSQL."""

    def now() -> datetime:
        return datetime(2026, 3, 2, 8, 0, tzinfo=UTC)

    made = Emulators(database_url=postgresql_url_with_tables, folder=tmp_path, now=now, deliver=False)
    made.create_site("pg", a_seed())
    yield Ask(made)
    made.close()


def test_fields_of_the_site_are_kept_and_queried(ask: Ask) -> None:
    ids = {}
    for kind in GIVEN:
        body = {"name": f"My {kind}", "type": f"{TYPES}:{kind}"}
        ids[kind] = ask("POST", "/api/3/field", body, status=201)["id"]
    fields = {"project": {"key": "AUTOTEST"}, "issuetype": {"name": "Story"}, "summary": "One"}
    updates: list[dict[str, Any]] = [
        {"fields": fields | {ids[kind]: value for kind, (value, _) in GIVEN.items()}},
        {"fields": fields, "update": {"comment": [{"add": {"body": ""}}]}},
        {"fields": fields, "update": {"comment": [{"add": {"body": "fine"}}]}},
    ]

    made = ask("POST", "/api/2/issue/bulk", {"issueUpdates": updates}, status=201)

    key, other = (one["key"] for one in made["issues"])
    assert [one["failedElementNumber"] for one in made["errors"]] == [1]
    for _, jql in GIVEN.values():
        assert ask.found(jql) == [key], jql
    assert ask.found('"My float" is EMPTY') == [other]
    assert ask.found("text ~ 'big totals -nothing'") == ask.found("textfields ~ spenders") == [key]
    assert ask.found('"My textarea" ~ doc or "My textarea" ~ text or "My textfield" ~ spend') == []
    assert ask.found('"My textfield" !~ spender') == [other]
    body = {"body": "secret", "visibility": {"type": "role", "value": "Administrators"}}
    ask("POST", f"/api/2/issue/{key}/comment", body, status=201)
    assert ask("GET", f"/api/2/issue/{key}/comment")["total"] == 1
    link = {"type": {"name": "Blocks"}, "inwardIssue": {"key": key}, "outwardIssue": {"key": other}}
    ask("POST", "/api/3/issueLink", link, status=201)
    ask("PUT", f"/api/3/issue/{key}", {"fields": {ids["float"]: 0}}, status=204)
    history = ask("GET", f"/api/3/issue/{key}?expand=changelog&fields={ids['float']}")
    assert history["fields"] == {ids["float"]: 0}
    assert [one["items"][0]["field"] for one in history["changelog"]["histories"]] == ["My float", "Link"]
    picked = ask("GET", "/api/3/issue/picker?query=one")["sections"][1]["issues"]
    assert {one["key"] for one in picked} == {key, other}
