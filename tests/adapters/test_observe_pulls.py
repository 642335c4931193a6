"""What is seen of pull requests, on the emulated GitHub."""

from __future__ import annotations

from datetime import timedelta

import pytest

from simulator.adapters.pull_files import is_from_a_fork
from simulator.model import actions as do
from simulator.model.code import FileChange, ReviewRemark, ReviewVerdict
from simulator.model.facts import FactKind, Observation
from simulator.model.keys import PullRef
from tests.adapters.builders import ALICE, BOB, CAROL
from tests.adapters.conftest import Run

PULL = PullRef("first")
OPEN = do.OpenPullRequest(actor=BOB, ref=PULL, branch="feature/x", title="feat: x", body="Why x.", reviewers=(CAROL,))


def a_push(path: str = "x.py", content: str = "x = 1\ny = 2\n") -> do.PushCommit:
    files = (FileChange(path=path, content=content),)
    return do.PushCommit(actor=BOB, branch="feature/x", message=f"feat: {path}", files=files)


def a_review(verdict: ReviewVerdict = ReviewVerdict.REQUEST_CHANGES, *remarks: ReviewRemark) -> do.SubmitReview:
    return do.SubmitReview(actor=CAROL, pull=PULL, verdict=verdict, body="Tests, please.", remarks=remarks)


@pytest.fixture
def seeded(run: Run) -> Run:
    """Bob's branch is pushed and has been looked at."""
    run.repository()
    run.project()
    run.perform(a_push())
    run.look()
    return run


@pytest.fixture
def opened(seeded: Run) -> Run:
    """Bob's pull request is open and has been looked at."""
    seeded.perform(OPEN)
    seeded.look()
    return seeded


def kinds(found: list[Observation]) -> list[FactKind]:
    return [observation.kind for observation in found]


def test_an_opening_is_seen_with_its_head_and_whom_it_asks(seeded: Run) -> None:
    seeded.perform(OPEN)

    opened, head, asked = seeded.look()

    sha = seeded.site.github("bob").get_repo("acme/shop").get_branch("feature/x").commit.sha
    assert (opened.source_id, opened.subject, opened.account) == ("github:pull:1:opened", "pull:1", "bob")
    assert opened.url.endswith("/github/acme/shop/pull/1")
    assert opened.detail == {
        "title": "feat: x",
        "body": "Why x.",
        "draft": False,
        "head": "feature/x",
        "base": "main",
        "head_sha": sha,
    }
    assert (head.kind, head.source_id) == (FactKind.PULL_REQUEST_HEAD, f"github:pull:1:head:{sha}")
    assert head.detail["commits"] == [sha]
    assert head.detail["mergeable"] is True
    (file,) = head.detail["files"]
    assert (file["path"], file["status"], file["additions"], file["deletions"]) == ("x.py", "added", 2, 0)
    assert "+x = 1" in file["patch"]
    assert (asked.kind, asked.account, asked.detail) == (FactKind.REVIEW_REQUESTED, "bob", {"reviewer": "carol"})


def test_a_review_is_seen_with_its_remarks(opened: Run) -> None:
    opened.perform(a_review(ReviewVerdict.REQUEST_CHANGES, ReviewRemark(path="x.py", line=2, body="Why 2?")))

    review, remark = opened.look()

    assert (review.kind, review.account, review.subject) == (FactKind.REVIEW_SUBMITTED, "carol", "pull:1")
    assert review.source_id == f"github:review:{review.detail['id']}"
    assert (review.detail["state"], review.detail["body"]) == ("CHANGES_REQUESTED", "Tests, please.")
    assert remark.kind is FactKind.REVIEW_COMMENTED
    assert remark.detail["review_id"] == review.detail["id"]
    assert (remark.detail["path"], remark.detail["line"], remark.detail["body"]) == ("x.py", 2, "Why 2?")


def test_a_push_to_an_open_pull_request_is_a_new_head_at_the_pushs_time(opened: Run) -> None:
    opened.perform(a_push("test_x.py"))

    found = opened.look()

    (push,) = [o for o in found if o.kind is FactKind.PUSHED]
    (head,) = [o for o in found if o.kind is FactKind.PULL_REQUEST_HEAD]
    assert head.detail["head_sha"] == push.detail["after"]
    assert (head.recorded_at, head.account) == (push.recorded_at, "bob")
    assert [file["path"] for file in head.detail["files"]] == ["test_x.py", "x.py"]


