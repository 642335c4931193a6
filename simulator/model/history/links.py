"""Which code belongs to which issue, and when work on an issue began."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from simulator.model.history.code import Branch, Commit
from simulator.model.history.pulls import PullRequest
from simulator.model.keys import IssueKey, SeatId
from simulator.model.record import record


class Trace(NamedTuple):
    """A piece of code that names an issue: in words, since when, and whose it is."""

    at: datetime
    label: str
    seats: tuple[SeatId, ...]
    text: str


@record
class WorkStart:
    """When the first code for an issue was made, which it was, and everybody whose code names the issue."""

    at: datetime
    label: str
    seats: tuple[SeatId, ...]


Traces = Mapping[IssueKey, Sequence[Trace]]
"""Issue → the pieces of code that name it."""


def trace_of_branch(branch: Branch) -> Trace | None:
    """A branch with changes by its name; None for one without."""
    if branch.lines <= 0:
        return None
    return Trace(at=branch.started_at, label=f"branch {branch.name}", seats=branch.authors(), text=branch.name)


def trace_of_commit(commit: Commit) -> Trace | None:
    """A commit with changes by its message; None for one without."""
    if commit.lines <= 0:
        return None
    seats = (commit.author,) if commit.author else ()
    return Trace(at=commit.at, label=f"commit {commit.sha[:7]}", seats=seats, text=commit.message)


def trace_of_pull(pull: PullRequest) -> Trace | None:
    """A pull request by its branch and title; None for an empty one, which is no code, whatever it names."""
    if pull.lines == 0:
        return None
    text = f"{pull.head} {pull.title}"
    return Trace(at=pull.opened_at, label=f"pull request #{pull.number}", seats=pull.authors(), text=text)


def work_start(traces: Sequence[Trace]) -> WorkStart:
    """What the traces of an issue's code come to; at least one."""
    ordered = sorted(traces, key=lambda trace: (trace.at, trace.label))
    seats = dict.fromkeys(seat for trace in ordered for seat in trace.seats)
    return WorkStart(at=ordered[0].at, label=ordered[0].label, seats=tuple(seats))
