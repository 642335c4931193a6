"""What can be done on Jira, on GitHub and in the run's feed: by colleagues, by the simulator, by scripted learners.

Refuses to know how. Every action names its actor. `pack` and `unpack` turn actions into JSON values and back.
"""

from __future__ import annotations

from simulator.model.actions.action import Action
from simulator.model.actions.in_the_run import Channel, FinishRun, PostNote, ReviewWhenRead
from simulator.model.actions.on_code import (
    ClosePullRequest,
    CommentOnPullRequest,
    DeleteBranch,
    EditPullRequest,
    MergePullRequest,
    OpenPullRequest,
    PushCommit,
    ReportCheck,
    RequestReview,
    SubmitReview,
)
from simulator.model.actions.on_issues import (
    AssignIssue,
    CommentOnIssue,
    EditIssue,
    LinkIssues,
    MoveIssue,
    RankIssue,
    TransitionIssue,
)
from simulator.model.actions.packing import pack, unpack
from simulator.model.actions.setting_up import (
    AddCollaborators,
    CloseSprint,
    CreateIssues,
    CreateLabels,
    CreateProject,
    CreateRepository,
    CreateSprint,
    ProtectBranch,
    StartSprint,
)

__all__ = [
    "Action",
    "AddCollaborators",
    "AssignIssue",
    "Channel",
    "ClosePullRequest",
    "CloseSprint",
    "CommentOnIssue",
    "CommentOnPullRequest",
    "CreateIssues",
    "CreateLabels",
    "CreateProject",
    "CreateRepository",
    "CreateSprint",
    "DeleteBranch",
    "EditIssue",
    "EditPullRequest",
    "FinishRun",
    "LinkIssues",
    "MergePullRequest",
    "MoveIssue",
    "OpenPullRequest",
    "PostNote",
    "ProtectBranch",
    "PushCommit",
    "RankIssue",
    "ReportCheck",
    "RequestReview",
    "ReviewWhenRead",
    "StartSprint",
    "SubmitReview",
    "TransitionIssue",
    "pack",
    "unpack",
]
