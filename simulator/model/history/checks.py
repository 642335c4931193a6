"""Frozen views of checks: what a build, a test run or a linter said of a commit.

Refuses to know facts of other kinds. All instants are simulated.
"""

from __future__ import annotations

from datetime import datetime

from simulator.model.facts import Fact
from simulator.model.keys import SeatId, Sha
from simulator.model.record import record

_BAD = frozenset({"failure", "timed_out", "cancelled", "action_required", "startup_failure"})


@record
class CheckRun:
    """One completed run of a check on a commit; a re-run is another one, later."""

    sha: Sha
    name: str
    conclusion: str
    at: datetime
    by: SeatId | None
    url: str

    @property
    def failed(self) -> bool:
        """Whether it says that something is wrong."""
        return self.conclusion in _BAD

    @property
    def passed(self) -> bool:
        """Whether it says that all is well."""
        return self.conclusion == "success"


def check_of(fact: Fact) -> CheckRun:
    """The view of one CHECK_COMPLETED fact."""
    return CheckRun(
        sha=Sha(str(fact.detail.get("sha") or fact.subject_name)),
        name=str(fact.detail.get("name") or ""),
        conclusion=str(fact.detail.get("conclusion") or ""),
        at=fact.at,
        by=fact.actor,
        url=fact.url,
    )
