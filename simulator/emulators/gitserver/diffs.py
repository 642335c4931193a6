"""What changed between two trees: files with their lines, as unified diff, as mailbox patches.

Renames are followed. `old` None means an empty tree. Binary files have no patch; neither have very large ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pygit2
from pygit2.enums import DeltaStatus, DiffOption, DiffStatsFormat

from simulator.emulators.gitserver.names import legible

LARGEST_PATCH = 500_000
"""Bytes of one file's patch that are still shown. Source: https://docs.github.com/en/repositories/creating-and-managing-repositories/repository-limits"""

_MOST_TOTALS = 10_000
_totals: dict[tuple[str | None, str], tuple[int, int, int]] = {}  # commits never change
_STATUS = {
    DeltaStatus.ADDED: "added",
    DeltaStatus.DELETED: "removed",
    DeltaStatus.MODIFIED: "modified",
    DeltaStatus.RENAMED: "renamed",
    DeltaStatus.COPIED: "copied",
    DeltaStatus.TYPECHANGE: "changed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedFile:
    """A file of a diff in GitHub's terms. `sha` is the new blob (the old one of a removed file); `patch` holds the hunks."""

    path: str
    previous_path: str | None
    status: str
    additions: int
    deletions: int
    sha: str
    patch: str | None
    binary: bool


def changed_files(
    repository: pygit2.Repository, old: str | None, new: str, *, patches: bool = True
) -> list[ChangedFile]:
    """Files that differ between two commits or trees, in order of their paths. Without `patches`, `patch` is None."""
    return [_changed_file(patch, patches) for patch in _diff(repository, old, new) if patch is not None]


def totals(repository: pygit2.Repository, old: str | None, new: str) -> tuple[int, int, int]:
    """Changed files, added lines, deleted lines."""
    key = (old, new)
    if key not in _totals:
        if len(_totals) >= _MOST_TOTALS:
            _totals.clear()
        stats = _diff(repository, old, new).stats
        _totals[key] = stats.files_changed, stats.insertions, stats.deletions
    return _totals[key]


def unified_diff(repository: pygit2.Repository, old: str | None, new: str) -> bytes:
    """The whole diff as `git diff` writes it."""
    return b"".join(patch.data for patch in _diff(repository, old, new) if patch is not None)


def patch_series(repository: pygit2.Repository, commits: Sequence[pygit2.Commit]) -> bytes:
    """The commits as `git format-patch --stdout` writes them: one mail each, to be read by `git am`. Merges are left out."""
    plain = [commit for commit in commits if len(commit.parents) < 2]
    return b"".join(_mail(repository, commit, place, len(plain)) for place, commit in enumerate(plain, start=1))


def _diff(repository: pygit2.Repository, old: str | None, new: str) -> pygit2.Diff:
    flags = DiffOption.SHOW_BINARY | DiffOption.INDENT_HEURISTIC
    tree = repository[new].peel(pygit2.Tree)
    if old is None:
        diff = tree.diff_to_tree(flags=flags, swap=True)
    else:
        diff = repository[old].peel(pygit2.Tree).diff_to_tree(tree, flags=flags)
    diff.find_similar()
    return diff


def _changed_file(patch: pygit2.Patch, with_patch: bool) -> ChangedFile:
    delta = patch.delta
    _, additions, deletions = patch.line_stats
    status = _STATUS.get(delta.status, "changed")
    moved = status in ("renamed", "copied")
    return ChangedFile(
        path=legible(delta.old_file.path if status == "removed" else delta.new_file.path),
        previous_path=legible(delta.old_file.path) if moved else None,
        status=status,
        additions=additions,
        deletions=deletions,
        sha=str((delta.old_file if status == "removed" else delta.new_file).id),
        patch=_hunks(patch) if with_patch and not delta.is_binary else None,
        binary=bool(delta.is_binary),
    )


def _hunks(patch: pygit2.Patch) -> str | None:
    whole = patch.data
    start = 0 if whole.startswith(b"@@") else whole.find(b"\n@@") + 1
    if len(whole) > LARGEST_PATCH or (start == 0 and not whole.startswith(b"@@")):
        return None
    return whole[start:].decode("utf-8", "replace").removesuffix("\n")


def _mail(repository: pygit2.Repository, commit: pygit2.Commit, place: int, count: int) -> bytes:
    parent = str(commit.parents[0].id) if commit.parents else None
    author = commit.author
    when = datetime.fromtimestamp(author.time, UTC).astimezone(timezone(timedelta(minutes=author.offset)))
    subject, _, body = commit.message.partition("\n")
    number = f" {place}/{count}" if count > 1 else ""
    head = (
        f"From {commit.id} Mon Sep 17 00:00:00 2001\nFrom: {author.name} <{author.email}>\n"
        f"Date: {format_datetime(when)}\nSubject: [PATCH{number}] {subject}\n\n"
    )
    text = f"{body.strip()}\n" if body.strip() else ""
    stat = _diff(repository, parent, str(commit.id)).stats.format(
        DiffStatsFormat.FULL | DiffStatsFormat.INCLUDE_SUMMARY, 72
    )
    diff = unified_diff(repository, parent, str(commit.id))
    return f"{head}{text}---\n{stat}\n".encode("utf-8", "replace") + diff + b"-- \n2.39.5\n\n"
