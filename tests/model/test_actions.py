"""Actions rest in a database as JSON: what is packed comes back the same."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from simulator.model import actions
from simulator.model.actions import Action, pack, unpack
from simulator.model.agile import IssueChanges, IssueDraft, IssueType, Priority, SprintDraft
from simulator.model.code import CommitDraft, FileChange, MergeMethod, ReviewRemark, ReviewVerdict, Sighting, TreeRule
from simulator.model.keys import IssueKey, IssueRef, Login, PullRef, SeatId, SprintRef

PRIYA, LEA = SeatId("priya"), SeatId("lea")
REFUND, PULL, SPRINT = IssueRef("refund"), PullRef("#3"), SprintRef("first")

EXAMPLES: list[Action] = [
    actions.CreateRepository(
        actor=PRIYA, owner=Login("acme"), name="api", description="", private=True, starter="/tmp/x"
    ),
    actions.AddCollaborators(actor=PRIYA, permissions={LEA: "push"}),
    actions.CreateLabels(actor=PRIYA, labels={"bug": "d73a4a"}),
    actions.ProtectBranch(actor=PRIYA, branch="main", checks=("ci", "lint")),
    actions.CreateProject(actor=PRIYA, key="PAY", name="Payments", lead=LEA),
    actions.CreateIssues(
        actor=PRIYA,
        issues=(IssueDraft(ref=REFUND, summary="Refund", type=IssueType.BUG, points=2.5, labels=("a", "b")),),
        sprint=SPRINT,
    ),
    actions.CreateSprint(
        actor=PRIYA,
        sprint=SprintDraft(
            ref=SPRINT,
            name="Sprint 1",
            goal="Refunds",
            start=datetime(2026, 1, 5, 8, tzinfo=UTC),
            end=datetime(2026, 1, 16, 16, tzinfo=UTC),
        ),
        issues=(REFUND,),
    ),
    actions.StartSprint(actor=PRIYA, sprint=SPRINT),
    actions.CloseSprint(actor=PRIYA, sprint=SPRINT, carry_to=None),
    actions.EditIssue(actor=PRIYA, issue=REFUND, changes=IssueChanges(priority=Priority.HIGHEST, labels=("x",))),
    actions.CommentOnIssue(actor=PRIYA, issue=REFUND, body="Grüße\n🚀"),
    actions.TransitionIssue(actor=PRIYA, issue=REFUND, status="Done"),
    actions.AssignIssue(actor=PRIYA, issue=REFUND, assignee=None),
    actions.RankIssue(actor=PRIYA, issue=REFUND, before=IssueRef("other")),
    actions.MoveIssue(actor=PRIYA, issue=REFUND, sprint=None),
    actions.LinkIssues(actor=PRIYA, issue=REFUND, link="blocks", other=IssueRef("other")),
    actions.PushCommit(
        actor=PRIYA, branch="feature/x", message="feat: x", files=(FileChange(path="a", content=None),), force=True
    ),
    actions.DeleteBranch(actor=PRIYA, branch="feature/x"),
    actions.OpenPullRequest(actor=PRIYA, ref=PULL, branch="feature/x", title="t", body="b", reviewers=(LEA,)),
    actions.RequestReview(actor=PRIYA, pull=PULL, reviewers=(LEA,)),
    actions.SubmitReview(
        actor=PRIYA,
        pull=PULL,
        verdict=ReviewVerdict.REQUEST_CHANGES,
        body="",
        remarks=(ReviewRemark(path="a.py", line=3, body="why?"),),
    ),
    actions.CommentOnPullRequest(actor=PRIYA, pull=PULL, body="b"),
    actions.EditPullRequest(actor=PRIYA, pull=PULL, title="t"),
    actions.MergePullRequest(actor=PRIYA, pull=PULL, method=MergeMethod.REBASE, if_possible=True),
    actions.ClosePullRequest(actor=PRIYA, pull=PULL),
    actions.ReportCheck(
        actor=PRIYA,
        branch="main",
        name="ci",
        conclusion="success",
        breaks=(TreeRule(sightings=(Sighting(path="*.py", pattern="x"),), log="x is gone"),),
    ),
    actions.PostPrompt(
        actor=PRIYA,
        prompt="daily:day-2:lea",
        kind=actions.PromptKind.QUESTION,
        seat=LEA,
        title="Which one?",
        fields=(
            actions.PromptField(
                id="choice",
                label="Yours",
                kind=actions.FieldKind.CHOICE,
                options=(actions.PromptOption(value="a", label="A", points=0.5, because="Half of it."),),
            ),
        ),
        until=datetime(2026, 1, 5, 8, tzinfo=UTC),
    ),
    actions.AnswerPrompt(actor=LEA, prompt="daily:day-2:lea", answers={"choice": "a"}),
    actions.SpeakAtStandUp(actor=LEA, prompt="daily:day-2:lea", boasting=True),
    actions.Happen(actor=PRIYA, event="bug", occurrence="7", about={"pull": "7"}),
    actions.FollowSlip(actor=PRIYA, moment="m", seat=LEA, way="late", turn=1),
    actions.HoldCeremony(actor=PRIYA, event="daily", kind=actions.PromptKind.STAND_UP, occurrence="day-2"),
    actions.PostNote(actor=PRIYA, channel=actions.Channel.MAIL, text="hello"),
    actions.ReviewWhenRead(actor=PRIYA, pull=PULL, max_changed_lines=200, tests_required=False),
    actions.TendPull(actor=PRIYA, pull=PULL, event="e"),
    actions.FinishRun(actor=PRIYA),
    actions.UnlinkIssues(actor=PRIYA, issue=REFUND, link="blocks", other=IssueRef("other")),
    actions.WatchIssue(actor=PRIYA, issue=REFUND, watching=False),
    actions.LogWork(actor=PRIYA, issue=REFUND, spent_s=3600, text="half of it"),
    actions.EditSprint(actor=PRIYA, sprint=SPRINT, goal="Refunds only"),
    actions.CreateBranch(actor=PRIYA, branch="feature/x"),
    actions.RewriteBranch(
        actor=PRIYA,
        branch="feature/x",
        commits=(CommitDraft(message="feat: x", files=(FileChange(path="a", content="b"),)),),
    ),
    actions.ReplyToRemark(actor=PRIYA, pull=PULL, body="Done.", by=LEA, path="*.py", says="why"),
    actions.ResolveThread(actor=PRIYA, pull=PULL, remark=7, resolved=False),
    actions.ReopenPullRequest(actor=PRIYA, pull=PULL),
    actions.SetDraft(actor=PRIYA, pull=PULL, draft=True),
    actions.DismissReview(actor=PRIYA, pull=PULL, of=LEA, message="It was about another head."),
    actions.WithdrawReviewRequest(actor=PRIYA, pull=PULL, reviewers=(LEA,)),
    actions.LabelPullRequest(actor=PRIYA, pull=PULL, add=("bug",), remove=("wip",)),
    actions.AssignPullRequest(actor=PRIYA, pull=PULL, add=(LEA,)),
    actions.RerunCheck(actor=PRIYA, branch="feature/x"),
    actions.PublishRelease(actor=PRIYA, tag="v1.0.0", name="One"),
    actions.ChangeAvailability(actor=PRIYA, away=True, until=datetime(2026, 1, 9, 9, tzinfo=UTC), delegate=LEA),
    actions.ChangePace(actor=PRIYA, pace_s=600.0),
    actions.KeepPullComment(actor=PRIYA, pull=3, body="<!-- me -->\nMind the tests.", mark="<!-- me -->"),
    actions.KeepIssueComment(actor=PRIYA, issue=IssueKey("PAY-1"), body="*me*\n\nMove it.", mark="*me*"),
]


@pytest.mark.parametrize("action", EXAMPLES, ids=lambda action: type(action).__name__)
def test_an_action_comes_back_from_json_as_it_went(action: Action) -> None:
    rested = json.loads(json.dumps(pack(action)))

    assert unpack(rested) == action
    assert pack(unpack(rested)) == pack(action)


def test_every_kind_of_action_has_an_example_here() -> None:
    kinds = {kind for kind in vars(actions).values() if isinstance(kind, type) and issubclass(kind, Action)} - {Action}

    assert {type(example) for example in EXAMPLES} == kinds


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(KeyError):
        unpack({"do": "LaunchRocket", "actor": "priya"})
