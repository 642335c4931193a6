"""Commit headers: what is conventional, what is vague, what is left out, what is proposed instead."""

from __future__ import annotations

import pytest

from simulator.hygiene.headers import (
    better_header,
    convention_problem,
    is_ignored,
    marked_breaking,
    marks_breaking,
    type_of,
    vague_problem,
    without_number,
)
from simulator.testing.story import Story


@pytest.mark.parametrize(
    "header", ["feat: a", "fix(api): round half up", "chore(deps)!: drop 3.10", "revert: feat: a (#1)"]
)
def test_conventional_headers(header: str) -> None:
    assert convention_problem(header) is None


@pytest.mark.parametrize(
    "header", ["", "feat", "feat : a", "feat:a", "Feat: a", "feature: a", "feat(: a", "PAY-1: a", "feat:   "]
)
def test_other_headers(header: str) -> None:
    assert convention_problem(header)


@pytest.mark.parametrize(
    "header",
    [
        "Merge branch 'main' into x",
        "Merge pull request #3 from acme/x",
        "Merge remote-tracking branch 'origin/main'",
        'Revert "feat: a"',
        "fixup! feat: a",
        "squash! feat: a",
        "1.4.0",
        "v2.0.0-rc.1",
        "chore(release): 1.4.0",
    ],
)
def test_headers_that_are_left_out(header: str) -> None:
    assert is_ignored(header)


@pytest.mark.parametrize(
    "header", ["Merged it", "merge refunds", "version 1.4.0 is out", "feat: revert a refund", "reverted"]
)
def test_headers_that_only_look_so(header: str) -> None:
    assert not is_ignored(header)


@pytest.mark.parametrize(
    "header", ["fix: fix", "fix: PAY-3", "feat: update", "chore: small fix.", "fix: api.py", "fix: a b", "x"]
)
def test_vague_headers(header: str) -> None:
    assert vague_problem(header)


@pytest.mark.parametrize(
    "header",
    ["fix: round half up", "feat: refund a payment", "docs: document refunds", "fix: reject PAY-3 a second time"],
)
def test_headers_that_say_something(header: str) -> None:
    assert vague_problem(header) is None


def test_the_type_and_the_mark_of_a_breaking_change() -> None:
    assert type_of("feat(api)!: a") == "feat"
    assert type_of("Feature: a") is None
    assert marks_breaking("feat(a:b)!: c")
    assert not marks_breaking("feat: wow!: c")
    assert marked_breaking("feat(a:b): c: d") == "feat(a:b)!: c: d"
    assert marked_breaking("feat!: c") == "feat!: c"
    assert marked_breaking("stuff") == "stuff"


def test_only_githubs_own_number_is_taken_off() -> None:
    assert without_number("feat: a (#12)") == "feat: a"
    assert without_number("feat: a #12") == "feat: a #12"
    assert without_number("feat: a (#12) b") == "feat: a (#12) b"


def test_a_better_header_is_conventional_short_and_fits_the_issue() -> None:
    history = (
        Story()
        .issue("PAY-1", summary="Rounding is off", type="Bug")
        .issue("PAY-2", summary="Refund a payment")
        .history()
    )

    assert better_header("Stuff", history, "PAY-1") == "fix: rounding is off"
    assert better_header("PAY-2", history, "PAY-2") == "feat: refund a payment (PAY-2)"
    assert better_header("Added refunds for all customers", history, "PAY-2") == "feat: add refunds for all customers"
    assert better_header("API answers in JSON", history, "PAY-2") == "feat: API answers in JSON"
    assert better_header("chore: x", history, "UNPLANNED") is None, "what changes only its author knows"
    for header in ("", "給付", "PAY-3"):
        assert better_header(header, history, "UNPLANNED") is None, "what changes only its author knows"
    for header in ("x" * 500, "feat(" * 99, "a: b: c: d", "給付金の上限を追加する"):
        better = better_header(header, history, "UNPLANNED")
        assert better is not None
        assert convention_problem(better) is None
        assert len(better) <= 72
