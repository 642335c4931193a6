"""The published schema of a scorecard: fresh, held by real cards, and of a new format whenever keys change."""

from __future__ import annotations

import copy
import hashlib
import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from simulator.hygiene.card_json import FORMAT, scorecard_json
from simulator.hygiene.card_schema import SCHEMA_PATH, card_schema, card_schema_text
from simulator.hygiene.card_words import WORDS
from simulator.hygiene.linter import score_run
from simulator.model.keys import SeatId
from simulator.testing.story import Story, a_clean_sprint

KEYS_OF_FORMATS = {2: "8b7bfb0a12e2"}
"""What each format's keys are, as a fingerprint. One that was published stays as it is: changed keys are a new format."""


def _cards() -> list[dict[str, Any]]:
    slips = Story().issue("PAY-1", assignee="ada").push("Bad_Name").open("Bad_Name", title="wip").merge(1)
    stories = [a_clean_sprint(issues=2), slips, slips.push_main("oops"), Story()]
    seats = [SeatId("ada"), None]
    made = [
        score_run(s.history(), seat=seat, elapsed=e, hygiene={}) for s in stories for seat in seats for e in (0.3, 1)
    ]
    return [json.loads(json.dumps(scorecard_json(card))) for card in made]


def test_the_written_schema_is_fresh() -> None:
    written = (Path(__file__).parents[2] / SCHEMA_PATH).read_text(encoding="utf-8")

    assert written == card_schema_text(), "run `make docs`"


def test_real_cards_hold_by_it_with_and_without_the_run_that_they_are_of() -> None:
    schema = jsonschema_rs.validator_for(card_schema(), validate_formats=True)

    for card in _cards():
        schema.validate(card)
        schema.validate({"run": "first-sprint-1", **card})


@pytest.mark.parametrize(
    ("place", "key", "value"),
    [
        ((), "score", 101),
        ((), "format", 0),
        ((), "letter", "F"),
        ((), "of_no_use", 1),
        (("findings", 0), "outcome", "fail"),
        (("findings", 0), "more", True),
        (("waterfall", 0), "points", "two"),
    ],
)
def test_a_card_with_another_key_or_value_does_not(place: tuple[str | int, ...], key: str, value: object) -> None:
    card = copy.deepcopy(_cards()[4])
    inner: Any = card
    for step in place:
        inner = inner[step]
    inner[key] = value

    assert not jsonschema_rs.validator_for(card_schema()).is_valid(card)


def test_every_key_of_a_card_is_needed() -> None:
    schema = jsonschema_rs.validator_for(card_schema())
    card = _cards()[0]

    for key in card:
        assert not schema.is_valid({name: value for name, value in card.items() if name != key}), key


def test_every_key_is_explained_and_nothing_else_is() -> None:
    schema = card_schema()
    records = {name: part["properties"] for name, part in schema["$defs"].items() if "properties" in part}

    assert {name: set(words) for name, words in WORDS.items()} == {name: set(keys) for name, keys in records.items()}
    assert all(key["description"] for keys in (schema["properties"], *records.values()) for key in keys.values())


def test_keys_that_change_are_a_new_format() -> None:
    schema = card_schema()
    keys = {name: sorted(part["properties"]) for name, part in schema["$defs"].items() if "properties" in part}
    keys["card"] = sorted(schema["properties"])
    mark = hashlib.sha256(json.dumps(keys, sort_keys=True).encode()).hexdigest()[:12]

    assert KEYS_OF_FORMATS.get(FORMAT) == mark, f"raise FORMAT in card_json.py and write {mark} here for it"
