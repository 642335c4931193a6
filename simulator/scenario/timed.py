"""An action and its time in the story: what plans are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from simulator.model.actions import Action


class Rank(IntEnum):
    """Which of two actions of one instant comes first."""

    SETUP = 0
    STORY = 10
    REACTION = 20
    SPRINT_END = 80
    FINISH = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedAction:
    """An action to be done at a simulated instant. `id` is unique in the run: adding it twice is harmless."""

    id: str
    at: datetime
    priority: int
    action: Action
