"""What is asked of the run's repository as git sees it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from simulator.model.code import CommitDraft, FileChange, TreeRule
from simulator.model.keys import SeatId, Sha


class GitRemote(Protocol):
    """The run's repository as git sees it. Each push goes out under its seat's token; author and committer are that person.

    With `again`, a commit of the same author and message whose files are in place already is taken, never made twice.
    Raises AdapterError: Conflict when the remote refuses the push (its own words are in the message).
    """

    def push_folder(self, seat: SeatId, folder: Path, *, branch: str, message: str) -> Sha:
        """Push all files of a folder as the first commit of an empty repository; of a filled one, find that commit."""
        ...

    def push_files(
        self,
        seat: SeatId,
        files: Sequence[FileChange],
        *,
        branch: str,
        base: str,
        message: str,
        force: bool = False,
        merges: str = "",
        again: bool = False,
    ) -> Sha:
        """Commit changes on the branch (from `base` when it is new) and push it; `force` replaces its last own commit.

        With `merges` the commit is a merge of that branch.
        """
        ...

    def push_branch(self, seat: SeatId, *, branch: str, base: str, commit: str = "") -> Sha:
        """Begin a branch at the tip of another one, or at a commit; one that is there already stays as it is."""
        ...

    def rewrite(
        self,
        seat: SeatId,
        commits: Sequence[CommitDraft],
        *,
        branch: str,
        base: str,
        after: int = 0,
        merging: bool = False,
        again: bool = False,
    ) -> Sha:
        """Replace the branch by force: the tip of `base`, the first `after` own commits of the branch, and these on top.

        With `merging` without force: the first of the commits is a merge, with the files of `base` and its own.
        """
        ...

    def broken(self, seat: SeatId, sha: str, rules: Sequence[TreeRule]) -> TreeRule | None:
        """The first rule that the files of a commit break, None when they break none."""
        ...
