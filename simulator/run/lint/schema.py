"""The JSON Schemas of what `sprintdojo lint --format json` prints, and of a mapping file."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from simulator.hygiene.card_schema import card_schema
from simulator.model.hygiene import Confidence
from simulator.run.lint.linting import FORMAT
from simulator.run.lint.mapping import MappingPart
from simulator.scenario.described import DescribedJsonSchema

LINT_SCHEMA_PATH = "docs/schema/lint.schema.json"
MAPPING_SCHEMA_PATH = "docs/schema/mapping.schema.json"
_DRAFT = "https://json-schema.org/draft/2020-12/schema"
Count = Annotated[int, Field(ge=0)]


class _Told(BaseModel):
    model_config = ConfigDict(use_attribute_docstrings=True, extra="forbid")


class SeenJson(_Told):
    """How much there was to judge."""

    commits: Count
    by_themselves: Count
    """Commits of the default branch that no known pull request brought."""
    pull_requests: Count
    merged: Count
    issues: Count
    sprints: Count
    people: Count


class LintPersonJson(_Told):
    """One of the people; score, letter and confidence only where everybody's were asked for."""

    seat: str
    name: str
    commits: Count
    score: Annotated[float, Field(ge=0, le=100)] = 0.0
    letter: Literal["A", "B", "C", "D", "E"] | None = None
    confidence: Confidence = Confidence.LOW


class NotJudgedJson(_Told):
    """A rule that was left out."""

    rule: str
    name: str
    lacks: list[str]
    """What nobody told of."""
    how: list[str]
    """What to give so that somebody does."""


class LintJson(_Told):
    """What a lint tells beside the scorecard."""

    format: Literal[1]
    """The version of this part."""
    repository: str
    """Its address, else the name of its folder."""
    branch: str
    project: str | None
    """The Jira project whose keys were looked for."""
    since: datetime
    until: datetime
    """The end of the range, which is not in it."""
    seen: SeenJson
    told: list[str]
    """What the sources told of."""
    open_by_rule: dict[str, Count]
    """How many open breaches each rule has, those left out of `findings` too; the rule that costs most first."""
    people: list[LintPersonJson]
    not_judged: list[NotJudgedJson]
    missing: list[str]
    """What could not be read."""
    notes: list[str]
    """What to know before the score is believed."""


def lint_schema() -> dict[str, Any]:
    """The schema (JSON Schema 2020-12): a scorecard with `lint`."""
    card = card_schema()
    told = LintJson.model_json_schema(mode="serialization")
    card["title"] = "Sprintdojo lint"
    card["properties"].pop("run")
    told["properties"]["format"] = {"const": FORMAT, "description": "The version of this part."}
    card["$defs"] |= told.pop("$defs") | {"LintJson": _without_titles(told)}
    for name in ("SeenJson", "LintPersonJson", "NotJudgedJson"):
        card["$defs"][name] = _without_titles(card["$defs"][name])
    card["$defs"]["LintPersonJson"]["required"] = ["seat", "name", "commits"]
    card["properties"]["lint"] = {"$ref": "#/$defs/LintJson"}
    card["required"] = sorted([*card["required"], "lint"])
    return card


def mapping_schema() -> dict[str, Any]:
    """The schema (JSON Schema 2020-12) of a mapping file."""
    schema = MappingPart.model_json_schema(mode="validation", schema_generator=DescribedJsonSchema)
    return {"$schema": _DRAFT, "title": "Sprintdojo mapping", **{k: v for k, v in schema.items() if k != "title"}}


def lint_schema_text() -> str:
    """The schema as docs/schema/lint.schema.json holds it."""
    return json.dumps(lint_schema(), indent=2, ensure_ascii=False) + "\n"


def mapping_schema_text() -> str:
    """The schema as docs/schema/mapping.schema.json holds it."""
    return json.dumps(mapping_schema(), indent=2, ensure_ascii=False) + "\n"


def _without_titles(record: dict[str, Any]) -> dict[str, Any]:
    for told in record["properties"].values():
        told.pop("title", None)
        told.pop("default", None)
    return record
