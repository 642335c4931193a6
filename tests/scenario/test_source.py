from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.errors import ScenarioError
from simulator.scenario.source import Source, read_source


def source(folder: Path, text: str) -> Source:
    file = folder / "x.yaml"
    file.write_text(text, encoding="utf-8")
    return read_source(file)


def fault(folder: Path, text: str) -> str:
    with pytest.raises(ScenarioError) as caught:
        source(folder, text)
    (problem,) = caught.value.problems
    return f"{problem.line}:{problem.column} {problem.message} ({problem.hint})"


def test_times_dates_and_yes_are_text_as_in_yaml_1_2(tmp_path: Path) -> None:
    text = "[09:30, 10:00, 2026-01-12, yes, on, off, 0x10, 1_000, null, ~, true, 3, -2, 1.5, 1e3, .nan]"

    assert source(tmp_path, text).value == [
        "09:30",
        "10:00",
        "2026-01-12",
        "yes",
        "on",
        "off",
        "0x10",
        "1_000",
        None,
        None,
        True,
        3,
        -2,
        1.5,
        1000.0,
        ".nan",
    ]


def test_values_and_keys_know_their_places(tmp_path: Path) -> None:
    found = source(tmp_path, "a:\n  - b: 1\n    c: two\n")

    assert found.keys["a", 0, "c"] == (3, 5)
    assert found.values["a", 0, "c"] == (3, 8)
    missing = found.problem(("a", 0, "d"), "x")
    assert (missing.line, missing.column) == (2, 5)


def test_doubled_keys_are_all_found(tmp_path: Path) -> None:
    found = source(tmp_path, "a: 1\na: 2\nb: {c: 1, c: 2}\n")

    assert [(p.line, p.column, p.hint) for p in found.problems] == [
        (2, 1, "it stands in line 1 already"),
        (3, 11, "it stands in line 3 already"),
    ]


@pytest.mark.parametrize(
    "text",
    ["[" * 400_000, "[" * 5000 + "]" * 5000, "- " * 400_000 + "x", "\n".join(" " * n + "a:" for n in range(100))],
    ids=["open", "closed", "block", "mapping"],
)
def test_deep_nesting_is_refused_at_once(tmp_path: Path, text: str) -> None:
    assert "nested too deeply" in fault(tmp_path, text)


def test_anchors_that_multiply_are_refused(tmp_path: Path) -> None:
    names = "abcdefghi"
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]" for old, new in pairwise(names)]

    assert "far too much" in fault(tmp_path, "\n".join(lines))


def test_an_anchor_within_itself_is_refused(tmp_path: Path) -> None:
    assert fault(tmp_path, "a: &a [*a]").startswith("1:4 ")


def test_a_plain_alias_is_welcome(tmp_path: Path) -> None:
    assert source(tmp_path, "a: &hours 09:00-17:00\nb: *hours\n").value == {"a": "09:00-17:00", "b": "09:00-17:00"}


def test_a_control_character_is_placed(tmp_path: Path) -> None:
    assert fault(tmp_path, "a: 1\nb: \x01\n").startswith("2:")


def test_tabs_get_their_own_hint(tmp_path: Path) -> None:
    assert "not with tabs" in fault(tmp_path, "a:\n\t- 1\n")


def test_tags_make_nothing(tmp_path: Path) -> None:
    found = source(tmp_path, "a: !!python/object/apply:os.system [echo]\nb: !!int x\nc: !mine y\n")

    assert found.value == {"a": ["echo"], "b": "x", "c": "y"}
    assert [problem.line for problem in found.problems] == [1, 2, 3]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60) | st.text(alphabet="{}[]:-,&*!|>'\"#%@` \n\tab1", max_size=40))
def test_no_text_makes_it_stumble(tmp_path: Path, text: str) -> None:
    problems = []
    try:
        source(tmp_path, text.encode("utf-8", "replace").decode())
    except ScenarioError as exc:
        problems = list(exc.problems)

    assert all(problem.line >= 1 and problem.column >= 1 for problem in problems)


LETTERS = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters="\ufeff")
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text(LETTERS, max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(LETTERS, max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=st.dictionaries(st.text(LETTERS, min_size=1, max_size=6), PLAIN, min_size=1, max_size=4))
def test_what_is_written_is_read_back(tmp_path: Path, value: dict[str, object]) -> None:
    written = json.dumps(
        value, ensure_ascii=False
    )  # JSON is YAML 1.2: https://yaml.org/spec/1.2.2/#10-recommended-schemas

    assert source(tmp_path, written).value == value
