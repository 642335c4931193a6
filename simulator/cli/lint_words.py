"""What `sprintdojo lint` prints: the score, what costs most with one example of each rule, and what was not judged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from simulator.hygiene.outputs import Card
from simulator.run.lint.words import count, not_judged_words, notes_words, range_words

_STEERS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""What moves a terminal's cursor, paints, or turns the writing round; a commit may hold it."""
_SHOWN = 12
_NAMES = 3
_WITHIN = ", within what the rule lets pass"
_ONLY_TOLD = ", told and not scored"


def told(card: Card, *, every: bool) -> Iterator[str]:
    """The lines. With `every` each open finding, else one of each rule."""
    values: Mapping[str, Any] = card.values
    beside: Mapping[str, Any] = values["lint"]
    letter = f" {values['letter']}" if values["letter"] else ""
    whose = f" · {card.name}" if card.name else ""
    yield f"{card.title}{whose}: {card.score:.1f}{letter} ± {values['uncertainty']:.1f} ({values['confidence']} confidence)"
    yield range_words(beside)
    if values["groups"]:
        yield ""
        yield "  ".join(f"{code} {points:.0f}" for code, points in values["groups"].items())
    yield from _breaches(card, beside, every=every)
    people = [person for person in beside["people"] if "score" in person]
    if people and not card.name:
        yield from _people(people)
    for sentence in notes_words(beside):
        yield from ("", sentence)
    first, *others = not_judged_words(beside) or [""]
    yield from (("", first, *(f"  {line}" for line in others)) if first else ())


def harmless(line: str) -> str:
    """A line that a terminal only shows: a replacement character stands for whatever would steer it."""
    return _STEERS.sub("\ufffd", line)


def _breaches(card: Card, beside: Mapping[str, Any], *, every: bool) -> Iterator[str]:
    found = [finding for finding in card.findings("breach") if finding["open"]]
    by_rule: dict[str, list[Mapping[str, Any]]] = {}
    for finding in found:
        by_rule.setdefault(finding["rule"], []).append(finding)
    if not by_rule:
        yield ""
        yield "Nothing to mend."
        return
    lost = {rule["rule"]: rule["lost"] for rule in card.values["rules"]}
    ranked = sorted(by_rule, key=lambda code: (-lost.get(code, 0.0), code))
    for code in ranked if every else ranked[:_SHOWN]:
        listed = by_rule[code]
        number = beside["open_by_rule"].get(code, len(listed)) if not card.name else len(listed)
        cost = f", −{lost[code]:.1f}" if lost.get(code) else _WITHIN if code in lost else _ONLY_TOLD
        yield ""
        yield f"{code} {listed[0]['name']}: {number}×{cost}"
        for finding in listed if every else listed[:1]:
            yield f"    {finding['message']}{_by(finding, card, beside)}"
            yield f"    {finding['url'] or finding['subject']}"
        yield from (
            f"    fix: {line}" if place == 0 else f"         {line}" for place, line in enumerate(_fix(listed[0]))
        )
    if not every:
        yield ""
        left = len(ranked) - _SHOWN
        more = f"{count(left, 'more rule has', 'more rules have')} findings. " if left > 0 else ""
        yield f"{more}Each finding: --all; to take along: --format html -o lint.html"


def _by(finding: Mapping[str, Any], card: Card, beside: Mapping[str, Any]) -> str:
    """Who it is about, where that is not plain."""
    names = {person["seat"]: person["name"] for person in beside["people"]}
    about = [names[seat] for seat in finding["seats"] if seat in names]
    return f" ({', '.join(about[:_NAMES])}{', …' if len(about) > _NAMES else ''})" if about and not card.name else ""


def _fix(finding: Mapping[str, Any]) -> Sequence[str]:
    return str(finding["how_to_fix"]).splitlines() or [""]


def _people(people: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    yield ""
    width = max(len(person["name"]) for person in people)
    for person in sorted(people, key=lambda one: -one["commits"]):
        made = count(person["commits"], "commit", "commits")
        yield f"  {person['name'].ljust(width)}  {person['score']:5.1f} {person['letter'] or '–'}  {made}"
