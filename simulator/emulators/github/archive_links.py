"""Addresses of archives: where they are, and the short-lived signature that stands for a token in those of private repositories.

Source: https://docs.github.com/en/rest/repos/contents#download-a-repository-archive-tar
"""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

from simulator.emulators.github.signed_links import is_good, signature
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.urls import Urls

LASTS = timedelta(minutes=5)
"""How long an address of a private repository's archive is good."""

LEGACY = {"tarball": "legacy.tar.gz", "zipball": "legacy.zip"}
"""The last folder of an address, by what the API calls the archive."""


def link_to_archive(repository: Repository, kind: str, ref: str) -> str:
    """Where to fetch an archive (`tarball` or `zipball`) of a ref that exists."""
    address = Urls.of_request().html(f"/{repository.full_name}/{LEGACY[kind]}/{quote(ref)}")
    if not repository.private:
        return address
    until = int((instance().now() + LASTS).timestamp())
    return f"{address}?token={signature('archive', repository, until=until)}"


def opens(token: str, repository: Repository) -> bool:
    """Whether a signature is for this repository and still good."""
    return is_good(token, "archive", repository)
