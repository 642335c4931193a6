from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from simulator.model import actions as do
from simulator.model.code import FileChange
from simulator.plan.it import is_about_nothing, with_it


def an_action(kind: Callable[..., do.Action], **fields: Any) -> do.Action:
    return kind(**fields)


ABOUT = {"pull": "7", "issue": "PAY-3", "branch": "feature/x", "person": "lea"}


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        (
            an_action(
                do.CommentOnIssue, actor="mira", issue="it", body="{issue:it}, {pull:it}, {branch:it}, {person:it}"
            ),
            an_action(do.CommentOnIssue, actor="mira", issue="=PAY-3", body="PAY-3, 7, feature/x, {person:lea}"),
        ),
        (
            an_action(do.RequestReview, actor="mira", pull="it", reviewers=("it", "tom")),
            an_action(do.RequestReview, actor="mira", pull="#7", reviewers=("lea", "tom")),
        ),
        (
            an_action(do.DeleteBranch, actor="mira", branch="it"),
            an_action(do.DeleteBranch, actor="mira", branch="feature/x"),
        ),
        (
            an_action(do.AssignIssue, actor="mira", issue="it", assignee="it"),
            an_action(do.AssignIssue, actor="mira", issue="=PAY-3", assignee="lea"),
        ),
        (
            an_action(
                do.PushCommit,
                actor="mira",
                branch="it",
                base="main",
                message="it",
                files=(FileChange(path="it", content="it"),),
            ),
            an_action(
                do.PushCommit,
                actor="mira",
                branch="feature/x",
                base="main",
                message="it",
                files=(FileChange(path="it", content="it"),),
            ),
        ),
    ],
)
def test_it_is_what_met_the_condition(action: do.Action, expected: do.Action) -> None:
    assert with_it(action, ABOUT) == expected
    assert not is_about_nothing(expected)


@pytest.mark.parametrize(
    "action",
    [
        an_action(do.CommentOnIssue, actor="mira", issue="it", body="?"),
        an_action(do.CommentOnPullRequest, actor="mira", pull="#7", body="For {issue:it}"),
        an_action(do.RequestReview, actor="mira", pull="#7", reviewers=("it",)),
        an_action(do.DeleteBranch, actor="mira", branch="it"),
    ],
)
def test_what_is_about_an_unknown_it_is_told_apart(action: do.Action) -> None:
    assert is_about_nothing(with_it(action, {"pull": "7"}))
