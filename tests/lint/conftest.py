"""A workshop in which repositories are made, and the command that judges them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import sprintdojo  # noqa: F401 - the command, as the other tests of it have it
from tests.lint.workshop import Workshop


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    """An empty repository on `main`, at Monday 2026-03-02, 09:00 UTC."""
    return Workshop.at(tmp_path / "payments")
