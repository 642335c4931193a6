"""Addresses of files as they are: those of private repositories hold a signature that stands for a token for a while.

Source: https://docs.github.com/en/rest/repos/contents#get-repository-content ("Download URLs expire")
"""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

from simulator.emulators.github.signed_links import is_good, signature
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.urls import Urls

LASTS = timedelta(minutes=15)
"""How long an address is good at least; at most twice as long."""


def link_to_file(repository: Repository, ref: str, path: str, urls: Urls) -> str:
    """Where to fetch a file at a ref, for whoever was found to be allowed to.

    Addresses change every quarter of an hour only, so that a body that holds them keeps its ETag for so long.
    """
    address = urls.html(f"/{repository.full_name}/raw/{quote(ref)}/{quote(path)}")
    if not repository.private:
        return address
    period = int(LASTS.total_seconds())
    until = (int(instance().now().timestamp()) // period + 2) * period
    return f"{address}?token={signature('file', repository, f'{ref}/{path}', until=until)}"


def opens(token: str, repository: Repository, place: str) -> bool:
    """Whether a signature is for the file at this place, a ref and a path, and still good."""
    return is_good(token, "file", repository, place)
