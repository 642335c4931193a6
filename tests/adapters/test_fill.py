from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.adapters.fill import fill, filled, issue_key, pull_number, sprint_id
from simulator.errors import NotFound
from simulator.model.actions import CommentOnIssue, OpenPullRequest, PushCommit, SubmitReview
from simulator.model.code import FileChange, ReviewRemark, ReviewVerdict
from simulator.model.keys import IssueRef, PullRef, SeatId, SprintRef

BINDINGS = {"issue:refund": "PAY-3", "pull:retry": "7", "sprint:one": "12", "board": "1"}
BOB = SeatId("bob")


def test_references_become_the_services_names() -> None:
    text = fill("feature/{issue:refund}-x, see #{pull:retry}", BINDINGS)

    assert text == "feature/PAY-3-x, see #7"


def test_keys_and_numbers_name_themselves() -> None:
    assert fill("{issue:PAY-12} and {pull:#12}", {}) == "PAY-12 and 12"
    assert issue_key(IssueRef("=PAY-12"), {}) == "PAY-12"


def test_people_are_called_by_their_first_names_and_nobody_is_guessed() -> None:
    assert fill("Thank you, {person:lea}", {"person:lea": "Lea"}) == "Thank you, Lea"
    with pytest.raises(NotFound):
        fill("Thank you, {person:12}", {"person:lea": "Lea"})


def test_an_unknown_reference_is_an_error_that_names_the_known_ones() -> None:
    with pytest.raises(NotFound) as caught:
        fill("{issue:refnud}", BINDINGS)

    assert caught.value.what == "this run has no issue that its scenario calls refnud"
    assert "refund" in caught.value.to_do
    with pytest.raises(NotFound, match="this run has no pull request that its scenario calls routes"):
        fill("{pull:routes}", BINDINGS)


def test_a_filled_value_is_not_filled_again() -> None:
    assert fill("{issue:a}", {"issue:a": "{issue:b}", "issue:b": "no"}) == "{issue:b}"


@given(st.text(alphabet="ab{}:-# \nissuepull", max_size=60))
def test_text_without_known_references_is_left_alone_when_not_strict(text: str) -> None:
    assert fill(text, {}, strict=False) == text or "{pull:" in text


@given(st.lists(st.sampled_from(["{issue:refund}", "{pull:retry}", "plain", "{", "}", "{x:y}"])))
def test_filling_works_piece_by_piece(parts: list[str]) -> None:
    whole = fill("|".join(parts), BINDINGS)

    assert whole == "|".join(fill(part, BINDINGS) for part in parts)


def test_every_text_of_an_action_is_filled() -> None:
    opened = filled(
        OpenPullRequest(
            actor=BOB,
            ref=PullRef("x"),
            branch="{issue:refund}-a",
            title="{issue:refund}: b",
            body="like #{pull:retry}",
            reviewers=(SeatId("carol"),),
        ),
        BINDINGS,
    )
    review = filled(
        SubmitReview(
            actor=BOB,
            pull=PullRef("retry"),
            verdict=ReviewVerdict.COMMENT,
            body="",
            remarks=(ReviewRemark(path="a.py", line=3, body="{issue:refund}?"),),
        ),
        BINDINGS,
    )

    assert (opened.branch, opened.title, opened.body) == ("PAY-3-a", "PAY-3: b", "like #7")
    assert opened.reviewers == ("carol",)
    assert review.remarks[0].body == "PAY-3?"
    assert review.verdict is ReviewVerdict.COMMENT


def test_the_contents_of_files_keep_braces_that_name_nothing() -> None:
    change = FileChange(path="docs/{issue:refund}.md", content='f"{issue:>4}" {issue:refund} {issue:d}')
    action = filled(
        PushCommit(actor=BOB, branch="b", message="m", files=(change, FileChange(path="x", content=None))), BINDINGS
    )

    assert action.files[0] == FileChange(path="docs/PAY-3.md", content='f"{issue:>4}" PAY-3 {issue:d}')
    assert action.files[1].content is None


def test_references_of_actions_resolve() -> None:
    assert issue_key(IssueRef("refund"), BINDINGS) == "PAY-3"
    assert issue_key(IssueRef("PAY-9"), BINDINGS) == "PAY-9"
    assert pull_number(PullRef("retry"), BINDINGS) == 7
    assert pull_number(PullRef("#12"), BINDINGS) == 12
    assert sprint_id(SprintRef("one"), BINDINGS) == "12"


@pytest.mark.parametrize("ref", ["pay-9", "nobody", "PAY-0", ""])
def test_an_unknown_issue_is_not_found(ref: str) -> None:
    with pytest.raises(NotFound):
        issue_key(IssueRef(ref), BINDINGS)


def test_an_unknown_sprint_or_pull_request_is_not_found() -> None:
    with pytest.raises(NotFound):
        sprint_id(SprintRef("two"), BINDINGS)
    with pytest.raises(NotFound):
        pull_number(PullRef("x"), BINDINGS)


def test_an_action_without_texts_stays_equal() -> None:
    action = CommentOnIssue(actor=BOB, issue=IssueRef("refund"), body="hello")

    assert filled(action, {}) == action
