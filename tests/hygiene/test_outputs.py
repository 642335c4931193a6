"""A scorecard for other readers: each format read back by what reads it, also with texts that would break it."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from simulator.hygiene.card_json import scorecard_json
from simulator.hygiene.linter import score_run
from simulator.hygiene.outputs import (
    Card,
    Form,
    findings_csv,
    junit,
    learners_csv,
    markdown,
    page,
    sarif,
    write,
)
from simulator.model.keys import SeatId
from simulator.testing.story import Story

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


def test_junit_counts_a_failure_for_each_open_breach(card: Card) -> None:
    suites = ET.fromstring(junit(card))

    still_open = [finding for finding in card.findings("breach") if finding["open"]]
    assert int(suites.attrib["failures"]) == len(suites.findall(".//failure")) == len(still_open) > 0
    assert len(suites.findall(".//testcase")) == int(suites.attrib["tests"]) == len(card.values["findings"])
    for suite in suites:
        counted = {kind: len(suite.findall(f"testcase/{kind}")) for kind in ("failure", "error", "skipped")}
        assert [suite.attrib[f"{kind}s".replace("ds", "d")] for kind in counted] == list(map(str, counted.values()))


def test_junit_has_only_what_the_schema_of_build_servers_knows(card: Card) -> None:
    known = {
        "testsuites": {"name", "tests", "failures", "errors", "time"},
        "testsuite": {"name", "tests", "failures", "errors", "skipped", "time"},
        "testcase": {"name", "classname", "time"},
        "failure": {"message", "type"},
        "error": {"message", "type"},
        "skipped": {"message"},
        "system-out": set(),
    }

    for element in ET.fromstring(junit(card)).iter():
        assert set(element.attrib) <= known[element.tag]


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


def an_excused_card() -> Card:
    """The first breach is waived, the second disputed."""
    card = a_card()
    values = json.loads(json.dumps(card.values))
    first, second = [finding for finding in values["findings"] if finding["outcome"] == "breach" and finding["open"]][
        :2
    ]
    first |= {"open": False, "waived": {"by": "tess", "reason": "=agreed | <b>", "at": None}}
    second["disputed"] = {"state": "open", "reason": "it was *split*", "at": second["at"], "by": None, "answer": None}
    return replace(card, values=values)


def test_what_is_waived_or_disputed_is_said_in_every_form() -> None:
    card = an_excused_card()
    waived, disputed = "waived by tess: =agreed", "disputed (open): it was"

    for text in (page(card), junit(card), sarif(card), findings_csv(card)):
        assert waived in text
        assert disputed in text
    assert "### Waived" in markdown(card)
    assert "<b>" not in page(card)
    assert "disputed (open): it was \\*split\\*" in markdown(card)


def test_a_waived_breach_is_no_failure_and_a_suppressed_result() -> None:
    before, after = ET.fromstring(junit(a_card())), ET.fromstring(junit(an_excused_card()))
    (run,) = json.loads(sarif(an_excused_card()))["runs"]

    assert int(after.attrib["failures"]) == int(before.attrib["failures"]) - 1
    stands = [result["suppressions"][0]["status"] for result in run["results"] if result["suppressions"]]
    assert sorted(stands) == ["accepted", "underReview"]


def test_every_form_is_written_by_its_name_and_another_name_is_refused(card: Card) -> None:
    for form in Form:
        written = write(form, card)
        assert written.text.encode("utf-8")
        assert written.form.suffix.startswith(".")
    with pytest.raises(ValueError, match="xml"):
        write("xml", card)


def test_tables_of_learners_have_a_line_for_each_of_them(card: Card) -> None:
    other = replace(card, name="Ben", login="ben")

    rows = list(csv.DictReader(io.StringIO(write("csv-learners", card, learners=[card, other]).text)))

    assert [row["username"] for row in rows] == ["ada", "ben"]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "\n=1", "＝1"])
def test_no_cell_begins_with_what_a_spreadsheet_would_execute(name: str) -> None:
    (row,) = list(csv.reader(io.StringIO(learners_csv([replace(a_card(), name=name, login=name)], platform="canvas"))))[
        1:
    ]

    assert row[0].startswith("'")
    assert row[3].startswith("'")
