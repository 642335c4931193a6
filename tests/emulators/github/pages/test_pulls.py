"""Pull requests and issues: what the page says is what the API says, and every address in a body has its place."""

from __future__ import annotations

import pytest
from github.PullRequest import PullRequest

from simulator.emulators.github.pages.diffs import anchor_of
from tests.emulators.browsing import HOSTILE, Browser, Page
from tests.emulators.conftest import Site
from tests.emulators.github.pulls import a_collaborator, a_commit, a_pull, a_repository, seen_by

REPOSITORY = "/github/acme/payments"


@pytest.fixture
def browser(site: Site) -> Browser:
    """Alice's."""
    return Browser(site)


def page_of(browser: Browser, pull: PullRequest, part: str = "") -> Page:
    return browser.read(f"{REPOSITORY}/pull/{pull.number}{part}")


def fragment(address: str) -> str:
    return address.partition("#")[2]


def test_a_pull_request_shows_what_the_api_says(site: Site, browser: Browser) -> None:
    pull = a_pull(site, "feature/x", {"a.txt": "one\ntwo\n"}, title="Add x", body="Some **words**\nand more")
    pull.add_to_labels("bug")
    pull.create_review_request(reviewers=["alice"])

    page, said = page_of(browser, pull), seen_by(site, "alice", pull)

    assert "Add x #1 Open bob wants to merge 1 commit from feature/x into main" in page.text
    assert "<p>Some <strong>words</strong><br>\nand more</p>" in page.html
    assert "alice asked" in page.text
    assert said.mergeable_state == "clean"
    assert "clean : This branch has no conflicts" in page.text
    assert "bob added the label bug" in page.text
    assert "bob asked alice for a review" in page.text


def test_every_address_of_the_conversation_has_its_place(site: Site, browser: Browser) -> None:
    pull = a_pull(site, "feature/x", {"a.txt": "one\ntwo\nthree\n"})
    comment = pull.create_issue_comment("A comment")
    review = seen_by(site, "alice", pull).create_review(
        body="Not yet",
        event="REQUEST_CHANGES",
        comments=[{"path": "a.txt", "line": 2, "side": "RIGHT", "body": "Why two?"}],
    )
    (remark,) = list(pull.get_review_comments())
    answer = pull.create_review_comment_reply(remark.id, "Because.")

    page, files = page_of(browser, pull), page_of(browser, pull, "/files")

    for address in (comment.html_url, review.html_url, remark.html_url, answer.html_url):
        assert address.startswith(f"{site.html_url}/acme/payments/pull/{pull.number}#")
        assert fragment(address) in page.ids
    assert "alice asks for changes" in page.text
    assert page.text.index("Why two?") < page.text.index("Because.")
    assert '<span class="diff__mark">+</span>two' in page.html
    assert '<span class="diff__mark">+</span>three' not in page.html
    assert anchor_of("a.txt") in files.ids
    assert f"/sites/{site.key}{REPOSITORY}/pull/{pull.number}/files#{anchor_of('a.txt')}" in page.links
    assert files.text.index("two") < files.text.index("Why two?") < files.text.index("three")


def test_an_outdated_remark_says_so(site: Site, browser: Browser) -> None:
    pull = a_pull(site, "feature/x", {"a.txt": "one\n"})
    seen_by(site, "alice", pull).create_review(
        event="COMMENT", body="", comments=[{"path": "a.txt", "line": 1, "side": "RIGHT", "body": "Why?"}]
    )
    a_commit(site, "feature/x", {"a.txt": "another\n"}, message="fix: another")

    page, files = page_of(browser, pull), page_of(browser, pull, "/files")

    assert "Outdated" in page.text
    assert "fix: another" in page.text
    assert "On an earlier version" in files.text


def test_a_pending_review_is_not_shown(site: Site, browser: Browser) -> None:
    pull = a_pull(site, "feature/x", {"a.txt": "one\n"})
    seen_by(site, "alice", pull).create_review(
        body="secret", comments=[{"path": "a.txt", "position": 1, "body": "hidden"}]
    )

    page = page_of(browser, pull)

    assert "secret" not in page.text
    assert "hidden" not in page.text


def test_the_reasons_against_a_merge_are_said(site: Site, browser: Browser) -> None:
    a_repository(site).get_branch("main").edit_protection(
        required_approving_review_count=1, contexts=["ci"], strict=False
    )
    pull = a_pull(site, "feature/x", {"a.txt": "one\n"})

    page = page_of(browser, pull)

    assert "blocked" in page.text
    assert "At least 1 approving review is required" in page.text
    assert 'Required status check "ci" is expected.' in page.text


