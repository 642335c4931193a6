"""Texts that people write, on their way in: one stored document, whichever form they came in."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import orjson

from simulator.emulators.jira.errors import BadRequest
from simulator.emulators.jira.text.adf import Node, plain, words
from simulator.emulators.jira.text.schema import is_document
from simulator.emulators.jira.text.wiki import read_wiki, write_wiki

_SHORT = 4096  # characters of a kept document whose wiki text is worth remembering: a page of issues asks for a hundred of them
LONGEST = 32_767
"""Characters; https://support.atlassian.com/jira-cloud-administration/docs/configure-advanced-settings/"""

TOO_LONG = "The entered text is too long. It exceeds the allowed limit of 32,767 characters."


NO_DOCUMENT = "Operation value must be an Atlassian Document (see the Atlassian Document Format)"


class TextFault(ValueError):
    """A text that cannot be taken, in Jira's words."""


def read_text(value: object, *, api: str) -> Node | None:
    """The document that a request's text means: wiki text in version 2, a document in version 3; None for nothing.

    Raises TextFault, and BadRequest for a document of unknown or misplaced nodes.
    """
    if value is None or value == "":
        return None
    doc = _read_document(value) if api == "3" else _read_wiki(value)
    return doc if doc["content"] else None


def _read_wiki(value: object) -> Node:
    if not isinstance(value, str):
        raise TextFault("Operation value must be a string")
    if len(value) > LONGEST:
        raise TextFault(TOO_LONG)
    return read_wiki(value)


def _read_document(value: object) -> Node:
    if not isinstance(value, dict) or value.get("type") != "doc":
        raise TextFault(NO_DOCUMENT)
    if not is_document(value):
        # Jira's whole answer to such a document, whichever field it stands in.
        raise BadRequest("INVALID_INPUT")
    size = len(orjson.dumps(value))
    if size > LONGEST and (size > 20 * LONGEST or len(write_wiki(value)) > LONGEST):
        raise TextFault(TOO_LONG)
    return value


def stored(doc: Node | None) -> str | None:
    """A document as it is kept."""
    return None if doc is None else orjson.dumps(doc).decode()


def loaded(kept: str | None) -> Node | None:
    """A kept document."""
    return None if kept is None else orjson.loads(kept)


def shown(kept: str | None, *, api: str) -> Any:  # Any: a document or a string
    """A kept document as the version's replies have it."""
    return loaded(kept) if api == "3" else wiki(kept)


def wiki(kept: str | None) -> str | None:
    """A kept document as wiki text, as the history has it."""
    if kept is None:
        return None
    return _remembered(kept) if len(kept) <= _SHORT else write_wiki(orjson.loads(kept))


@lru_cache(maxsize=2048)
def _remembered(kept: str) -> str:
    return write_wiki(orjson.loads(kept))


def words_of(doc: Node | None) -> str:
    """A document's words for search."""
    return "" if doc is None else words(plain(doc))
