"""Event `retro`: the retrospective: two strengths, two habits, and an action that becomes an issue of the next sprint."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar, Literal

from simulator.model.actions import PromptKind
from simulator.scenario.events.closing_meeting import ClosingMeeting


class RetroEvent(ClosingMeeting):
    """The retrospective. What it asks is filled in from evidence; the action of the one before is looked at again."""

    kind: ClassVar[PromptKind] = PromptKind.RETROSPECTIVE
    before_end: ClassVar[timedelta] = timedelta(hours=1)

    type: Literal["retro"]
