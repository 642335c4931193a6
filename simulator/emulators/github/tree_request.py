"""The body of a request to make a tree: a base and entries that are put, replaced or taken out (`sha: null`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pygit2
from pygit2.enums import FileMode

from simulator.emulators.github.errors import ValidationFailed
from simulator.emulators.github.fields import Fields
from simulator.emulators.gitserver import refs
from simulator.emulators.gitserver.errors import BadName
from simulator.emulators.gitserver.writing import check_path

_MODES = {
    "100644": FileMode.BLOB,
    "100755": FileMode.BLOB_EXECUTABLE,
    "040000": FileMode.TREE,
    "160000": FileMode.COMMIT,
    "120000": FileMode.LINK,
}
_CONTENT_LIMIT = 100 * 1024 * 1024

_Entry = tuple[pygit2.Oid, FileMode] | None


def write_tree(git: pygit2.Repository, base: pygit2.Tree | None, entries: Sequence[Mapping[str, Any]]) -> str:
    """The tree that a body describes. Raises ValidationFailed for bad paths, modes and objects."""
    if not entries:
        raise ValidationFailed(message="Invalid tree info")
    wanted: dict[tuple[str, ...], _Entry] = {}
    for entry in entries:
        fields = Fields(entry, "Tree")
        wanted[_path(fields)] = _read(git, fields)
    made = _written(git, base, wanted)
    return str(made if made is not None else git.TreeBuilder().write())


def _path(fields: Fields) -> tuple[str, ...]:
    try:
        return tuple(check_path(fields.text("path") or "").split("/"))
    except BadName as exc:
        raise ValidationFailed(message=f"tree.{exc}") from exc


def _read(git: pygit2.Repository, fields: Fields) -> _Entry:
    mode = _MODES.get(fields.text("mode") or "100644")
    if mode is None:
        raise ValidationFailed(message="Must supply a valid tree.mode")
    content = fields.text("content", limit=_CONTENT_LIMIT)
    if content is not None:
        return git.create_blob(content.encode()), mode
    if "sha" not in fields:
        raise ValidationFailed(message="Must supply either tree.sha or tree.content")
    sha = fields.text("sha")
    if sha is None:
        return None
    if not refs.is_sha(sha) or (mode is not FileMode.COMMIT and sha not in git):
        raise ValidationFailed(
            message=f"tree.sha {sha[:40]} is not a valid {'tree' if mode is FileMode.TREE else 'blob'}"
        )
    return pygit2.Oid(hex=sha), mode


def _written(
    git: pygit2.Repository, base: pygit2.Tree | None, wanted: Mapping[tuple[str, ...], _Entry]
) -> pygit2.Oid | None:
    builder = git.TreeBuilder(base) if base is not None else git.TreeBuilder()
    for path, entry in wanted.items():
        if len(path) == 1:
            _put(builder, path[0], entry)
    for folder in sorted({path[0] for path in wanted if len(path) > 1}):
        there = builder.get(folder)
        before = there if isinstance(there, pygit2.Tree) else None
        below = {path[1:]: entry for path, entry in wanted.items() if path[0] == folder and len(path) > 1}
        made = _written(git, before, below)
        _put(builder, folder, None if made is None else (made, FileMode.TREE))
    return builder.write() if len(builder) else None


def _put(builder: pygit2.TreeBuilder, name: str, entry: _Entry) -> None:
    if entry is not None:
        try:
            builder.insert(name, *entry)
        except pygit2.GitError as exc:
            raise ValidationFailed(message=str(exc)) from exc
    elif builder.get(name) is not None:
        builder.remove(name)
