"""What a score comes to: points, by rule, by group and by what was lost. Refuses to compute."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from simulator.model.hygiene import Confidence, RuleScore, WaterfallStep
from simulator.model.record import record

Told = tuple[Sequence[WaterfallStep], Mapping[str, float]]
"""One rule's part of the waterfall, and what each subject costs."""


@record
class Score:
    """The outcome. `losses_of` are the points lost by rule and subject."""

    total: float
    coverage: float
    uncertainty: float
    confidence: Confidence
    groups: Mapping[str, float]
    rules: tuple[RuleScore, ...]
    waterfall: tuple[WaterfallStep, ...]
    losses_of: Mapping[str, Mapping[str, float]]

    @property
    def losses(self) -> Mapping[tuple[str, str], float]:
        """The points lost by (rule, subject)."""
        return {(rule, subject): lost for rule, of_rule in self.losses_of.items() for subject, lost in of_rule.items()}
