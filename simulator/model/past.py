"""What a repository and a project tell of their past, before it has a place in a history.

Refuses to know where it was read: a clone, GitHub and Jira, or a mapping file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from simulator.model.facts import Observation
from simulator.model.keys import IssueKey


class Told(StrEnum):
    """What a source can tell of. A rule that needs what no source told is not available, and costs nothing."""

    COMMITS = "commits"
    MERGES = "merged pull requests, as far as merge messages tell"
    BRANCHES = "branches"
    PUSHES = "pushes"
    PULL_REQUESTS = "pull requests"
    REVIEWS = "reviews"
    THREADS = "review threads"
    CHECKS = "checks"
    RELEASES = "releases"
    PROTECTION = "branch protection"
    ACCOUNTS = "whose an address is"
    KEYS = "keys of issues"
    ISSUES = "issues"
    ISSUE_HISTORY = "the history of issues"
    SPRINTS = "sprints"
    BOARD = "the board"


@dataclass(frozen=True, slots=True)
class Someone:
    """A person as one source knows them: the name, and the accounts (logins, e-mail addresses, accountIds) that are theirs.

    A bot is somebody too, and is not judged.
    """

    name: str
    accounts: tuple[str, ...]
    is_bot: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What one source told. `missing` says in whole sentences what could not be read, and what to do about it.

    `names` are other names than their keys that texts call issues by, in lower case.
    """

    observations: tuple[Observation, ...]
    people: tuple[Someone, ...] = ()
    default_branch: str | None = None
    project: str | None = None
    tells: frozenset[Told] = frozenset()
    missing: tuple[str, ...] = ()
    names: Mapping[str, IssueKey] = field(default_factory=dict)


def together(pasts: Iterable[Past]) -> Past:
    """One past of several: what more than one tells under the same id is taken from the first."""
    given = tuple(pasts)
    seen = {one.source_id: one for past in reversed(given) for one in reversed(past.observations)}
    return Past(
        observations=tuple(sorted(seen.values(), key=lambda one: (one.recorded_at, one.source_id))),
        people=tuple(dict.fromkeys(person for past in given for person in past.people)),
        default_branch=next((past.default_branch for past in given if past.default_branch), None),
        project=next((past.project for past in given if past.project), None),
        tells=frozenset().union(*(past.tells for past in given)),
        names={name: key for past in given for name, key in past.names.items()},
        missing=tuple(dict.fromkeys(sentence for past in given for sentence in past.missing)),
    )
