"""The score: evidence in, points out. Pure, and knows rules by their weights only.

    credit of an item   a(r,w) = Σ m·c / Σ m                  over the evidence of rule r in work item w
    rate                q(r)   = Σ_w a(r,w) / max(n, E·f)     n items with evidence, E expected, f elapsed share of the sprint
    rule score          s(r)   = min(1, q/θ)^γ                γ = 3 for critical rules, else 1
    budget              B(r)   = 100 · W_g/ΣW · w_r/Σ w_r     over the rules with n > 0 or E·f > 0, and their groups;
                                 a critical rule has at least 4 of its group's points, by that at most 4 of 5 of them
    score               S      = Σ B·s, then at most the ceiling of any open finding of a rule that has one

What is missing to S is shared out over what caused it: each piece of evidence by (1−c)·m/Σm, and missing evidence by
max(0, E·f − n). Doing nothing earns nothing, and doing more of the same neither adds nor takes.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain

from simulator.hygiene.scored import Score, Told
from simulator.hygiene.tally import NO_TALLY, Evidence, Tally
from simulator.model.hygiene import Cause, Confidence, RuleScore, Severity, WaterfallStep
from simulator.model.record import record

GROUP_WEIGHTS: Mapping[str, float] = {
    "BR": 8.0,
    "CM": 10.0,
    "PR": 24.0,
    "RV": 18.0,
    "IS": 14.0,
    "SP": 10.0,
    "FL": 11.0,
    "CI": 5.0,
}
"""What the groups weigh against each other, fixed, so that a group of many rules does not outweigh one of few."""

OWN_GROUP_WEIGHT = 5.0
"""Of a group that a package brings, where its rules are asked for: as the smallest of the book's, whose ratios stay."""
CRITICAL_EXPONENT = 3.0
CRITICAL_FLOOR = 4.0
"""Points that a critical rule is worth at least, however many others its group has."""
MOST_OF_GROUP = 0.8
"""Of a group's points, what its critical rules get by that at most."""
SUPPORTING_SHARE = 1 / 3
"""What a rule that supports the essential ones weighs against an essential one of its severity: three to one, so that a high
one still weighs as much as an essential low one."""
_BAND_Z = 1.28  # 80 % of a normal distribution


@record
class Terms:
    """A rule as the score sees it. `expected` is E, the work items of evidence that a whole sprint should give."""

    code: str
    name: str = ""
    severity: Severity = Severity.MEDIUM
    target: float = 1.0
    expected: float = 0.0
    ceiling: float | None = None
    essential: bool = True

    @property
    def group(self) -> str:
        """The first two letters of the code."""
        return self.code[:2]

    @property
    def weight(self) -> float:
        """What the rule weighs within its group."""
        return self.severity.weight * (1.0 if self.essential else SUPPORTING_SHARE)

    @property
    def exponent(self) -> float:
        """γ: the first lapse in a critical rule must be felt."""
        return CRITICAL_EXPONENT if self.severity is Severity.CRITICAL else 1.0


def score(
    rules: Sequence[Terms],
    evidence: Iterable[Evidence],
    *,
    elapsed: float = 1.0,
    group_weights: Mapping[str, float] = GROUP_WEIGHTS,
) -> Score:
    """The score of some evidence under some rules, `elapsed` (0 to 1) of the sprint being over.

    Order and repetition of evidence do not matter: a (rule, subject) counts once, with its lowest credit.
    """
    by_rule: defaultdict[str, list[Evidence]] = defaultdict(list)
    for piece in evidence:
        by_rule[piece.rule].append(piece)
    tallies = {rule: Tally(pieces) for rule, pieces in by_rule.items()}
    return score_of(rules, tallies, elapsed=elapsed, group_weights=group_weights)


