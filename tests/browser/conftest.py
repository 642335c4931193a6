"""Headless Chromium before a served first sprint. Skips, and says so, where there is no Chromium."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from simulator.model.runs import Run
from tests.web.served import Served, served

_EXPECTED = ("Failed to load resource", "htmx: htmx:error: Failed to fetch")  # refusals, and servers that are away
_VENDOR = Path(__file__).resolve().parents[2] / "web" / "static" / "vendor" / ".ready"


@pytest.fixture(scope="session")
def house(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("house")) as house:
        yield house


@pytest.fixture(scope="session")
def run(house: Served) -> Run:
    """A first sprint that goes on, slowly."""
    return house.begin(paused=False)


@pytest.fixture
def visit(browser: Any, house: Served) -> Iterator[Callable[..., Any]]:
    """Open a path in a fresh window of some width and scheme; whatever the browser complains of fails the test."""
    complaints: list[str] = []
    contexts: list[Any] = []

    def open_page(
        path: str, *, width: int = 1280, scheme: str = "light", scripts: bool = True, clock: bool = False
    ) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        if clock:
            page.clock.install()  # so that a test can let the page's time pass
        page.goto(house.url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [text for text in complaints if not text.startswith(_EXPECTED)] == []


@pytest.fixture(scope="session")
def libraries() -> None:
    """Skips where the browser files were not fetched."""
    if not _VENDOR.exists():
        pytest.skip("web/static/vendor is empty: `make setup` fetches the browser files with a way to npm's registry")
