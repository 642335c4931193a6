"""Reviews: who may say what, what it changes, and what is remembered."""

from __future__ import annotations

import pytest
from github import GithubException
from github.PullRequest import PullRequest

from tests.emulators.conftest import Site
from tests.emulators.github.pulls import a_pull, a_repository, refusal, seen_by

PATCHED = {"a.txt": "one\ntwo\nthree\n"}


def unprocessable(reason: str) -> tuple[int, str, list[object]]:
    """The 422 of a review that cannot be."""
    return 422, "Unprocessable Entity", [reason]


def kinds(pull: PullRequest) -> list[str]:
    """The kinds of the timeline's entries, in order."""
    return [event.event for event in pull.as_issue().get_timeline()]


def test_an_approval_is_listed_and_answers_the_request(site: Site) -> None:
    pull = a_pull(site)
    pull.create_review_request(reviewers=["alice"])

    review = seen_by(site, "alice", pull).create_review(body="Fine ✓", event="APPROVE")

    assert (review.state, review.body, review.user.login, review.commit_id) == (
        "APPROVED",
        "Fine ✓",
        "alice",
        pull.head.sha,
    )
    assert review.submitted_at is not None
    assert [each.id for each in pull.get_reviews()] == [review.id]
    users, teams = pull.get_review_requests()
    assert (list(users), list(teams)) == ([], [])
    assert kinds(pull) == ["committed", "review_requested", "reviewed"]


def test_nobody_approves_or_blocks_their_own(site: Site) -> None:
    pull = a_pull(site)

    def reason(event: str) -> tuple[int, str, list[object]]:
        with pytest.raises(GithubException) as caught:
            pull.create_review(body="me", event=event)
        return refusal(caught.value)

    assert reason("APPROVE") == unprocessable("Can not approve your own pull request")
    assert reason("REQUEST_CHANGES") == unprocessable("Can not request changes on your own pull request")
    assert pull.create_review(body="a note", event="COMMENT").state == "COMMENTED"


@pytest.mark.parametrize("event", ["REQUEST_CHANGES", "COMMENT"])
def test_some_words_are_needed(site: Site, event: str) -> None:
    pull = seen_by(site, "alice", a_pull(site))

    with pytest.raises(GithubException) as caught:
        pull.create_review(body="  ", event=event)

    assert refusal(caught.value) == unprocessable("Body can't be blank")
    assert pull.create_review(event="APPROVE").body == ""


def test_line_comments_come_with_the_review(site: Site) -> None:
    pull = seen_by(site, "alice", a_pull(site, files=PATCHED))

    review = pull.create_review(
        event="REQUEST_CHANGES",
        comments=[
            {"path": "a.txt", "line": 2, "body": "Why?"},
            {"path": "a.txt", "position": 3, "body": "And this?"},
            {"path": "a.txt", "start_line": 1, "line": 3, "side": "RIGHT", "body": "All of it"},
        ],
    )

    first, second, third = pull.get_single_review_comments(review.id)
    assert (first.body, first.path, first.raw_data["line"], first.position) == ("Why?", "a.txt", 2, 2)
    assert first.diff_hunk == "@@ -0,0 +1,3 @@\n+one\n+two"
    assert (second.raw_data["line"], second.position) == (3, 3)
    assert (third.raw_data["start_line"], third.raw_data["line"]) == (1, 3)
    assert seen_by(site, "bob", pull).review_comments == 3


@pytest.mark.parametrize(
    ("comment", "reason"),
    [
        ({"path": "a.txt", "line": 4}, "Pull request review thread line must be part of the diff"),
        ({"path": "a.txt", "line": 1, "side": "LEFT"}, "Pull request review thread line must be part of the diff"),
        ({"path": "a.txt", "position": 9}, "Pull request review thread position is invalid"),
        ({"path": "a.txt"}, "Pull request review thread line must be part of the diff"),
        ({"path": "README.md", "line": 1}, "Path could not be resolved"),
        (
            {"path": "a.txt", "start_line": 3, "line": 2},
            "Pull request review thread start line must precede the end line.",
        ),
    ],
)
def test_a_comment_outside_the_diff_is_422_and_leaves_no_review(
    site: Site, comment: dict[str, object], reason: str
) -> None:
    pull = seen_by(site, "alice", a_pull(site, files=PATCHED))

    with pytest.raises(GithubException) as caught:
        pull.create_review(body="x", event="COMMENT", comments=[comment | {"body": "here"}])  # type: ignore[list-item]

    assert refusal(caught.value) == unprocessable(reason)
    assert list(pull.get_reviews()) == []


