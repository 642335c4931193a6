"""A scorecard for other readers: each format read back by what reads it, also with texts that would break it."""

from __future__ import annotations

import csv
import io
import json
import re
from xml.etree import ElementTree as ET

import pytest

from simulator.hygiene.card_json import scorecard_json
from simulator.hygiene.linter import score_run
from simulator.hygiene.outputs import Card, findings_csv, junit, learners_csv, markdown, page, sarif
from simulator.model.keys import SeatId
from tests.hygiene.story import Story

HOSTILE = "=1+1 <script>alert(1)</script> | `x` \x00\x1b[31m \ud83d"


def a_card(title: str = "feat: one step") -> Card:
    story = Story().issue("PAY-1", assignee="ada").push("Bad_Name").open("Bad_Name", title=title).merge(1)
    values = scorecard_json(score_run(story.history(), seat=SeatId("ada"), elapsed=1.0, hygiene={}))
    return Card(title="A first sprint", values=values, name="Ada", login="ada", email="ada@example.com")


@pytest.fixture(params=["feat: one step", HOSTILE])
def card(request: pytest.FixtureRequest) -> Card:
    return a_card(request.param)


def test_a_sheet_of_findings_has_a_line_each_and_runs_nothing(card: Card) -> None:
    rows = list(csv.DictReader(io.StringIO(findings_csv(card), newline="")))

    assert len(rows) == len(card.values["findings"])
    assert {row["rule"] for row in rows} == {finding["rule"] for finding in card.values["findings"]}
    assert not any(value.lstrip(" ").startswith(("=", "+", "-", "@", "\t")) for row in rows for value in row.values())


def test_learning_platforms_get_the_columns_that_they_import() -> None:
    card = a_card()

    (moodle,) = csv.DictReader(io.StringIO(learners_csv([card])))
    (canvas,) = csv.DictReader(io.StringIO(learners_csv([card], platform="canvas")))

    assert (moodle["username"], moodle["email"], float(moodle["grade"])) == ("ada", "ada@example.com", card.score)
    assert list(canvas)[:5] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    assert float(canvas["A first sprint"]) == card.score


def test_junit_counts_a_failure_for_each_breach(card: Card) -> None:
    suites = ET.fromstring(junit(card))

    breaches = card.findings("breach")
    assert int(suites.attrib["failures"]) == len(suites.findall(".//failure")) == len(breaches)
    assert len(suites.findall(".//testcase")) == len(card.values["findings"])


def test_sarif_names_each_breach_by_a_fingerprint_of_its_own(card: Card) -> None:
    (run,) = json.loads(sarif(card))["runs"]

    prints = [result["partialFingerprints"]["finding/v1"] for result in run["results"]]
    assert len(set(prints)) == len(prints) == len(card.findings("breach", "error"))
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in run["results"])


def test_the_summary_and_the_page_tell_the_same_score_and_no_markup_of_others(card: Card) -> None:
    told, shown = markdown(card), page(card)

    assert f"{card.score:g} points" in told
    assert f"{card.score:g} points" in shown
    assert "<script" not in shown
    assert "<script>" not in re.sub(r"(`+) .*? \1(?=\n)", "", told)  # what stands in code is shown as it is
    assert "http" not in shown.replace("https://", "").replace("http-equiv", "").replace("http://", "")


def test_a_card_without_findings_has_every_format() -> None:
    values = scorecard_json(score_run(Story().history(), seat=SeatId("ada"), elapsed=1.0, hygiene={}))
    empty = Card(title="Nothing", values={**values, "findings": []})

    assert empty.whose == "ada"
    assert "Nothing to mend" in page(empty)
    assert ET.fromstring(junit(empty)).attrib["tests"] == "0"
    assert json.loads(sarif(empty))["runs"][0]["results"] == []
    assert findings_csv(empty).count("\r\n") == 1
