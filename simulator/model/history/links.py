"""Which code belongs to which issue, and when work on an issue began."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from simulator.model.history.code import Branch, Commit, PullRequest
from simulator.model.keys import IssueKey, SeatId


class Trace(NamedTuple):
    """A piece of code that names an issue: in words, since when, and whose it is."""

    at: datetime
    label: str
    seats: tuple[SeatId, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkStart:
    """When the first code for an issue was made, which it was, and everybody whose code names the issue."""

    at: datetime
    label: str
    seats: tuple[SeatId, ...]


Traces = Mapping[IssueKey, Sequence[Trace]]
"""Issue → the pieces of code that name it."""


def work_starts(*traces: Traces) -> Mapping[IssueKey, WorkStart]:
    """For each issue that is named in any of the traces: its work start."""
    keys = dict.fromkeys(key for some in traces for key in some)
    return {key: _first([trace for some in traces for trace in some.get(key, ())]) for key in keys}


def traces_by_key(traces: Iterable[Trace], *, keys_in: Callable[[str], tuple[IssueKey, ...]]) -> Traces:
    """The traces by the issues that their texts name."""
    found: dict[IssueKey, list[Trace]] = {}
    for trace in traces:
        for key in keys_in(trace.text):
            found.setdefault(key, []).append(trace)
    return found


def traces_of_code(branches: Iterable[Branch], commits: Iterable[Commit]) -> Iterator[Trace]:
    """Branches with changes by their names, commits by their messages."""
    for branch in branches:
        if branch.lines > 0:
            label = f"branch {branch.name}"
            yield Trace(at=branch.started_at, label=label, seats=branch.authors(), text=branch.name)
    for commit in commits:
        if commit.lines > 0:
            seats = (commit.author,) if commit.author else ()
            yield Trace(at=commit.at, label=f"commit {commit.sha[:7]}", seats=seats, text=commit.message)


def traces_of_pulls(pulls: Iterable[PullRequest]) -> Iterator[Trace]:
    """Pull requests by their branches and titles."""
    for pull in pulls:
        if pull.lines == 0:  # an empty pull request is no code, whatever it names
            continue
        text = f"{pull.head} {pull.title}"
        yield Trace(at=pull.opened_at, label=f"pull request #{pull.number}", seats=pull.authors(), text=text)


def _first(traces: list[Trace]) -> WorkStart:
    ordered = sorted(traces, key=lambda trace: (trace.at, trace.label))
    seats = dict.fromkeys(seat for trace in ordered for seat in trace.seats)
    return WorkStart(at=ordered[0].at, label=ordered[0].label, seats=tuple(seats))
