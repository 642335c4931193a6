"""Files and folders as the contents routes show them."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pygit2

from simulator.emulators.github.file_links import link_to_file
from simulator.emulators.github.payloads.git_objects import in_base64
from simulator.emulators.github.state.contents import kind_of
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.gitserver.names import legible
from simulator.emulators.kit.urls import Urls

LARGEST = 1024 * 1024
"""Bytes of a file that are put into the body: https://docs.github.com/en/rest/repos/contents#get-repository-content"""


def content(entry: pygit2.Object, path: str, ref: str, repository: Repository, urls: Urls) -> dict[str, Any]:
    """A file, folder, link or submodule, without what is in it; `ref` is the name that was asked for."""
    kind, sha, path = kind_of(entry), str(entry.id), legible(path)
    quoted = quote(path)
    page = "tree" if kind == "dir" else "blob"
    where = f"{repository.path}/contents/{quoted}"
    address = urls.api(f"{where}?ref={quote(ref, safe='')}")
    html = urls.html(f"/{repository.full_name}/{page}/{quote(ref)}/{quoted}")
    git = urls.api(f"{repository.path}/git/{page}s/{sha}")
    return {
        "name": path.rpartition("/")[2],
        "path": path,
        "sha": sha,
        "size": entry.size if isinstance(entry, pygit2.Blob) else 0,
        "url": address,
        "html_url": html,
        "git_url": git,
        "download_url": None if kind == "dir" else link_to_file(repository, ref, path, urls),
        "type": kind,
        "_links": {"self": address, "git": git, "html": html},
    }


def file_content(entry: pygit2.Blob, path: str, ref: str, repository: Repository, urls: Urls) -> dict[str, Any]:
    """A file with its bytes in base 64; none when it is larger than LARGEST."""
    body = content(entry, path, ref, repository, urls)
    if entry.size > LARGEST:
        return {**body, "content": "", "encoding": "none"}
    if body["type"] == "symlink":
        body["target"] = entry.data.decode("utf-8", "replace")
    return {**body, "content": in_base64(entry.data), "encoding": "base64"}
