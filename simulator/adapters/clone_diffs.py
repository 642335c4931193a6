"""The changed files of commits of a clone, as facts keep them. Runs no program and fetches nothing: what is missing is told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pygit2

from simulator.adapters.pull_files import with_patches

_MOST_FILES = 3_000  # as many as GitHub lists
_MOST_TEXT = 2_000_000  # bytes of a file beyond which it is taken for binary
_STATUS = {"A": "added", "D": "removed", "R": "renamed", "C": "added"}


class CloneDiffs:
    """Diffs of a repository; `lacking` counts those of which the clone does not hold the files."""

    def __init__(self, repository: pygit2.Repository) -> None:
        self._repository = repository
        self.lacking = 0

    def between(self, before: pygit2.Oid | None, after: pygit2.Oid) -> dict[str, Any]:
        """What changed from one commit's tree to another's (None: from nothing), as the keys of a fact's detail."""
        try:
            diff = self._diff(before, after)
            listed = [_file(patch) for patch in _patches(diff)]
        except (KeyError, pygit2.GitError, OverflowError):  # a partial or damaged clone
            self.lacking += 1
            return {"files": [], "additions": None, "deletions": None}
        files = with_patches(listed)
        sizes = {file["filename"]: file["size"] for file in listed if file["size"]}
        stats = diff.stats
        return {
            "files": [file | _size(file, sizes) for file in files],
            "additions": stats.insertions,
            "deletions": stats.deletions,
        }

    def _diff(self, before: pygit2.Oid | None, after: pygit2.Oid) -> pygit2.Diff:
        new = self._repository[after].tree
        if before is None:
            return new.diff_to_tree(swap=True, flags=pygit2.enums.DiffOption.INDENT_HEURISTIC)
        diff = self._repository[before].tree.diff_to_tree(new, flags=pygit2.enums.DiffOption.INDENT_HEURISTIC)
        diff.find_similar(flags=pygit2.enums.DiffFind.FIND_RENAMES, rename_limit=200)
        return diff


def _patches(diff: pygit2.Diff) -> Iterator[pygit2.Patch]:
    for place in range(min(len(diff), _MOST_FILES)):
        patch = diff[place]
        if patch is not None:
            yield patch


def _file(patch: pygit2.Patch) -> dict[str, Any]:
    delta = patch.delta
    _, additions, deletions = patch.line_stats
    is_text = not delta.is_binary and max(delta.new_file.size, delta.old_file.size) <= _MOST_TEXT
    return {
        "filename": _name(delta),
        "status": _STATUS.get(delta.status_char(), "modified"),
        "additions": additions,
        "deletions": deletions,
        "patch": _hunks(patch) if is_text else None,
        "size": 0 if is_text or delta.status_char() != "A" else delta.new_file.size,
    }


def _name(delta: pygit2.DiffDelta) -> str:
    raw = delta.new_file.raw_path or delta.old_file.raw_path
    return raw.decode("utf-8", errors="replace")


def _hunks(patch: pygit2.Patch) -> str:
    """The unified hunks, without the lines of the file's header."""
    text = patch.data.decode("utf-8", errors="replace")
    begin = text.find("\n@@ ")
    return text[begin + 1 :].rstrip("\n") if begin >= 0 else ""


def _size(file: dict[str, Any], sizes: dict[str, int]) -> dict[str, int]:
    size = sizes.get(file["path"])
    return {"size": size} if size and file["patch"] is None else {}
