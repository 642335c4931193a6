"""Names from git as text. Git stores bytes; what is no UTF-8 reaches us as lone surrogates, which no reply can carry."""

from __future__ import annotations


def legible(name: str) -> str:
    """A name from git with the bytes that are no UTF-8 replaced by U+FFFD, as GitHub shows them."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
