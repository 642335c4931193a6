"""Signatures in addresses that stand for a token for a while: whoever was given such an address may fetch what it names."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from itsdangerous import BadSignature, URLSafeSerializer

from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.sign_in_key import signing_key


def signature(purpose: str, repository: Repository, *what: str | int, until: int) -> str:
    """A signature for a thing of a repository, good until an instant in seconds since 1970."""
    return _serializer(purpose).dumps([repository.site, repository.id, *what, until])


def is_good(token: str, purpose: str, repository: Repository, *what: str | int) -> bool:
    """Whether a text is a signature for this thing and still good."""
    try:
        *named, until = _serializer(purpose).loads(token)
    except (BadSignature, ValueError, TypeError):
        return False
    return bool(named == [repository.site, repository.id, *what] and until > instance().now().timestamp())


def _serializer(purpose: str) -> URLSafeSerializer:
    return _made(signing_key(instance().repositories.parent), purpose)


@lru_cache(maxsize=64)
def _made(key: bytes, purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(key, salt=purpose, signer_kwargs={"digest_method": hashlib.sha256})
