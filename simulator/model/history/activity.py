"""When something happened to the code of an issue: commits, and whatever was done to its pull requests.

Pure. What happened to the issue itself stands in the issue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime

from simulator.model.history.code import Commit, PullRequest
from simulator.model.keys import IssueKey


def commit_activity(
    commits: Iterable[Commit], *, keys_in: Callable[[str], tuple[IssueKey, ...]]
) -> Mapping[IssueKey, set[datetime]]:
    """For each issue that a commit's message or branch names: when such commits were made."""
    found: dict[IssueKey, set[datetime]] = {}
    for commit in commits:
        for key in keys_in(f"{commit.branch} {commit.message}"):
            found.setdefault(key, set()).add(commit.at)
    return found


def code_activity(
    of_commits: Mapping[IssueKey, set[datetime]], pulls_of: Mapping[IssueKey, Iterable[PullRequest]]
) -> Mapping[IssueKey, tuple[datetime, ...]]:
    """For each issue that a commit, or a pull request's branch or title names: the instants, in order."""
    return {
        key: tuple(sorted(of_commits.get(key, set()).union(*(_moments(pull) for pull in pulls_of.get(key, ())))))
        for key in dict.fromkeys([*of_commits, *pulls_of])
    }


def _moments(pull: PullRequest) -> Iterator[datetime]:
    yield pull.opened_at
    yield from (at for at in (pull.ready_at, pull.merged_at, pull.closed_at) if at)
    yield from (head.at for head in pull.heads)
    yield from (review.at for review in pull.reviews)
    yield from (comment.at for comment in pull.comments)
