"""A disputed finding as a case of its rule: it says the same again, rests on little, and names nobody."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from simulator.errors import SprintdojoError
from simulator.hygiene.case_facts import CaseFacts
from simulator.hygiene.disputed_case import Disputed, disputed_case
from simulator.hygiene.linter import score_run
from simulator.hygiene.registry import rule_named
from simulator.model.hygiene import Finding, Outcome
from simulator.model.keys import SeatId
from simulator.testing.cases import RuleCase, cases_of
from simulator.testing.story import CALENDAR, FIRST_DAY, Story, a_clean_sprint, a_roster, instant

ZOE = SeatId("zoe")
NOW = instant("10 17:00")
FRAME = CaseFacts(
    project="PAY",
    default_branch="main",
    now=NOW,
    sprint_start=instant("1"),
    sprint_end=CALENDAR.last_instant(FIRST_DAY, 10),
    people={},
    told=(),
)


def a_sprint() -> Story:
    """Zoe's work, most of it clean, with Mike beside her."""
    story = a_clean_sprint(by="zoe", roster=a_roster(humans=("zoe", "mike"), teammates=("ada", "rita")))
    words = "wip by Zoe, ask zoe@example.com or mike"
    story.at("5 10:00").push("Quick_Fix", by="zoe", commits=[{"message": words, "lines": 700}])
    story.open("Quick_Fix", by="zoe", title="stuff of Zoe", body="")
    return story.at("5 11:00").push("mike_was_here", by="mike")


def _case(finding: Finding, story: Story, *, right: str = "pass", **options: Any) -> dict[str, Any] | None:
    disputed = Disputed(
        rule=rule_named(finding.rule),
        subject=finding.subject,
        learner=ZOE,
        roster=story.roster,
        frame=FRAME.model_copy(update={"options": options}),
        facts=story.facts,
        places={"acme": "owner", "payments": "app"},
    )
    return disputed_case(disputed, instants=[instant("1"), NOW], name="disputed: Zoe did not mean it", right=right)


def _breaches(story: Story) -> list[Finding]:
    card = score_run(story.history(), seat=ZOE, elapsed=1.0, hygiene={})
    return [finding for finding in card.findings if finding.outcome is Outcome.BREACH]


def _read(case: dict[str, Any], rule: str, folder: Path) -> RuleCase:
    """The case as it stands in a case file."""
    file = folder / f"{rule}.yaml"
    file.write_text(yaml.safe_dump([case], sort_keys=False, allow_unicode=True), encoding="utf-8")
    (read,) = cases_of(rule_named(rule), file)
    return read


def test_every_disputed_breach_of_a_sprint_says_the_same_in_its_rules_case_file(tmp_path: Path) -> None:
    story = a_sprint()
    breaches = _breaches(story)
    assert len({finding.rule for finding in breaches}) >= 8

    for finding in breaches:
        case = _case(finding, story)
        assert case is not None, finding
        told = {"outcome": "breach", "credit": round(finding.credit or 0.0, 4)}
        _read(case | {"expect": told}, finding.rule, tmp_path).check()


def test_a_case_expects_what_the_trainer_says_and_fails_until_the_rule_is_mended(tmp_path: Path) -> None:
    story = a_sprint()
    finding = next(finding for finding in _breaches(story) if finding.rule == "BR-01")
    case = _case(finding, story, right="skip")
    assert case is not None

    with pytest.raises(AssertionError, match="skip was expected: breach"):
        _read(case, "BR-01", tmp_path).check()


def test_a_case_holds_the_facts_that_it_rests_on_and_no_others() -> None:
    story = a_sprint()
    finding = next(finding for finding in _breaches(story) if finding.rule == "BR-01")

    case = _case(finding, story)

    assert case is not None
    assert len(story.facts) > 60
    assert len(case["facts"]["told"]) <= 4
    assert {fact["kind"] for fact in case["facts"]["told"]} >= {"pushed", "committed"}
    assert not any("message" in fact.get("detail", {}) for fact in case["facts"]["told"])


def test_nobody_is_named_in_a_case() -> None:
    story = a_sprint()

    for finding in _breaches(story):
        text = yaml.safe_dump(_case(finding, story)).lower()
        assert "zoe" not in text.replace("mike_was_here", "")
        assert "github.test" not in text
        assert "acme" not in text
        assert "ada" in text  # the learner of every case, though the story has a colleague of that name


def test_a_case_keeps_the_options_that_its_rule_had(tmp_path: Path) -> None:
    story = a_roster(humans=("zoe",))
    told = Story(story).push("a", by="zoe", commits=[{"message": "feat: x", "lines": 150}]).open("a", by="zoe")
    hygiene = {"profile": "strict"}
    card = score_run(told.history(), seat=ZOE, elapsed=1.0, hygiene=hygiene)
    finding = next(finding for finding in card.findings if finding.rule == "PR-04")
    rule = rule_named("PR-04")
    strict = type(rule.options).model_validate({"good_lines": 100, "mid_lines": 200})
    disputed = Disputed(
        rule=replace(rule, options=strict),
        subject=finding.subject,
        learner=ZOE,
        roster=told.roster,
        frame=FRAME.model_copy(update={"options": strict.model_dump()}),
        facts=told.facts,
        places={},
    )

    case = disputed_case(disputed, instants=[NOW], name="small enough", right="pass")

    assert case is not None
    _read(case | {"expect": {"outcome": "breach"}}, "PR-04", tmp_path).check()


def test_what_the_facts_do_not_lead_to_becomes_no_case() -> None:
    story = a_sprint()
    finding = next(finding for finding in _breaches(story) if finding.rule == "BR-01")
    story.facts = [fact for fact in story.facts if fact.subject != finding.subject]

    assert _case(finding, story) is None


def test_a_case_has_a_story_or_facts(tmp_path: Path) -> None:
    story = a_sprint()
    case = _case(next(finding for finding in _breaches(story) if finding.rule == "BR-01"), story)
    assert case is not None

    for wrong in (case | {"story": [{"push": "a"}]}, {key: case[key] for key in case if key != "facts"}):
        with pytest.raises(SprintdojoError, match="`story`"):
            _read(wrong, "BR-01", tmp_path)
