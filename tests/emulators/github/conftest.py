"""A clone to push from."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.emulators.conftest import Site
from tests.emulators.github.worktree import Clone


@pytest.fixture
def clone(site: Site, tmp_path: Path) -> Clone:
    """Bob's clone of acme/payments."""
    return Clone(site, tmp_path / "clone")
