"""Two who work on one site: Alice in Jira, Bob in a clone."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from tests.emulators.conftest import Site
from tests.emulators.github.worktree import Clone
from tests.emulators.integration.panels import Panel, listed
from tests.emulators.jira.conftest import Api


@pytest.fixture
def api(site: Site) -> Api:
    """Alice's bare requests."""
    return Api(site.jira_url, site.jira_session("alice"))


@pytest.fixture
def clone(site: Site, tmp_path: Path) -> Clone:
    """Bob's clone of acme/payments."""
    return Clone(site, tmp_path / "payments")


@pytest.fixture
def panel(api: Api) -> Panel:
    """What an issue's development panel lists of a kind."""
    return partial(listed, api)
