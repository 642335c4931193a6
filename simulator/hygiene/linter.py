"""All rules over a history: subjects to verdicts to a scorecard, for one seat or for the team.

Refuses to ask anybody but the history. A rule that fails is one error outcome, and costs nobody points.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from simulator.hygiene.card import Frame, make_card
from simulator.hygiene.counted import Counted
from simulator.hygiene.foresight import foreseen
from simulator.hygiene.judging import Judge
from simulator.hygiene.profiles import rule_set
from simulator.hygiene.registry import rules_version
from simulator.hygiene.waivers import Waiver, Waivers
from simulator.model.history import History
from simulator.model.hygiene import Disputed, Finding, Scorecard
from simulator.model.keys import SeatId
from simulator.scenario.rule_terms import HygienePart


class Scorer:
    """Scores one history of a run after another: what is judged once is judged again only when it may come out otherwise.

    `hygiene` is the scenario's part of that name: `profile`, `off`, rules that do not count; `also`, rules of packages that do;
    `quotas`, rule → expected work items; `options`; `waivers`. A profile of one's own lies in `folder`. Raises ScenarioError for
    what there is not. Not for several threads at once.
    """

    def __init__(self, hygiene: Mapping[str, Any], *, folder: Path | None = None) -> None:
        self._terms = rule_set(HygienePart.model_validate(hygiene), folder=folder)
        self._judge = Judge(self._terms.rules)
        self._version = rules_version(self._terms.rules, self._terms.quotas, self._terms.profile)
        self._counted: dict[SeatId | None, Mapping[str, Counted]] = {}

    def foresee(self, history: History, branch: str, seat: SeatId) -> tuple[Finding, ...]:
        """The open findings on a seat's commits of a branch that has no pull request, as if one were opened now."""
        return foreseen(history, branch, rules=self._terms.rules, seat=seat, waivers=Waivers(self._terms.waivers))

    def score(
        self,
        history: History,
        *,
        seats: Iterable[SeatId | None],
        elapsed: float,
        waivers: Iterable[Waiver] = (),
        disputed: Mapping[str, Disputed] = MappingProxyType({}),
    ) -> dict[SeatId | None, Scorecard]:
        """The scorecards of several seats, None being the team, with `elapsed` of the sprint over, 0 to 1.

        `waivers` were given during the run, beside those of the scenario; `disputed` is what learners say, by ids of findings.
        """
        judged = self._judge.judge(history)
        cards: dict[SeatId | None, Scorecard] = {}
        excused = Waivers((*waivers, *self._terms.waivers))
        for seat in seats:
            frame = Frame(
                seat=seat,
                elapsed=elapsed,
                quotas=self._terms.quotas,
                profile=self._terms.profile,
                waivers=excused,
                disputed=disputed,
                rules_version=self._version,
            )
            cards[seat], self._counted[seat] = make_card(
                history, judged, rules=self._judge.rules, frame=frame, before=self._counted.get(seat, {})
            )
        return cards


def score_run(history: History, *, seat: SeatId | None, elapsed: float, hygiene: Mapping[str, Any]) -> Scorecard:
    """The scorecard of a seat (None: of the team) with `elapsed` of the sprint over, 0 to 1.

    `hygiene` is the scenario's part of that name, as for `Scorer`. Raises ScenarioError for what there is not.
    """
    return Scorer(hygiene).score(history, seats=[seat], elapsed=elapsed)[seat]
