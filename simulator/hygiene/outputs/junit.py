"""JUnit's XML: one suite per rule, one case per subject, as build servers and automatic graders read it.

Source: https://github.com/testmoapp/junitxml
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from xml.etree import ElementTree as ET

from simulator.hygiene.outputs.card import Card, Finding, plain


def junit(card: Card) -> str:
    """The findings as tests: a breach is a failure, a rule that failed an error, what was not judged is skipped."""
    findings = sorted(card.values["findings"], key=lambda finding: (finding["rule"], finding["subject"]))
    suites = ET.Element("testsuites", {"name": plain(card.title), **_counts(findings)})
    suites.extend(_suites(card, findings))
    ET.indent(suites)
    return ET.tostring(suites, encoding="unicode", xml_declaration=True) + "\n"


def _suites(card: Card, findings: list[Finding]) -> Iterator[ET.Element]:
    for rule, found in groupby(findings, key=lambda finding: str(finding["rule"])):
        some = list(found)
        suite = ET.Element("testsuite", {"name": f"{rule} {some[0]['name']}", **_counts(some)})
        suite.extend(_case(card, finding) for finding in some)
        yield suite


def _case(card: Card, finding: Finding) -> ET.Element:
    name = plain(f"{card.whose}: {finding['subject']}")
    case = ET.Element("testcase", name=name, classname=f"sprintdojo.{finding['rule']}", time="0")
    message = plain(finding["message"])
    match finding["outcome"]:
        case "breach":
            failure = ET.SubElement(case, "failure", message=message, type=str(finding["rule"]))
            failure.text = plain("\n".join(filter(None, [finding["why"], finding["how_to_fix"], finding["url"]])))
        case "error":
            ET.SubElement(case, "error", message=message, type="error")
        case "skip" | "not_available":
            ET.SubElement(case, "skipped", message=message)
        case _:
            pass  # a pass has nothing below it
    return case


def _counts(findings: list[Finding]) -> dict[str, str]:
    outcomes = [finding["outcome"] for finding in findings]
    skipped = outcomes.count("skip") + outcomes.count("not_available")
    return {
        "tests": str(len(outcomes)),
        "failures": str(outcomes.count("breach")),
        "errors": str(outcomes.count("error")),
        "skipped": str(skipped),
    }
