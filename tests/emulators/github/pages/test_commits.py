"""Commits, branches and comparisons as git and the API have them."""

from __future__ import annotations

import pytest

from tests.emulators.browsing import Browser
from tests.emulators.conftest import Site
from tests.emulators.github.pulls import a_commit, a_pull, a_repository

REPOSITORY = "/github/acme/payments"


@pytest.fixture
def browser(site: Site) -> Browser:
    """Alice's."""
    return Browser(site)


def test_a_commit_shows_message_author_and_lines(site: Site, browser: Browser) -> None:
    sha = a_commit(site, "feature", {"README.md": "# Payments\n\nMore.\n"}, message="feat: say more\n\nBecause.")

    page = browser.read(f"{REPOSITORY}/commit/{sha}")

    assert "feat: say more Because." in page.text
    assert "Bob <bob@example.com>" in page.text
    assert '<tr class="diff__added">' in page.html
    assert "1 changed file" in page.text
    assert a_repository(site).get_commit(sha).html_url == f"{site.html_url}/acme/payments/commit/{sha}"
    assert browser.ask(f"{REPOSITORY}/commit/{sha}.diff").text.startswith("diff --git a/README.md b/README.md")
    assert browser.ask(f"{REPOSITORY}/commit/{sha}.patch").text.startswith(f"From {sha}")


def test_history_comes_in_pages_newest_first(site: Site, browser: Browser) -> None:
    tip = ""
    for number in range(52):
        tip = a_commit(site, "long", {"n.txt": f"{number}\n"}, onto=tip or None, message=f"change {number:02}")

    first, second = browser.read(f"{REPOSITORY}/commits/long"), browser.read(f"{REPOSITORY}/commits/long?page=2")

    assert first.text.index("change 51") < first.text.index("change 50")
    assert "change 01" not in first.text
    assert "change 01" in second.text
    assert "Initial commit" in second.text
    assert any(link.endswith("?page=2") for link in first.links)
    assert not any(link.endswith("?page=3") for link in second.links)


def test_history_of_one_file(site: Site, browser: Browser) -> None:
    a_commit(site, "feature", {"a.txt": "a\n"}, message="add a")
    a_commit(site, "feature", {"b.txt": "b\n"}, message="add b")

    page = browser.read(f"{REPOSITORY}/commits/feature/a.txt")

    assert "add a" in page.text
    assert "add b" not in page.text


def test_branches_say_how_far_they_are_and_their_pull_request(site: Site, browser: Browser) -> None:
    pull = a_pull(site, "feature/x", title="Add x")
    a_commit(site, "main", {"m.txt": "m\n"}, login="alice")
    a_repository(site).get_branch("main").edit_protection(enforce_admins=True)

    page = browser.read(f"{REPOSITORY}/branches")

    assert "1 ahead, 1 behind" in page.text
    assert "Default" in page.text
    assert "Protected" in page.text
    assert f"/sites/{site.key}{REPOSITORY}/pull/{pull.number}" in page.links


def test_a_comparison_shows_commits_and_lines(site: Site, browser: Browser) -> None:
    base = a_repository(site).get_branch("main").commit.sha
    head = a_commit(site, "feature/x", {"a.txt": "one\n"}, message="add a")

    for address in (
        "main...feature/x",
        f"{base}...{head}",
        f"{base[:12]}...{head[:12]}",
        "feature/x",
        "main...acme:feature/x",
    ):
        page = browser.read(f"{REPOSITORY}/compare/{address}")
        assert "1 commit" in page.text
        assert "add a" in page.text
        assert '<span class="diff__mark">+</span>one' in page.html
    assert "nothing to compare" in browser.read(f"{REPOSITORY}/compare/feature/x...main").text
    assert browser.ask(f"{REPOSITORY}/compare/main...feature/x.diff").text.startswith("diff --git")
    assert browser.ask(f"{REPOSITORY}/compare/{'0' * 40}...main").status_code == 404


def test_the_address_that_a_push_names_leads_to_the_comparison(site: Site, browser: Browser) -> None:
    a_commit(site, "feature/x", {"a.txt": "one\n"}, message="add a")

    assert "add a" in browser.read(f"{REPOSITORY}/pull/new/feature/x").text


def test_a_large_change_is_cut_and_says_so(site: Site, browser: Browser) -> None:
    text = "".join(f"line {number}\n" for number in range(2500))
    a_commit(site, "large", {"a.txt": text, "b.txt": text, "c.txt": "x" * 3000 + "\n"})

    page = browser.read(f"{REPOSITORY}/commit/large")

    assert page.html.count('<tr class="diff__added">') + page.html.count('<tr class="diff__hunk">') == 3000
    assert "2002 lines are not shown" in page.text
    assert "only the beginning is shown" in page.text
    assert "5001 added" in page.text


def test_a_check_run_has_a_page(site: Site, browser: Browser) -> None:
    sha = a_commit(site, "feature", {"a.txt": "one\n"})
    output = {"title": "Two failed", "summary": "**bad** <script>alert(1)</script>"}
    run = a_repository(site).create_check_run("tests", sha, status="completed", conclusion="failure", output=output)

    page = browser.read(run.html_url.removeprefix(site.url))

    assert "Two failed" in page.text
    assert "failure" in page.text
    assert "<strong>bad</strong>" in page.html


def test_pictures_of_people_are_there(site: Site, browser: Browser) -> None:
    address = site.github().get_user("bob").avatar_url

    answer = browser.ask(address.removeprefix(site.url))

    assert answer.headers["Content-Type"].startswith("image/svg+xml")
    assert ">B</text>" in answer.text
