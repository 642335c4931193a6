"""What is said of a branch's commits before there is a pull request is what is said of them later."""

from __future__ import annotations

from simulator.hygiene.foresight import foreseen
from simulator.hygiene.linter import Scorer, score_run
from simulator.hygiene.registry import all_rules
from simulator.model.keys import SeatId
from simulator.testing.story import Story

ADA = SeatId("ada")


def _pushed(message: str = "wip") -> Story:
    story = Story().issue("PAY-1", assignee="ada")
    return story.push("feature/PAY-1-x", commits=[{"message": message, "files": {"shop/pay.py": 30}}])


def _foreseen(story: Story, seat: SeatId = ADA) -> set[tuple[str, str, str]]:
    found = foreseen(story.history(), "feature/PAY-1-x", rules=all_rules(), seat=seat)
    return {(finding.rule, finding.subject, finding.message) for finding in found}


def test_the_words_are_those_of_later() -> None:
    before = _foreseen(_pushed())

    card = score_run(_pushed().open("feature/PAY-1-x").history(), seat=ADA, elapsed=0.5, hygiene={})

    later = {(f.rule, f.subject, f.message) for f in card.findings if f.open and f.subject.startswith("commit:")}
    assert "CM-01" in {rule for rule, _, _ in before}
    assert before <= later


def test_good_commits_have_nothing_to_be_said_of() -> None:
    assert _foreseen(_pushed("feat(refunds): refund a payment in parts\n\nShops asked for it.\n\nRefs: PAY-1")) == set()


def test_once_there_is_a_pull_request_the_card_speaks() -> None:
    assert _foreseen(_pushed().open("feature/PAY-1-x")) == set()


def test_it_is_said_to_who_wrote_it_only() -> None:
    assert _foreseen(_pushed(), SeatId("rita")) == set()


def test_of_a_branch_that_nobody_knows_nothing_is_said() -> None:
    assert foreseen(Story().history(), "nowhere", rules=all_rules(), seat=ADA) == ()


def test_what_the_scenario_waives_is_not_foreseen() -> None:
    waived = {"waivers": [{"rule": "CM-01", "subject": "commit:*", "reason": "this team writes its own headers"}]}

    found = Scorer(waived).foresee(_pushed().history(), "feature/PAY-1-x", ADA)

    assert "CM-09" in {finding.rule for finding in found}
    assert "CM-01" not in {finding.rule for finding in found}
