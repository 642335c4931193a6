"""The life of a pull request, through the real clients against the emulated GitHub."""

from __future__ import annotations

import pytest

from simulator.errors import Conflict
from simulator.model import actions as do
from simulator.model.code import FileChange, MergeMethod, ReviewRemark, ReviewVerdict
from simulator.model.keys import PullRef
from tests.adapters.builders import ALICE, BOB, CAROL
from tests.adapters.conftest import Run

PULL = PullRef("first")
OPEN = do.OpenPullRequest(actor=BOB, ref=PULL, branch="feature/x", title="feat: x", body="Why x.", reviewers=(CAROL,))


def a_push(branch: str = "feature/x", path: str = "x.py", content: str = "x = 1\ny = 2\n") -> do.PushCommit:
    files = (FileChange(path=path, content=content),)
    return do.PushCommit(actor=BOB, branch=branch, message=f"feat: {path}", files=files)


def a_review(verdict: ReviewVerdict = ReviewVerdict.REQUEST_CHANGES, **changes: object) -> do.SubmitReview:
    values: dict[str, object] = {"actor": CAROL, "pull": PULL, "verdict": verdict, "body": "Tests, please."}
    return do.SubmitReview(**{**values, **changes})  # type: ignore[arg-type]


@pytest.fixture
def opened(run: Run) -> Run:
    """Bob's pull request is open and Carol is asked for a review."""
    run.repository()
    run.perform(a_push(), OPEN)
    return run


def the_pull(run: Run, number: int = 1):  # type: ignore[no-untyped-def]
    return run.site.github("alice").get_repo("acme/shop").get_pull(number)


def test_a_pull_request_is_opened_and_its_reviewers_asked(opened: Run) -> None:
    pull = the_pull(opened)

    assert opened.bindings["pull:first"] == "1"
    assert (pull.title, pull.body, pull.user.login, pull.head.ref, pull.base.ref) == (
        "feat: x",
        "Why x.",
        "bob",
        "feature/x",
        "main",
    )
    assert [user.login for user in pull.requested_reviewers] == ["carol"]


def test_an_opened_pull_request_is_found_again(opened: Run) -> None:
    assert opened.perform(OPEN, again=True) == {"pull:first": "1"}


def test_a_second_pull_request_of_a_branch_is_refused(opened: Run) -> None:
    with pytest.raises(Conflict, match="already exists"):
        opened.perform(OPEN)


def test_a_review_puts_remarks_on_lines_of_the_diff_and_others_into_its_body(opened: Run) -> None:
    remarks = (ReviewRemark(path="x.py", line=2, body="Why 2?"), ReviewRemark(path="app.py", line=40, body="And here?"))

    opened.perform(a_review(remarks=remarks))

    (review,) = the_pull(opened).get_reviews()
    (comment,) = the_pull(opened).get_review_comments()
    assert review.state == "CHANGES_REQUESTED"
    assert review.body == "Tests, please.\n\n`app.py`, line 40: And here?"
    assert (comment.path, comment.line, comment.body, comment.user.login) == ("x.py", 2, "Why 2?", "carol")


def test_a_remark_on_words_that_are_not_there_names_a_file_and_no_pattern(opened: Run) -> None:
    remarks = (
        ReviewRemark(path="*.py", find="z = 3", body="Why 3?"),
        ReviewRemark(path="docs/*.md", find=".", body="A word in the docs?"),
        ReviewRemark(path="*.py", find="w = 4", body="Taste: why four?", only_if_found=True),
    )

    opened.perform(a_review(remarks=remarks))

    (review,) = the_pull(opened).get_reviews()
    assert review.body == "Tests, please.\n\n`x.py`: Why 3?\n\nA word in the docs?"


