"""Emulators behind a recorder: when a test of this folder ends, all its exchanges are held against the vendors' descriptions."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from github.Repository import Repository
from jira import JIRA

from tests.contract.coverage import check_coverage
from tests.contract.exchanges import Recorder
from tests.emulators.conftest import Server, Site, a_seed, emulator_server
from tests.emulators.jira.description import is_there

__all__ = ["emulator_server"]

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def recorder_and_server(emulator_server: Server) -> tuple[Recorder, Server]:
    """Emulators whose every exchange is kept."""
    assert emulator_server.recorder is not None
    return emulator_server.recorder, emulator_server


@pytest.fixture
def site(recorder_and_server: tuple[Recorder, Server]) -> Iterator[Site]:
    """A fresh site with `a_seed` planted, whose every exchange must be as GitHub or Atlassian describes it."""
    recorder, server = recorder_and_server
    key = f"contract-{next(_numbers)}"
    server.emulators.create_site(key, a_seed())
    yield Site(key, server)
    exchanges = recorder.take(key)
    flaws = {flaw for exchange in exchanges for flaw in exchange.flaws()}
    assert not flaws, "\n".join(sorted(flaws))
    check_coverage(exchanges)
    if any(exchange.service == "jira" for exchange in exchanges) and not is_there():
        pytest.skip(
            "Jira's API descriptions are not beside the project: python scripts/api_descriptions.py builds them"
        )


@pytest.fixture
def repo(site: Site) -> Repository:
    """acme/payments as Alice has it."""
    return site.github("alice").get_repo("acme/payments")


@pytest.fixture
def jira(site: Site) -> JIRA:
    """Alice's client; she administers."""
    return site.jira("alice")


@pytest.fixture
def accounts(jira: JIRA) -> dict[str, str]:
    """accountIds by first name."""
    return {name: jira.search_users(query=name)[0].accountId for name in ("alice", "bob", "carol")}
