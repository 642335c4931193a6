"""Code that pages show is cut from tests that run."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import yaml

from simulator.emulators.kit.seed import seed_of
from simulator.emulators.server import Emulators
from tests.docs.pages import HOUSE, code_blocks
from tests.docs.test_complete import _routes
from tests.tables import file_with_tables

OWN_TESTS = HOUSE / "docs" / "guide" / "for-your-own-tests.md"
EXAMPLES = HOUSE / "tests" / "testing" / "example"


def test_the_plugin_s_examples_are_those_of_its_tests() -> None:
    shown = [block + "\n" for language, block in code_blocks(OWN_TESTS) if language == "python"]

    assert shown == [(EXAMPLES / f"{name}.py").read_text(encoding="utf-8") for name in ("ten_lines", "more")]


def test_the_seed_that_is_shown_can_be_used() -> None:
    (shown,) = (block for language, block in code_blocks(OWN_TESTS) if language == "yaml")

    assert seed_of(yaml.safe_load(shown)).github.repositories[0].pull_requests[0].head == "feat/cart"


def test_every_control_endpoint_is_on_the_page(tmp_path: Path) -> None:
    page = OWN_TESTS.read_text(encoding="utf-8")
    emulators = Emulators(
        database_url=file_with_tables(tmp_path / "emulators.db"),
        folder=tmp_path,
        now=lambda: datetime(2026, 1, 1, tzinfo=UTC),
        deliver=False,
    )
    paths = {re.sub(r"\{[^}]*\}", "", path).strip("/") for _, path in _routes(emulators.control)}
    emulators.close()

    assert len(paths) > 8
    assert [path for path in paths if f"/emulator/{path.partition('/')[0]}" not in page] == []
