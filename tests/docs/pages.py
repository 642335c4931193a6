"""The project's pages, as text: for tests of what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]
_FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)


def pages() -> list[Path]:
    """Every Markdown page that is written for people; the starter code of scenarios has its own."""
    written = [*HOUSE.glob("*.md"), *(HOUSE / "docs").rglob("*.md")]
    return sorted([*written, HOUSE / "scenarios" / "README.md", *(HOUSE / "scenarios").glob("*/README.md")])


def name(page: Path) -> str:
    """A page's path in the project."""
    return str(page.relative_to(HOUSE))


def text(page: str) -> str:
    """What stands on a page, by its path in the project."""
    return (HOUSE / page).read_text(encoding="utf-8")


def code_blocks(page: Path) -> Iterator[tuple[str, str]]:
    """Language and text of each fenced block; indentation taken away."""
    for indent, language, block in _FENCE.findall(page.read_text(encoding="utf-8")):
        yield language, "\n".join(line.removeprefix(indent) for line in block.splitlines())


def prose(page: Path) -> str:
    """A page without its fenced blocks."""
    return _FENCE.sub("", page.read_text(encoding="utf-8"))
