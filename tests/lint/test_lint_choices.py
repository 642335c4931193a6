"""What somebody chooses of a lint beside the range: terms, waivers, whose card, which branch, how much, into which file."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Said, Sprintdojo
from tests.lint.workshop import Workshop

RANGE = ("--since", "2026-03-01", "--until", "2026-03-31")
_PEOPLE = """\
format: 1
people:
  - {name: Ada King, emails: [ada@example.com, ada@laptop], github: ada}
  - {name: Tom Kilburn, emails: [tom@example.com]}
  - {name: The machine, emails: [machine@example.com], bot: true}
"""


@pytest.fixture(scope="module")
def payments(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """A repository with work of two people and a bot, some of it from another machine of one of them."""
    shop = Workshop.at(tmp_path_factory.mktemp("choices") / "payments")
    shop.commit("chore: begin")
    shop.pull(12, "feature/PAY-3-refunds", "feat: refund in part", title="Refund in part")
    shop.commit("wip", by="tom")
    shop.commit("more of it", by="machine")
    shop.write("b.py", "b = 1\n")
    laptop = {"GIT_AUTHOR_NAME": "ada", "GIT_AUTHOR_EMAIL": "Ada@Laptop"}
    shop.git("commit", "-q", "-m", "fix: round half up", env=laptop)
    return shop


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    """A mapping that says who is who."""
    file = tmp_path / "mapping.yaml"
    file.write_text(_PEOPLE)
    return file


def _lint(sprintdojo: Sprintdojo, shop: Workshop, *words: str | Path) -> Said:
    return sprintdojo("lint", shop.folder, *RANGE, *words)


def _open(told: Any, rule: str) -> list[str]:
    return [found["subject"] for found in told["findings"] if found["rule"] == rule and found["open"]]


def test_a_mapping_says_who_is_who_and_who_is_nobody(sprintdojo: Sprintdojo, payments: Workshop, mapping: Path) -> None:
    without, whole = (
        _lint(sprintdojo, payments, "--format", "json", *more).json["lint"]["people"]
        for more in ((), ("--mapping", mapping))
    )

    assert len(without) == 4
    assert {person["name"]: person["commits"] for person in whole} == {"Ada King": 3, "Tom Kilburn": 1}


@pytest.mark.parametrize("name", ["Ada King", "ada king", "ada@laptop", "ADA@example.com", "ada", "ada-king"])
def test_one_person_is_asked_for_by_any_of_their_names(
    sprintdojo: Sprintdojo, payments: Workshop, mapping: Path, name: str
) -> None:
    assert (
        _lint(sprintdojo, payments, "--mapping", mapping, "--person", name, "--format", "json").json["seat"]
        == "ada-king"
    )


def test_a_bot_has_no_card(sprintdojo: Sprintdojo, payments: Workshop, mapping: Path) -> None:
    said = _lint(sprintdojo, payments, "--mapping", mapping, "--person", "The machine")

    assert said.status == 2
    assert "Ada King, Tom Kilburn" in said.err


def test_a_waiver_in_the_mapping_takes_a_finding_out_of_the_score(
    sprintdojo: Sprintdojo, payments: Workshop, mapping: Path
) -> None:
    before = _lint(sprintdojo, payments, "--mapping", mapping, "--format", "json").json
    waiver = "hygiene:\n  waivers: [{rule: PR-01, subject: 'pull:12', reason: the title was agreed upon beforehand}]\n"
    mapping.write_text(_PEOPLE + waiver)

    after = _lint(sprintdojo, payments, "--mapping", mapping, "--format", "json").json

    assert _open(before, "PR-01") == ["pull:12"]
    assert _open(after, "PR-01") == []
    assert [found["waived"]["by"] for found in after["findings"] if found["waived"]] == ["the mapping"]
    assert after["score"] > before["score"]
    assert after["waivers_unused"] == []


def test_a_rule_that_is_off_is_neither_judged_nor_told_as_left_out(
    sprintdojo: Sprintdojo, payments: Workshop, mapping: Path
) -> None:
    mapping.write_text(_PEOPLE + "hygiene: {off: [CM-08, RV-01]}\n")

    told = _lint(sprintdojo, payments, "--mapping", mapping, "--format", "json").json

    assert "CM-08" not in {rule["rule"] for rule in told["rules"]}
    assert "RV-01" not in {rule["rule"] for rule in told["lint"]["not_judged"]}


def test_a_profile_on_the_command_line_goes_before_that_of_the_mapping(
    sprintdojo: Sprintdojo, payments: Workshop, mapping: Path
) -> None:
    mapping.write_text(_PEOPLE + "hygiene: {profile: strict}\n")

    for more, profile in (((), "strict"), (("--profile", "beginner"), "beginner")):
        told = _lint(sprintdojo, payments, "--mapping", mapping, "--format", "json", *more).json
        assert told["profile"] == profile


def test_a_profile_of_ones_own_lies_beside_the_mapping_wherever_one_stands(
    sprintdojo: Sprintdojo, payments: Workshop, tmp_path: Path
) -> None:
    terms = tmp_path / "elsewhere"
    terms.mkdir()
    (terms / "ours.yaml").write_text("format: 1\nname: ours\nsummary: Our terms.\noff: [PR-01]\n")
    (terms / "mapping.yaml").write_text(_PEOPLE + "hygiene: {profile: ours.yaml}\n")

    told = _lint(sprintdojo, payments, "--mapping", terms / "mapping.yaml", "--format", "json").json

    assert "PR-01" not in {rule["rule"] for rule in told["rules"]}


def test_faults_of_a_mapping_are_told_with_file_and_line(
    sprintdojo: Sprintdojo, payments: Workshop, mapping: Path
) -> None:
    mapping.write_text(_PEOPLE + "isues: {}\nzone: Mars\n")

    said = _lint(sprintdojo, payments, "--mapping", mapping)

    assert said.status == 2
    assert "mapping.yaml:6:1" in said.err
    assert "mapping.yaml:7:7" in said.err


def test_everybodys_score_is_printed_when_it_is_asked_for(sprintdojo: Sprintdojo, payments: Workshop) -> None:
    short, whole = (_lint(sprintdojo, payments, *words).out for words in ((), ("--people",)))

    assert not any(line.startswith("  Tom Kilburn") for line in short.splitlines())
    assert any(line.startswith("  Tom Kilburn") for line in whole.splitlines())


def test_a_table_of_learners_has_everybody_without_being_asked(sprintdojo: Sprintdojo, payments: Workshop) -> None:
    rows = list(csv.DictReader(io.StringIO(_lint(sprintdojo, payments, "--format", "csv-learners").out)))

    assert {"ada-lovelace", "tom-kilburn"} <= {row["username"] for row in rows}


def test_a_report_is_written_to_a_file_and_to_no_folder_that_is_not_there(
    sprintdojo: Sprintdojo, payments: Workshop, tmp_path: Path
) -> None:
    written = _lint(sprintdojo, payments, "--format", "html", "--output", tmp_path / "lint.html")
    refused = _lint(sprintdojo, payments, "--format", "html", "--output", tmp_path / "no" / "lint.html")

    assert (written.status, written.out) == (0, "")
    assert (tmp_path / "lint.html").read_text().lower().startswith("<!doctype html>")
    assert refused.status == 2
    assert not (tmp_path / "no").exists()


def test_a_least_score_holds_for_one_person_and_in_every_form(
    sprintdojo: Sprintdojo, payments: Workshop, tmp_path: Path
) -> None:
    for form in ("text", "json", "junit"):
        said = _lint(sprintdojo, payments, "--person", "tom@example.com", "--format", form, "--at-least", "99")
        assert said.status == 1
        assert said.out


def test_a_clone_that_is_cut_off_in_the_range_says_how_to_fetch_the_rest(
    sprintdojo: Sprintdojo, payments: Workshop, tmp_path: Path
) -> None:
    payments.git("clone", "-q", "--depth", "1", f"file://{payments.folder}", str(tmp_path / "shallow"))

    said = sprintdojo("lint", tmp_path / "shallow", *RANGE)

    assert said.status == 2
    assert "git fetch --unshallow" in said.err


def test_the_zone_of_the_team_and_of_the_machine_change_nothing_that_is_judged(
    sprintdojo: Sprintdojo, payments: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    for zone in ("UTC", "Asia/Tokyo", "America/Los_Angeles"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        found.append(_lint(sprintdojo, payments, "--format", "json").out)
    monkeypatch.undo()
    time.tzset()

    assert found[0] == found[1] == found[2]


def test_whatever_the_seed_of_hashing_the_bytes_are_the_same(payments: Workshop) -> None:
    words = [sys.executable, "-m", "simulator", "lint", str(payments.folder), *RANGE, "--people", "--format", "json"]
    first, second = (
        subprocess.run(words, env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True).stdout
        for seed in ("1", "2")
    )

    assert first == second
