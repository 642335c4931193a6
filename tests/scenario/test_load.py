from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from simulator.errors import ScenarioError
from simulator.scenario.load import load_scenario
from tests.scenario.builders import SMALL, a_file, problems_of


def test_a_scenario_is_loaded_from_its_folder_or_its_file(tmp_path: Path) -> None:
    file = a_file(tmp_path)

    from_folder, from_file = load_scenario(tmp_path), load_scenario(file)

    assert from_folder.spec == from_file.spec
    assert from_folder.folder == tmp_path.resolve()
    assert from_folder.id == "small"


def test_what_is_left_out_has_sensible_values(tmp_path: Path) -> None:
    scenario = load_scenario(a_file(tmp_path))

    assert scenario.pace_s == 600
    assert scenario.calendar.day_length == timedelta(hours=8)
    assert scenario.spec.repository.protection is not None
    assert scenario.spec.level == "beginner"


def test_sprints_follow_one_another_in_working_days(tmp_path: Path) -> None:
    text = SMALL + "  - {id: two, name: Two, goal: Again., days: 5, issues: [login]}\n"
    text = text.replace("sprints:", "  - {id: login, summary: L}\nsprints:")

    scenario = load_scenario(a_file(tmp_path, text))

    assert [(w.ref, w.first, w.last) for w in scenario.sprints] == [("one", 1, 10), ("two", 11, 15)]
    assert scenario.starts_at == datetime(2026, 1, 12, 9, tzinfo=UTC)
    assert scenario.ends_at == datetime(2026, 1, 30, 17, tzinfo=UTC)
    assert scenario.first_day == date(2026, 1, 12)


def test_the_roster_keeps_the_order_and_finds_accounts(tmp_path: Path) -> None:
    roster = load_scenario(a_file(tmp_path)).roster

    assert [person.seat for person in roster.humans()] == ["learner"]
    assert roster.seat_of("ROBIN") == "learner"


PLAIN = "  a: {kind: teammate, name: A, login: a, email: a@b.c}\n"
ADMIN = "  z: {kind: teammate, name: Z, login: z, email: z@b.c, access: admin}\n"


@pytest.mark.parametrize(("people", "admin"), [(PLAIN + ADMIN, "z"), (PLAIN, "a"), ("", "learner")])
def test_who_sets_the_run_up(tmp_path: Path, people: str, admin: str) -> None:
    assert load_scenario(a_file(tmp_path, SMALL.replace("backlog:", f"{people}backlog:"))).admin == admin


def test_a_folder_without_a_scenario_is_said_so(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path)

    assert "there is no scenario.yaml" in problem.message
    assert "scenario new" in problem.hint


def test_a_missing_file_is_said_so(tmp_path: Path) -> None:
    assert "there is no file" in problems_of(tmp_path / "nowhere.yaml")[0].message


def test_another_encoding_is_said_with_its_place(tmp_path: Path) -> None:
    (problem,) = problems_of(a_file(tmp_path, b"format: 1\ntitle: caf\xe9\n"))

    assert (problem.line, problem.column) == (2, 11)
    assert "UTF-8" in problem.message


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    assert load_scenario(a_file(tmp_path, b"\xef\xbb\xbf" + SMALL.encode())).id == "small"


def test_an_empty_and_a_huge_file_are_refused(tmp_path: Path) -> None:
    assert "empty" in problems_of(a_file(tmp_path, ""))[0].message
    assert "empty" in problems_of(a_file(tmp_path, "# nothing\n"))[0].message
    assert "larger" in problems_of(a_file(tmp_path, "# x\n" * 300_000))[0].message


@pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")
def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "scenario"
    folder.mkdir()
    file = a_file(folder)
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "repo" / "link.txt").symlink_to(tmp_path / "secret.txt")

    (problem,) = problems_of(file)
    assert "leads out of it by a link" in problem.message

    (folder / "repo" / "link.txt").unlink()
    (folder / "elsewhere").symlink_to(tmp_path)
    file.write_text(SMALL.replace("name: payments}", "name: payments, folder: elsewhere}"))
    assert "by a link" in problems_of(file)[0].message


def test_all_problems_come_at_once_sorted_by_place(tmp_path: Path) -> None:
    text = (
        SMALL.replace("days: 10", "days: ten").replace("title: Small", "titel: Small").replace("[refunds]", "[refund]")
    )

    problems = problems_of(a_file(tmp_path, text))

    assert [problem.message.split("`")[1] for problem in problems] == ["title", "titel", "days", "refund"]
    assert list(problems) == sorted(problems)


def test_the_error_says_how_many_there_are_and_where_the_first_is(tmp_path: Path) -> None:
    file = a_file(tmp_path, SMALL.replace("days: 10", "days: ten").replace("[refunds]", "[refund]"))

    with pytest.raises(ScenarioError) as caught:
        load_scenario(file)

    assert caught.value.what.startswith("2 problems")
    assert caught.value.where == f"{file}:13:{SMALL.splitlines()[12].index('days: ') + 7}"
