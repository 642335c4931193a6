"""`sprintdojo lint` as somebody gives it: what it prints, in each form, and its exit status."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import jsonschema_rs
import pytest

from simulator.run.lint.mapping import read_mapping
from simulator.run.lint.schema import lint_schema, mapping_schema
from tests.cli.conftest import Said, Sprintdojo
from tests.lint.test_mapping import WHOLE
from tests.lint.workshop import Workshop

RANGE = ("--since", "2026-03-01", "--until", "2026-03-31")


@pytest.fixture
def payments(workshop: Workshop) -> Workshop:
    """A repository with a squash, a merge, a commit that came alone, and something to find in each."""
    workshop.commit("chore: begin the service")
    workshop.pull(12, "feature/PAY-3-refunds", "feat: refund in part", title="feat(refunds): PAY-3 refund in part")
    workshop.commit("Added <script>alert(1)</script> stuff. (#13)", by="tom", lines=90)
    workshop.commit("wip", by="tom")
    workshop.write("settings.py", 'AWS_SECRET_ACCESS_KEY = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzq8sQ2vLpT"\n')
    workshop.commit("fix: read the settings", lines=0)
    return workshop


def _lint(sprintdojo: Sprintdojo, shop: Workshop, *words: str) -> Said:
    return sprintdojo("lint", str(shop.folder), *RANGE, *words)


def test_the_report_says_what_costs_most_with_an_example_and_what_was_not_judged(
    sprintdojo: Sprintdojo, payments: Workshop
) -> None:
    said = _lint(sprintdojo, payments)

    assert said.status == 0
    assert said.out.splitlines()[0].startswith("payments: ")
    assert "5 commits, 2 merged pull requests by 2 people" in said.out
    assert "CI-01 no-secrets: 1×" in said.out
    assert "settings.py, line 1" in said.out
    assert "CM-08 no-cleanup-commits-on-main: 1×" in said.out
    assert "“wip” says wip, and stands on main" in said.out
    assert "--github REPOSITORY: BR-03" in said.out
    assert "--project KEY: BR-10 FL-01" in said.out


def test_without_all_one_example_of_each_rule_is_shown_with_it_each(sprintdojo: Sprintdojo, payments: Workshop) -> None:
    short, whole = (_lint(sprintdojo, payments, *words).out for words in ((), ("--all",)))

    header = "no type and a colon" if "no type and a colon" in whole else "does not begin with a type and a colon"
    assert short.count(header) < whole.count(header)


def test_json_keeps_to_its_published_schema(sprintdojo: Sprintdojo, payments: Workshop) -> None:
    told = _lint(sprintdojo, payments, "--format", "json", "--people").json

    jsonschema_rs.validate(lint_schema(), told)
    assert told["lint"]["seen"]["by_themselves"] == 2
    assert {person["name"] for person in told["lint"]["people"]} == {"Ada Lovelace", "Tom Kilburn"}
    assert len({rule["rule"] for rule in told["lint"]["not_judged"]} & {rule["rule"] for rule in told["rules"]}) == 0


def test_twice_the_same_gives_the_same_bytes(sprintdojo: Sprintdojo, payments: Workshop) -> None:
    first, second = (_lint(sprintdojo, payments, "--format", "json", "--people").out for _ in range(2))

    assert first == second


def test_every_other_form_can_be_read_by_its_readers(sprintdojo: Sprintdojo, payments: Workshop) -> None:
    html = _lint(sprintdojo, payments, "--format", "html").out
    sarif = json.loads(_lint(sprintdojo, payments, "--format", "sarif").out)
    junit = ElementTree.fromstring(_lint(sprintdojo, payments, "--format", "junit").out)
    findings = list(csv.DictReader(io.StringIO(_lint(sprintdojo, payments, "--format", "csv").out)))
    learners = list(csv.reader(io.StringIO(_lint(sprintdojo, payments, "--format", "csv-learners").out)))

    assert "<script>alert" not in html
    assert "&lt;script&gt;" in html
    assert {result["ruleId"] for result in sarif["runs"][0]["results"]} >= {"CI-01", "CM-08"}
    assert junit.tag == "testsuites"
    assert {row["rule"] for row in findings} >= {"CI-01", "CM-08"}
    assert len(learners) == 3
    assert _lint(sprintdojo, payments, "--format", "markdown").out.startswith("## payments: the team")


def test_one_persons_card_holds_what_they_did(sprintdojo: Sprintdojo, payments: Workshop) -> None:
    for name in ("Ada Lovelace", "ada@example.com", "ada-lovelace", "ADA LOVELACE"):
        told = _lint(sprintdojo, payments, "--format", "json", "--person", name).json
        assert told["seat"] == "ada-lovelace"
        assert "CM-08" not in {finding["rule"] for finding in told["findings"] if finding["open"]}


def test_somebody_who_did_nothing_here_is_refused_with_who_did(sprintdojo: Sprintdojo, payments: Workshop) -> None:
    said = _lint(sprintdojo, payments, "--person", "Grace")

    assert said.status == 2
    assert "Ada Lovelace, Tom Kilburn" in said.err


@pytest.mark.parametrize(("least", "status"), [("0", 0), ("99.9", 1)])
def test_a_build_can_ask_for_a_least_score(sprintdojo: Sprintdojo, payments: Workshop, least: str, status: int) -> None:
    assert _lint(sprintdojo, payments, "--at-least", least).status == status


@pytest.mark.parametrize(
    ("words", "commits"),
    [
        (("--since", "2026-03-02", "--until", "2026-03-02"), 5),
        (("--since", "4w", "--until", "2026-03-20"), 5),
        (("--since", "10 days", "--until", "2026-03-05"), 5),
        (("--since", "2026-03-02 09:45", "--until", "2026-03-02 10:35"), 1),
        (("--until", "2026-03-09"), 5),
    ],
)
def test_a_range_is_two_days_two_instants_or_a_length(
    sprintdojo: Sprintdojo, payments: Workshop, words: tuple[str, ...], commits: int
) -> None:
    said = sprintdojo("lint", str(payments.folder), *words, "--format", "json")

    assert said.json["lint"]["seen"]["commits"] == commits


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        (("--since", "soon"), "no day and no instant"),
        (("--until", "2w"), "a day, not a length of time"),
        (("--since", "2026-04-01", "--until", "2026-03-01"), "is not before"),
        (("--project", "pay"), "no key of a Jira project"),
        (("--profile", "nothing"), "there is no profile"),
        (("--branch", "nowhere"), "no branch nowhere"),
        (("--github", "not a repository"), "no repository on a GitHub"),
        (("--jira", "jira"), "no address of a Jira"),
        (("--jira", "http://127.0.0.1:1"), "of which project?"),
        (("--output", "/nowhere/at/all.txt"), "cannot be written"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    sprintdojo: Sprintdojo, payments: Workshop, words: tuple[str, ...], wrong: str
) -> None:
    said = _lint(sprintdojo, payments, *words)

    assert said.status == 2
    assert wrong in said.err
    assert "Traceback" not in said.err


def test_a_range_in_which_nothing_happened_names_the_last_commits_day(
    sprintdojo: Sprintdojo, payments: Workshop
) -> None:
    said = sprintdojo("lint", str(payments.folder), "--until", "2026-09-01")

    assert said.status == 2
    assert "nothing reached main from 2026-08-05 to 2026-09-02" in said.err
    assert "2026-03-02" in said.err


def test_a_project_alone_is_enough_to_ask_for_keys(sprintdojo: Sprintdojo, payments: Workshop) -> None:
    told = _lint(sprintdojo, payments, "--project", "PAY", "--format", "json").json

    judged = {rule["rule"] for rule in told["rules"]}
    assert {"FL-01", "FL-03"} <= judged
    assert "IS-04" not in judged
    named = {finding["subject"]: finding["outcome"] for finding in told["findings"] if finding["rule"] == "FL-03"}
    assert named == {"pull:12": "pass", "pull:13": "breach"}


def test_a_mapping_with_issues_moves_and_sprints_lets_their_rules_judge(
    sprintdojo: Sprintdojo, payments: Workshop, tmp_path: Path
) -> None:
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(WHOLE.replace("  off: [CM-01]\n", ""))

    told = _lint(sprintdojo, payments, "--mapping", str(mapping), "--format", "json").json

    judged = {rule["rule"] for rule in told["rules"]}
    assert {"IS-04", "SP-04", "FL-04", "CM-12"} <= judged
    assert told["profile"] == "trunk-based"
    assert told["lint"]["seen"]["issues"] == 1
    assert told["lint"]["project"] == "PAY"
    unused = [waiver["rule"] for waiver in told["waivers_unused"]]
    assert unused == ["PR-04"]


def test_a_mapping_can_say_by_which_other_names_issues_are_called(
    sprintdojo: Sprintdojo, workshop: Workshop, tmp_path: Path
) -> None:
    workshop.commit("Everything begins")
    workshop.commit("Refund a payment in part, fixes #62 (#63)")
    workshop.commit("Refund a payment in whole, as ticket six asks (#64)")
    workshop.commit("Refund nothing, see #621 (#65)")
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text('format: 1\nnamed_as: "#{number}"\nissues: {PAY-62: {}, PAY-6: {named: [ticket six]}}\n')

    told = _lint(sprintdojo, workshop, "--mapping", str(mapping), "--format", "json").json

    named = {finding["subject"]: finding["outcome"] for finding in told["findings"] if finding["rule"] == "FL-03"}
    assert named == {"pull:63": "pass", "pull:64": "pass", "pull:65": "breach"}
    assert {finding["item"] for finding in told["findings"] if finding["subject"] == "pull:63"} == {"PAY-62"}


def test_an_address_that_is_nobodys_is_told_where_it_is_known_whose_they_are(
    sprintdojo: Sprintdojo, workshop: Workshop, tmp_path: Path
) -> None:
    workshop.commit("Everything begins")
    workshop.commit("feat: refund a payment in part", by="ada")
    workshop.commit("feat: refund a payment in whole", by="laptop")
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text("format: 1\npeople:\n  - {name: Ada Lovelace, emails: [ada@example.com]}\n")

    told = _lint(sprintdojo, workshop, "--mapping", str(mapping), "--format", "json").json

    found = {finding["outcome"]: finding["message"] for finding in told["findings"] if finding["rule"] == "CM-12"}
    assert set(found) == {"pass", "breach"}
    assert "laptop@example.com" in found["breach"]


def test_the_mapping_that_the_guide_shows_is_one(tmp_path: Path) -> None:
    guide = Path(__file__).parents[2] / "docs" / "guide" / "lint.md"
    (tmp_path / "shown.yaml").write_text(guide.read_text().split("```yaml\n")[1].split("```")[0])

    shown = read_mapping(tmp_path / "shown.yaml")

    assert shown.issues["PAY-12"].sprint == shown.sprints[0].name
    jsonschema_rs.validate(mapping_schema(), json.loads(shown.model_dump_json(exclude_defaults=True)) | {"format": 1})


def test_a_rule_that_was_left_out_costs_nothing(sprintdojo: Sprintdojo, payments: Workshop) -> None:
    told = _lint(sprintdojo, payments, "--format", "json").json

    left_out = {rule["rule"] for rule in told["lint"]["not_judged"]}
    assert left_out.isdisjoint(step["rule"] for step in told["waterfall"])
    assert round(100 - sum(step["points"] for step in told["waterfall"]), 2) == told["score"]


def test_nothing_is_expected_of_a_past(sprintdojo: Sprintdojo, workshop: Workshop) -> None:
    workshop.commit("Everything begins")
    workshop.commit("feat: refund a payment in part\n\nShops asked for it, since parcels seldom come back whole.")

    told = _lint(sprintdojo, workshop, "--format", "json").json

    assert told["score"] == 100
    assert {step["cause"] for step in told["waterfall"]} <= {"breach"}


def test_a_team_that_never_uses_a_convention_is_told_how_to_switch_it_off(
    sprintdojo: Sprintdojo, workshop: Workshop
) -> None:
    for number in range(12):
        workshop.commit(f"Let a shop refund payment number {number}")

    assert "off: [CM-01, PR-01]" in _lint(sprintdojo, workshop).out
