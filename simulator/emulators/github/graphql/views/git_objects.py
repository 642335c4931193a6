"""Trees, blobs and annotated tags; what all objects of git have in common."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

import pygit2

from simulator.emulators.github.graphql.reading import Reader
from simulator.emulators.github.graphql.views.base import InRepository, show
from simulator.emulators.github.graphql.views.git_actors import git_actor
from simulator.emulators.github.payloads.users import node_id
from simulator.emulators.github.state import changes
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.gitserver.names import legible

_LARGEST_TEXT = 512_000
"""Bytes of a blob that its text is cut at."""


class GitObjectView(InRepository):
    """A commit, a tree, a blob or an annotated tag."""

    def __init__(self, reader: Reader, repository: Repository, oid: str) -> None:
        super().__init__(reader, repository)
        self.oid = oid
        self.abbreviated_oid = oid[:7]

    @property
    def git(self) -> pygit2.Repository:
        """The git repository."""
        return changes.git(self.place)

    @property
    def id(self) -> str:
        """The global id."""
        return node_id(self.typename, self.home.id, self.oid)

    @property
    def commit_resource_path(self) -> str:
        """The page of the commit with this id."""
        return f"/{quote(self.home.full_name)}/commit/{self.oid}"

    @property
    def commit_url(self) -> str:
        """The address of that page."""
        return self.reader.urls.html(self.commit_resource_path)


class TreeView(GitObjectView):
    """A folder at one moment."""

    typename = "Tree"

    def __init__(self, reader: Reader, repository: Repository, tree: pygit2.Tree, folder: str = "") -> None:
        super().__init__(reader, repository, str(tree.id))
        self.git_tree = tree
        self._folder = folder

    @property
    def entries(self) -> list[TreeEntryView]:
        """What is in it, by name."""
        return [TreeEntryView(self.reader, self.home, each, self._folder) for each in self.git_tree]


class TreeEntryView(InRepository):
    """One name in a folder."""

    is_generated = False

    def __init__(self, reader: Reader, repository: Repository, entry: pygit2.Object, folder: str) -> None:
        super().__init__(reader, repository)
        self._entry = entry
        self.name = legible(entry.name or "")
        self.path = f"{folder}/{self.name}" if folder else self.name
        self.oid = str(entry.id)
        self.mode = int(entry.filemode)
        self.type = "commit" if entry.filemode == pygit2.enums.FileMode.COMMIT else str(entry.type_str)

    @property
    def extension(self) -> str | None:
        """The ending of a file's name, with its dot."""
        return PurePosixPath(self.name).suffix if self.type == "blob" else None

    @property
    def size(self) -> int:
        """Bytes of a file."""
        return self._entry.size if isinstance(self._entry, pygit2.Blob) else 0

    @property
    def line_count(self) -> int | None:
        """Lines of a text file."""
        if not isinstance(self._entry, pygit2.Blob) or self._entry.is_binary:
            return None
        content = self._entry.data
        return content.count(b"\n") + (not content.endswith(b"\n") and bool(content))

    @property
    def object(self) -> Any:
        """The file or folder."""
        if self.type == "commit":
            return None
        return object_view(self.reader, self.home, self._entry, folder=self.path)


class BlobView(GitObjectView):
    """The content of a file."""

    typename = "Blob"

    def __init__(self, reader: Reader, repository: Repository, blob: pygit2.Blob) -> None:
        super().__init__(reader, repository, str(blob.id))
        self._blob = blob
        self.byte_size = blob.size
        self.is_binary = bool(blob.is_binary)
        self.is_truncated = blob.size > _LARGEST_TEXT

    @property
    def text(self) -> str | None:
        """The content as a text, None for a binary file."""
        return None if self.is_binary else self._blob.data[:_LARGEST_TEXT].decode("utf-8", "replace")


class TagView(GitObjectView):
    """An annotated tag."""

    typename = "Tag"

    def __init__(self, reader: Reader, repository: Repository, tag: pygit2.Tag) -> None:
        super().__init__(reader, repository, str(tag.id))
        self._tag = tag
        self.name = legible(tag.name or "")
        self.message = legible(tag.message or "")

    @property
    def tagger(self) -> Any:
        """Who made it."""
        return git_actor(self.reader, self._tag.tagger) if self._tag.tagger else None

    @property
    def target(self) -> Any:
        """What it points to."""
        return object_view(self.reader, self.home, self._tag.get_object())


def object_view(reader: Reader, repository: Repository, found: pygit2.Object, *, folder: str = "") -> Any:
    """The view of any object of git."""
    if isinstance(found, pygit2.Tree):
        return TreeView(reader, repository, found, folder)
    kinds = ((pygit2.Blob, "Blob"), (pygit2.Tag, "Tag"), (pygit2.Commit, "Commit"))
    typename = next(name for kind, name in kinds if isinstance(found, kind))
    return show(reader, typename, repository, found)


def entry_view(reader: Reader, repository: Repository, tree: pygit2.Tree, path: str) -> TreeEntryView | None:
    """One file or folder of a tree by its path."""
    clean = path.strip("/")
    try:
        found = tree[clean]
    except (KeyError, ValueError):
        return None
    return TreeEntryView(reader, repository, found, clean.rpartition("/")[0])
