"""Releases as GitHub writes them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from simulator.emulators.github.payloads.reactions import reaction_sums
from simulator.emulators.github.payloads.users import maybe_user, node_id
from simulator.emulators.github.state.people import People, load_people
from simulator.emulators.github.state.reactions import RELEASE, reaction_counts
from simulator.emulators.github.state.releases import Release
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.work import Place
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import stamp_seconds

_MENTION = re.compile(r"(?<![\w@/])@([A-Za-z0-9](?:[A-Za-z0-9-]{0,37}[A-Za-z0-9])?)\b")


def release_payload(place: Place, release: Release, urls: Urls) -> dict[str, Any]:
    """One release."""
    return release_payloads(place, [release], urls)[0]


def release_payloads(place: Place, releases: Sequence[Release], urls: Urls) -> list[dict[str, Any]]:
    """Releases of one repository."""
    people = load_people(place, {release.author_id for release in releases})
    reactions = reaction_counts(place, RELEASE, [release.id for release in releases])
    bodies = [_release(place.repository, release, people, urls) for release in releases]
    return [
        body | {"reactions": reaction_sums(body["url"], reactions[body["id"]])} if body["id"] in reactions else body
        for body in bodies
    ]


def _release(repository: Repository, release: Release, people: People, urls: Urls) -> dict[str, Any]:
    url = urls.api(f"{repository.path}/releases/{release.id}")
    body: dict[str, Any] = {
        "url": url,
        "assets_url": f"{url}/assets",
        "upload_url": urls.html(f"/api/uploads{repository.path}/releases/{release.id}/assets{{?name,label}}"),
        "html_url": _page(repository, release, urls),
        "id": release.id,
        "node_id": node_id("Release", release.id),
        "author": maybe_user(people.get(release.author_id), urls),
        "tag_name": release.tag_name,
        "target_commitish": release.target_commitish,
        "name": release.name,
        "draft": release.draft,
        "immutable": False,
        "prerelease": release.prerelease,
        "created_at": stamp_seconds(release.created_at),
        "updated_at": stamp_seconds(release.updated_at),
        "published_at": stamp_seconds(release.published_at),
        "assets": [],
        **_archives(repository, release, urls),
        "body": release.body,
    }
    mentioned = {login.lower() for login in _MENTION.findall(release.body or "")}
    return body | {"mentions_count": len(mentioned)} if mentioned else body


def draft_page(repository: Repository, release: Release) -> str:
    """The last part of a draft's address, which does not tell its tag."""
    digest = hashlib.sha256(f"{repository.site}/{repository.id}/{release.id}".encode()).hexdigest()
    return f"untagged-{digest[:20]}"


def _page(repository: Repository, release: Release, urls: Urls) -> str:
    tag = draft_page(repository, release) if release.draft else quote(release.tag_name)
    return urls.html(f"/{repository.full_name}/releases/tag/{tag}")


def _archives(repository: Repository, release: Release, urls: Urls) -> dict[str, Any]:
    if release.draft:
        return {"tarball_url": None, "zipball_url": None}
    tag = quote(release.tag_name)
    return {f"{kind}_url": urls.api(f"{repository.path}/{kind}/{tag}") for kind in ("tarball", "zipball")}
