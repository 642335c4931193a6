"""What axe finds wrong on a page that is open. Skips, and says so, where axe is not installed."""

from __future__ import annotations

from typing import Any

import pytest


def serious(page: Any) -> list[tuple[str, list[str]]]:
    """The faults that keep people out, each with the places of its first few."""
    sync = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    return [
        (fault["id"], [node["html"][:160] for node in fault["nodes"]][:3])
        for fault in sync.Axe().run(page).response["violations"]
        if fault["impact"] in ("serious", "critical")
    ]
