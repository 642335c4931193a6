"""What a squash merge makes of the messages that it folds away."""

from __future__ import annotations

from collections.abc import Callable

from simulator.hygiene.headers import is_ignored
from simulator.hygiene.subjects import JudgedCommit
from simulator.model.history import Commit

REPAIRED = 0.8
"""Credit of a message that only the squash title put right: better late than never, but nobody reviewed under it."""


def credit_after_squash(commit: JudgedCommit, credit_of: Callable[[str], float]) -> float:
    """Credit of a good squash commit, by the lines of the commits in it: in full for good ones, REPAIRED for the others.

    `credit_of` gives a header's own credit. 1.0 when nothing was folded in.
    """
    return _credit(commit, lambda made: credit_of(made.header))


def squash_mended(commit: JudgedCommit, was_wrong: Callable[[Commit], bool]) -> float:
    """The same for what is either right or wrong, and takes more than a header to see."""
    return _credit(commit, lambda made: 0.0 if was_wrong(made) else 1.0)


def _credit(commit: JudgedCommit, credit_of: Callable[[Commit], float]) -> float:
    lines, earned = 0, 0.0
    for made in commit.replaced:
        if made.lines and not is_ignored(made.header):
            credit = credit_of(made)
            lines += made.lines
            earned += made.lines * (max(REPAIRED, credit) if credit < 1 else 1.0)
    return earned / lines if lines else 1.0
