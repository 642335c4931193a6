"""Precision and recall of a heuristic, counted on texts whose answers are known."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.errors import SprintdojoError
from simulator.hygiene.registry import rule_named
from simulator.testing.labelled import measure, read_labelled

TEXTS = """
precision: 0.5
recall: 0.5
story:
  - push: {branch: a, commits: [{message: "{text}", lines: 20}]}
  - open: a
good: ["feat: add a limit", "Fixes rounding"]
bad: ["feat: added a limit", "adds a limit", "feat: a limit"]
"""


def test_what_is_found_wrong_and_missed_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "CM-03.yaml"
    path.write_text(TEXTS)

    measured = measure(rule_named("CM-03"), read_labelled(path))

    assert measured.wrong == ("Fixes rounding",)
    assert measured.missed == ("feat: a limit",)
    assert measured.precision == pytest.approx(2 / 3)
    assert measured.recall == pytest.approx(2 / 3)


@pytest.mark.parametrize("text", ["good: [x]\n", "- x\n", "[", TEXTS + "more: 1\n"])
def test_a_file_without_labels_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "CM-03.yaml"
    path.write_text(text)

    with pytest.raises(SprintdojoError, match="no labelled texts"):
        read_labelled(path)
