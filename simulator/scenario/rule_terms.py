"""What of the rule book holds: terms that a scenario and a profile of its own can both set.

Rules are named by shape only: whether there is such a rule, and such an option of it, hygiene/profiles.py knows.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from simulator.scenario.part import Part, Slug, Written
from simulator.scenario.source import Spot

RuleCode = Annotated[
    str, Written(r"[A-Z]{2}-[0-9]{2}", "a rule code", "two capital letters, a hyphen, two digits: PR-04")
]
OptionName = Annotated[
    str, Written(r"[a-z][a-z0-9_]{0,39}", "the name of an option", "as `sprintdojo rules PR-04` lists")
]
Reason = Annotated[
    str,
    StringConstraints(max_length=500),
    Written(r"\s*\S[\s\S]{8,}\S\s*", "a reason", "say in a sentence why, with ten characters at least"),
]
_FIXED = frozenset(
    {"weight", "weights", "severity", "severities", "target", "targets", "points", "essential", "ceiling"}
)
_WHY_FIXED = "it is fixed, so that scores can be compared: switch rules off, or set quotas and options"


def why_fixed(spot: Spot) -> str:
    """Why what stands at a spot cannot be set, where somebody tries to set what a rule is worth; else nothing."""
    return _WHY_FIXED if spot[-1] in _FIXED and spot[0] in ("hygiene", *_FIXED, "options") else ""


class RuleTermsPart(Part):
    """Rules that are switched off, the evidence they expect, and their options. Never weights, severities or targets."""

    off: tuple[RuleCode, ...] = Field(default=(), max_length=500)
    """Rules that do not count here."""
    also: tuple[RuleCode, ...] = Field(default=(), max_length=100)
    """Rules of installed packages that count here."""
    quotas: dict[RuleCode, Annotated[int, Field(ge=0, le=100)]] = Field(default_factory=dict)
    """How many work items of evidence a rule expects over the sprint."""
    options: dict[RuleCode, dict[OptionName, Any]] = Field(default_factory=dict)  # Any: the rule's own model checks it
    """Values for the options of rules, within the bounds that their pages name."""


class WaiverPart(Part):
    """Breaches of a rule that cost nothing here, and why."""

    rule: RuleCode
    subject: Annotated[str, StringConstraints(min_length=1, max_length=300)]
    """A finding's subject, or a pattern with `*` and `?`: `branch:release/*`."""
    reason: Reason


class HygienePart(RuleTermsPart):
    """What of the rule book holds here: a profile, and what is set on top of it."""

    profile: Annotated[str, StringConstraints(min_length=1, max_length=300)] = "default"
    """`default`, `strict`, `trunk-based`, `beginner`, or a file inside the scenario's folder: `profiles/ours.yaml`."""
    waivers: tuple[WaiverPart, ...] = Field(default=(), max_length=100)
    """Breaches that cost nothing, each with its reason."""


class ProfilePart(RuleTermsPart):
    """A profile's file."""

    format: Literal[1]
    """The version of this language."""
    name: Slug
    summary: Annotated[str, StringConstraints(min_length=1, max_length=500)]
