"""A project's past that was looked at while it was made: two sprints, work that moves, is estimated anew and is carried over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from simulator.adapters.past_jira import jira_past
from simulator.model import actions as do
from simulator.model.agile import IssueChanges, IssueType, SprintDraft
from simulator.model.keys import IssueRef, SprintRef
from simulator.model.past import Past
from tests.adapters.builders import ALICE, BOB, CAROL, a_draft
from tests.adapters.conftest import Run
from tests.lint.lived import LATER, LONG_AGO, silent

ONE, TWO = SprintRef("one"), SprintRef("two")
REFUND, EXPORT, EPIC, LEFT = IssueRef("refund"), IssueRef("export"), IssueRef("epic"), IssueRef("left")


def told_by_jira(run: Run, *, since: datetime = LONG_AGO, until: datetime = LATER, **changes: Any) -> Past:
    """What Jira tells afterwards."""
    values: dict[str, Any] = {
        "url": run.services.jira_url,
        "email": "alice@example.com",
        "token": "alice-token",
        "project": "SHOP",
        "board": None,
        "progress": silent,
    }
    return jira_past(since=since, until=until, **{**values, **changes})


def _sprint(run: Run, ref: SprintRef) -> SprintDraft:
    start = run.site.clock()
    return SprintDraft(ref=ref, name=f"Sprint {ref}", goal=f"Goal {ref}", start=start, end=start + timedelta(days=14))


def _steps(run: Run) -> Iterator[tuple[do.Action, ...]]:
    drafts = (
        a_draft(EPIC, type=IssueType.EPIC),
        a_draft(REFUND, points=3.0, reporter=ALICE, labels=("money",), parent=EPIC),
        a_draft(EXPORT, description="As a shop I export."),
        a_draft(LEFT),
    )
    yield (do.CreateIssues(actor=ALICE, issues=drafts),)
    yield (do.CreateSprint(actor=ALICE, sprint=_sprint(run, ONE), issues=(REFUND, EXPORT)),)
    yield (do.StartSprint(actor=ALICE, sprint=ONE),)
    yield (
        do.AssignIssue(actor=BOB, issue=REFUND, assignee=BOB),
        do.TransitionIssue(actor=BOB, issue=REFUND, status="In Progress"),
    )
    yield (do.EditIssue(actor=CAROL, issue=REFUND, changes=IssueChanges(points=5.0, summary="Refund in full")),)
    yield (do.CommentOnIssue(actor=BOB, issue=REFUND, body="Half of it works."),)
    yield (do.TransitionIssue(actor=BOB, issue=REFUND, status="Done"),)
    yield (do.CreateSprint(actor=ALICE, sprint=_sprint(run, TWO), issues=()),)
    yield (do.CloseSprint(actor=ALICE, sprint=ONE, carry_to=TWO),)
    yield (do.StartSprint(actor=ALICE, sprint=TWO),)
    yield (do.TransitionIssue(actor=CAROL, issue=EXPORT, status="In Progress"),)


@pytest.fixture
def planned(run: Run) -> Run:
    """Everything happened, and was looked at closely."""
    run.project()
    run.look()
    for actions in _steps(run):
        run.perform(*actions)
        run.look(later_s=300, closely=True)
        run.look(later_s=300, closely=True)
    for _ in range(12):
        run.look(later_s=1)
    return run


def plan(run: Run) -> None:
    """Let everything happen, and nobody look."""
    for actions in _steps(run):
        run.perform(*actions)
        run.site.clock.skip(600)


@pytest.fixture
def kept(run: Run) -> Run:
    """Everything happened, and nobody looked."""
    run.project()
    plan(run)
    return run
