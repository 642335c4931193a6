"""Review threads and suggested changes: through the page, which is how people without GraphQL do it."""

from __future__ import annotations

import pytest
from github import GithubException
from github.PullRequest import PullRequest
from github.PullRequestComment import PullRequestComment

from simulator.emulators.github.state import threads
from simulator.emulators.github.state.suggestions import suggested
from tests.emulators.browsing import Browser
from tests.emulators.conftest import Site
from tests.emulators.github.pulls import a_commit, a_pull, a_repository, a_work, refusal, seen_by

SUGGESTION = "Rather:\n\n```suggestion\none\nand a half\n```\n\nor so."


def a_remark(
    site: Site, pull: PullRequest, body: str, *, line: int = 1, start: int | None = None
) -> PullRequestComment:
    """Alice's, on the file of the pull request."""
    commit = a_repository(site).get_commit(seen_by(site, "alice", pull).head.sha)
    where = {"line": line, "side": "RIGHT"} | ({"start_line": start, "start_side": "RIGHT"} if start else {})
    return seen_by(site, "alice", pull).create_review_comment(body, commit, "feature.txt", **where)  # type: ignore[arg-type]


def post(site: Site, pull: PullRequest, part: str, login: str = "bob", **form: object) -> int:
    """Send a form of the pull request's page as somebody who is signed in."""
    url = f"{site.html_url}/acme/payments/pull/{pull.number}/{part}"
    answer = Browser(site, login).session.post(url, data=form, allow_redirects=False, timeout=20)
    return answer.status_code


def test_conversations_are_resolved_and_opened_again(site: Site) -> None:
    a_repository(site).get_branch("main").edit_protection(required_conversation_resolution=True, enforce_admins=True)
    pull = a_pull(site)
    remark = a_remark(site, pull, "Why?")
    pull.create_review_comment_reply(remark.id, "Because.")

    with pytest.raises(GithubException) as caught:
        pull.merge()
    sentence = "A conversation must be resolved before this pull request can be merged."
    assert refusal(caught.value)[:2] == (405, sentence)
    assert post(site, pull, "threads", "carol", thread=remark.id, to="resolved") == 403
    assert post(site, pull, "threads", thread=remark.id, to="resolved") == 303
    page = Browser(site, "bob").read(f"/github/acme/payments/pull/{pull.number}")
    assert "Unresolve conversation" in page.text
    assert seen_by(site, "bob", pull).mergeable_state == "clean"
    assert post(site, pull, "threads", thread=remark.id, to="unresolved") == 303
    assert seen_by(site, "bob", pull).mergeable_state == "blocked"
    assert post(site, pull, "threads", thread="x") == post(site, pull, "threads", thread=99) == 404
    with site.emulators.instance.database.reading() as connection:
        [thread] = threads.threads_of(a_work(site, connection, "bob"), pull.id, viewer_id=None)
    assert (thread.is_resolved, thread.is_outdated, len(thread.comments)) == (False, False, 2)


def test_a_thread_outlives_its_first_comment(site: Site) -> None:
    a_repository(site).get_branch("main").edit_protection(required_conversation_resolution=True, enforce_admins=True)
    pull = a_pull(site)
    remark = a_remark(site, pull, "Why?")
    answer = pull.create_review_comment_reply(remark.id, "Because.")

    remark.delete()

    assert seen_by(site, "bob", pull).mergeable_state == "blocked"
    assert post(site, pull, "threads", thread=answer.id, to="resolved") == 303
    assert seen_by(site, "bob", pull).mergeable_state == "clean"


def test_a_suggestion_becomes_a_commit_with_its_author(site: Site) -> None:
    pull = a_pull(site, files={"feature.txt": "1\n2\n3\n"})
    remark = a_remark(site, pull, SUGGESTION, line=2, start=1)

    assert "Commit suggestion" in Browser(site, "bob").read(f"/github/acme/payments/pull/{pull.number}").text
    assert post(site, pull, "suggestions", "carol", comment=remark.id) == 403
    assert post(site, pull, "suggestions", comment=remark.id) == 303

    head = a_repository(site).get_commit(seen_by(site, "bob", pull).head.sha)
    assert head.commit.message == "Apply suggestion\n\nCo-authored-by: Alice <alice@example.com>"
    assert (head.commit.author.name, head.commit.committer.name) == ("Bob", "GitHub")
    assert a_repository(site).get_contents("feature.txt", "feature").decoded_content == b"one\nand a half\n3\n"  # type: ignore[union-attr]
    assert post(site, pull, "suggestions", comment=remark.id) == 422
    page = Browser(site, "bob").read(f"/github/acme/payments/pull/{pull.number}")
    assert "Commit suggestion" not in page.text
    assert "Resolved" in page.text


def test_an_outdated_suggestion_and_a_protected_head_are_refused(site: Site) -> None:
    pull = a_pull(site, files={"feature.txt": "1\n"})
    remark = a_remark(site, pull, SUGGESTION)
    a_repository(site).get_branch("feature").edit_protection(required_approving_review_count=1, enforce_admins=True)
    assert post(site, pull, "suggestions", comment=remark.id) == 409
    a_repository(site).get_branch("feature").remove_protection()
    a_commit(site, "feature", {"feature.txt": "other\n"})

    assert post(site, pull, "suggestions", comment=remark.id) == 422
    assert seen_by(site, "bob", pull).commits == 2


def test_what_a_comment_suggests_is_read_from_its_block() -> None:
    assert suggested("```suggestion\r\na\r\n```") == "a\n"
    assert suggested("```suggestion\n```") == ""
    assert suggested("````suggestion\n```\nx\n```\n````") == "```\nx\n```\n"
    assert suggested("```python\na\n```") is None
