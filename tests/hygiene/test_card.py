"""A scorecard as JSON: the keys of the public contract, and points that add up to the last digit."""

from __future__ import annotations

import json

from simulator.hygiene.card_json import scorecard_json
from simulator.hygiene.linter import score_run
from simulator.hygiene.registry import all_rules
from simulator.model.keys import SeatId
from simulator.testing.story import Story, a_clean_sprint

ADA = SeatId("ada")


def _told(story: Story, *, elapsed: float = 1.0) -> dict[str, object]:
    card = score_run(story.history(), seat=ADA, elapsed=elapsed, hygiene={})
    told: dict[str, object] = json.loads(json.dumps(scorecard_json(card)))
    return told


def _slips() -> Story:
    story = a_clean_sprint(issues=3)
    for day, lines in ((5, 333), (6, 777), (8, 251)):
        story.at(f"{day} 11:00").push(f"x{day}", commits=[{"message": "Wip", "lines": lines}]).open(
            f"x{day}", title="wip"
        )
    return story


def test_it_has_the_keys_of_the_contract() -> None:
    told = _told(_slips())

    assert {"score", "letter", "coverage", "confidence", "groups", "findings"} <= told.keys()
    assert {"waterfall", "rules", "rules_version", "seat", "uncertainty", "provisional", "if_ended_now"} <= told.keys()
    findings = told["findings"]
    assert isinstance(findings, list)
    wanted = {"rule", "outcome", "subject", "url", "message", "at", "points_lost", "how_to_fix"}
    assert all(wanted | {"seat", "evidence", "why", "repairable"} <= finding.keys() for finding in findings)


def test_printed_points_add_up_to_the_last_digit() -> None:
    for story in (_slips(), a_clean_sprint(issues=1), Story()):
        told = _told(story)

        waterfall, findings = told["waterfall"], told["findings"]
        assert isinstance(waterfall, list)
        assert isinstance(findings, list)
        assert round(100 - sum(step["points"] for step in waterfall), 2) == told["score"]
        by_finding = sum(step["points"] for step in waterfall if step["subject"])
        assert round(sum(finding["points_lost"] for finding in findings), 2) == round(by_finding, 2)


def test_evidence_has_the_number_and_the_limit() -> None:
    findings = _told(_slips())["findings"]

    assert isinstance(findings, list)
    size = next(f for f in findings if (f["rule"], f["subject"]) == ("PR-04", "pull:7"))
    assert size["evidence"] == {"changed lines": 777, "limit": 200}
    assert size["url"] == "https://github.test/acme/payments/pull/7"


def test_the_version_changes_with_the_rules_and_with_nothing_else() -> None:
    one, other = _told(_slips()), _told(a_clean_sprint())

    assert one["rules_version"] == other["rules_version"]
    assert len(str(one["rules_version"])) == 12
    fewer = score_run(_slips().history(), seat=ADA, elapsed=1.0, hygiene={"off": [all_rules()[0].code]})
    assert fewer.rules_version != one["rules_version"]
