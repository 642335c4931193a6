"""Refs, trees and blobs as the git database routes show them."""

from __future__ import annotations

import base64
from typing import Any
from urllib.parse import quote

import pygit2

from simulator.emulators.github.payloads.users import node_id
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.gitserver.names import legible
from simulator.emulators.kit.urls import Urls

_KINDS = {
    pygit2.enums.ObjectType.COMMIT: "commit",
    pygit2.enums.ObjectType.TREE: "tree",
    pygit2.enums.ObjectType.BLOB: "blob",
    pygit2.enums.ObjectType.TAG: "tag",
}


def git_ref(ref: str, sha: str, kind: str, repository: Repository, urls: Urls) -> dict[str, Any]:
    """A ref; `kind` is the kind of the object it points to."""
    return {
        "ref": ref,
        "node_id": node_id("Ref", repository.id, ref),
        "url": urls.api(f"{repository.path}/git/{quote(ref)}"),
        "object": {"sha": sha, "type": kind, "url": urls.api(f"{repository.path}/git/{kind}s/{sha}")},
    }


def kind_of(found: pygit2.Object) -> str:
    """commit, tree, blob or tag."""
    return _KINDS[found.type]


def blob(found: pygit2.Blob, repository: Repository, urls: Urls) -> dict[str, Any]:
    """A blob with its content in base 64, broken into lines of 60 as GitHub does."""
    return {
        "sha": str(found.id),
        "node_id": node_id("Blob", repository.id, found.id),
        "size": found.size,
        "url": urls.api(f"{repository.path}/git/blobs/{found.id}"),
        "content": in_base64(found.data),
        "encoding": "base64",
    }


def tree(
    found: pygit2.Tree,
    entries: list[tuple[str, pygit2.Object]],
    repository: Repository,
    urls: Urls,
    *,
    truncated: bool = False,
) -> dict[str, Any]:
    """A tree with its entries, whole paths with the objects."""
    return {
        "sha": str(found.id),
        "url": urls.api(f"{repository.path}/git/trees/{found.id}"),
        "tree": [_entry(path, entry, repository, urls) for path, entry in entries],
        "truncated": truncated,
    }


def in_base64(content: bytes) -> str:
    """Base 64 in lines of 60 characters, each ended by a newline."""
    text = base64.b64encode(content).decode()
    return "".join(f"{text[start : start + 60]}\n" for start in range(0, len(text), 60))


def _entry(path: str, found: pygit2.Object, repository: Repository, urls: Urls) -> dict[str, Any]:
    kind = kind_of(found)
    body: dict[str, Any] = {"path": legible(path), "mode": f"{found.filemode:06o}", "type": kind, "sha": str(found.id)}
    if isinstance(found, pygit2.Blob):
        body["size"] = found.size
    if kind != "commit":
        body["url"] = urls.api(f"{repository.path}/git/{kind}s/{found.id}")
    return body
