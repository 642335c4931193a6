"""A tour of the emulated Jira with jira.js on Node, unmodified and strict about schemas: tour.mjs says what it saw."""

from __future__ import annotations

from pathlib import Path

from tests.contract.node import tour
from tests.emulators.conftest import Site


def test_jira_js_sees_a_jira(site: Site) -> None:
    people = [part for name in ("alice", "bob") for part in (f"{name}@example.com", f"{name}-token")]

    results = tour(Path(__file__).with_name("jira_js"), "jira.js", site.jira_url, *people)

    assert {name: wrong for name, wrong in results.items() if wrong} == {}
    assert len(results) >= 60
