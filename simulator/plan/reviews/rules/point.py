"""A point: one thing that stands against a pull request, and what a reviewer has in hand when they look for some.

Refuses to word it: `occasion` and `fields` say what about, wordings.py says how.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from simulator.model.code import ChangedFile
from simulator.scenario.backlog import IssuePart
from simulator.scenario.people import Reviewing


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One thing against a pull request.

    `key` is the same at every head at which the same thing stands, whatever line it has moved to. `path` and `line` (of the
    new side, shown by the diff) say where, if somewhere. A `nit` blocks nothing. A reasoned reply settles the point if
    `arguable`; `topics` are the words by which a comment on the conversation is known to be about it. `certain` points are
    found by every reviewer, the others by how thorough one is.
    """

    kind: str
    key: str
    occasion: str
    fields: Mapping[str, str] = field(default_factory=dict)
    path: str | None = None
    line: int | None = None
    words: str | None = None
    nit: bool = False
    arguable: bool = True
    certain: bool = False
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A pull request at one head, as one reviewer reads it: the files they know, what they ask for, and `others`, files that
    they see and leave to those who know them.
    """

    title: str
    body: str
    files: tuple[ChangedFile, ...]
    reviewing: Reviewing
    max_changed_lines: int
    tests_required: bool
    others: tuple[ChangedFile, ...] = ()
    issues: tuple[IssuePart, ...] = ()
    project: str = ""
    branch: str = ""


def point_on(file: ChangedFile, line: int, text: str, *, kind: str, occasion: str, **more: object) -> Point:
    """A point on one line of a file; the line's own words make its key."""
    key = f"{kind}|{file.path}|{' '.join(text.split())[:200]}"
    return Point(kind=kind, key=key, occasion=occasion, path=file.path, line=line, **more)  # type: ignore[arg-type]
