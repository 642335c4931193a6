"""Diffs as rows to read: numbered lines, added and removed, cut where nobody reads on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from simulator.emulators.github.diff_lines import DiffLine, lines_of
from simulator.emulators.github.pages.revisions import readable
from simulator.emulators.gitserver.diffs import ChangedFile

MOST_LINES = 3_000
MOST_FILES = 300
_LONGEST_LINE = 1_000
_KINDS = {"+": "added", "-": "removed", " ": "same", "@": "hunk", "\\": "note"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of a diff. `kind` is added, removed, same, hunk or note; `mark` is its first character, `text` the rest."""

    kind: str
    old: int | None
    new: int | None
    mark: str
    text: str

    def stands_at(self, line: int, side: str) -> bool:
        """Whether this is line `line` of the old file (LEFT) or of the new one (RIGHT)."""
        return line == (self.old if side == "LEFT" else self.new)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDiff:
    """A changed file. `anchor` is the fragment that leads to it; `left_out` counts the lines that are not shown."""

    path: str
    previous_path: str | None
    status: str
    additions: int
    deletions: int
    binary: bool
    anchor: str
    rows: tuple[Row, ...]
    left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Diff:
    """Changed files with the sums over all of them, shown or not."""

    files: tuple[FileDiff, ...]
    count: int
    additions: int
    deletions: int
    left_out_files: int

    @property
    def is_cut(self) -> bool:
        """Whether anything is left out."""
        return bool(self.left_out_files) or any(file.left_out for file in self.files)


def diff_of(changed: Iterable[ChangedFile]) -> Diff:
    """The diff of changed files, its first MOST_LINES lines and MOST_FILES files."""
    listed = list(changed)
    left, shown = MOST_LINES, []
    for file in listed[:MOST_FILES]:
        one = _file(file, left)
        left -= len(one.rows)
        shown.append(one)
    return Diff(
        files=tuple(shown),
        count=len(listed),
        additions=sum(file.additions for file in listed),
        deletions=sum(file.deletions for file in listed),
        left_out_files=max(0, len(listed) - MOST_FILES),
    )


def rows_of(patch: str) -> list[Row]:
    """All rows of one file's hunks."""
    numbered = {line.position: line for line in lines_of(patch)}
    return [_row(text, numbered.get(position)) for position, text in enumerate(patch.split("\n"))]


def anchor_of(path: str) -> str:
    """The fragment of a file's diff: https://github.com/OWNER/REPO/pull/N/files#diff-SHA256 of the path"""
    return f"diff-{hashlib.sha256(path.encode('utf-8', 'surrogateescape')).hexdigest()}"


def _file(file: ChangedFile, most: int) -> FileDiff:
    rows = rows_of(file.patch) if file.patch else []
    return FileDiff(
        path=readable(file.path),
        previous_path=readable(file.previous_path) if file.previous_path else None,
        status=file.status,
        additions=file.additions,
        deletions=file.deletions,
        binary=file.binary,
        anchor=anchor_of(file.path),
        rows=tuple(rows[:most]),
        left_out=max(0, len(rows) - most) if file.patch else (file.additions + file.deletions),
    )


def _row(text: str, line: DiffLine | None) -> Row:
    kind = _KINDS.get(text[:1], "same")
    whole = kind in ("hunk", "note")
    shown = text if whole else text[1:]
    if len(shown) > _LONGEST_LINE:
        shown = shown[:_LONGEST_LINE] + "…"
    old, new = (line.old, line.new) if line else (None, None)
    return Row(kind=kind, old=old, new=new, mark="" if whole else text[:1], text=shown)
