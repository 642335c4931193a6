"""Every case of every rule's table: a small sprint is told, and the rule answers as the table says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from simulator.hygiene.linter import score_run
from simulator.hygiene.registry import all_rules, rule_named
from simulator.model.history import History
from simulator.model.hygiene import Finding, Severity
from simulator.model.keys import SeatId
from simulator.model.people import Roster
from tests.hygiene.story import Story, a_roster, instant

CASES = Path(__file__).parent / "cases"
ADA = SeatId("ada")
END = "10 17:00"


def _tables() -> dict[str, list[dict[str, Any]]]:
    return {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(CASES.glob("*.yaml"))}


def _cases(*, with_fix: bool = False) -> Iterator[Any]:
    for code, cases in _tables().items():
        for case in cases:
            if not with_fix or "fix" in case:
                yield pytest.param(code, case, id=f"{code}: {case['name']}")


@pytest.mark.parametrize(("code", "case"), list(_cases()))
def test_a_rule_answers_as_its_table_says(code: str, case: dict[str, Any]) -> None:
    story = _told(case)

    found = _findings(story.history(case.get("now", END)), code)

    finding = _the_one(found, case)
    if case["expect"] == "none":
        assert finding is None
    else:
        assert finding is not None
        _check(finding, case["expect"])


@pytest.mark.parametrize(("code", "case"), list(_cases(with_fix=True)))
def test_doing_what_the_advice_says_repairs(code: str, case: dict[str, Any]) -> None:
    story = _told(case)
    now = instant(case.get("now", END))
    before = score_run(story.history(now), seat=ADA, elapsed=1.0, hygiene={})
    broken = _the_one(_findings(story.history(now), code), case)
    assert broken is not None

    story.tell(_filled(case["fix"], broken))

    then = max(now, story.now)
    after = _findings(story.history(then), code)
    mended = after.get(broken.subject)
    if case["fixed"]["outcome"] == "none":
        assert mended is None
    else:
        assert mended is not None
        _check(mended, case["fixed"])
    if "fixed_elsewhere" in case:
        place = dict(case["fixed_elsewhere"])
        subject = place.pop("subject", None)
        _check(after[subject] if subject else next(iter(after.values())), place)
    own = [r.score for r in score_run(story.history(then), seat=ADA, elapsed=1.0, hygiene={}).rules if r.rule == code]
    assert own >= [r.score for r in before.rules if r.rule == code]


def test_every_rule_has_a_table_with_a_pass_a_breach_and_a_skip() -> None:
    tables = _tables()
    assert set(tables) == {rule.code for rule in all_rules()}
    for code, cases in tables.items():
        kinds = {"skip" if case["expect"] == "none" else case["expect"]["outcome"] for case in cases}
        told = rule_named(code).severity is Severity.INFO  # it may have nothing to hold against anybody
        assert ({"pass", "skip"} if told else {"pass", "breach", "skip"}) <= kinds, code
        assert len(cases) >= 6, code
        assert len({case["name"] for case in cases}) == len(cases), code


def test_every_rule_whose_breach_can_be_repaired_has_a_case_that_does_so() -> None:
    for code, cases in _tables().items():
        repairable = any(
            isinstance(c["expect"], dict) and c["expect"].get("repairable") in {"safe", "partial"} for c in cases
        )
        assert not repairable or any("fix" in case for case in cases), code


def _told(case: Mapping[str, Any]) -> Story:
    roster = a_roster(teammates=case.get("teammates", ("rita", "tom")))
    roles = case.get("roles", {})
    people = {seat: replace(person, role=roles.get(seat, person.role)) for seat, person in roster.people.items()}
    story = Story(Roster(people)).tell(case["story"])
    story.facts = [fact for fact in story.facts if fact.kind not in case.get("without", ())]
    return story


def _findings(history: History, code: str) -> dict[str, Finding]:
    findings = score_run(history, seat=ADA, elapsed=1.0, hygiene={}).findings
    return {finding.subject: finding for finding in findings if finding.rule == code}


def _the_one(found: Mapping[str, Finding], case: Mapping[str, Any]) -> Finding | None:
    if "subject" in case:
        return found.get(case["subject"])
    assert len(found) <= 1, f"the case must say which: {sorted(found)}"
    return next(iter(found.values()), None)


def _filled(steps: list[dict[str, Any]], broken: Finding) -> list[dict[str, Any]]:
    """The steps with `{sha}` filled in from the finding that they mend."""
    text = yaml.safe_dump(steps).replace("{sha}", broken.subject.partition(":")[2])
    filled: list[dict[str, Any]] = yaml.safe_load(text)
    return filled


def _check(finding: Finding, expected: Mapping[str, Any]) -> None:
    assert finding.outcome == expected["outcome"], finding.message
    if "credit" in expected:
        assert finding.credit == pytest.approx(expected["credit"], abs=0.0006)
    if "open" in expected:
        assert finding.open is expected["open"]
    if "repairable" in expected:
        assert finding.repairable == expected["repairable"]
    assert expected.get("message", "") in finding.message
    assert finding.how_to_fix or finding.outcome != "breach", "a breach says what to do"
    assert expected.get("fix_says", "") in finding.how_to_fix
    if finding.open:
        assert finding.how_to_fix, "an open breach says what to do"
        assert finding.url.startswith("https://")