def score_of(
    rules: Sequence[Terms],
    tallies: Mapping[str, Tally],
    *,
    elapsed: float,
    group_weights: Mapping[str, float] = GROUP_WEIGHTS,
) -> Score:
    """The score of tallied evidence (rule → tally; a rule without one has no evidence), as `score` gives it."""
    ledgers, results = _ledgers(rules, tallies, elapsed, group_weights)
    told = [_told(ledger, result) for ledger, result in zip(ledgers, results, strict=True)]
    steps = tuple(chain.from_iterable(of_rule for of_rule, _ in told)) if ledgers else (_nothing(),)
    earned, total = _totals(ledgers, results)
    if total < earned:
        steps = (*steps, WaterfallStep(cause=Cause.CEILING, rule=_lowest(ledgers), subject=None, points=earned - total))
    coverage = math.fsum(result.budget / 100 * ledger.coverage for ledger, result in zip(ledgers, results, strict=True))
    uncertainty = _BAND_Z * math.sqrt(
        math.fsum(ledger.variance * result.budget**2 for ledger, result in zip(ledgers, results, strict=True))
    )
    return Score(
        total=total,
        coverage=coverage,
        uncertainty=uncertainty,
        confidence=_confidence(coverage, uncertainty),
        groups=_groups(results),
        rules=results,
        waterfall=steps,
        losses_of={result.rule: losses for result, (_, losses) in zip(results, told, strict=True)},
    )


def total_of(rules: Sequence[Terms], tallies: Mapping[str, Tally], *, elapsed: float) -> float:
    """The points alone that `score_of` gives."""
    return _totals(*_ledgers(rules, tallies, elapsed, GROUP_WEIGHTS))[1]


def letter(total: float, confidence: Confidence, *, capped: bool) -> str | None:
    """A to E, at most C when capped, None while confidence is low."""
    if confidence is Confidence.LOW:
        return None
    mark = next((mark for mark, least in (("A", 90), ("B", 80), ("C", 70), ("D", 50)) if total >= least), "E")
    return max(mark, "C") if capped else mark


class _Ledger:
    """One rule's evidence against what is due by now."""

    def __init__(self, terms: Terms, tally: Tally, elapsed: float) -> None:
        self.terms = terms
        self.tally = tally
        self.due = terms.expected * elapsed
        self.items = len(tally.items)
        self.missing = max(0.0, self.due - self.items)

    @property
    def applies(self) -> bool:
        return self.terms.severity is not Severity.INFO and (self.items > 0 or self.due > 0)

    @cached_property
    def demand(self) -> float:
        return max(float(self.items), self.due)

    @cached_property
    def lacking(self) -> float:
        return math.fsum([self.tally.lacking, self.missing])

    @cached_property
    def rate(self) -> float:
        return min(1.0, max(0.0, 1.0 - self.lacking / self.demand))

    @cached_property
    def score(self) -> float:
        return float(min(1.0, self.rate / self.terms.target) ** self.terms.exponent)

    @property
    def coverage(self) -> float:
        return min(1.0, self.items / self.due) if self.due else 1.0

    @property
    def ceiling(self) -> float | None:
        return self.terms.ceiling if self.tally.is_open else None

    @property
    def variance(self) -> float:
        """Variance of the rule score: a Jeffreys beta posterior of the rate, carried through the score's slope."""
        alpha, beta = self.rate * self.demand + 0.5, (1 - self.rate) * self.demand + 0.5
        whole = alpha + beta
        relative = min(1.0, self.rate / self.terms.target)
        slope = self.terms.exponent / self.terms.target * relative ** (self.terms.exponent - 1)
        return float(slope**2 * alpha * beta / (whole**2 * (whole + 1)))


def _ledgers(
    rules: Sequence[Terms], tallies: Mapping[str, Tally], elapsed: float, group_weights: Mapping[str, float]
) -> tuple[list[_Ledger], tuple[RuleScore, ...]]:
    share = min(1.0, max(0.0, elapsed))
    every = (_Ledger(terms, tallies.get(terms.code, NO_TALLY), share) for terms in rules)
    ledgers = [ledger for ledger in every if ledger.applies]
    budgets = _budgets([ledger.terms for ledger in ledgers], group_weights)
    return ledgers, tuple(_result(ledger, budgets[ledger.terms.code]) for ledger in ledgers)


