"""Sites without a Jira project, and a clone to push from."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.emulators.kit.seed import Seed
from tests.emulators.conftest import Site, a_seed
from tests.emulators.github.worktree import Clone


@pytest.fixture
def planted() -> Seed:
    """`a_seed` without its project."""
    return a_seed(jira={"projects": []})


@pytest.fixture
def clone(site: Site, tmp_path: Path) -> Clone:
    """Bob's clone of acme/payments."""
    return Clone(site, tmp_path / "clone")
