"""Event `review`: at the end of a sprint the team shows what is done, issue by issue against its acceptance criteria."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar, Literal

from simulator.model.actions import PromptKind
from simulator.scenario.events.closing_meeting import ClosingMeeting


class ReviewEvent(ClosingMeeting):
    """The sprint review. Humans say which issues meet their criteria; that is compared with what was merged."""

    kind: ClassVar[PromptKind] = PromptKind.REVIEW
    before_end: ClassVar[timedelta] = timedelta(hours=2)

    type: Literal["review"]
