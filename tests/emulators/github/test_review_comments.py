"""Comments on lines: placing them, answering, and what becomes of them when the branch moves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from github import GithubException
from github.PullRequest import PullRequest
from github.PullRequestComment import PullRequestComment

from tests.emulators.conftest import Site
from tests.emulators.github.pulls import a_commit, a_pull, a_repository, refusal, seen_by

FILES = {"a.txt": "one\ntwo\nthree\n"}


def a_comment(site: Site, pull: PullRequest, *, line: int = 2, body: str = "Why?") -> PullRequestComment:
    """Alice's comment on a line of a.txt."""
    seen = seen_by(site, "alice", pull)
    commit = a_repository(site).get_commit(seen.head.sha)
    return seen.create_review_comment(body, commit, "a.txt", line=line, side="RIGHT")


def test_a_single_comment_is_a_review_of_its_own(site: Site) -> None:
    pull = a_pull(site, files=FILES)

    comment = a_comment(site, pull)

    assert (comment.body, comment.path, comment.position, comment.commit_id) == ("Why?", "a.txt", 2, pull.head.sha)
    assert comment.raw_data["line"] == 2
    assert comment.raw_data["subject_type"] == "line"
    [review] = pull.get_reviews()
    assert (review.id, review.state, review.body) == (comment.pull_request_review_id, "COMMENTED", "")


def test_a_line_outside_the_diff_is_422(site: Site) -> None:
    pull = a_pull(site, files=FILES)

    with pytest.raises(GithubException) as caught:
        a_comment(site, pull, line=9)

    status, message, errors = refusal(caught.value)
    assert (status, message) == (422, "Validation Failed")
    assert errors[0] == {
        "resource": "PullRequestReviewComment",
        "field": "pull_request_review_thread.line",
        "code": "custom",
        "message": "pull_request_review_thread.line must be part of the diff",
    }


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"body": None}, '"body" wasn\'t supplied'),
        ({"body": "   "}, "Validation Failed"),
        ({"body": "x" * 65_537}, "Validation Failed"),
        ({"path": None}, '"path" wasn\'t supplied'),
        ({"path": "gone.txt"}, "Validation Failed"),
        ({"commit_id": None}, '"commit_id" wasn\'t supplied'),
        ({"commit_id": "0" * 40}, "Validation Failed"),
        ({"line": "two"}, "is not an integer"),
        ({"line": 10**30}, "is not an integer"),
        ({"side": "MIDDLE"}, "No enum value found for side"),
    ],
)
def test_a_wrong_comment_is_422(site: Site, changes: dict[str, object], message: str) -> None:
    pull = a_pull(site, files=FILES)
    body = {"body": "x", "path": "a.txt", "line": 1, "commit_id": pull.head.sha} | changes

    reply = site.session("alice").post(f"{pull.url}/comments", json=body)

    assert reply.status_code == 422
    assert message in reply.json()["message"]


def test_answers_stand_in_the_thread(site: Site) -> None:
    pull = a_pull(site, files=FILES)
    comment = a_comment(site, pull)

    answer = pull.create_review_comment_reply(comment.id, "Because.")
    further = seen_by(site, "alice", pull).create_review_comment_reply(answer.id, "I see")

    assert (answer.in_reply_to_id, further.in_reply_to_id) == (comment.id, comment.id)
    assert (answer.raw_data["line"], answer.diff_hunk) == (2, comment.diff_hunk)
    assert [each.body for each in pull.get_review_comments()] == ["Why?", "Because.", "I see"]
    with pytest.raises(GithubException) as caught:
        a_pull(site, "other").create_review_comment_reply(comment.id, "wrong place")
    assert caught.value.status == 404


def test_a_comment_is_edited_and_deleted_by_its_author_or_a_writer(site: Site) -> None:
    pull = a_pull(site, files=FILES)
    comment = a_comment(site, pull)

    comment.edit("Why not?")
    assert seen_by(site, "bob", pull).get_review_comment(comment.id).body == "Why not?"
    with pytest.raises(GithubException) as caught:
        seen_by(site, "carol", pull).get_review_comment(comment.id).edit("mine")
    assert caught.value.status == 403
    seen_by(site, "bob", pull).get_review_comment(comment.id).delete()

    assert list(pull.get_review_comments()) == []
    with pytest.raises(GithubException) as caught:
        pull.get_review_comment(comment.id)
    assert caught.value.status == 404


def test_a_comment_moves_with_its_line(site: Site) -> None:
    pull = a_pull(site, files=FILES)
    comment = a_comment(site, pull)

    head = a_commit(site, "feature", {"a.txt": "zero\none\ntwo\nthree\n"})

    moved = pull.get_review_comment(comment.id).raw_data
    assert (moved["line"], moved["original_line"], moved["position"], moved["original_position"]) == (3, 2, 3, 2)
    assert (moved["commit_id"], moved["original_commit_id"]) == (head, pull.head.sha)


def test_a_comment_whose_line_changed_is_outdated(site: Site) -> None:
    pull = a_pull(site, files=FILES)
    comment, kept = a_comment(site, pull), a_comment(site, pull, line=3)

    a_commit(site, "feature", {"a.txt": "one\n2\nthree\n"})

    outdated = pull.get_review_comment(comment.id).raw_data
    assert (outdated["line"], outdated["position"], outdated["original_line"]) == (None, None, 2)
    assert outdated["commit_id"] == pull.head.sha
    assert outdated["diff_hunk"] == "@@ -0,0 +1,3 @@\n+one\n+two"
    assert pull.get_review_comment(kept.id).raw_data["line"] == 3


def test_a_comment_on_a_file_that_left_the_diff_is_outdated(site: Site) -> None:
    pull = a_pull(site, files=FILES)
    comment = a_comment(site, pull)

    a_commit(site, "feature", {"a.txt": None, "b.txt": "x\n"})

    assert pull.get_review_comment(comment.id).raw_data["line"] is None


def test_a_whole_file_can_be_commented_on(site: Site) -> None:
    pull = a_pull(site, files=FILES)

    reply = site.session("alice").post(
        f"{pull.url}/comments",
        json={"body": "Too long", "path": "a.txt", "subject_type": "file", "commit_id": pull.head.sha},
    )

    assert (reply.status_code, reply.json()["subject_type"]) == (201, "file")
    assert reply.headers["Location"] == reply.json()["url"]


def test_a_pending_review_forbids_single_comments(site: Site) -> None:
    pull = a_pull(site, files=FILES)
    seen_by(site, "alice", pull).create_review(body="later")

    with pytest.raises(GithubException) as caught:
        a_comment(site, pull)

    assert refusal(caught.value)[2][0] == {
        "resource": "PullRequestReview",
        "field": "user_id",
        "code": "custom",
        "message": "user_id can only have one pending review per pull request",
    }


def test_the_repository_lists_all_of_them(site: Site) -> None:
    first, second = a_pull(site, "f1", FILES), a_pull(site, "f2", {"a.txt": "1\n2\n"})
    early = a_comment(site, first, body="early")
    site.clock.skip(3600)
    a_comment(site, second, body="late")
    site.clock.skip(3600)
    early.edit("early, edited")
    repository = a_repository(site)

    def bodies(**wanted: object) -> list[str]:
        return [comment.body for comment in repository.get_pulls_review_comments(**wanted)]  # type: ignore[arg-type]

    assert bodies() == ["early, edited", "late"]
    assert bodies(sort="updated", direction="asc") == ["late", "early, edited"]
    assert bodies(direction="desc", sort="created") == ["late", "early, edited"]
    assert bodies(since=site.clock() - timedelta(minutes=30)) == ["early, edited"]
