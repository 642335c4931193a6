"""A summary to read: in a terminal, a pull request's comment, a build's summary."""

from __future__ import annotations

import re
from collections.abc import Iterator

from simulator.hygiene.outputs.card import Card, Finding, dispute_of, plain, state_of, waiver_of

_MOST = 30
_MARKED = re.compile(r"([\\`*_{}\[\]<>|#])")


def markdown(card: Card) -> str:
    """Score, groups, and what to mend, what costs most first."""
    return "\n".join(_lines(card)) + "\n"


def _lines(card: Card) -> Iterator[str]:
    values = card.values
    letter = values["letter"] or "no letter yet"
    yield f"## {_text(card.title)}: {_text(card.whose)}, {card.score:g} points ({letter})"
    yield ""
    for sentence in card.about:
        yield from (_text(sentence), "")
    seen = "" if "lint" in values else f", {values['coverage']:.0%} of the evidence that a sprint should give"
    yield (
        f"± {values['uncertainty']:g}, confidence {values['confidence']}{seen}. Rules {values['rules_version']}"
        f"{', provisional' if values['provisional'] else ''}."
    )
    yield ""
    yield "| group | score |"
    yield "|---|---|"
    yield from (f"| {group} | {points:g} |" for group, points in values["groups"].items())
    breaches = [finding for finding in card.findings("breach") if not finding.get("waived")]
    if breaches:
        yield ""
        yield "### What to mend"
        yield ""
        yield from (_finding(finding) for finding in breaches[:_MOST])
        if len(breaches) > _MOST:
            yield f"- and {len(breaches) - _MOST} more"
    missing = [step for step in values["waterfall"] if step["cause"] == "missing evidence"]
    if missing:
        yield ""
        told = ", ".join(f"{step['rule']} ({step['points']:g})" for step in missing[:_MOST])
        yield f"Not seen yet, with what it costs: {told}."
    if waived := card.waived():
        yield ""
        yield "### Waived"
        yield ""
        yield from (
            f"- {finding['rule']} on {_text(finding['subject'])}: {_text(waiver_of(finding))}" for finding in waived
        )
    if unused := values["waivers_unused"]:
        yield ""
        told = ", ".join(f"{waiver['rule']} on {_text(waiver['subject'])}" for waiver in unused)
        yield f"Waivers that nothing needs: {told}."
    for sentence in card.beside:
        yield from ("", _text(sentence))


def _finding(finding: Finding) -> str:
    state = " (mended)" if state_of(finding) == "mended" else ""
    advice = f" {_code(finding['how_to_fix'])}" if finding["open"] and finding["how_to_fix"] else ""
    where = f"[{finding['rule']}]({finding['url']})" if str(finding["url"]).startswith("http") else finding["rule"]
    disputed = f" *{_text(dispute_of(finding))}*" if finding.get("disputed") else ""
    return f"- {where}, {finding['points_lost']:g}{state}: {_text(finding['message'])}{advice}{disputed}"


def _text(words: object) -> str:
    return _MARKED.sub(r"\\\1", " ".join(plain(words).split()))


def _code(words: object) -> str:
    text = " ".join(plain(words).split())
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{fence} {text} {fence}"
