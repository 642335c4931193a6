"""What the replays share: reading files out of a fact's detail, and finding the work item that a text names."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from simulator.model.code import ChangedFile
from simulator.model.history.code import UNPLANNED, WorkItem
from simulator.model.keys import IssueKey, issue_keys_in, named_in

ItemOf = Callable[[Iterable[str]], WorkItem]
"""The first existing issue key in some texts, or UNPLANNED."""


def item_finder(
    *, project: str, issues: Collection[IssueKey], missed: set[IssueKey], names: Mapping[str, IssueKey]
) -> ItemOf:
    """The function that finds an artefact's work item in its texts; the first text with an existing key decides.

    Keys that were named and do not exist are put into `missed`. `names` are other names that texts call issues by.
    """

    def item_of(texts: Iterable[str]) -> WorkItem:
        for text in texts:
            for key in issue_keys_in(text, projects=(project,)):
                if key in issues:
                    return WorkItem(key)
                missed.add(key)
            for key in named_in(text, names) if names else ():
                if key in issues:
                    return WorkItem(key)
        return UNPLANNED

    return item_of


def changed_files(listed: Any) -> tuple[ChangedFile, ...]:  # Any: JSON, see facts.py
    """The files of a fact's detail."""
    return tuple(
        ChangedFile(
            path=str(file["path"]),
            status=str(file.get("status") or "modified"),
            additions=int(file.get("additions") or 0),
            deletions=int(file.get("deletions") or 0),
            patch=file.get("patch"),
            size=file.get("size"),
        )
        for file in listed or ()
    )


def is_nothing(sha: object) -> bool:
    """Whether an end of a push is git's all-zero id or unknown: the branch did not exist."""
    return not sha or not str(sha).strip("0")
