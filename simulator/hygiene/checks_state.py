"""What the checks of a commit said at an instant: which were good, which were not, which nobody had heard of yet.

The latest completed run of a name counts, as on GitHub:
https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/collaborating-on-repositories-with-code-quality-features/about-status-checks
"""

from __future__ import annotations

from datetime import datetime

from simulator.model.history import CheckRun, History
from simulator.model.keys import Sha
from simulator.model.record import record

GOOD = frozenset({"success", "neutral", "skipped"})
"""Conclusions that do not hold up a merge."""


@record
class ChecksState:
    """Names of checks: `good`, `bad`, and `missing` ones (required or known, without a result by then)."""

    good: tuple[str, ...]
    bad: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def is_green(self) -> bool:
        """Whether nothing is bad and nothing is missing."""
        return not self.bad and not self.missing

    @property
    def is_known(self) -> bool:
        """Whether there is any check at all."""
        return bool(self.good or self.bad or self.missing)

    def problem(self) -> str:
        """What is wrong, in words; empty when green."""
        parts = [f"{name} had failed" for name in self.bad] + [f"{name} had no result" for name in self.missing]
        return ", ".join(parts[:4]) + (f" and {len(parts) - 4} more" if len(parts) > 4 else "")


def checks_at(history: History, sha: Sha, instant: datetime) -> ChecksState:
    """The checks of a commit at an instant: the required ones of the default branch, else all that ever ran on it."""
    latest: dict[str, CheckRun] = {}
    ever: dict[str, None] = {}
    for run in history.checks_of.get(sha, ()):
        ever[run.name] = None
        if run.at <= instant:
            latest[run.name] = run
    protection = history.surroundings.protection_at(instant)
    names = protection.checks if protection and protection.checks else tuple(ever)
    return ChecksState(
        good=tuple(name for name in names if name in latest and latest[name].conclusion in GOOD),
        bad=tuple(name for name in names if name in latest and latest[name].conclusion not in GOOD),
        missing=tuple(name for name in names if name not in latest),
    )
