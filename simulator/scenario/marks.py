"""Marks on fields of the language: what a field names, and what it makes known by a name.

Refuses to look anything up: references.py follows the marks.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Named(StrEnum):
    """Kinds of things that have names; the value is the word used in messages."""

    PERSON = "person"
    TEAMMATE = "teammate"
    HUMAN = "human seat"
    ISSUE = "issue"
    SPRINT = "sprint"
    PULL = "pull request"
    EVENT = "event"
    STEP = "step"
    STATUS = "status"
    FOLDER = "folder"
    PROMPT = "question"
    TEXT = "text"
    BRANCH = "branch"
    TIME = "time of the story"


@dataclass(frozen=True, slots=True)
class Names:
    """The field names a thing of this kind. TEXT and BRANCH may name issues and pull requests as `{issue:id}`."""

    kind: Named


@dataclass(frozen=True, slots=True)
class Declares:
    """The field makes a thing of this kind known by its value."""

    kind: Named
