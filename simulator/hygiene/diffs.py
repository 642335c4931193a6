"""What a file's diff says beyond its numbers of lines: whether words change, whether only remarks do, only white space does.

Refuses to guess: where a diff is not known, or was cut, the answer is None. Linear in the diff, which is bounded.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

from simulator.model.code import ChangedFile

_MOST = 400_000
_WORD = re.compile(r"\w+")
_REMARK = ("#", "//", "/*", "*/", "* ", "<!--", "-->", "--", ";", "%", '"""', "'''")
_BLANKS = re.compile(r"\s+")
_SHELLS = (".sh", ".bash", ".zsh", ".ksh", ".fish", ".bats")
_QUOTED = re.compile(r"""("[^"]{0,2000}"|'[^']{0,2000}')""")
_QUOTES = ('"""', "'''")
_INDENT_MATTERS = (
    ".py",
    ".pyi",
    ".yaml",
    ".yml",
    ".mk",
    ".haml",
    ".pug",
    ".sass",
    ".coffee",
    ".nim",
    ".fs",
    "Makefile",
)


def keeps_words(file: ChangedFile) -> bool | None:
    """Whether a change adds and removes the same words, as reformatting and sorting do."""
    found = _sides(file)
    if found is None:
        return None
    added, removed = (Counter(word for line in side for word in _WORD.findall(line)) for side in found)
    return added == removed


def changes_only_blanks(file: ChangedFile) -> bool | None:
    """Whether a change is one of white space alone. Where indentation has a meaning it is no white space, nor are blanks within
    quotes; a line that moved is a change.
    """
    if file.status != "modified":
        return False
    found = _sides(file)
    if found is None or not any(found):  # without a changed line it is the file's mode that changed, or nobody knows
        return None
    squeeze = _squeeze_for(file.path)
    before, after = ([squeeze(line[1:]) for line in _lines(file) if line[0] in ends] for ends in ("- ", "+ "))
    return list(filter(None, before)) == list(filter(None, after))


def _lines(file: ChangedFile) -> list[str]:
    """The lines of all hunks with their signs, what stays the same too."""
    return [line for line in (file.patch or "").splitlines() if line[:1] in {"+", "-", " "}]


def _squeeze_for(path: str) -> Callable[[str], str]:
    """What takes those blanks out of a line that mean nothing in such a file."""
    if path.endswith(_INDENT_MATTERS):
        return _keeping_indent
    return _keeping_words if path.endswith(_SHELLS) else _squeezed_outside_quotes


def _keeping_words(line: str) -> str:
    """A shell reads `a = b` as a command and `a=b` as none."""
    parts = enumerate(_QUOTED.split(line))
    return "".join(part if place % 2 else _BLANKS.sub(" ", part) for place, part in parts).strip()


def _squeezed_outside_quotes(line: str) -> str:
    return "".join(part if place % 2 else _squeezed(part) for place, part in enumerate(_QUOTED.split(line)))


def changes_only_remarks(file: ChangedFile) -> bool | None:
    """Whether all that a change adds and removes are comments and documentation strings."""
    if file.patch is None or _sides(file) is None:
        return None
    return all(_is_remark(line, quoted=quoted) for line, quoted in _changed_lines(file.patch[:_MOST]))


def _sides(file: ChangedFile) -> tuple[list[str], list[str]] | None:
    """Added and removed lines, None when the diff is not known in full."""
    if file.patch is None or len(file.patch) > _MOST:
        return None
    lines = file.patch.splitlines()
    added = [line[1:] for line in lines if line.startswith("+")]
    removed = [line[1:] for line in lines if line.startswith("-")]
    return (added, removed) if (len(added), len(removed)) == (file.additions, file.deletions) else None


def _changed_lines(patch: str) -> Iterator[tuple[str, bool]]:
    """The changed lines of a diff, and whether each stands inside a documentation string that begins within the diff."""
    quoted = False
    for line in patch.splitlines():
        if line.startswith("@@"):
            quoted = False
            continue
        marks = sum(line.count(mark) for mark in _QUOTES)
        if line[:1] in {"+", "-"}:
            yield line[1:], quoted
        if marks % 2 and not line.startswith("-"):
            quoted = not quoted


def _is_remark(line: str, *, quoted: bool) -> bool:
    text = line.strip()
    return quoted or not text or text == "*" or text.startswith(_REMARK)


def _squeezed(line: str) -> str:
    return "".join(line.split())


def _keeping_indent(line: str) -> str:
    return line.rstrip()
