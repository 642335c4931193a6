"""Addresses of archives: where they are, and the short-lived signature that stands for a token in those of private repositories.

Source: https://docs.github.com/en/rest/repos/contents#download-a-repository-archive-tar
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from urllib.parse import quote

from itsdangerous import BadSignature, URLSafeSerializer

from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.sign_in_key import signing_key
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
    return f"{address}?token={_serializer().dumps([repository.site, repository.id, until])}"


def opens(token: str, repository: Repository) -> bool:
    """Whether a signature is for this repository and still good."""
    try:
        site, number, until = _serializer().loads(token)
    except (BadSignature, ValueError, TypeError):
        return False
    return bool((site, number) == (repository.site, repository.id) and until > instance().now().timestamp())


def _serializer() -> URLSafeSerializer:
    key = signing_key(instance().repositories.parent)
    return URLSafeSerializer(key, salt="archive", signer_kwargs={"digest_method": hashlib.sha256})
