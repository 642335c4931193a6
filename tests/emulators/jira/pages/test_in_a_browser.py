"""Pages of issues and boards as a browser lays them out. Skips, and says so, where there is no Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.emulators.conftest import Site
from tests.emulators.jira.conftest import Api

BOARD = "/jira/jira/software/projects/AUTOTEST/boards/1"
_LONG = "Pneumonoultramicroscopicsilicovolcanoconiosis" * 2


@pytest.fixture
def page(browser: Any, site: Site) -> Iterator[Any]:
    """A window of Bob's."""
    context = browser.new_context()
    opened = context.new_page()
    opened.set_default_timeout(15_000)
    opened.goto(f"{site.url}/jira/login")
    opened.get_by_role("button", name="Continue as Bob").click()
    yield opened
    context.close()


def test_every_page_serves_everybody_and_nothing_scrolls_sideways_on_a_phone(page: Any, site: Site, api: Api) -> None:
    sync = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
    key = api.issue(
        summary=f"A story of {_LONG}", description=f"h1. Why\n\n{_LONG}", labels=[_LONG], customfield_10016=3
    )
    api.post(f"/rest/api/2/issue/{key}/comment", {"body": f"{_LONG}\n\n||a||b||\n|1|{_LONG}|"}, status=201)
    api.move(key, "In Progress")
    sprint = api.sprint(goal=_LONG)
    api.plan(sprint, key)
    api.set_state(sprint, "active")

    for path, shown in (
        (f"/jira/browse/{key}", "Story points"),
        (BOARD, "In Review"),
        (f"{BOARD}/backlog", "3 points"),
    ):
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(site.url + path)
        assert shown in page.inner_text("main")
        violations = sync.Axe().run(page).response["violations"]
        assert [fault["id"] for fault in violations if fault["impact"] in ("serious", "critical")] == [], path
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
