"""Making blobs, trees and commits. Nothing here moves a ref."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import pygit2
from pygit2.enums import FileMode

from simulator.emulators.gitserver.errors import BadName, NoSuchObject

_AT_NO_END = (
    "".join(map(chr, range(33))) + "\"',:;\\"
)  # of a name or address: libgit2 takes it off, and takes no empty one
_LONGEST_PATH = 4096


def signature(name: str, email: str, when: datetime) -> pygit2.Signature:
    """Author or committer at an instant, in that instant's own zone; whole seconds, as git has them."""
    offset = when.utcoffset()
    minutes = int(offset.total_seconds() // 60) if offset else 0
    return pygit2.Signature(
        _tidy(name) or "unknown", _tidy(email) or "unknown", int(when.timestamp()), minutes, "utf-8"
    )


def check_path(path: str) -> str:
    """The path itself when git may hold it. Raises BadName for empty, absolute and escaping ones, `.git`, and what is no text."""
    parts = path.split("/")
    bad = "\0" in path or "\ufffd" in path or len(path.encode("utf-8", "replace")) > _LONGEST_PATH
    if bad or any(part in ("", ".", "..") or part.lower() == ".git" for part in parts):
        raise BadName(f"path contains a malformed path component: {path[:200]!r}")
    return path


def empty_tree(repository: pygit2.Repository) -> str:
    """The tree without entries."""
    return str(repository.TreeBuilder().write())


def edit_tree(repository: pygit2.Repository, tree: str | None, changes: Mapping[str, bytes | None]) -> str:
    """`tree` (None: an empty one) with files written (bytes) or removed (None). A changed file keeps its mode.

    Raises BadName for a bad path or one that would put a file where a folder is, NoSuchObject when a file to be removed
    is not there.
    """
    entries = {check_path(path): content for path, content in changes.items()}
    return str(_edited(repository, tree, {tuple(path.split("/")): content for path, content in entries.items()}))


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of a tree: the blob (or submodule's commit) and its mode."""

    id: pygit2.Oid
    mode: FileMode


def put_entries(repository: pygit2.Repository, tree: str, changes: Mapping[str, Entry | None]) -> str:
    """`tree` with entries put in by path, or taken away (None); folders come and go with their files.

    Writes the changed folders only. The paths must be of trees that git itself made.
    """
    return str(
        _with_entries(repository, pygit2.Oid(hex=tree), {tuple(path.split("/")): changes[path] for path in changes})
    )


def _with_entries(
    repository: pygit2.Repository, tree: pygit2.Oid | None, changes: Mapping[tuple[str, ...], Entry | None]
) -> pygit2.Oid:
    before = repository[tree].peel(pygit2.Tree) if tree else None
    builder = repository.TreeBuilder(before) if before is not None else repository.TreeBuilder()
    below: dict[str, dict[tuple[str, ...], Entry | None]] = {}
    for (name, *rest), entry in changes.items():
        if rest:
            below.setdefault(name, {})[tuple(rest)] = entry
        elif entry is not None:
            builder.insert(name, entry.id, entry.mode)
        elif builder.get(name) is not None:
            builder.remove(name)
    for name, inner in below.items():
        there = builder.get(name)
        folder = there.id if there is not None and there.filemode == FileMode.TREE else None
        made = _with_entries(repository, folder, inner)
        if len(repository[made].peel(pygit2.Tree)):
            builder.insert(name, made, FileMode.TREE)
        elif there is not None:
            builder.remove(name)
    return builder.write()


def commit_tree(
    repository: pygit2.Repository,
    tree: str,
    *,
    parents: Sequence[str],
    message: str,
    author: pygit2.Signature,
    committer: pygit2.Signature,
) -> str:
    """A commit of a tree; gives its id. Raises NoSuchObject when the tree or a parent is missing."""
    try:
        made = repository.create_commit(None, author, committer, message.replace("\0", ""), tree, list(parents))
    except (KeyError, ValueError, pygit2.GitError) as exc:
        raise NoSuchObject(str(exc)) from exc
    return str(made)


def _edited(
    repository: pygit2.Repository, tree: str | None, changes: Mapping[tuple[str, ...], bytes | None]
) -> pygit2.Oid:
    before = repository[tree].peel(pygit2.Tree) if tree else None
    builder = repository.TreeBuilder(before) if before is not None else repository.TreeBuilder()
    for path, content in changes.items():
        if len(path) == 1:
            _put(repository, builder, path[0], content)
    for folder in sorted({path[0] for path in changes if len(path) > 1}):
        below = {path[1:]: content for path, content in changes.items() if path[0] == folder and len(path) > 1}
        _put_folder(repository, builder, folder, below)
    return builder.write()


def _put(repository: pygit2.Repository, builder: pygit2.TreeBuilder, name: str, content: bytes | None) -> None:
    there = builder.get(name)
    if content is None:
        if there is None:
            raise NoSuchObject(f"no file {name}")
        builder.remove(name)
        return
    if there is not None and there.filemode == FileMode.TREE:
        raise BadName(f"{name} is a folder")
    mode = there.filemode if there is not None else FileMode.BLOB
    builder.insert(name, repository.create_blob(content), mode)


def _put_folder(
    repository: pygit2.Repository,
    builder: pygit2.TreeBuilder,
    name: str,
    changes: Mapping[tuple[str, ...], bytes | None],
) -> None:
    there = builder.get(name)
    if there is not None and there.filemode != FileMode.TREE:
        raise BadName(f"{name} is a file")
    made = _edited(repository, str(there.id) if there is not None else None, changes)
    if made == repository.TreeBuilder().write():
        if there is not None:
            builder.remove(name)
        return
    builder.insert(name, made, FileMode.TREE)


def _tidy(text: str) -> str:
    return "".join(letter for letter in text if letter not in "<>\n\0").strip().strip(_AT_NO_END)
