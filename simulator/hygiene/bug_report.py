"""Which parts of a bug report a text has: how to see it, what should happen, what happens, and where.

English, German and some words of other languages, as headings or in prose. Linear in the text, which is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_MOST = 32_767
_ITEM = re.compile(r"^[ \t]{0,8}(?:\d{1,2}[.)]|step \d{1,2})[ \t]*\S", re.MULTILINE | re.IGNORECASE)
_STEPS = re.compile(
    r"\b(?:steps?(?: to| for| of)? repro\w*|how to (?:reproduce|see it)|to reproduce|repro(?:duction)?(?: steps)?(?=[ \t]{0,4}:)"
    r"|steps(?=[ \t]{0,4}:)|what i did|schritte|reproduktion|reproduzier\w+|nachstellen|étapes|pasos)\b"
    r"|^[ \t#*_]{0,8}(?:steps|repro\w*)\b|再現|手順",
    re.IGNORECASE | re.MULTILINE,
)
_EXPECTED = re.compile(
    r"\b(?:expect(?:ed|ation|s|ing)?|should(?:n['’]t)?|supposed to|erwart\w+|sollte\w*|soll(?:verhalten|-verhalten)?"
    r"|attendu|esperado)\b|期待",
    re.IGNORECASE,
)
_ACTUAL = re.compile(
    r"\b(?:actual(?:ly)?|observed|instead|current behaviou?r|what happen(?:s|ed)|but (?:it|the|i|we|nothing|there|they|he|she)"
    r"|however|tatsächlich\w*|stattdessen|beobachtet\w*|ist-verhalten|aber|obtenu|result(?:ado)? actual"
    r"|shows?|returns?|fails?|crashes|never|does nothing)\b"
    r"|実際|現状",
    re.IGNORECASE,
)
_WHERE = re.compile(
    r"\b(?:environment|browser|version|device|platform|operating system|build|umgebung|gerät|staging|production|prod|testsystem"
    r"|entorno|environnement|chrome|firefox|safari|edge|android|ios|iphone|ipad|windows|macos|linux|ubuntu|debian|docker"
    r"|python|node|v?\d{1,4}\.\d{1,4}(?:\.\d{1,4})?)\b(?!\s*(?:€|\$|eur|usd|%))|環境|バージョン|本番",
    re.IGNORECASE,
)


_PARTS = (_EXPECTED, _ACTUAL, re.compile(r"environment|umgebung|version|browser|system", re.IGNORECASE))
_HEADING = re.compile(
    r"[ \t]*(?:#{1,6} .{1,60}|h[1-6]\. .{1,60}|\*{2}.{1,60}\*{2}:?|[^:]{2,40}:"
    r"|(?:steps|steps to reproduce|expected|actual)(?: behaviou?r| result)?|environment|version|schritte|umgebung)[ \t]*\Z",
    re.IGNORECASE,
)
_NOTHING = frozenset({"tbd", "todo", "n/a", "na", "none", "-", "...", "…", "?", "tba"})


def parts_of_report(description: str) -> dict[str, bool]:
    """Steps, expected, actual, environment → whether the text has it."""
    text = "\n".join(_filled(description[:_MOST].splitlines()))
    return {
        "steps": _STEPS.search(text) is not None or len(_ITEM.findall(text)) >= 2,
        "expected": _EXPECTED.search(text) is not None,
        "actual": _ACTUAL.search(text) is not None,
        "environment": _WHERE.search(text) is not None,
    }


def _filled(lines: list[str]) -> Iterator[str]:
    """The lines without the headings that have nothing below them."""
    told = [line for line in lines if line.strip() and line.strip().lower() not in _NOTHING]
    for place, line in enumerate(told):
        below = told[place + 1] if place + 1 < len(told) else ""
        if not _is_heading(line) or (below and not _is_heading(below)):
            yield line


def _is_heading(line: str) -> bool:
    """Whether a line names a part of a report and says nothing besides."""
    return _HEADING.match(line[:80]) is not None and any(pattern.search(line) for pattern in (_STEPS, *_PARTS))