def test_remarks_that_github_cannot_place_go_into_the_body(opened: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulator.adapters.github_pulls.shown_lines", lambda _patch: {1, 400})
    remarks = (ReviewRemark(path="x.py", line=1, body="Good."), ReviewRemark(path="x.py", line=400, body="Bad."))

    opened.perform(a_review(remarks=remarks))

    (review,) = the_pull(opened).get_reviews()
    assert review.body == "Tests, please.\n\n`x.py`, line 1: Good.\n\n`x.py`, line 400: Bad."


def test_a_review_is_not_given_twice(opened: Run) -> None:
    remarks = (ReviewRemark(path="app.py", line=40, body="And here?"),)
    opened.perform(a_review(remarks=remarks))

    opened.perform(a_review(remarks=remarks), again=True)

    assert the_pull(opened).get_reviews().totalCount == 1


def test_nothing_is_said_about_a_head_that_is_not_the_tip_any_more(opened: Run) -> None:
    read = the_pull(opened).head.sha
    opened.perform(a_push(path="more.py"))

    opened.perform(a_review(ReviewVerdict.APPROVE, head=read))
    assert list(the_pull(opened).get_reviews()) == []
    opened.perform(a_review(ReviewVerdict.APPROVE, head=the_pull(opened).head.sha))
    assert [review.state for review in the_pull(opened).get_reviews()] == ["APPROVED"]


def test_another_verdict_with_the_same_words_is_another_review(opened: Run) -> None:
    opened.perform(a_review(ReviewVerdict.COMMENT))

    opened.perform(a_review(ReviewVerdict.APPROVE), again=True)

    assert [review.state for review in the_pull(opened).get_reviews()] == ["COMMENTED", "APPROVED"]


def test_nobody_approves_their_own_pull_request(opened: Run) -> None:
    with pytest.raises(Conflict, match="own pull request"):
        opened.perform(a_review(ReviewVerdict.APPROVE, actor=BOB))


def test_a_comment_is_said_once(opened: Run) -> None:
    comment = do.CommentOnPullRequest(actor=BOB, pull=PULL, body="Ready again.")

    opened.perform(comment)
    opened.perform(comment, again=True)
    opened.perform(do.CommentOnPullRequest(actor=CAROL, pull=PULL, body="Ready again."), again=True)

    comments = the_pull(opened).get_issue_comments()
    assert [(comment.user.login, comment.body) for comment in comments] == [
        ("bob", "Ready again."),
        ("carol", "Ready again."),
    ]


def test_only_what_is_given_is_edited(opened: Run) -> None:
    opened.perform(do.EditPullRequest(actor=BOB, pull=PULL, title="feat: better"))

    assert (the_pull(opened).title, the_pull(opened).body) == ("feat: better", "Why x.")


@pytest.mark.parametrize("method", list(MergeMethod))
def test_a_merge_lands_and_takes_the_branch_away(opened: Run, method: MergeMethod) -> None:
    merge = do.MergePullRequest(actor=ALICE, pull=PULL, method=method, title="feat: landed (#1)")

    opened.perform(merge)
    opened.perform(merge, again=True)

    repository = opened.site.github("alice").get_repo("acme/shop")
    assert the_pull(opened).merged
    assert [branch.name for branch in repository.get_branches()] == ["main"]
    assert repository.get_contents("x.py").decoded_content == b"x = 1\ny = 2\n"  # type: ignore[union-attr]
    title = repository.get_commits()[0].commit.message.partition("\n")[0]
    assert title == ("feat: x.py" if method is MergeMethod.REBASE else "feat: landed (#1)")


def test_a_conflict_is_told_and_may_be_let_pass(opened: Run) -> None:
    opened.perform(a_push("other", content="x = 5\n"))
    second = PullRef("second")
    opened.perform(do.OpenPullRequest(actor=BOB, ref=second, branch="other", title="t", body="b"))
    opened.perform(do.MergePullRequest(actor=ALICE, pull=second))

    opened.perform(do.MergePullRequest(actor=ALICE, pull=PULL, if_possible=True))
    with pytest.raises(Conflict, match="merging the pull request 1"):
        opened.perform(do.MergePullRequest(actor=ALICE, pull=PULL))

    assert the_pull(opened).state == "open"


def test_a_pull_request_is_closed_without_a_merge(opened: Run) -> None:
    opened.perform(do.ClosePullRequest(actor=BOB, pull=PULL))

    assert (the_pull(opened).state, the_pull(opened).merged) == ("closed", False)


def test_reviews_are_asked_for_later_too(opened: Run) -> None:
    opened.perform(do.RequestReview(actor=BOB, pull=PULL, reviewers=(ALICE,)))

    assert {user.login for user in the_pull(opened).requested_reviewers} == {"alice", "carol"}


def test_texts_of_other_tongues_and_hostile_ones_arrive_as_they_are(opened: Run) -> None:
    text = 'Grüße 🚀 `rm -rf /` <script>alert(1)</script> $(id) "q" \\ {x}'

    opened.perform(do.CommentOnPullRequest(actor=BOB, pull=PULL, body=text))

    assert the_pull(opened).get_issue_comments()[0].body == text
