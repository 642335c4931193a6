"""Commit messages taken apart: body, trailers, prose."""

from __future__ import annotations

import pytest

from simulator.hygiene.messages import is_trailer, parts_of, says_breaking
from simulator.hygiene.reasons import prose_length


def test_a_message_has_a_header_a_body_and_trailers() -> None:
    parts = parts_of("feat: a\n\nWhy it is.\n\nAnd more.\n\nRefs: PAY-3\nCo-authored-by: Tom <t@example.com>\n")

    assert parts.header == "feat: a"
    assert parts.text == "Why it is.\n\nAnd more."
    assert parts.trailers == ("Refs: PAY-3", "Co-authored-by: Tom <t@example.com>")


@pytest.mark.parametrize("message", ["", "\n", "feat: a", "feat: a\n\n\n", "\r\n\r\n"])
def test_a_message_may_have_no_body(message: str) -> None:
    assert parts_of(message).body == parts_of(message).trailers == ()


def test_a_trailer_goes_on_in_indented_lines_and_github_draws_a_line_above_it() -> None:
    parts = parts_of("feat!: a\n\nWhy.\n\n---------\n\nBREAKING CHANGE: call v2\n  and v3\nRefs: PAY-3")

    assert parts.trailers[-1] == "Refs: PAY-3"
    assert "BREAKING CHANGE: call v2" in parts.trailers
    assert says_breaking("feat: a\n\nBREAKING-CHANGE: b")
    assert not says_breaking("feat: BREAKING CHANGE: a")


@pytest.mark.parametrize("line", ["Refs: PAY-3", "Fixes #3", "Signed-off-by: A <a@b>", "Closes: PAY-3"])
def test_trailers(line: str) -> None:
    assert is_trailer(line)


@pytest.mark.parametrize("line", ["Note: this", "There are two: a, b", "fixes #3", "See the page", "http://a"])
def test_lines_that_only_look_so(line: str) -> None:
    assert not is_trailer(line)


def test_prose_is_neither_the_header_nor_files_nor_folded_commits() -> None:
    body = "* feat: a thing (#3)\n* fix: other\n- src/api.py\nmodified: b.py\n---\nBecause."

    assert prose_length(f"feat: a thing\n\n{body}", folded=["fix: other"]) == len("Because.")
    assert prose_length("feat!: a\n\nBREAKING CHANGE: call v2") == len("call v2")
