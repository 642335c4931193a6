"""Hostile content: words of any script, length and byte, diffs of any size. Nothing may crash, no rule may fail or take long."""

from __future__ import annotations

import dataclasses
import logging
from collections import Counter
from time import perf_counter
from typing import Any

import pytest

from simulator.hygiene.card import Frame, make_card
from simulator.hygiene.card_json import scorecard_json
from simulator.hygiene.judging import Judge
from simulator.hygiene.linter import score_run
from simulator.hygiene.registry import all_rules
from simulator.model.hygiene import Outcome, Scorecard
from simulator.model.keys import SeatId
from simulator.testing.story import Story, a_clean_sprint

ADA = SeatId("ada")
LONG = 1_000_000
MOST_SECONDS = 4.0  # each takes less than one on a machine that does nothing else
TEXTS = {
    "a letter": "x" * LONG,
    "an accent": "é" * (LONG // 2),
    "words": "given when then because " * (LONG // 24),
    "spaces": " " * LONG,
    "lines": "\n" * LONG,
    "spaces before line ends": (" " * 99 + "\n") * (LONG // 100),
    "open brackets": "feat(" * (LONG // 5),
    "dashes": "fix: " + "- " * (LONG // 2),
    "boxes": "- [ ] " * (LONG // 6),
    "keys": "PAY-1 " * (LONG // 6),
    "half a key": "A" * LONG + "-",
    "digits": "PAY-" + "9" * LONG,
    "headings": "# Why\n" * (LONG // 6),
    "quotes": "> " * (LONG // 2),
    "fences": "```\n" * (LONG // 4),
    "comments": "<!-- " * (LONG // 5),
    "links": "[a](" * (LONG // 4),
    "trailers": "Refs: PAY-1\n" * (LONG // 12),
    "smart commands": "PAY-1 #done #time 1w 2d #comment " * (LONG // 32),
    "conflict markers": "<<<<<<< HEAD\n=======\n>>>>>>> x\n" * (LONG // 32),
    "half a secret": "AKIA" + "A" * LONG,
    "addresses": "https://" + "a." * (LONG // 2),
    "at signs": "a@" * (LONG // 2),
    "Japanese": "給付を返金する。" * (LONG // 8),
    "Arabic": "استرداد الأموال " * (LONG // 16),
    "emoji": "👩‍👩‍👧 " * (LONG // 8),
    "combining marks": "a" + "\u0301" * LONG,
    "nuls": "\0" * LONG,
    "controls of direction": "feat: \u202eabc\u2066\u200f" * (LONG // 10),
    "half a character": "feat: \ud800\udfff\ud800" * (LONG // 10),
    "nothing": "",
}


def judged(story: Story) -> Scorecard:
    """Ada's card, in time and without a rule that failed."""
    history = story.history()
    start = perf_counter()
    card = score_run(history, seat=ADA, elapsed=1.0, hygiene={})
    took_s = perf_counter() - start
    assert [finding.rule for finding in card.findings if finding.outcome is Outcome.ERROR] == []
    assert took_s < MOST_SECONDS
    return card


@pytest.mark.parametrize("what", TEXTS)
def test_a_megabyte_of_anything_everywhere_is_judged_quickly(what: str) -> None:
    text = TEXTS[what]
    story = Story().issue("PAY-1", description=text, assignee="ada", summary=text[:255], labels=[text[:50]])
    story.at("2 10:00").push("feature/PAY-1-a", commits=[{"message": text, "lines": 3, "name": text[:200]}])
    story.open("feature/PAY-1-a", title=text[:256], body=text).comment(1, body=text).comment_on("PAY-1", body=text)
    story.thread(1, name="t", body=text).reply(1, to="t", body=text).review(1, body=text, state="CHANGES_REQUESTED")
    story.review(1, body=text, by="tom").merge(1, title=text, message=text).push_main(text).aim(text[:500])

    card = judged(story)

    assert all(len(finding.message) < 700 for finding in card.findings)
    assert all(len(finding.how_to_fix) < 20_000 for finding in card.findings)
    assert len(str(scorecard_json(card))) < 500_000


@pytest.mark.parametrize("what", ["nuls", "controls of direction", "half a character", "emoji", "Arabic"])
def test_names_of_branches_files_and_labels_may_hold_anything(what: str) -> None:
    name = TEXTS[what][:60]
    story = Story().issue("PAY-1", labels=[name]).at("2 10:00")
    story.push(f"feature/{name}", commits=[{"message": f"feat: {name}", "files": {f"src/{name}.py": 3, name: 900}}])
    story.open(f"feature/{name}", title=name, body=name).label_pull(1, label=name).check("feature/" + name, name=name)

    judged(story)


@pytest.mark.parametrize("lines", [0, 1, 100_000])
def test_diffs_of_any_size_are_judged_quickly(lines: int) -> None:
    patch = f"@@ -0,0 +1,{lines} @@\n" + "\n".join(f"+value_{n} = {n}" for n in range(lines))
    change = {"status": "added", "additions": lines, "deletions": 0, "patch": patch}
    story = Story().issue("PAY-1").at("2 10:00")
    files = {f"src/part_{n}.py": change if n == 0 else lines for n in range(20)} if lines else {}
    story.push("feature/PAY-1-a", commits=[{"message": "feat: add values", "files": files}])
    story.open("feature/PAY-1-a").review(1).merge(1)

    judged(story)


def test_a_commit_of_ten_thousand_files_is_judged_quickly() -> None:
    files = {f"src/{n % 100}/part_{n}.py": 1 for n in range(10_000)}
    story = Story().issue("PAY-1").at("2 10:00")
    story.push("feature/PAY-1-a", commits=[{"message": "feat: add parts", "files": files}]).open("feature/PAY-1-a")

    judged(story)


def test_a_rule_that_fails_is_an_error_outcome_costs_nobody_points_and_is_told_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fails(*_: object) -> Any:
        raise ZeroDivisionError

    history = a_clean_sprint().history()
    rules = [dataclasses.replace(rule, judge=fails) if rule.code == "PR-04" else rule for rule in all_rules()]
    judge = Judge(rules)

    with caplog.at_level(logging.WARNING):
        for _ in range(3):  # every look at the services scores again
            frame = Frame(seat=ADA, elapsed=1.0)
            card, _ = make_card(history, judge.judge(history), rules=rules, frame=frame)

    broken = [finding for finding in card.findings if finding.rule == "PR-04"]
    assert {finding.outcome for finding in broken} == {Outcome.ERROR}
    assert {finding.points_lost for finding in broken} == {0.0}
    assert [step for step in card.waterfall if step.rule == "PR-04"] == []
    assert card.score == pytest.approx(100, abs=0.01)
    told = Counter(record.getMessage() for record in caplog.records)
    assert list(told.values()) == [1], told
