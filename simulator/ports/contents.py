"""Files of a run's repository as they were at commits."""

from __future__ import annotations

from typing import Protocol

from simulator.model.keys import Sha


class Contents(Protocol):
    """Files of the run's repository at commits."""

    def text(self, sha: Sha, path: str) -> str | None:
        """A file's text at a commit; None when there is none, or it is no text, or too large. Raises AdapterError."""
        ...
