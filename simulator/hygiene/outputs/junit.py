"""JUnit's XML: one suite per rule, one case per subject, as build servers and automatic graders read it.

Source: https://github.com/testmoapp/junitxml; holds by the schema of Jenkins' xUnit plug-in, junit-10.xsd, too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from xml.etree import ElementTree as ET

from simulator.hygiene.outputs.card import Card, Finding, dispute_of, plain, state_of, waiver_of


def junit(card: Card) -> str:
    """The findings as tests: an open breach is a failure, a rule that failed an error; what was not judged, or was waived, is
    skipped; a breach that was mended passes and says so.
    """
    findings = sorted(card.values["findings"], key=lambda finding: (finding["rule"], finding["subject"]))
    counts = _counts(findings)
    del counts["skipped"]  # which the root of that schema does not have
    suites = ET.Element("testsuites", {"name": plain(card.title), **counts})
    suites.extend(_suites(card, findings))
    ET.indent(suites)
    return ET.tostring(suites, encoding="unicode", xml_declaration=True) + "\n"


def _suites(card: Card, findings: Sequence[Finding]) -> Iterator[ET.Element]:
    for rule, found in groupby(findings, key=lambda finding: str(finding["rule"])):
        some = list(found)
        suite = ET.Element("testsuite", {"name": plain(f"{rule} {some[0]['name']}"), **_counts(some)})
        suite.extend(_case(card, finding) for finding in some)
        yield suite


def _case(card: Card, finding: Finding) -> ET.Element:
    name = plain(f"{card.whose}: {finding['subject']}")
    case = ET.Element("testcase", name=name, classname=f"sprintdojo.{finding['rule']}", time="0")
    message = plain(finding["message"])
    match _becomes(finding):
        case "failures":
            failure = ET.SubElement(case, "failure", message=message, type=str(finding["rule"]))
            told = (finding["why"], finding["how_to_fix"], dispute_of(finding), finding["url"])
            failure.text = plain("\n".join(filter(None, told)))
        case "errors":
            ET.SubElement(case, "error", message=message, type="error")
        case "skipped":
            ET.SubElement(case, "skipped", message=plain(waiver_of(finding)) or message)
        case _ if state_of(finding) == "mended":
            ET.SubElement(case, "system-out").text = f"mended: {message}"
    return case


def _becomes(finding: Finding) -> str:
    """Which of the schema's counts a finding is one of; empty for a case that passes."""
    match finding["outcome"]:
        case "breach":
            return {"open": "failures", "waived": "skipped"}.get(state_of(finding), "")
        case "error":
            return "errors"
        case "skip" | "not_available":
            return "skipped"
    return ""


def _counts(findings: Sequence[Finding]) -> dict[str, str]:
    found = Counter(map(_becomes, findings))
    kinds = ("failures", "errors", "skipped")
    return {"tests": str(len(findings))} | {kind: str(found[kind]) for kind in kinds}
