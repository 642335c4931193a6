"""A push that another one has outrun: every ref that it moves has gone elsewhere since its client looked.

git lets in the objects first and finds that out when it moves the refs, so the objects of each loser stay behind, with nothing
that leads to them. Here it is seen before anything is let in. A push of several refs of which some have gone elsewhere is
git's, as its pack cannot be divided.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from simulator.emulators.gitserver.pktline import FLUSH, packet
from simulator.emulators.gitserver.refs import RefUpdate

_SHOWN = ("refs/heads/", "refs/tags/")  # of others, such as those of pull requests, git has something else to say

Positions = Mapping[str, str | None]
"""Where refs are, by their full names; None for one that is not there."""


def is_outrun(updates: Sequence[RefUpdate], positions: Positions) -> bool:
    """Whether none of the updates, all of branches and tags, can be made any more."""
    return bool(updates) and all(
        update.ref.startswith(_SHOWN) and _reason(update, positions[update.ref]) for update in updates
    )


def report(updates: Sequence[RefUpdate], positions: Positions) -> bytes:
    """git's report of such a push."""
    lines = (f"ng {each.ref} cannot lock ref '{each.ref}': {_reason(each, positions[each.ref])}\n" for each in updates)
    return b"".join(packet(line.encode("utf-8", "surrogateescape")) for line in ("unpack ok\n", *lines)) + FLUSH


def _reason(update: RefUpdate, position: str | None) -> str | None:
    """Why git refuses an update of a ref that is not where it was, in git's words."""
    if position == update.before or (position is None and update.after is None):
        return None
    if position is None:
        return f"unable to resolve reference '{update.ref}'"
    return f"is at {position} but expected {update.before}" if update.before else "reference already exists"
