"""Links between pages lead somewhere, headings included."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.docs.pages import HOUSE, name, pages, prose

_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)[^)]*\)")
_HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.MULTILINE)


def _anchors(page: Path) -> set[str]:
    """The names under which GitHub reaches a page's headings."""
    found: set[str] = set()
    for heading in _HEADING.findall(prose(page)):
        words = re.sub(r"[^\w\- ]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower())
        found.add(words.replace(" ", "-"))
    return found


@pytest.mark.parametrize("page", pages(), ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    for link in _LINK.findall(re.sub(r"`[^`\n]*`", "", prose(page))):
        if re.match(r"[a-z]+:", link):
            assert link.startswith(("https://", "http://127.0.0.1")), link
            continue
        path, _, anchor = unquote(link).partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{name(page)} links {link}"
        assert target.is_relative_to(HOUSE), f"{name(page)} links out of the project: {link}"
        if anchor:
            assert anchor in _anchors(target), f"{name(page)} links {link}"


def test_every_page_is_reached_from_the_readme() -> None:
    seen: set[Path] = set()
    ahead = [HOUSE / "README.md"]
    while ahead:
        page = ahead.pop()
        if page in seen or page.suffix != ".md":
            continue
        seen.add(page)
        links = [link.partition("#")[0] for link in _LINK.findall(prose(page)) if not re.match(r"[a-z]+:", link)]
        ahead += [(page.parent / link).resolve() for link in links if link]

    assert {name(page) for page in pages()} - {name(page) for page in seen} == set()
