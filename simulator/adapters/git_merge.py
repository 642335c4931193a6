"""What makes a commit a merge, as `git fast-import` reads it: a second parent, and the files to begin with."""

from __future__ import annotations

from simulator.adapters.git_command import Git
from simulator.model.keys import Sha


def merge_of_both(git: Git, parent: Sha, merged: Sha) -> bytes:
    """What makes a commit a merge: its second parent, and the files of both sides; conflicts stay in the files for now."""
    said = git.run(["merge-tree", "--write-tree", parent, merged], doing="the merge", fine=(0, 1))
    return _merge(merged, said.decode().split("\n", 1)[0].strip())


def merge_of_theirs(git: Git, merged: Sha) -> bytes:
    """What makes a commit a merge that takes all files as the other side has them."""
    return _merge(merged, git.run(["rev-parse", f"{merged}^{{tree}}"]).decode().strip())


def _merge(merged: Sha, tree: str) -> bytes:
    return f'merge {merged}\nM 040000 {tree} ""\n'.encode()
