"""All intents, told apart by `intend:`. A new intent is added here."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from simulator.scenario.intents.do_issue import DoIssue
from simulator.scenario.intents.in_meetings import (
    AnswerPromptIntent,
    AnswerStandUp,
    PlanSprint,
    RetroAction,
    ShowAtReview,
)
from simulator.scenario.intents.on_code import FixConflict, PushLargeChange, RerunCheck, Revert, RewriteSecret
from simulator.scenario.intents.on_issues import AskOnIssue, FlagIssue, LeaveForCarryOver
from simulator.scenario.intents.on_reviews import HandOverReview, MergeWithoutReview, ReviewPull

AnyIntent = Annotated[
    DoIssue
    | ReviewPull
    | MergeWithoutReview
    | HandOverReview
    | PushLargeChange
    | FixConflict
    | RewriteSecret
    | RerunCheck
    | Revert
    | AskOnIssue
    | FlagIssue
    | LeaveForCarryOver
    | AnswerStandUp
    | AnswerPromptIntent
    | PlanSprint
    | ShowAtReview
    | RetroAction,
    Field(discriminator="intend"),
]
