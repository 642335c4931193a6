"""The parts of a bug report are found in headings and in prose, in bounded time."""

from __future__ import annotations

from time import perf_counter

import pytest

from simulator.hygiene.bug_report import parts_of_report

ALL = {"steps", "expected", "actual", "environment"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", set()),
        ("Refunds are broken", set()),
        ("Steps:\n- pay\n\nExpected: 7\n\nActual: 6\n\nEnvironment: staging", ALL),
        ("1. pay\n2. refund", {"steps"}),
        ("1. pay", set()),
        ("It should be 7", {"expected"}),
        ("Firefox 131", {"environment"}),
        ("It costs 19.90 EUR", set()),
        ("Schritte: zahlen. Erwartet: 7. Stattdessen: 6. Umgebung: Testsystem", ALL),
        ("再現手順 期待 実際 環境", ALL),
    ],
)
def test_parts_are_found(text: str, found: set[str]) -> None:
    assert {name for name, is_there in parts_of_report(text).items() if is_there} == found


@pytest.mark.parametrize("piece", ["a", " ", "\n1. ", "steps ", "1.1.", "\t#*_ ", "soll "])
def test_a_long_text_takes_no_time(piece: str) -> None:
    begun = perf_counter()

    parts_of_report(piece * 300_000)

    assert perf_counter() - begun < 0.5
