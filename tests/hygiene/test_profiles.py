"""Profiles: what the shipped ones change, what one of a scenario's own may set, and what is said of faults."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from simulator.cli.main import main
from simulator.errors import ScenarioError
from simulator.hygiene.linter import score_run
from simulator.hygiene.profiles import SHIPPED, changes, check_rules, profile_names, read_profile, rule_set
from simulator.hygiene.registry import all_rules, rule_named, rules_version
from simulator.model.hygiene import Outcome, Scorecard, Severity
from simulator.model.keys import SeatId
from simulator.scenario.load import load_scenario
from simulator.scenario.rule_terms import HygienePart
from simulator.scenario.source import read_source
from simulator.scenario.template import write_new
from simulator.testing.story import Story, a_clean_sprint
from tests.docs.pages import HOUSE, code_blocks

ADA = SeatId("ada")
OURS = "format: 1\nname: ours\nsummary: Smaller still.\n"


def _rules(profile: str, **more: Any) -> Any:
    return rule_set(HygienePart(profile=profile, **more))


def _card(story: Story, **hygiene: Any) -> Scorecard:
    return score_run(story.history(), seat=ADA, elapsed=1.0, hygiene=hygiene)


def _scenario(folder: Path, hygiene: str, **profiles: str) -> Path:
    file = write_new("tried", folder, title="Tried", key="TRY", days=5)
    file.write_text(file.read_text(encoding="utf-8") + f"hygiene:\n{hygiene}", encoding="utf-8")
    for name, text in profiles.items():
        (file.parent / f"{name}.yaml").write_text(text, encoding="utf-8")
    return file


def _said(file: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    assert main(["scenario", "check", str(file)]) == 2
    return [line.removeprefix(f"{file.parent}/") for line in capsys.readouterr().out.splitlines()]


# --- the shipped ones ---------------------------------------------------------------------------------------------------


def test_there_are_four_and_the_default_changes_nothing() -> None:
    assert set(profile_names()) == {"default", "strict", "trunk-based", "beginner"}
    assert list(changes(read_profile("default"))) == []
    assert _rules("default").rules == all_rules()


@pytest.mark.parametrize("name", profile_names())
def test_a_profile_is_called_as_its_file_and_changes_no_weight_severity_or_target(name: str) -> None:
    profile = read_profile(name)

    assert profile.name == name == (SHIPPED / f"{name}.yaml").stem
    for rule in _rules(name).rules:
        book = rule_named(rule.code)
        assert (rule.severity, rule.target, rule.essential) == (book.severity, book.target, book.essential)
        assert (rule.caps_letter, rule.ceiling, rule.quota) == (book.caps_letter, book.ceiling, book.quota)


def test_strict_wants_smaller_pull_requests() -> None:
    story = Story().push("a", commits=[{"message": "feat: x", "lines": 150}]).open("a")

    usual, strict = ({f.rule: f for f in _card(story, profile=p).findings}["PR-04"] for p in ("default", "strict"))

    assert (usual.outcome, strict.outcome) == (Outcome.PASS, Outcome.BREACH)
    assert strict.credit < usual.credit  # type: ignore[operator]  # both were judged


def test_trunk_based_gives_a_branch_one_day_and_a_person_one_branch() -> None:
    options = {rule.code: rule.options.model_dump() for rule in _rules("trunk-based").rules}

    assert options["BR-02"]["good_days"] == 1
    assert options["BR-08"]["most"] == 1


def test_beginner_keeps_every_essential_rule_and_is_kinder() -> None:
    rules = {rule.code: rule for rule in _rules("beginner").rules}
    kinder = [name for code, name, _ in changes(read_profile("beginner")) if code in rules]

    assert {rule.code for rule in all_rules() if rule.essential} <= set(rules)
    assert len(rules) < len(all_rules()) / 2
    assert not [rule.code for rule in rules.values() if rule.severity is Severity.INFO]
    assert "pr-size" in kinder


def test_the_profile_is_on_the_card_and_in_the_version_of_the_rules() -> None:
    cards = {name: _card(a_clean_sprint(), profile=name) for name in profile_names()}

    assert {name: card.profile for name, card in cards.items()} == {name: name for name in profile_names()}
    assert len({card.rules_version for card in cards.values()}) == len(cards)
    assert rules_version(all_rules(), {}, "default") != rules_version(all_rules(), {}, "other")


def test_a_scenario_sets_more_on_top_of_its_profile() -> None:
    terms = _rules("strict", off=["BR-01"], quotas={"RV-01": 5}, options={"PR-04": {"good_lines": 150}})

    options = {rule.code: rule.options.model_dump() for rule in terms.rules}
    assert "BR-01" not in options
    assert options["PR-04"] == {"good_lines": 150, "mid_lines": 200}
    assert (terms.quotas["RV-01"], terms.quotas["RV-02"]) == (5, 3)


# --- one of its own -----------------------------------------------------------------------------------------------------


def test_a_scenario_brings_a_profile_of_its_own(tmp_path: Path) -> None:
    file = _scenario(tmp_path, "  profile: ours.yaml\n", ours=f"{OURS}options:\n  PR-04: {{good_lines: 50}}\n")

    scenario = check_rules(load_scenario(file))

    terms = rule_set(scenario.spec.hygiene, folder=scenario.folder)
    assert terms.profile == "ours"
    assert {rule.code: rule.options.model_dump() for rule in terms.rules}["PR-04"]["good_lines"] == 50


def test_every_fault_is_said_with_file_line_and_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = _scenario(
        tmp_path,
        "  profile: strikt\n"
        "  off: [PR-4O]\n"
        "  weights: {PR-04: 3}\n"
        "  waivers:\n"
        '    - {rule: BR-01, subject: "branch:release/*", reason: so}\n',
    )
    lines = file.read_text(encoding="utf-8").splitlines()
    at = lines.index("hygiene:") + 1

    said = _said(file, capsys)

    assert said[0].startswith(f"scenario.yaml:{at + 2}:9: `PR-4O` is not a rule code")
    assert said[1].startswith(
        f"scenario.yaml:{at + 3}:3: unknown key `weights` in `hygiene` (it is fixed, so that scores"
    )
    assert said[2].startswith(f"scenario.yaml:{at + 5}:58: `so` is not a reason (say in a sentence why")


def test_unknown_rules_and_options_are_said_with_the_nearest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = _scenario(
        tmp_path,
        "  profile: strikt\n"
        "  off: [PR-40]\n"
        "  also: [PR-04]\n"
        "  quotas: {RV-91: 1}\n"
        "  options:\n"
        "    PR-04: {good_line: 3, mid_lines: 99999, weight: 4}\n"
        "    BR-02: {good_days: 9, mid_days: 2}\n"
        "    BR-08: {most: two}\n"
        "    CM-08: {most: 1}\n",
    )

    said = "\n".join(_said(file, capsys))

    assert "there is no profile `strikt` (did you mean `strict`?" in said
    assert "there is no rule `PR-40` (did you mean PR-" in said
    assert "`PR-04` is of the book and counts anyway (`also` is for rules of installed packages" in said
    assert "there is no rule `RV-91` (did you mean RV-" in said
    assert "PR-04 has no option `good_line` (did you mean `good_lines`?)" in said
    assert "PR-04 has no option `weight` (it is fixed, so that scores can be compared" in said
    assert "`mid_lines` of PR-04 must be at most 4000 (choose a smaller number)" in said
    assert "good_days (9.0) must be less than mid_days (2.0)" in said
    assert "`most` of BR-08 must be a whole number, not `two`" in said
    assert "CM-08 has no option `most` (CM-08 has no options: take it out)" in said


def test_faults_of_its_own_profile_are_said_in_that_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = "format: 1\nname: strict\nsummary: Mine.\nweights: {PR-04: 9}\noff: [PR-99]\n"
    file = _scenario(tmp_path, "  profile: mine.yaml\n", mine=mine)

    said = _said(file, capsys)

    assert said[0].startswith("mine.yaml:2:7: `strict` is a shipped profile (give yours another name")
    assert said[1].startswith("mine.yaml:4:1: unknown key `weights` (it is fixed")
    assert said[2].startswith("mine.yaml:5:7: there is no rule `PR-99`")
    assert "the profile `mine.yaml` cannot be used (its faults are listed with it)" in said[3]


@pytest.mark.parametrize("path", ["../mine.yaml", "/etc/passwd.yaml", "missing.yaml", "linked.yaml"])
def test_a_profile_lies_inside_the_folder_of_its_scenario(tmp_path: Path, path: str) -> None:
    (tmp_path / "mine.yaml").write_text(OURS, encoding="utf-8")
    file = _scenario(tmp_path, f"  profile: {path}\n")
    (file.parent / "linked.yaml").symlink_to(tmp_path / "mine.yaml")

    with pytest.raises(ScenarioError) as refused:
        check_rules(load_scenario(file))

    assert refused.value.problems[0].line > 0


# --- the command --------------------------------------------------------------------------------------------------------


def test_the_command_shows_what_a_profile_changes(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["rules", "--profile", "strict"]) == 0
    assert "good_lines 100, not 200; mid_lines 200, not 400" in capsys.readouterr().out

    (tmp_path / "ours.yaml").write_text(f"{OURS}off: [BR-01]\n", encoding="utf-8")
    assert main(["rules", "--profile", str(tmp_path / "ours.yaml")]) == 0
    assert "off (1): BR-01" in capsys.readouterr().out

    assert main(["rules", "--profile", "stict"]) == 2
    assert "did you mean `strict`?" in capsys.readouterr().err


def test_what_the_guide_shows_can_be_used(tmp_path: Path) -> None:
    shown = [block for language, block in code_blocks(HOUSE / "docs/guide/rules.md") if language == "yaml"]
    files = [tmp_path / f"{name}.yaml" for name in ("on-top", "ours", "waivers")]
    for file, block in zip(files, shown, strict=True):
        file.write_text(block, encoding="utf-8")
    on_top, _, waivers = (HygienePart.model_validate(read_source(file).value.get("hygiene", {})) for file in files)

    assert rule_set(on_top).profile == "strict"
    assert rule_set(HygienePart(profile="ours.yaml"), folder=tmp_path).profile == "ours"
    assert rule_set(waivers).waivers[0].rule == "BR-01"
