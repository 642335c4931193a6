"""Names of things, as types that cannot be swapped, and the grammar of issue keys.

Refuses to know what the named things are.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import NewType

SeatId = NewType("SeatId", str)
"""Key of a person in the scenario's `people`: a seat for a human or for a simulated colleague."""
IssueKey = NewType("IssueKey", str)
"""Jira's key of an issue, such as PAY-12."""
IssueRef = NewType("IssueRef", str)
"""An issue named by the scenario's own id (`refund-endpoint`) or directly by its key (`PAY-12`)."""
PullRef = NewType("PullRef", str)
"""A pull request named by the scenario's own id (`retry-pull`) or directly by its number (`#12`)."""
SprintRef = NewType("SprintRef", str)
"""A sprint named by the scenario's own id."""
Login = NewType("Login", str)
"""A GitHub account name."""
RunId = NewType("RunId", str)
"""A run: one play-through of a scenario. Letters, digits and hyphens; also the key of its site."""
Sha = NewType("Sha", str)
"""A git object id, 40 hexadecimal digits."""

# Atlassian's own pattern, case-insensitive, key of two characters or more:
# https://github.com/atlassian/github-for-jira/blob/main/src/util/jira-utils.ts
_ISSUE_KEY = re.compile(
    r"(?:^|[^A-Z0-9])([A-Z][A-Z0-9]{1,255}-[1-9][0-9]{0,255})(?![A-Z0-9])", re.IGNORECASE | re.ASCII
)
_SHORT, _LONGEST = 1_000, 10_000  # characters: what is kept, and what is read
_KEY_ONLY = re.compile(r"[A-Z][A-Z0-9]{1,9}-[1-9][0-9]*\Z", re.ASCII)


def issue_keys_in(text: str, *, projects: Collection[str] = ()) -> tuple[IssueKey, ...]:
    """Issue keys in a text, upper-cased, in order of appearance, each once.

    With `projects`, only keys of those project keys. Source of the pattern: Atlassian's GitHub for Jira
    (https://github.com/atlassian/github-for-jira/blob/main/src/util/jira-utils.ts).
    """
    if "-" not in text:
        return ()
    found = _keys_in(text) if len(text) <= _SHORT else _keys_in.__wrapped__(text[:_LONGEST])
    return tuple(key for key in found if key.rpartition("-")[0] in projects) if projects else found


@lru_cache(maxsize=16_384)  # the same titles and messages are read again for each new fact
def _keys_in(text: str) -> tuple[IssueKey, ...]:
    return tuple(dict.fromkeys(IssueKey(match[1].upper()) for match in _ISSUE_KEY.finditer(text)))


def named_in(text: str, names: Mapping[str, IssueKey]) -> tuple[IssueKey, ...]:
    """The issues that a text calls by other names than their keys, such as `#62`; in order of appearance, each once."""
    pattern = _any_of(tuple(names))
    return tuple(dict.fromkeys(names[match[0].lower()] for match in pattern.finditer(text[:_LONGEST])))


@lru_cache(maxsize=8)
def _any_of(names: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(map(re.escape, names), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)", re.IGNORECASE)


def is_issue_key(text: str) -> bool:
    """Whether the whole text is an issue key in Jira's canonical, upper-case form."""
    return _KEY_ONLY.match(text) is not None
