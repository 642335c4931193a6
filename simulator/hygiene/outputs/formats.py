"""The forms that a scorecard can be had in, by the names that the command line and the API use."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from simulator.hygiene.outputs.card import Card, plain
from simulator.hygiene.outputs.junit import junit
from simulator.hygiene.outputs.markdown import markdown
from simulator.hygiene.outputs.page import page
from simulator.hygiene.outputs.sarif import sarif
from simulator.hygiene.outputs.sheets import findings_csv, learners_csv


class Form(StrEnum):
    """A form of a scorecard. The two tables of learners have a line for each of them, the others are one card's."""

    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"
    CSV = "csv"
    CSV_LEARNERS = "csv-learners"
    CSV_CANVAS = "csv-canvas"
    JUNIT = "junit"
    SARIF = "sarif"

    @property
    def media_type(self) -> str:
        """What the text is, as HTTP says it."""
        return f"{_TYPES[self][0]}; charset=utf-8" if self not in (Form.JSON, Form.SARIF) else _TYPES[self][0]

    @property
    def is_of_everybody(self) -> bool:
        """Whether it has a line for each learner, whosever card is asked for."""
        return self in (Form.CSV_LEARNERS, Form.CSV_CANVAS)

    @property
    def suffix(self) -> str:
        """How the name of a file of this form ends."""
        return _TYPES[self][1]

    @property
    def words(self) -> str:
        """What it is, in words."""
        return _TYPES[self][2]


_TYPES = {
    Form.JSON: ("application/json", ".json", "JSON, the whole card"),
    Form.MARKDOWN: ("text/markdown", ".md", "Markdown, a summary"),
    Form.HTML: ("text/html", ".html", "HTML, one page"),
    Form.CSV: ("text/csv", ".findings.csv", "CSV, a line per finding"),
    Form.CSV_LEARNERS: ("text/csv", ".learners.csv", "CSV, a line per learner (Moodle)"),
    Form.CSV_CANVAS: ("text/csv", ".canvas.csv", "CSV, a line per learner (Canvas)"),
    Form.JUNIT: ("application/xml", ".junit.xml", "JUnit XML"),
    Form.SARIF: ("application/sarif+json", ".sarif", "SARIF"),
}


@dataclass(frozen=True, slots=True)
class Written:
    """A scorecard as the text of a form."""

    form: Form
    text: str


def write(form: str, card: Card, *, learners: Sequence[Card] = ()) -> Written:
    """A card in a form; `learners` are the cards of everybody for the tables of learners, else the one. Raises ValueError."""
    chosen = Form(form)
    everybody = learners or (card,)
    match chosen:
        case Form.JSON:
            text = plain(json.dumps(card.values, ensure_ascii=False, indent=2)) + "\n"
        case Form.MARKDOWN:
            text = markdown(card)
        case Form.HTML:
            text = page(card)
        case Form.CSV:
            text = findings_csv(card)
        case Form.CSV_LEARNERS:
            text = learners_csv(everybody)
        case Form.CSV_CANVAS:
            text = learners_csv(everybody, platform="canvas")
        case Form.JUNIT:
            text = junit(card)
        case Form.SARIF:
            text = sarif(card)
    return Written(chosen, text)
