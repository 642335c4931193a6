"""Headless Chromium. Skips, and says so, where there is none.

One fixture for all tests: a process can drive one browser by playwright at a time.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One browser for the session: the system's Chromium, else the one that playwright has installed."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    program = next((path for name in _PROGRAMS if (path := shutil.which(name))), None)
    with api.sync_playwright() as playwright:
        try:
            chromium = playwright.chromium.launch(executable_path=program, args=_ARGUMENTS)
        except api.Error as exc:
            pytest.skip(f"no Chromium can be started here ({exc.message.splitlines()[0]}); apt install chromium")
        yield chromium
        chromium.close()
