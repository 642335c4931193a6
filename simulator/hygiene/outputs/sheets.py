"""Rows for spreadsheets and learning platforms: one per finding, or one per learner.

No cell begins with what a spreadsheet would execute: https://owasp.org/www-community/attacks/CSV_Injection
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Literal

from simulator.hygiene.outputs.card import Card, Finding, dispute_of, plain, state_of, waiver_of

_FINDING = (
    *("id", "seat", "rule", "name", "outcome", "subject", "item", "at", "credit", "points_lost", "state"),
    *("message", "how_to_fix", "waived", "disputed", "url"),
)
_EXECUTED = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "＝",
    "＋",
    "－",
    "＠",
)  # wide ones too: some spreadsheets narrow them


def findings_csv(card: Card) -> str:
    """All findings of a card, a line each."""
    return _written(_FINDING, (_row(finding) for finding in card.values["findings"]))


def learners_csv(cards: Iterable[Card], *, platform: Literal["moodle", "canvas"] = "moodle") -> str:
    """One line per learner, as the platform imports grades.

    Moodle lets one map any columns, and wants the feedback beside the grade; Canvas wants its own first and the assignment's name
    over the points. Sources: https://docs.moodle.org/en/Grade_import and
    https://community.canvaslms.com/t5/Instructor-Guide/How-do-I-import-grades-in-the-Gradebook/ta-p/807
    """
    learners = list(cards)
    if platform == "canvas":
        title = learners[0].title if learners else "Sprintdojo"
        columns: Sequence[str] = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section", title)
        return _written(columns, ([card.whose, "", "", card.login, "", card.score] for card in learners))
    columns = ("username", "email", "grade", "feedback")
    return _written(columns, ([card.login, card.email, card.score, _feedback(card)] for card in learners))


def _row(finding: Finding) -> list[object]:
    told = {"state": state_of(finding), "waived": waiver_of(finding), "disputed": dispute_of(finding)}
    return [told[column] if column in told else finding.get(column) for column in _FINDING]


def _feedback(card: Card) -> str:
    open_ones = [finding for finding in card.findings("breach") if finding["open"]]
    told = "; ".join(f"{finding['rule']}: {finding['message']}" for finding in open_ones[:5])
    letter = card.values["letter"] or "no letter yet"
    return f"{card.title}: {card.score:g} ({letter}). {told}".strip()


def _written(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    text = io.StringIO()
    sheet = csv.writer(text, lineterminator="\r\n")  # RFC 4180
    sheet.writerow([_cell(column) for column in columns])
    sheet.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue()


def _cell(value: object) -> object:
    if value is None or isinstance(value, bool | int | float):
        return "" if value is None else value
    text = plain(value)
    return f"'{text}" if text.lstrip(" ").startswith(_EXECUTED) else text
