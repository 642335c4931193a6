"""The performer over fakes of its ports: what it asks of whom, and what it binds."""

from __future__ import annotations

from threading import Event
from typing import Any, cast

import pytest

from simulator.adapters.hints import Hint, Hints
from simulator.adapters.patience import Patience
from simulator.adapters.performer import _WAYS, ServicePerformer
from simulator.errors import AdapterError, Conflict, NotFound, RunError
from simulator.model import actions as do
from simulator.model.actions import asking, in_the_run
from simulator.model.agile import SprintDraft
from simulator.model.code import MergeMethod
from simulator.model.keys import IssueKey, IssueRef, Login, PullRef, SprintRef
from simulator.ports import Forge, GitRemote, Tracker
from tests.adapters.builders import ALICE, BOB, CAROL, a_draft
from tests.timekeeping.builders import utc

BINDINGS = {
    "issue:refund": "PAY-3",
    "issue:retry": "PAY-4",
    "pull:first": "7",
    "sprint:one": "12",
    "sprint:two": "13",
    "board": "5",
}
REFUND, FIRST = IssueRef("refund"), PullRef("first")


class Fake:
    """Takes every call, writes it down, and answers what it was told to, or raises it."""

    def __init__(self, **answers: Any) -> None:
        self.answers = answers
        self.calls: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []

    def __getattr__(self, name: str) -> Any:
        def call(*arguments: Any, **named: Any) -> Any:
            self.calls.append((name, arguments, named))
            answer = self.answers.get(name)
            if isinstance(answer, list):
                answer = answer.pop(0)
            if isinstance(answer, Exception):
                raise answer
            return answer

        return call

    @property
    def names(self) -> list[str]:
        return [name for name, _, _ in self.calls]


class Stage:
    """A performer over fakes."""

    def __init__(self, **answers: Any) -> None:
        self.forge, self.tracker, self.git = Fake(**answers), Fake(**answers), Fake(**answers)
        self.hints = Hints()
        self.performer = ServicePerformer(
            forge=cast(Forge, self.forge),
            tracker=cast(Tracker, self.tracker),
            git=cast(GitRemote, self.git),
            hints=self.hints,
            patience=Patience(attempts=2, first_wait_s=0),
            stop=Event(),
        )

    def perform(self, action: do.Action, *, again: bool = False) -> dict[str, str]:
        return dict(self.performer.perform(action, bindings=BINDINGS, again=again))


def test_every_action_of_the_services_has_its_way() -> None:
    of_the_run = (in_the_run.__name__, asking.__name__)
    known = {kind.__name__ for kind in do.Action.__subclasses__() if kind.__module__ not in of_the_run}

    assert {kind.__name__ for kind in _WAYS} == known


def test_what_belongs_to_the_run_is_refused() -> None:
    with pytest.raises(RunError, match="FinishRun"):
        Stage().perform(do.FinishRun(actor=ALICE))


def test_a_repository_is_made_then_pushed_then_its_seed_is_bound() -> None:
    stage = Stage(push_folder="abc")

    made = stage.perform(
        do.CreateRepository(actor=ALICE, owner=Login("acme"), name="shop", description="d", private=True, starter="/s")
    )

    assert made == {"seed": "abc"}
    assert stage.forge.names == ["create_repository", "set_default_branch"]


def test_issues_are_bound_by_their_refs_and_put_into_the_sprint() -> None:
    stage = Stage(create_issues={"a": IssueKey("PAY-8"), "b": IssueKey("PAY-9")})
    drafts = (a_draft("a", parent=REFUND), a_draft("b", parent=IssueRef("a")))

    made = stage.perform(do.CreateIssues(actor=ALICE, issues=drafts, sprint=SprintRef("one")))

    assert made == {"issue:a": "PAY-8", "issue:b": "PAY-9"}
    assert stage.tracker.calls[0][2] == {"parents": {"refund": "PAY-3"}, "again": False}
    assert stage.tracker.calls[1][1] == (ALICE, ["PAY-8", "PAY-9"], "12")


def test_a_sprint_is_made_on_the_bound_board_with_its_issues() -> None:
    stage = Stage(create_sprint="20")
    draft = SprintDraft(
        ref=SprintRef("new"), name="N", goal="g", start=utc("2026-11-23 08:00"), end=utc("2026-12-04 16:00")
    )

    made = stage.perform(do.CreateSprint(actor=ALICE, sprint=draft, issues=(REFUND, IssueRef("PAY-9"))))

    assert made == {"sprint:new": "20"}
    assert stage.tracker.calls[0][1] == (ALICE, "5", draft)
    assert stage.tracker.calls[1][1] == (ALICE, ["PAY-3", "PAY-9"], "20")
    assert stage.hints.take() == {Hint.SPRINTS}


