"""One page of HTML that needs nothing else: no network, no script."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, select_autoescape

from simulator.hygiene.outputs.card import Card, dispute_of, plain, state_of, waiver_of

_TEMPLATES = Environment(
    loader=PackageLoader("simulator.hygiene.outputs"),
    autoescape=select_autoescape(default=True),
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.globals.update(dispute_of=dispute_of, state_of=state_of, waiver_of=waiver_of)


def page(card: Card) -> str:
    """The card as a page: score, groups, what it is made of, each finding with its reason and remedy."""
    return plain(_TEMPLATES.get_template("card.html").render(card=card, values=card.values))
