"""All acts, told apart by `do:`. A new act is added here."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from simulator.scenario.acts.answering import Answer, Speak
from simulator.scenario.acts.around_pulls import (
    AssignPull,
    Dismiss,
    Draft,
    Label,
    Ready,
    Reopen,
    Reply,
    Resolve,
    Withdraw,
)
from simulator.scenario.acts.asking import Ask
from simulator.scenario.acts.in_the_run import Away, Back, Pace
from simulator.scenario.acts.on_code import (
    CreateBranch,
    DeleteBranch,
    Push,
    Release,
    ReportCheck,
    RerunChecks,
    Rewrite,
)
from simulator.scenario.acts.on_issues import (
    Assign,
    Comment,
    CreateIssue,
    EditIssue,
    Flag,
    Link,
    LogWork,
    Move,
    Note,
    Rank,
    Schedule,
    Unlink,
    WatchIssue,
)
from simulator.scenario.acts.on_pulls import (
    ClosePullRequest,
    EditPullRequest,
    Merge,
    OpenPullRequest,
    RequestReview,
    Review,
)
from simulator.scenario.acts.on_sprints import CloseSprint, CreateSprint, EditSprint, StartSprint

AnyAct = Annotated[
    Note
    | Ask
    | Answer
    | Speak
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
    | ReportCheck
    | Away
    | Back
    | Pace
    | Flag
    | Unlink
    | WatchIssue
    | LogWork
    | CreateSprint
    | StartSprint
    | CloseSprint
    | EditSprint
    | CreateBranch
    | Rewrite
    | RerunChecks
    | Release
    | Reopen
    | Draft
    | Ready
    | Reply
    | Resolve
    | Dismiss
    | Withdraw
    | Label
    | AssignPull,
    Field(discriminator="do"),
]
