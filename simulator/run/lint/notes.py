"""What a reader should know of a past before they believe its score: habits that a rule cannot tell from sloth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from simulator.model.history import History
from simulator.model.hygiene import RuleScore, Scorecard

_FEW, _ENOUGH = 0.1, 10
_CONVENTIONS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "CM-01": (("CM-01", "PR-01"), "`type(scope): description` in commit headers and titles"),
    "BR-01": (("BR-01",), "`type/KEY-description` as names of branches"),
}
_SHARE_ALONE = 0.5


def notes_on(card: Scorecard, history: History) -> Iterator[str]:
    """Sentences, each with what to do."""
    scores = {rule.rule: rule for rule in card.rules}
    for code, (rules, what) in _CONVENTIONS.items():
        if _is_no_habit(scores.get(code)):
            off = ", ".join(rules)
            yield f"Nobody here writes {what}. If that is a choice, switch it off in the mapping file: hygiene: {{off: [{off}]}}"
    alone = len(history.alone)
    if alone >= _ENOUGH and alone > _SHARE_ALONE * max(1, len(history.commits)):
        yield (
            f"{alone} of {len(history.commits)} commits came by no pull request that the merge messages name. Pushed or rebased: "
            "a clone cannot tell. With --github it is known, and pushes are judged (BR-06)"
        )


def _is_no_habit(rule: RuleScore | None) -> bool:
    return rule is not None and rule.items >= _ENOUGH and rule.rate < _FEW
