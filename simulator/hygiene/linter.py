"""All rules over a history: subjects to verdicts to a scorecard, for one seat or for the team.

Refuses to ask anybody but the history. A rule that fails is one error outcome, and costs nobody points.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from simulator.hygiene.card import Frame, Tallies, make_card
from simulator.hygiene.judging import Judge
from simulator.hygiene.registry import rule_named, rules_without
from simulator.model.history import History
from simulator.model.hygiene import Scorecard
from simulator.model.keys import SeatId


class Scorer:
    """Scores one history of a run after another: what is judged once is judged again only when it may come out otherwise.

    `hygiene` is the scenario's part of that name: `off`, rules that do not count; `quotas`, rule → expected work items.
    Raises UnknownRule for a rule that is not in the book. Not for several threads at once.
    """

    def __init__(self, hygiene: Mapping[str, Any]) -> None:
        self._judge = Judge(rules_without(hygiene.get("off") or ()))
        self._quotas = {rule_named(str(name)).code: float(n) for name, n in (hygiene.get("quotas") or {}).items()}
        self._tallies: dict[SeatId | None, Tallies] = {}

    def score(
        self, history: History, *, seats: Iterable[SeatId | None], elapsed: float
    ) -> dict[SeatId | None, Scorecard]:
        """The scorecards of several seats, None being the team, with `elapsed` of the sprint over, 0 to 1."""
        judged = self._judge.judge(history)
        cards: dict[SeatId | None, Scorecard] = {}
        for seat in seats:
            frame = Frame(seat=seat, elapsed=elapsed, quotas=self._quotas)
            cards[seat], self._tallies[seat] = make_card(
                history, judged, rules=self._judge.rules, frame=frame, before=self._tallies.get(seat, {})
            )
        return cards


def score_run(history: History, *, seat: SeatId | None, elapsed: float, hygiene: Mapping[str, Any]) -> Scorecard:
    """The scorecard of a seat (None: of the team) with `elapsed` of the sprint over, 0 to 1.

    `hygiene` is the scenario's part of that name: `off`, rules that do not count; `quotas`, rule → expected work items.
    Raises UnknownRule for a rule that is not in the book.
    """
    return Scorer(hygiene).score(history, seats=[seat], elapsed=elapsed)[seat]