def test_a_sprint_without_a_board_is_said() -> None:
    draft = SprintDraft(
        ref=SprintRef("n"), name="N", goal="", start=utc("2026-11-23 08:00"), end=utc("2026-12-04 16:00")
    )

    with pytest.raises(NotFound, match="board"):
        Stage().performer.perform(do.CreateSprint(actor=ALICE, sprint=draft), bindings={})


def test_unfinished_issues_are_carried_to_the_named_sprint_or_to_the_backlog() -> None:
    stage = Stage()

    stage.perform(do.CloseSprint(actor=ALICE, sprint=SprintRef("one"), carry_to=SprintRef("two")))
    stage.perform(do.CloseSprint(actor=ALICE, sprint=SprintRef("one")))

    assert [named for _, _, named in stage.tracker.calls] == [{"carry_to": "13"}, {"carry_to": None}]


@pytest.mark.parametrize(
    ("action", "name", "arguments"),
    [
        (do.TransitionIssue(actor=BOB, issue=REFUND, status="Done"), "transition", (BOB, "PAY-3", "Done")),
        (do.AssignIssue(actor=BOB, issue=REFUND, assignee=None), "assign", (BOB, "PAY-3", None)),
        (do.RankIssue(actor=BOB, issue=REFUND, before=IssueRef("retry")), "rank_before", (BOB, "PAY-3", "PAY-4")),
        (do.MoveIssue(actor=BOB, issue=REFUND, sprint=None), "move_issues", (BOB, ["PAY-3"], None)),
        (
            do.LinkIssues(actor=BOB, issue=REFUND, link="blocks", other=IssueRef("PAY-1")),
            "link",
            (BOB, "PAY-3", "blocks", "PAY-1"),
        ),
        (do.StartSprint(actor=BOB, sprint=SprintRef("one")), "start_sprint", (BOB, "12")),
        (do.CommentOnIssue(actor=BOB, issue=REFUND, body="see #{pull:first}"), "comment", (BOB, "PAY-3", "see #7")),
    ],
)
def test_actions_on_issues_reach_the_tracker(action: do.Action, name: str, arguments: tuple[Any, ...]) -> None:
    stage = Stage()

    assert stage.perform(action) == {}
    assert stage.tracker.calls[0][:2] == (name, arguments)


def test_a_pull_request_is_opened_with_its_reviewers_and_bound() -> None:
    stage = Stage(open_pull=9)

    made = stage.perform(
        do.OpenPullRequest(
            actor=BOB, ref=PullRef("new"), branch="x", title="{issue:refund}", body="", reviewers=(CAROL,)
        )
    )

    assert made == {"pull:new": "9"}
    assert stage.forge.calls[0][2]["title"] == "PAY-3"
    assert stage.forge.calls[1] == ("request_reviews", (BOB, 9, (CAROL,)), {})


def test_a_merge_takes_the_branch_away_when_asked() -> None:
    stage = Stage(head_branch="feature/x")

    stage.perform(do.MergePullRequest(actor=BOB, pull=FIRST, method=MergeMethod.REBASE))

    assert stage.forge.calls[0] == ("merge", (BOB, 7), {"method": MergeMethod.REBASE, "title": None})
    assert stage.forge.calls[-1] == ("delete_branch", (BOB, "feature/x"), {})


def test_a_refused_merge_is_no_failure_where_it_was_only_if_possible() -> None:
    stage = Stage(merge=Conflict("conflict", service="GitHub"))

    assert stage.perform(do.MergePullRequest(actor=BOB, pull=FIRST, if_possible=True)) == {}
    assert stage.forge.names == ["merge"]
    with pytest.raises(Conflict):
        stage.perform(do.MergePullRequest(actor=BOB, pull=FIRST))


def test_after_silence_the_action_is_tried_as_one_that_may_have_got_through() -> None:
    stage = Stage(open_pull=[AdapterError("no answer", service="GitHub", retryable=True), 9])

    stage.perform(do.OpenPullRequest(actor=BOB, ref=PullRef("new"), branch="x", title="t", body=""))

    assert [named["again"] for name, _, named in stage.forge.calls if name == "open_pull"] == [False, True]


def test_a_check_is_hinted_at() -> None:
    stage = Stage()

    stage.perform(do.ReportCheck(actor=ALICE, branch="x", name="tests", conclusion="success"))

    assert stage.hints.take() == {Hint.CHECKS}
    assert stage.hints.take() == set()


def test_an_unknown_reference_reaches_no_service() -> None:
    stage = Stage()

    with pytest.raises(NotFound, match="no issue that its scenario calls nobody"):
        stage.perform(do.CommentOnIssue(actor=BOB, issue=IssueRef("nobody"), body="x"))
    assert stage.tracker.calls == []
