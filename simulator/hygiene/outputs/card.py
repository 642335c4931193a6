"""A scorecard's JSON with whose it is: what every output is made of."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Finding = Mapping[str, Any]
"""One finding of a scorecard's JSON."""

# What XML 1.0 and spreadsheets cannot hold: https://www.w3.org/TR/xml/#charsets
_UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A scorecard as JSON values. `title` names the run or the repository; person fields are empty for the team.

    `about` are sentences to read before the score, `beside` such as come last: for people, not for programs.
    """

    title: str
    values: Mapping[str, Any]
    name: str = ""
    login: str = ""
    email: str = ""
    about: Sequence[str] = ()
    beside: Sequence[str] = ()

    @property
    def score(self) -> float:
        """Points, 0 to 100."""
        return float(self.values["score"])

    @property
    def whose(self) -> str:
        """The person's name, or the team."""
        return self.name or str(self.values.get("seat") or "the team")

    def findings(self, *outcomes: str) -> Sequence[Finding]:
        """The findings with one of these outcomes, in the card's order: what costs most first."""
        return [finding for finding in self.values["findings"] if finding["outcome"] in outcomes]

    def waived(self) -> Sequence[Finding]:
        """The breaches that somebody waived."""
        return [finding for finding in self.findings("breach") if waiver_of(finding)]


def waiver_of(finding: Finding) -> str:
    """Why a finding costs nothing, in words: who waived it and the reason; empty for one that is not waived."""
    waived = finding.get("waived")
    return f"waived by {waived['by']}: {waived['reason']}" if waived else ""


def dispute_of(finding: Finding) -> str:
    """What is said against a finding, and what became of it; empty for one that nobody disputes."""
    said = finding.get("disputed")
    if not said:
        return ""
    answer = f"; {said['by'] or 'the trainer'}: {said['answer']}" if said.get("answer") else ""
    return f"disputed ({said['state']}): {said['reason']}{answer}"


def state_of(finding: Finding) -> str:
    """What became of a breach: open, waived, or mended (for a part of the points); empty for every other outcome."""
    if finding["outcome"] != "breach":
        return ""
    return "open" if finding["open"] else "waived" if finding.get("waived") else "mended"


def plain(text: object) -> str:
    """A text without the characters that no reader of these formats accepts."""
    return _UNFIT.sub("\ufffd", str(text))
