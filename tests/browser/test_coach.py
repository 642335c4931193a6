"""The coach on a run's page in a browser: a finding within two seconds, its hints one by one, another look."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.browser.test_dashboard import Visit, _clone, _git
from tests.web.served import Served


@pytest.mark.usefixtures("libraries")
def test_a_finding_shows_within_two_seconds_of_the_push_and_is_mended_with_hints(
    visit: Visit, house: Served, tmp_path: Path
) -> None:
    run = house.begin(seed=5, paused=False)
    clone = _clone(house, run, tmp_path)
    page = visit(f"/runs/{run.id}")
    _git(clone, "switch", "-q", "-c", "stuff")
    (clone / "stuff.py").write_text("STUFF = 1\n")
    _git(clone, "add", ".")
    _git(clone, "commit", "-q", "-m", "wip")

    _git(clone, "push", "-q", "origin", "stuff")

    finding = page.locator(".finding--open", has_text="BR-01")
    finding.wait_for(timeout=2_000)
    finding.get_by_role("button", name=re.compile("How to go about it")).click()
    finding.get_by_role("button", name=re.compile("The exact steps")).click()
    finding.locator("code.command").first.wait_for()
    assert finding.locator(".finding__ask").count() == 0

    _git(clone, "push", "-q", "origin", "--delete", "stuff")
    page.locator("#check-again").focus()
    page.keyboard.press("Enter")

    page.locator("#check .check__said li").first.wait_for()
    assert "The score went from" in page.locator("#check .check__said li").first.inner_text()
    page.locator("#findings").get_by_role("link", name=re.compile("^Judged later")).click()
    page.locator("#findings [aria-current]", has_text="Judged later").wait_for()
