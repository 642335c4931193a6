"""A fresh bare repository."""

from __future__ import annotations

from pathlib import Path

import pygit2
import pytest

from simulator.emulators.gitserver import store


@pytest.fixture
def git(tmp_path: Path) -> pygit2.Repository:
    """An empty bare repository."""
    return store.create(tmp_path / "repository.git")
