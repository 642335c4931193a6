"""The JSON Schema of a scorecard's JSON form, made from the records that the form is made of.

Closed: every key that a card has is in it, and required. `FORMAT` goes up whenever a key comes, goes or changes its meaning.
"""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Annotated, Any, Literal, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, create_model

from simulator.hygiene.card_json import FORMAT
from simulator.hygiene.card_words import WORDS
from simulator.model.hygiene import Confidence, Finding, RuleScore, UnusedWaiver, WaterfallStep

SCHEMA_PATH = "docs/schema/scorecard.schema.json"
Points = Annotated[float, Field(ge=0, le=100)]
Share = Annotated[float, Field(ge=0, le=1)]


class _Told(BaseModel):
    model_config = ConfigDict(use_attribute_docstrings=True, title="Sprintdojo scorecard")


_ID = Annotated[str, Field(pattern="^[0-9a-f]{12}$")]
_KINDS = get_type_hints(Finding)
_KEYS: dict[str, Any] = {"id": (_ID, ...)} | {field.name: (_KINDS[field.name], ...) for field in fields(Finding)}
FindingJson: Any = create_model("Finding", __doc__=Finding.__doc__, **_KEYS)  # Any: made of a record at run time


class CardJson(_Told):
    """A seat's score, or the team's, with everything that it is made of."""

    run: str | None = None
    """The run's id, where a card is asked of one."""
    format: int
    """The version of this form."""
    seat: str | None
    """Whose card it is; null for the team's."""
    score: Points
    """Points of 100."""
    letter: Literal["A", "B", "C", "D", "E"] | None
    """Null while confidence is low."""
    letter_capped_by: list[str]
    """Rules with an open breach that keeps the letter at C at most."""
    coverage: Share
    """How much of the evidence that a sprint should give is there."""
    confidence: Confidence
    """How far the score can be trusted; the letter needs at least medium."""
    uncertainty: Annotated[float, Field(ge=0)]
    """Half the width of the band in which the score lies at 80 %."""
    provisional: bool
    """The sprint goes on."""
    elapsed: Share
    """How much of the sprint is over."""
    if_ended_now: Points
    """What the same evidence would be worth at the sprint's end."""
    rules_version: Annotated[str, Field(pattern="^[0-9a-f]{12}$")]
    """Scores of one version can be compared."""
    profile: str
    """The profile of rules that was in force."""
    groups: dict[str, Points]
    """Score of each group of rules by its two letters, of 100."""
    rules: list[RuleScore]
    """What each rule earned that applies."""
    findings: list[FindingJson]
    """What costs most first; at most 2,000."""
    findings_left_out: Annotated[int, Field(ge=0)]
    """How many more there are."""
    waivers_unused: list[UnusedWaiver]
    """Waivers that no breach needs."""
    waterfall: list[WaterfallStep]
    """From 100 down to the score: the steps add up exactly."""


def card_schema() -> dict[str, Any]:
    """The schema (JSON Schema 2020-12) of what `scorecard_json` gives and the API answers."""
    made = CardJson.model_json_schema(mode="serialization")
    for name, record in ((None, made), *made["$defs"].items()):
        if "properties" in record:
            record["additionalProperties"] = False
            record["required"] = sorted(set(record["properties"]) - {"run"})
            for key, told in record["properties"].items():
                told.pop("default", None)
                told.pop("title", None)
                if name is not None:
                    told["description"] = WORDS.get(name, {}).get(key, "")
    made["properties"]["format"] = {"const": FORMAT, "description": "The version of this form."}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def card_schema_text() -> str:
    """The schema as docs/schema/scorecard.schema.json holds it."""
    return json.dumps(card_schema(), indent=2, ensure_ascii=False) + "\n"
