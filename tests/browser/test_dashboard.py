"""The dashboard in a browser, before a house that is really served: what unit tests of pages cannot see."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simulator.model.runs import Run
from tests.browser.axe import serious
from tests.web.served import Served, eventually

Visit = Callable[..., Any]


def _paths(run: Run) -> tuple[str, ...]:
    of_run = (f"/runs/{run.id}?show=all", f"/runs/{run.id}/report", f"/runs/{run.id}/objections")
    return ("/", *of_run, "/rules", "/rules/PR-04", "/trainer", "/runs/nope")


def _git(folder: Path, *words: str) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    subprocess.run(["git", *words], cwd=folder, env=environment, check=True, capture_output=True, timeout=60)


def _clone(house: Served, run: Run, folder: Path) -> Path:
    status = house.office.queries.status(run)
    github = status["github"]
    url = github["clone_url"].replace("://", f"://{github['login']}:{github['token']}@", 1)
    _git(folder, "clone", "-q", url, "clone")
    _git(folder / "clone", "config", "user.name", "Robin Hale")
    _git(folder / "clone", "config", "user.email", status["jira"]["email"])
    return folder / "clone"


@pytest.mark.usefixtures("libraries")
def test_the_running_first_sprint_shows(visit: Visit, run: Run) -> None:
    page = visit("/")
    begun: list[str] = []
    page.on("request", lambda request: begun.append(request.url) if request.method == "POST" else None)
    page.route("**/runs", lambda route: route.fulfill(status=204))
    with page.expect_response("**/runs"):
        page.get_by_role("button", name="Start the sprint").first.dblclick()
    page.get_by_role("link", name=re.compile(rf"A first sprint.*{run.id}", re.DOTALL)).click()

    assert page.locator("h1").inner_text() == "A first sprint"
    assert page.locator(".state--running").inner_text() == "running"
    assert page.locator(".column").count() == 4
    assert page.locator(".card").count() == 6
    page.locator("#burndown-chart canvas").wait_for(state="visible")
    assert len(begun) == 1


@pytest.mark.usefixtures("libraries")
def test_a_push_shows_by_itself_and_the_reader_is_left_in_peace(
    visit: Visit, house: Served, run: Run, tmp_path: Path
) -> None:
    clone = _clone(house, run, tmp_path)
    page = visit(f"/runs/{run.id}")
    page.locator("#burndown-table summary").click()
    page.locator("#more-controls summary").click()
    page.locator("#to-day").fill("7")
    _git(clone, "switch", "-q", "-c", "stuff")
    (clone / "stuff.py").write_text("STUFF = 1\n")
    _git(clone, "add", ".")
    _git(clone, "commit", "-q", "-m", "wip")

    _git(clone, "push", "-q", "origin", "stuff")

    page.locator("#feed").get_by_text("pushed the new branch stuff").wait_for(timeout=5_000)
    page.locator("#findings").get_by_text("branch stuff").first.wait_for(timeout=5_000)
    assert page.locator("#burndown-table").get_attribute("open") is not None
    assert page.locator("#more-controls").get_attribute("open") is not None
    assert page.locator("#to-day").input_value() == "7"
    assert page.evaluate("document.activeElement.id") == "to-day"

    page.locator("#findings").get_by_role("link", name=re.compile("^All")).click()
    page.locator("#findings [aria-current]", has_text="All").wait_for()
    assert page.url.endswith("show=all#findings")
    assert page.locator("#to-day").input_value() == "7"


@pytest.mark.usefixtures("libraries")
def test_the_clock_is_steered_without_leaving_the_page(visit: Visit, house: Served) -> None:
    run = house.begin(seed=3)
    page = visit(f"/runs/{run.id}")
    page.evaluate("window.sameDocument = true")

    page.locator("#resume").click()
    page.locator("#pause").wait_for()
    page.locator("#to-tomorrow").click()

    page.locator(".clock__day", has_text="Day 2").wait_for()
    assert page.evaluate("window.sameDocument") is True


@pytest.mark.usefixtures("libraries")
def test_unchanged_parts_are_not_sent_again(visit: Visit, house: Served) -> None:
    run = house.begin(seed=4)
    page = visit(f"/runs/{run.id}", clock=True)
    with page.expect_response(lambda reply: "/standing" in reply.url) as first:
        page.clock.fast_forward(1_100)
    first.value.finished()

    with page.expect_response(lambda reply: "/standing" in reply.url) as second:
        page.clock.fast_forward(1_100)

    assert second.value.status == 304


def test_everything_works_with_javascript_switched_off(visit: Visit, house: Served) -> None:
    run = house.begin(seed=5)
    page = visit(f"/runs/{run.id}", scripts=False)

    page.locator("#resume").click()
    eventually(lambda: page.reload() and page.locator("#pause").count())
    page.locator("#burndown-table summary").click()

    assert page.locator("#burndown-table th", has_text="start").is_visible()
    assert not page.locator("#burndown-chart").is_visible()
    page.locator("#findings").get_by_role("link", name=re.compile("^All")).click()
    assert "show=all" in page.url


def test_every_page_serves_everybody_by_day_by_night_and_on_a_phone(visit: Visit, run: Run) -> None:
    """Axe finds nothing serious in either colour scheme, and at 390 px nothing scrolls sideways; one visit a page, for speed."""
    for path in _paths(run):
        page = visit(path)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert serious(page) == [], (path, scheme)
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
        page.close()
