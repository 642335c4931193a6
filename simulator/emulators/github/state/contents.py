"""Files of a repository at a commit, and commits that change one file."""

from __future__ import annotations

from collections.abc import Mapping

import pygit2
from pygit2.enums import FileMode

from simulator.emulators.gitserver.errors import BadName
from simulator.emulators.gitserver.writing import check_path

KINDS = {
    FileMode.TREE: "dir",
    FileMode.BLOB: "file",
    FileMode.BLOB_EXECUTABLE: "file",
    FileMode.LINK: "symlink",
    FileMode.COMMIT: "submodule",
}

_READMES = ("readme.md", "readme.markdown", "readme.rst", "readme.txt", "readme")


def entry_at(commit: pygit2.Commit, path: str) -> pygit2.Object | None:
    """What is at a path of a commit, None when nothing is; the empty path is the whole tree."""
    if not path:
        return commit.tree
    try:
        return commit.tree[check_path(path)]
    except (KeyError, BadName):
        return None


def kind_of(entry: pygit2.Object) -> str:
    """dir, file, symlink or submodule."""
    return KINDS.get(entry.filemode, "dir") if entry.filemode else "dir"


def entries_of(tree: pygit2.Tree, path: str) -> list[tuple[str, pygit2.Object]]:
    """The entries of a folder with their whole paths, in order of their names."""
    before = f"{path}/" if path else ""
    return sorted((before + str(entry.name), entry) for entry in tree)


def readme_of(tree: pygit2.Tree) -> str | None:
    """The name of the folder's readme, None when it has none."""
    names: Mapping[str, str] = {str(entry.name).lower(): str(entry.name) for entry in tree}
    return next((names[name] for name in _READMES if name in names), None)
