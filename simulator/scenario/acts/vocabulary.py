"""All acts, told apart by `do:`. A new act is added here."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from simulator.scenario.acts.on_code import (
    ClosePullRequest,
    DeleteBranch,
    EditPullRequest,
    Merge,
    OpenPullRequest,
    Push,
    ReportCheck,
    RequestReview,
    Review,
)
from simulator.scenario.acts.on_issues import Assign, Comment, CreateIssue, EditIssue, Link, Move, Note, Rank, Schedule

AnyAct = Annotated[
    Note
    | Comment
    | Move
    | Assign
    | EditIssue
    | Rank
    | Schedule
    | Link
    | CreateIssue
    | Push
    | DeleteBranch
    | OpenPullRequest
    | EditPullRequest
    | RequestReview
    | Review
    | Merge
    | ClosePullRequest
    | ReportCheck,
    Field(discriminator="do"),
]