def test_a_pull_request_from_elsewhere_has_no_pushes_of_ours() -> None:
    ours = {"repo": {"full_name": "acme/shop"}, "ref": "main"}

    assert not is_from_a_fork({"base": ours, "head": ours})
    assert is_from_a_fork({"base": ours, "head": {"repo": {"full_name": "eve/shop"}, "ref": "main"}})
    assert is_from_a_fork({"base": ours, "head": {"repo": None, "ref": "main"}})


def test_a_head_that_is_pushed_back_by_force_is_seen_again(opened: Run) -> None:
    repository = opened.site.github("bob").get_repo("acme/shop")
    first = repository.get_branch("feature/x").commit.sha

    def move(sha: str) -> None:
        repository.get_git_ref("heads/feature/x").edit(sha, force=True)

    def seen() -> list[str]:
        heads = [o for o in opened.look() if o.kind is FactKind.PULL_REQUEST_HEAD]
        assert len({head.source_id for head in heads}) == len(heads)
        return [head.detail["head_sha"] for head in heads]

    opened.perform(a_push("a.py"))
    (second,) = seen()
    move(first)
    assert seen() == [first]
    move(second)
    move(first)
    assert seen() == [second, first]
    assert seen() == []


def test_heads_that_were_replaced_between_two_looks_are_seen_too(opened: Run) -> None:
    opened.site.clock.skip(5)
    opened.perform(a_push("a.py"), a_push("b.py"))

    heads = [o for o in opened.look() if o.kind is FactKind.PULL_REQUEST_HEAD]

    assert [len(head.detail["commits"]) for head in heads] == [2, 3]
    assert {file["path"] for file in heads[0].detail["files"]} == {"x.py", "a.py"}


def test_comments_edits_and_a_close_are_seen(opened: Run) -> None:
    opened.perform(do.CommentOnPullRequest(actor=CAROL, pull=PULL, body="Soon."))
    assert kinds(opened.look()) == [FactKind.PULL_REQUEST_COMMENTED]

    opened.perform(do.EditPullRequest(actor=BOB, pull=PULL, title="feat: better", body="Because."))
    (edited,) = opened.look()
    assert (edited.kind, edited.account) == (FactKind.PULL_REQUEST_EDITED, "bob")
    assert edited.detail == {"title": "feat: better", "body": "Because.", "base": "main"}

    opened.perform(do.ClosePullRequest(actor=BOB, pull=PULL))
    (closed,) = opened.look()
    assert (closed.kind, closed.account) == (FactKind.PULL_REQUEST_CLOSED, "bob")

    opened.site.github("bob").get_repo("acme/shop").get_pull(1).edit(state="open")
    assert kinds(opened.look()) == [FactKind.PULL_REQUEST_REOPENED]


def test_an_edit_of_the_body_is_the_authors_even_after_somebody_elses_rename(opened: Run) -> None:
    opened.perform(do.EditPullRequest(actor=ALICE, pull=PULL, title="feat: better"))
    (renamed,) = opened.look()
    opened.perform(do.EditPullRequest(actor=BOB, pull=PULL, body="Because."))
    (edited,) = opened.look()

    assert (renamed.account, edited.account) == ("alice", "bob")


def test_a_close_before_a_merge_stays_a_close(opened: Run) -> None:
    opened.perform(do.ClosePullRequest(actor=BOB, pull=PULL))
    opened.site.clock.skip(5)
    opened.site.github("bob").get_repo("acme/shop").get_pull(1).edit(state="open")
    opened.site.clock.skip(5)
    opened.perform(do.MergePullRequest(actor=ALICE, pull=PULL))

    found = [kind for kind in kinds(opened.look()) if kind.startswith("pull_request")]

    assert found == [FactKind.PULL_REQUEST_CLOSED, FactKind.PULL_REQUEST_REOPENED, FactKind.PULL_REQUEST_MERGED]


def test_a_merge_is_no_close(opened: Run) -> None:
    opened.perform(a_review(ReviewVerdict.APPROVE), do.MergePullRequest(actor=ALICE, pull=PULL))

    found = opened.look()

    (merged,) = [o for o in found if o.kind is FactKind.PULL_REQUEST_MERGED]
    assert FactKind.PULL_REQUEST_CLOSED not in kinds(found)
    assert merged.account == "alice"
    assert merged.detail["merge_sha"] == opened.site.github("bob").get_repo("acme/shop").get_branch("main").commit.sha


