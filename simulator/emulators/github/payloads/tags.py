"""Tags as GitHub writes them."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pygit2

from simulator.emulators.github.payloads.commits import UNSIGNED, person
from simulator.emulators.github.payloads.git_objects import kind_of
from simulator.emulators.github.payloads.users import node_id
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.kit.urls import Urls


def tag_entry(name: str, sha: str, repository: Repository, urls: Urls) -> dict[str, Any]:
    """A tag as the list shows it; `sha` is the commit that it leads to."""
    ref = f"refs/tags/{quote(name)}"
    return {
        "name": name,
        "zipball_url": urls.api(f"{repository.path}/zipball/{ref}"),
        "tarball_url": urls.api(f"{repository.path}/tarball/{ref}"),
        "commit": {"sha": sha, "url": urls.api(f"{repository.path}/commits/{sha}")},
        "node_id": node_id("Ref", repository.id, f"refs/tags/{name}"),
    }


def tag_object(found: pygit2.Tag, repository: Repository, urls: Urls) -> dict[str, Any]:
    """An annotated tag."""
    sha, target = str(found.id), found.get_object()
    kind = kind_of(target)
    return {
        "node_id": node_id("Tag", repository.id, sha),
        "sha": sha,
        "url": urls.api(f"{repository.path}/git/tags/{sha}"),
        "tagger": person(found.tagger) if found.tagger else None,  # git's oldest tags have none
        "object": {
            "sha": str(target.id),
            "type": kind,
            "url": urls.api(f"{repository.path}/git/{kind}s/{target.id}"),
        },
        "tag": found.name,
        "message": (found.message or "").removesuffix("\n"),
        "verification": UNSIGNED,
    }
