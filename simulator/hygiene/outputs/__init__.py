"""A scorecard for other readers: people, spreadsheets, build servers, code viewers. Each from the card's JSON, and pure."""

from __future__ import annotations

from simulator.hygiene.outputs.card import Card
from simulator.hygiene.outputs.formats import Form, Written, write
from simulator.hygiene.outputs.junit import junit
from simulator.hygiene.outputs.markdown import markdown
from simulator.hygiene.outputs.page import page
from simulator.hygiene.outputs.sarif import sarif
from simulator.hygiene.outputs.sheets import findings_csv, learners_csv

__all__ = [
    "Card",
    "Form",
    "Written",
    "findings_csv",
    "junit",
    "learners_csv",
    "markdown",
    "page",
    "sarif",
    "write",
]