def test_a_dismissed_review_keeps_what_it_said(opened: Run) -> None:
    opened.perform(a_review())
    opened.site.github("alice").get_repo("acme/shop").get_pull(1).get_reviews()[0].dismiss("Settled by talking.")

    review, dismissed = opened.look()

    assert review.detail["state"] == "CHANGES_REQUESTED"
    assert (dismissed.kind, dismissed.detail) == (
        FactKind.REVIEW_DISMISSED,
        {"id": review.detail["id"], "message": "Settled by talking."},
    )


def test_a_draft_is_opened_as_one(seeded: Run) -> None:
    seeded.perform(do.OpenPullRequest(actor=BOB, ref=PULL, branch="feature/x", title="t", body="", draft=True))

    assert seeded.look()[0].detail["draft"] is True


def test_the_first_words_are_told_even_when_they_were_changed_before_anybody_looked(seeded: Run) -> None:
    seeded.perform(OPEN, do.EditPullRequest(actor=ALICE, pull=PULL, title="feat: better"))

    found = seeded.look()

    opened = next(o for o in found if o.kind is FactKind.PULL_REQUEST_OPENED)
    edited = next(o for o in found if o.kind is FactKind.PULL_REQUEST_EDITED)
    assert opened.detail["title"] == "feat: x"
    assert (edited.detail["title"], edited.account) == ("feat: better", "alice")


def test_two_changes_within_one_second_are_both_seen(opened: Run) -> None:
    now = opened.site.clock()
    opened.site.clock.skip((timedelta(seconds=1) - timedelta(microseconds=now.microsecond)).total_seconds())

    opened.perform(do.CommentOnPullRequest(actor=CAROL, pull=PULL, body="One."))
    first = opened.look(later_s=0)
    opened.perform(do.CommentOnPullRequest(actor=CAROL, pull=PULL, body="Two."))
    second = opened.look(later_s=0)

    assert [o.detail["body"] for o in [*first, *second]] == ["One.", "Two."]


def test_a_long_patch_is_cut(seeded: Run) -> None:
    seeded.perform(a_push("long.py", "".join(f"value_{n} = {n}\n" for n in range(3000))), OPEN)

    head = next(o for o in seeded.look() if o.kind is FactKind.PULL_REQUEST_HEAD)

    patches = {file["path"]: len(file["patch"] or "") for file in head.detail["files"]}
    assert patches["long.py"] <= 20_000


def test_a_huge_pull_request_is_known_with_more_files_than_a_comparison_lists(run: Run) -> None:
    run.repository()
    files = tuple(FileChange(path=f"many/{number}.py", content="x = 1\n") for number in range(310))
    run.perform(do.PushCommit(actor=BOB, branch="feature/x", message="feat: many", files=files))
    run.perform(OPEN)

    (head,) = [seen for seen in run.look() if seen.kind is FactKind.PULL_REQUEST_HEAD]

    assert len(head.detail["files"]) == 310


def test_lines_in_files_that_the_service_does_not_list_are_counted(run: Run) -> None:
    run.repository()
    files = tuple(FileChange(path=f"many/{number}.py", content="x = 1\n") for number in range(3_005))
    run.perform(do.PushCommit(actor=BOB, branch="feature/x", message="feat: many", files=files))
    run.perform(OPEN)

    (head,) = [seen for seen in run.look() if seen.kind is FactKind.PULL_REQUEST_HEAD]

    assert len(head.detail["files"]) == 3_000
    assert head.detail["unlisted_lines"] == 5


def test_a_conflict_is_seen_when_the_base_moves_under_a_pull_request_and_again_when_it_is_gone(opened: Run) -> None:
    repository = opened.site.github("alice").get_repo("acme/shop")

    def main_has(content: str) -> None:
        known = repository.get_contents("x.py") if content.startswith("y") else None
        if known is None:
            repository.create_file("x.py", "chore: x", content)
        else:
            assert not isinstance(known, list)
            repository.update_file("x.py", "chore: x again", content, known.sha)

    def said() -> list[bool]:
        found = [o for o in opened.look() if o.kind is FactKind.PULL_REQUEST_MERGEABLE]
        assert all(o.account is None and o.subject == "pull:1" for o in found)
        return [o.detail["mergeable"] for o in found]

    repository.create_file("elsewhere.py", "chore: elsewhere", "z = 1\n")
    assert said() == []
    main_has("x = 3\n")
    assert said() == [False]
    main_has("y = 4\n")
    assert said() == []
    repository.delete_file("x.py", "chore: no x", repository.get_contents("x.py").sha)  # type: ignore[union-attr]
    assert said() == [True]
    assert said() == []