def test_a_pending_review_is_seen_by_its_author_only_until_submitted(site: Site) -> None:
    pull = seen_by(site, "alice", a_pull(site, files=PATCHED))
    pending = pull.create_review(comments=[{"path": "a.txt", "line": 1, "body": "Hm"}])
    assert (pending.state, "submitted_at" in pending.raw_data) == ("PENDING", False)
    assert [review.id for review in pull.get_reviews()] == [pending.id]
    mine = seen_by(site, "bob", pull)
    assert (list(mine.get_reviews()), list(mine.get_review_comments())) == ([], [])
    with pytest.raises(GithubException) as caught:
        pull.create_review(body="second", event="COMMENT")
    assert refusal(caught.value) == unprocessable("User can only have one pending review per pull request")

    submitted = site.session("alice").post(
        f"{pull.url}/reviews/{pending.id}/events", json={"event": "REQUEST_CHANGES", "body": "Please"}
    )

    assert (submitted.status_code, submitted.json()["state"]) == (200, "CHANGES_REQUESTED")
    assert [(review.state, review.body) for review in mine.get_reviews()] == [("CHANGES_REQUESTED", "Please")]
    assert [comment.body for comment in mine.get_review_comments()] == ["Hm"]
    again = site.session("alice").post(f"{pull.url}/reviews/{pending.id}/events", json={"event": "APPROVE"})
    assert again.status_code == 422


def test_a_pending_review_can_be_thrown_away_a_submitted_one_not(site: Site) -> None:
    pull = seen_by(site, "alice", a_pull(site, files=PATCHED))
    pending = pull.create_review(comments=[{"path": "a.txt", "line": 1, "body": "Hm"}])

    pending.delete()
    done = pull.create_review(body="ok", event="COMMENT")

    assert [review.id for review in pull.get_reviews()] == [done.id]
    with pytest.raises(GithubException) as caught:
        done.delete()
    assert refusal(caught.value) == unprocessable("Can not delete a non-pending pull request review")


def test_the_text_of_a_review_can_be_changed_by_its_author(site: Site) -> None:
    pull = seen_by(site, "alice", a_pull(site))
    review = pull.create_review(body="typo", event="COMMENT")

    review.edit("no typo")

    assert pull.get_review(review.id).body == "no typo"
    with pytest.raises(GithubException) as caught:
        seen_by(site, "bob", pull).get_review(review.id).edit("mine")
    assert caught.value.status == 403


def test_a_review_is_dismissed_with_a_message(site: Site) -> None:
    pull = seen_by(site, "alice", a_pull(site))
    review = pull.create_review(body="no", event="REQUEST_CHANGES")

    seen_by(site, "bob", pull).get_review(review.id).dismiss("Done elsewhere")

    assert pull.get_review(review.id).state == "DISMISSED"
    [event] = [event for event in pull.as_issue().get_events() if event.event == "review_dismissed"]
    assert event.dismissed_review == {
        "review_id": review.id,
        "state": "changes_requested",
        "dismissal_message": "Done elsewhere",
    }
    with pytest.raises(GithubException, match="dismissed"):
        review.dismiss("again")
    with pytest.raises(GithubException) as caught:
        seen_by(site, "carol", pull).get_review(review.id).dismiss("x")
    assert caught.value.status == 403


def test_strangers_may_review_what_they_can_read(site: Site) -> None:
    pull = a_pull(site)

    review = seen_by(site, "carol", pull).create_review(body="Nice", event="APPROVE")

    assert (review.state, review.raw_data["author_association"]) == ("APPROVED", "NONE")
    assert site.session(None).post(f"{pull.url}/reviews", json={"event": "APPROVE"}).status_code == 401


def test_reviews_are_requested_of_collaborators_only(site: Site) -> None:
    pull = a_pull(site)

    def reason(*reviewers: str) -> tuple[int, str, list[object]]:
        with pytest.raises(GithubException) as caught:
            pull.create_review_request(reviewers=list(reviewers))
        return refusal(caught.value)

    assert reason("bob") == (422, "Review cannot be requested from pull request author.", [])
    status, message, _ = reason("alice", "carol")
    assert (status, message.partition(".")[0]) == (422, "Reviews may only be requested from collaborators")
    assert list(pull.get_review_requests()[0]) == []


def test_a_request_can_be_withdrawn_and_made_again(site: Site) -> None:
    pull = a_pull(site)
    pull.create_review_request(reviewers=["ALICE"])
    pull.create_review_request(reviewers=["alice"])
    assert [user.login for user in pull.get_review_requests()[0]] == ["alice"]

    pull.delete_review_request(reviewers=["alice", "carol"])
    assert list(pull.get_review_requests()[0]) == []
    pull.create_review_request(reviewers=["alice"])

    assert kinds(pull) == ["committed", "review_requested", "review_request_removed", "review_requested"]
    assert [user.login for user in seen_by(site, "alice", pull).requested_reviewers] == ["alice"]


def test_a_review_of_an_older_commit_keeps_it(site: Site) -> None:
    pull = a_pull(site)
    commit = a_repository(site).get_commit(pull.head.sha)

    review = seen_by(site, "alice", pull).create_review(commit=commit, body="x", event="COMMENT")
    main = a_repository(site).get_branch("main").commit

    assert review.commit_id == pull.head.sha
    with pytest.raises(GithubException) as caught:
        seen_by(site, "alice", pull).create_review(commit=main, body="x", event="COMMENT")
    assert refusal(caught.value) == unprocessable("Commit is not part of the pull request")


def test_a_review_that_is_not_there_is_404(site: Site) -> None:
    pull, other = a_pull(site), a_pull(site, "other")
    review = seen_by(site, "alice", other).create_review(body="x", event="COMMENT")

    for number in (review.id, 999):
        with pytest.raises(GithubException) as caught:
            pull.get_review(number)
        assert caught.value.status == 404
