"""SARIF 2.1.0, for code viewers. What is wrong with a process has no file: the subject stands for one, its address beside it.

Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any
from urllib.parse import quote

from simulator.hygiene.outputs.card import Card, Finding, dispute_of, plain, waiver_of

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_MOST_RESULTS = 5_000  # as many as GitHub shows: https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
_LEVELS = {"breach": "warning", "error": "note"}


def sarif(card: Card) -> str:
    """The breaches of a card, and rules that failed, as SARIF in JSON."""
    results = card.findings(*_LEVELS)[:_MOST_RESULTS]
    rules = {str(finding["rule"]): finding for finding in results}
    names = list(rules)
    tool = {
        "name": "Sprintdojo",
        "semanticVersion": version("sprintdojo"),
        "rules": [_rule(code, finding) for code, finding in rules.items()],
    }
    run = {
        "tool": {"driver": tool},
        "automationDetails": {"id": plain(f"{card.title}/{card.whose}")},
        "properties": {"score": card.score, "rules_version": card.values["rules_version"]},
        "results": [_result(finding, names.index(str(finding["rule"]))) for finding in results],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _rule(code: str, finding: Finding) -> dict[str, Any]:
    return {
        "id": code,
        "name": finding["name"],
        "shortDescription": {"text": plain(finding["name"]).replace("-", " ")},
        "fullDescription": {"text": plain(finding["why"])},
    }


def _result(finding: Finding, index: int) -> dict[str, Any]:
    subject = plain(finding["subject"])
    where: dict[str, Any] = {
        "physicalLocation": {"artifactLocation": {"uri": quote(subject)}},
        "logicalLocations": [{"fullyQualifiedName": subject, "kind": "resource"}],
    }
    words = " ".join(filter(None, [plain(finding["message"]), plain(finding["how_to_fix"])]))
    properties = {name: plain(finding[name]) for name in ("url", "at")}
    return {
        "ruleId": finding["rule"],
        "ruleIndex": index,
        "level": _LEVELS[finding["outcome"]] if finding["open"] or finding["outcome"] == "error" else "note",
        "message": {"text": words},
        "locations": [where],
        "partialFingerprints": {"finding/v1": finding["id"]},
        "properties": properties | {"points_lost": finding["points_lost"]},
        "suppressions": list(_suppressions(finding)),
    }


def _suppressions(finding: Finding) -> Iterator[dict[str, str]]:
    """A waiver suppresses; what the learner disputes is under review, until the trainer has answered."""
    if waived := waiver_of(finding):
        yield {"kind": "external", "status": "accepted", "justification": plain(waived)}
    elif (finding.get("disputed") or {}).get("state") == "open":
        yield {"kind": "external", "status": "underReview", "justification": plain(dispute_of(finding))}
