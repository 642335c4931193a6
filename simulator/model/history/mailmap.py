"""What the project's `.mailmap` says of people's addresses, as far as merged pull requests brought it.

Refuses to read the file itself: only what was added to it is seen. Source: https://git-scm.com/docs/gitmailmap
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from simulator.model.history.pulls import PullRequest

_ADDRESS = re.compile(r"<([^<>\s]{3,254})>")
_MOST = 50_000


def mapped_addresses(pulls: Iterable[PullRequest]) -> frozenset[str]:
    """The e-mail addresses, in lower case, of the lines that merged pull requests added to the `.mailmap`."""
    return frozenset(
        address.lower()
        for pull in pulls
        if pull.merged_at is not None and pull.heads
        for file in pull.heads[-1].files
        if file.path == ".mailmap" and file.patch
        for line in file.patch[:_MOST].splitlines()
        if line.startswith("+")
        for address in _ADDRESS.findall(line)
    )
