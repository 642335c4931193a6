"""What searches find, as GitHub writes it: the usual bodies with a score, and where the words stand when that is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from simulator.emulators.github.payloads.repositories import short_repository
from simulator.emulators.github.payloads.text_matches import text_matches
from simulator.emulators.github.state.search.code import CodeHit
from simulator.emulators.github.state.search.query import Text, leaves, parse
from simulator.emulators.kit.urls import Urls

SCORE = 1.0
"""How well anything matches: what is found has all the words, so nothing matches better than anything else."""


def words_in(query: str) -> list[str]:
    """The words that a query looks for, without its qualifiers. Raises SearchRefused."""
    return [leaf.words for leaf in leaves(parse(query)) if isinstance(leaf, Text)]


def scored(
    bodies: Sequence[dict[str, Any]], kind: str, properties: Sequence[str], words: Sequence[str] | None
) -> list[dict[str, Any]]:
    """Bodies with their score; with `words`, also where these stand in some properties of things of a kind."""
    if words is None:
        return [body | {"score": SCORE} for body in bodies]
    return [
        body
        | {
            "score": SCORE,
            "text_matches": text_matches(body["url"], kind, {name: _text(body, name) for name in properties}, words),
        }
        for body in bodies
    ]


def code_payload(hit: CodeHit, urls: Urls, *, words: Sequence[str] | None) -> dict[str, Any]:
    """A file that was found."""
    path = quote(hit.path)
    url = urls.api(f"{hit.repository.path}/contents/{path}?ref={hit.commit_sha}")
    body = {
        "name": hit.path.rpartition("/")[2],
        "path": hit.path,
        "sha": hit.sha,
        "url": url,
        "git_url": urls.api(f"{hit.repository.path}/git/blobs/{hit.sha}"),
        "html_url": urls.html(f"/{hit.repository.full_name}/blob/{hit.commit_sha}/{path}"),
        "repository": short_repository(hit.repository, urls),
        "score": SCORE,
    }
    if words is None:
        return body
    return body | {"text_matches": text_matches(url, "FileContent", {"content": hit.text, "path": hit.path}, words)}


def _text(body: dict[str, Any], name: str) -> str | None:
    inner: Any = body
    for part in name.split("."):
        inner = inner.get(part) if isinstance(inner, dict) else None
    return inner if isinstance(inner, str) else None