def _totals(ledgers: Sequence[_Ledger], results: Sequence[RuleScore]) -> tuple[float, float]:
    """What was earned, and what is left of it under the ceilings."""
    earned = min(100.0, math.fsum(result.earned for result in results))  # budgets do not add up exactly in binary
    return earned, min([earned, *(limit for ledger in ledgers if (limit := ledger.ceiling) is not None)])


def _budgets(rules: Sequence[Terms], group_weights: Mapping[str, float]) -> dict[str, float]:
    groups: defaultdict[str, list[Terms]] = defaultdict(list)
    for terms in rules:
        groups[terms.group].append(terms)
    weights = {group: group_weights.get(group, OWN_GROUP_WEIGHT) for group in groups}
    whole = math.fsum(weights.values())
    return {
        code: points
        for group, of_group in groups.items()
        for code, points in _shared_out(100.0 * weights[group] / whole, of_group).items()
    }


def _shared_out(points: float, rules: Sequence[Terms]) -> dict[str, float]:
    """A group's points by weight; a critical rule gets its floor first where its weight gives less."""
    weight = math.fsum(terms.weight for terms in rules)
    critical = [terms for terms in rules if terms.severity is Severity.CRITICAL]
    floor = min(CRITICAL_FLOOR, points * MOST_OF_GROUP / max(1, len(critical)))
    lifted = {terms.code: floor for terms in critical if points * terms.weight / weight < floor}
    rest = [terms for terms in rules if terms.code not in lifted]
    left, of_rest = points - math.fsum(lifted.values()), math.fsum(terms.weight for terms in rest)
    return {terms.code: lifted.get(terms.code) or left * terms.weight / of_rest for terms in rules}


def _result(ledger: _Ledger, budget: float) -> RuleScore:
    return RuleScore(
        rule=ledger.terms.code,
        name=ledger.terms.name,
        severity=ledger.terms.severity,
        budget=budget,
        target=ledger.terms.target,
        items=ledger.items,
        expected=ledger.due,
        rate=ledger.rate,
        score=ledger.score,
        earned=budget * ledger.score,
        lost=budget * (1.0 - ledger.score),
    )


def _told(ledger: _Ledger, result: RuleScore) -> Told:
    """A rule's steps and losses; the very ones of the time before where the tally stands and costs the same."""
    terms = (result.rule, result.lost, ledger.lacking, ledger.missing)
    known: tuple[object, Told] | None = ledger.tally.told
    if known is None or known[0] != terms:
        steps = tuple(_steps(ledger, result))
        known = ledger.tally.told = terms, (steps, {step.subject: step.points for step in steps if step.subject})
    return known[1]


def _steps(ledger: _Ledger, result: RuleScore) -> Iterator[WaterfallStep]:
    if result.lost <= 0 or ledger.lacking <= 0:
        return
    for subject, share in ledger.tally.lacks():
        yield WaterfallStep(
            cause=Cause.BREACH, rule=result.rule, subject=subject, points=result.lost * (share / ledger.lacking)
        )
    if ledger.missing > 0:
        yield WaterfallStep(
            cause=Cause.MISSING,
            rule=result.rule,
            subject=None,
            points=result.lost * (ledger.missing / ledger.lacking),
        )


def _nothing() -> WaterfallStep:
    return WaterfallStep(cause=Cause.NOTHING, rule=None, subject=None, points=100.0)


def _lowest(ledgers: Sequence[_Ledger]) -> str:
    with_ceiling = [ledger for ledger in ledgers if ledger.ceiling is not None]
    return min(with_ceiling, key=lambda ledger: ledger.ceiling or 0.0).terms.code


def _groups(results: Sequence[RuleScore]) -> dict[str, float]:
    earned: defaultdict[str, float] = defaultdict(float)
    budget: defaultdict[str, float] = defaultdict(float)
    for result in results:
        earned[result.rule[:2]] += result.earned
        budget[result.rule[:2]] += result.budget
    return {group: min(100.0, 100.0 * earned[group] / budget[group]) for group in budget}


def _confidence(coverage: float, uncertainty: float) -> Confidence:
    if coverage >= 0.9 and uncertainty <= 6:
        return Confidence.HIGH
    return Confidence.MEDIUM if coverage >= 0.6 and uncertainty <= 12 else Confidence.LOW
