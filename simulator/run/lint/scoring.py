"""A history that was looked back on to scorecards: of the team, and of each person.

Nothing is expected of a past: only what there is counts. What belongs to no issue is a work item of its own, so that a team
without a tracker is not scored on one item that weighs everything.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from simulator.hygiene.card import Frame, make_card
from simulator.hygiene.judgement import Judgement
from simulator.hygiene.judging import Judge
from simulator.hygiene.needs import how_to_tell, lacking
from simulator.hygiene.profiles import rule_set
from simulator.hygiene.rule import Rule
from simulator.hygiene.waivers import Waivers
from simulator.model.history import UNPLANNED, History
from simulator.model.hygiene import Breach, Scorecard
from simulator.model.keys import SeatId
from simulator.model.past import Told
from simulator.scenario.rule_terms import HygienePart

_BY_MAPPING = "the mapping"


@dataclass(frozen=True, slots=True, kw_only=True)
class NotJudged:
    """A rule that was left out: what nobody told of, and what to give so that somebody does."""

    rule: str
    name: str
    lacks: tuple[str, ...]
    how: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LintScorer:
    """Scores a past under a profile. Raises ScenarioError for terms that there are not; profiles of one's own lie in `folder`."""

    hygiene: HygienePart
    tells: Collection[Told]
    folder: Path | None = None
    rules: tuple[Rule, ...] = field(init=False)
    not_judged: tuple[NotJudged, ...] = field(init=False)

    def __post_init__(self) -> None:
        rules = rule_set(self.hygiene, folder=self.folder).rules
        lacks = {rule.code: lacking(rule, self.tells) for rule in rules}
        object.__setattr__(self, "rules", tuple(rule for rule in rules if not lacks[rule.code]))
        object.__setattr__(
            self, "not_judged", tuple(_left_out(rule, lacks[rule.code]) for rule in rules if lacks[rule.code])
        )

    def cards(
        self, history: History, seats: Iterable[SeatId | None]
    ) -> tuple[dict[SeatId | None, Scorecard], Mapping[str, int]]:
        """The scorecards of some people, None being the team; and how many open breaches each rule has."""
        terms = rule_set(self.hygiene, folder=self.folder)
        judged = {code: tuple(map(_by_itself, found)) for code, found in Judge(self.rules).judge(history).items()}
        waivers = Waivers(replace(one, waived=replace(one.waived, by=_BY_MAPPING)) for one in terms.waivers)
        nothing_expected = dict.fromkeys((rule.code for rule in self.rules), 0.0)
        found: dict[SeatId | None, Scorecard] = {}
        for seat in seats:
            frame = Frame(seat=seat, elapsed=1.0, quotas=nothing_expected, profile=terms.profile, waivers=waivers)
            found[seat] = make_card(history, judged, rules=self.rules, frame=frame)[0]
        return found, {code: sum(map(_is_open, judgements)) for code, judgements in judged.items()}


def people_in(history: History) -> Sequence[SeatId]:
    """Everybody who was seen to do anything, in the roster's order."""
    return [person.seat for person in history.roster if person.seat in history.last_deeds]


def findings_by_rule(card: Scorecard, open_by_rule: Mapping[str, int]) -> dict[str, int]:
    """The rules with open breaches, and how many: the rule that costs most first."""
    lost = {rule.rule: rule.lost for rule in card.rules}
    counts = {code: number for code, number in open_by_rule.items() if number}
    return dict(sorted(counts.items(), key=lambda of: (-lost.get(of[0], 0.0), of[0])))


def _is_open(judgement: Judgement) -> bool:
    return isinstance(judgement.verdict, Breach) and not judgement.verdict.repaired


def _by_itself(judgement: Judgement) -> Judgement:
    evidence = judgement.evidence
    if evidence is None or evidence.item != UNPLANNED:
        return judgement
    return replace(judgement, evidence=replace(evidence, item=evidence.subject))


def _left_out(rule: Rule, lacks: tuple[Told, ...]) -> NotJudged:
    return NotJudged(rule=rule.code, name=rule.name, lacks=tuple(map(str, lacks)), how=how_to_tell(rule, lacks))