def test_a_conflict_is_said(site: Site, browser: Browser) -> None:
    pull = a_pull(site, "feature/x", {"README.md": "one\n"})
    a_commit(site, "main", {"README.md": "two\n"}, login="alice")

    assert "dirty : This branch has conflicts" in page_of(browser, pull).text


def test_a_merged_pull_request_says_who_merged_it(site: Site, browser: Browser) -> None:
    pull = a_pull(site, "feature/x", title="Add x")
    seen_by(site, "alice", pull).create_review(event="APPROVE", body="Good")
    merged = seen_by(site, "alice", pull).merge()

    page = page_of(browser, pull)

    assert "Merged by alice" in page.text
    assert merged.sha[:7] in page.text
    assert "alice approved" in page.text
    assert "Add x" in browser.read(f"{REPOSITORY}/pulls?state=closed").text
    assert "Add x" not in browser.read(f"{REPOSITORY}/pulls").text


def test_the_parts_of_a_pull_request(site: Site, browser: Browser) -> None:
    pull = a_pull(site, "feature/x", {"a.txt": "one\n"})
    a_commit(site, "feature/x", {"b.txt": "two\n"}, message="feat: add b")

    assert "feat: add b" in page_of(browser, pull, "/commits").text
    assert "2 changed files" in page_of(browser, pull, "/files").text
    assert browser.ask(f"{REPOSITORY}/pull/{pull.number}.diff").text.startswith("diff --git")
    assert browser.ask(f"{REPOSITORY}/pull/{pull.number}.patch").text.startswith("From ")


def test_what_strangers_write_stays_text(site: Site, browser: Browser) -> None:
    pull = a_pull(
        site, "feature/x", {"a.txt": f"{HOSTILE}\n"}, title=HOSTILE, body=f"{HOSTILE}\n\n[x](javascript:alert(1))"
    )
    pull.create_issue_comment(HOSTILE)
    pull.edit(title=f"{HOSTILE} again")
    a_repository(site).create_label(HOSTILE[:40], "ff0000")
    pull.add_to_labels(HOSTILE[:40])
    comment = {"path": "a.txt", "line": 1, "side": "RIGHT", "body": HOSTILE}
    seen_by(site, "alice", pull).create_review(body=HOSTILE, event="REQUEST_CHANGES", comments=[comment])
    issue = a_repository(site).create_issue(HOSTILE, body=f"{HOSTILE} #1")

    for path in (f"/pull/{pull.number}", f"/pull/{pull.number}/files", "/pulls", "/issues", f"/issues/{issue.number}"):
        assert "<script>alert(1)</script>" in browser.read(REPOSITORY + path).text


def test_an_issue_shows_its_conversation(site: Site, browser: Browser) -> None:
    issue = a_repository(site).create_issue("The total is wrong", body="By a cent", labels=["bug"], assignees=["bob"])
    comment = issue.create_comment("Indeed")
    issue.edit(state="closed", state_reason="not_planned")

    page = browser.read(f"{REPOSITORY}/issues/{issue.number}")

    assert "The total is wrong #1 Closed bug opened by alice" in page.text
    assert fragment(comment.html_url) in page.ids
    assert "alice closed it as not planned" in page.text
    assert "The total is wrong" in browser.read(f"{REPOSITORY}/issues?state=closed").text


def test_a_pull_request_s_number_among_the_issues_leads_to_it(site: Site, browser: Browser) -> None:
    pull = a_pull(site, "feature/x")

    assert browser.ask(f"{REPOSITORY}/issues/{pull.number}").headers["Location"].endswith(f"/pull/{pull.number}")
    assert browser.ask(f"{REPOSITORY}/pull/99").status_code == 404
    assert "No open issues" in browser.read(f"{REPOSITORY}/issues").text


def test_lists_come_in_pages(site: Site, browser: Browser) -> None:
    for number in range(51):
        a_repository(site).create_issue(f"Issue {number:02}")

    first, second = browser.read(f"{REPOSITORY}/issues"), browser.read(f"{REPOSITORY}/issues?page=2")

    assert "Issue 00" not in first.text
    assert "Issue 00" in second.text
    assert "51" in first.text


def test_a_collaborator_s_review_counts_on_the_page(site: Site, browser: Browser) -> None:
    a_collaborator(site, "carol")
    pull = a_pull(site, "feature/x")
    first = seen_by(site, "carol", pull).create_review(event="APPROVE", body="Good")
    seen_by(site, "alice", pull).get_review(first.id).dismiss("Too soon")

    page = page_of(browser, pull)

    assert "carol dismissed" in page.text
    assert "dismissed a review: Too soon" in page.text
