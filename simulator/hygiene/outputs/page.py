"""One page of HTML that needs nothing else: no network, no script."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jinja2 import Environment, PackageLoader, select_autoescape

from simulator.hygiene.outputs.card import Card, dispute_of, plain, state_of, waiver_of

_MOST_STEPS = 40
_TEMPLATES = Environment(
    loader=PackageLoader("simulator.hygiene.outputs"),
    autoescape=select_autoescape(default=True),
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.globals.update(dispute_of=dispute_of, state_of=state_of, waiver_of=waiver_of)


def page(card: Card) -> str:
    """The card as a page: score, groups, what it is made of, each finding with its reason and remedy."""
    template = _TEMPLATES.get_template("card.html")
    return plain(template.render(card=card, values=card.values, steps=list(_steps(card.values["waterfall"]))))


def _steps(waterfall: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Where the points went, one line for each subject; where that is too long to be read, one for each rule."""
    steps = [step for step in waterfall if step["points"]]
    if len(steps) <= _MOST_STEPS:
        yield from (
            {"rule": step["rule"], "what": step["subject"] or step["cause"], "points": step["points"]} for step in steps
        )
        return
    by_rule: dict[tuple[str, str], list[float]] = {}
    for step in steps:
        by_rule.setdefault((step["rule"] or "", step["cause"]), []).append(step["points"])
    for (rule, cause), points in sorted(by_rule.items(), key=lambda of: -sum(of[1])):
        yield {"rule": rule, "what": f"{len(points)} × {cause}", "points": round(sum(points), 2)}
