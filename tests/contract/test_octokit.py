"""A tour of the emulated GitHub with Octokit on Node, unmodified: tour.mjs says what it saw."""

from __future__ import annotations

from pathlib import Path

from tests.contract.node import tour
from tests.emulators.conftest import Site


def test_octokit_sees_a_github(site: Site) -> None:
    tokens = [f"{login}-token" for login in ("alice", "bob", "carol")]

    results = tour(Path(__file__).with_name("octokit"), "octokit", site.api_url, *tokens)

    assert {name: wrong for name, wrong in results.items() if wrong} == {}
    assert len(results) >= 40
