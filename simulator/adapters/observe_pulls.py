"""What happened to pull requests: opened, edited, pushed to, reviewed, commented, merged, closed.

Lists them by their last change and looks closer only at those that changed. The service's stamps have whole seconds, so a
pull request is looked at again until its stamp is two seconds old.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from simulator.adapters.github_reader import GithubReader, Json
from simulator.adapters.observe_mergeability import MergeabilityObserver
from simulator.adapters.observe_pushes import Push
from simulator.adapters.pull_look import PullLook
from simulator.adapters.seen import LAG, instant
from simulator.model.facts import Observation

_MOST_KNOWN = 300


class PullObserver:
    """Looks at pull requests."""

    def __init__(self, reader: GithubReader) -> None:
        self._reader = reader
        self._mergeability = MergeabilityObserver(reader)

    def listed(self, cursor: Mapping[str, Any]) -> list[Json]:
        """Pull requests that may have changed since the cursor, as the list shows them, last changed first."""
        since = cursor.get("since")
        earliest = None if since is None else instant(since) - LAG

        def is_old(pull: Json) -> bool:
            return earliest is not None and instant(pull["updated_at"]) < earliest

        return self._reader.all(
            "/pulls", doing="listing the pull requests", until=is_old, state="all", sort="updated", direction="desc"
        )

    def observe(
        self, listed: Sequence[Json], cursor: Mapping[str, Any], *, pushes: Sequence[Push], now: datetime
    ) -> tuple[list[Observation], dict[str, Any]]:
        """What happened to the listed pull requests, and the cursor after it."""
        known: dict[str, dict[str, Any]] = dict(cursor.get("known", {}))
        seen: list[Observation] = []
        for pull in reversed(listed):
            number = str(pull["number"])
            before = known.get(number)
            if before is None or not before["settled"] or before["updated"] != pull["updated_at"]:
                look = PullLook(self._reader, pull["number"], before, pushes)
                seen += look.observations()
                known.pop(number, None)
                known[number] = look.known(pull["updated_at"], now=now)
        seen += self._mergeability.observe(known, pushes)
        stamps = [pull["updated_at"] for pull in listed] + [cursor.get("since") or ""]
        return seen, {"since": max(stamps) or None, "known": dict(list(known.items())[-_MOST_KNOWN:])}
