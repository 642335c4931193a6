"""Whether something that landed wrongly was taken back and brought in again through a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from simulator.model.history import UNPLANNED, History, PullRequest

# git's own words, and those of GitHub's revert button:
# https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/incorporating-changes-from-a-pull-request/reverting-a-pull-request
_COMMIT = re.compile(r"\breverts commit ([0-9a-f]{7,40})\b", re.IGNORECASE | re.ASCII)
_PULL = re.compile(r"\breverts [\w.-]+/[\w.-]+#([0-9]{1,9})\b", re.IGNORECASE | re.ASCII)


def was_relanded(history: History, *, shas: Iterable[str], number: int | None, item: str, since: datetime) -> bool:
    """Whether a merged pull request reverted one of these commits (or pull request `number`), and a later one re-landed it.

    Re-landed means: merged after the revert, for the same work item; for unplanned work by one of the same people, for no
    item or that of the revert.
    """
    merged = sorted(_merged_after(history, since), key=lambda found: (found[0], found[1].number))
    for reverted_at, revert in merged:
        if not _reverts(history, revert, tuple(shas), number):
            continue
        return any(
            at > reverted_at
            and pull.item in {item, revert.item if item == UNPLANNED else item}
            and (item != UNPLANNED or set(pull.authors()) & set(revert.authors()))
            for at, pull in merged
        )
    return False


def _merged_after(history: History, since: datetime) -> Iterator[tuple[datetime, PullRequest]]:
    for pull in history.pulls.values():
        if pull.merged_at is not None and pull.merged_at > since:
            yield pull.merged_at, pull


def _reverts(history: History, pull: PullRequest, shas: tuple[str, ...], number: int | None) -> bool:
    messages = [landing.message for landing in history.landings_of.get(pull.number, ())]
    text = "\n".join([pull.body, *messages, *(commit.message for commit in pull.commits)])[:50_000]
    named = [found.lower() for found in _COMMIT.findall(text)]
    if any(sha.startswith(name) for sha in shas for name in named):
        return True
    return number is not None and str(number) in _PULL.findall(text)
