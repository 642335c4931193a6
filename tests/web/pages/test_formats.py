from __future__ import annotations

import pytest

from web.pages.formats import (
    amount,
    counted,
    group_name,
    href,
    initials,
    moment,
    quoted,
    spelled_out,
    subject,
    tone,
    weekday_time,
)


@pytest.mark.parametrize(
    ("value", "text"), [(None, "–"), (3.0, "3"), (2.5, "2.5"), (-1.0, "−1"), (24.6666, "24.67"), (0, "0")]
)
def test_amounts_have_no_needless_zeros(value: float | None, text: str) -> None:
    assert amount(value) == text


def test_what_is_counted_is_in_the_singular_or_the_plural() -> None:
    told = [counted(number, "point") for number in (0, 0.25, 1, 1.0, 2)]

    assert told == ["0 points", "0.25 points", "1 point", "1 point", "2 points"]
    assert counted(4.26, "point", 1) == "4.3 points"


@pytest.mark.parametrize(
    ("pace", "words"),
    [("8m", "8 minutes"), ("1h", "1 hour"), ("1h30m", "1 hour 30 minutes"), ("1.5s", "1.5 seconds"), ("odd", "odd")],
)
def test_a_pace_is_spelled_out(pace: str, words: str) -> None:
    assert spelled_out(pace) == words


@pytest.mark.parametrize("url", ["javascript:alert(1)", "//evil.example", "data:text/html,x", "", None, "ftp://a/b"])
def test_only_addresses_of_pages_become_links(url: str | None) -> None:
    assert href(url) == ""


@pytest.mark.parametrize("url", ["https://a.example/b", "http://[", "http://127.0.0.1:8000/x", "/runs/a"])
def test_addresses_of_pages_stay(url: str) -> None:
    assert href(url) == url


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("branch:feature/PAY-1-x", "branch feature/PAY-1-x"),
        ("pull:7", "#7"),
        ("pull:7/review-by:learner", "#7 review by learner"),
        ("commit:0123456789abcdef", "commit 01234567"),
        ("issue:PAY-4", "PAY-4"),
        ("odd", "odd"),
    ],
)
def test_subjects_are_said_as_people_say_them(name: str, words: str) -> None:
    assert subject(name) == words


def test_a_face_keeps_its_letters_and_colour() -> None:
    assert initials("Anna Maria Lindqvist") == "AL"
    assert initials("Tom") == "T"
    assert initials("") == "?"
    assert tone("Tom") == tone("Tom")
    assert all(1 <= tone(name) <= 6 for name in ("", "Tom", "Ünal", "李"))


def test_instants_are_read_as_they_stand() -> None:
    assert moment("2026-01-05T09:00+01:00") == "Mon 5 Jan, 09:00"
    assert weekday_time("2026-01-05T14:20:30+01:00") == "Mon 14:20"


def test_groups_have_names() -> None:
    assert group_name("BR-01") == "Branches"
    assert group_name("XX") == "XX"


def test_a_name_is_one_word_of_a_command() -> None:
    assert quoted("Robin Hale") == "'Robin Hale'"
    assert quoted("$(rm -rf ~)'") == """'$(rm -rf ~)'"'"''"""
