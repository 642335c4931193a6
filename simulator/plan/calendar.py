"""A plan as people read it: day, local time, who, and what in a few words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from simulator.model import actions as do
from simulator.plan.compile import compile_plan
from simulator.scenario.loaded import LoadedScenario
from simulator.scenario.timed import TimedAction

_LONGEST = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the calendar; `at` is local time in the scenario's zone, `day` the working day counted from 1."""

    id: str
    day: int
    at: datetime
    who: str
    what: str


def calendar_lines(scenario: LoadedScenario, *, seed: int) -> Iterator[Line]:
    """The calendar of a scenario's plan, set-up first."""
    plan = compile_plan(scenario, seed=seed)
    for timed in (*plan.setup, *plan.timed):
        yield _line(scenario, timed)


def in_words(action: do.Action) -> str:
    """What an action does, in a few words on one line."""
    words = _WORDS.get(type(action))
    text = words(action) if words else type(action).__name__
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def _line(scenario: LoadedScenario, timed: TimedAction) -> Line:
    local = timed.at.astimezone(scenario.calendar.zone)
    day = scenario.calendar.day_number(scenario.first_day, timed.at)
    return Line(
        id=timed.id, day=day, at=local, who=scenario.roster[timed.action.actor].name, what=in_words(timed.action)
    )


def _changes(action: Any) -> str:
    fields = ("summary", "description", "priority", "points", "labels")
    changed = [
        f"{name} {getattr(action.changes, name)}" for name in fields if getattr(action.changes, name) is not None
    ]
    return f"changes {action.issue}: {', '.join(changed)}"


# One action class each: what is read of it is known to exist, so the argument is not narrowed.
_WORDS: Mapping[type[do.Action], Callable[[Any], str]] = {
    do.CreateRepository: lambda a: f"creates the repository {a.owner}/{a.name}",
    do.AddCollaborators: lambda a: f"gives access to {', '.join(a.permissions)}",
    do.CreateLabels: lambda a: f"creates the labels {', '.join(a.labels)}",
    do.ProtectBranch: lambda a: f"protects {a.branch}: {a.approvals} approval(s)",
    do.CreateProject: lambda a: f"creates the {a.template} project {a.key}",
    do.CreateIssues: lambda a: f"creates {len(a.issues)} issue(s): {', '.join(issue.ref for issue in a.issues)}",
    do.CreateSprint: lambda a: f"creates the sprint {a.sprint.name} with {len(a.issues)} issues",
    do.StartSprint: lambda a: f"starts the sprint {a.sprint}",
    do.CloseSprint: lambda a: f"closes the sprint {a.sprint}; unfinished issues go to {a.carry_to or 'the backlog'}",
    do.EditIssue: _changes,
    do.CommentOnIssue: lambda a: f"comments on {a.issue}: {a.body}",
    do.TransitionIssue: lambda a: f"moves {a.issue} to {a.status}",
    do.AssignIssue: lambda a: f"assigns {a.issue} to {a.assignee or 'nobody'}",
    do.RankIssue: lambda a: f"ranks {a.issue} before {a.before}",
    do.MoveIssue: lambda a: f"moves {a.issue} to {a.sprint or 'the backlog'}",
    do.LinkIssues: lambda a: f"links: {a.issue} {a.link} {a.other}",
    do.PushCommit: lambda a: f"pushes {len(a.files)} file(s) to {a.branch}: {a.message.splitlines()[0]}",
    do.DeleteBranch: lambda a: f"deletes the branch {a.branch}",
    do.OpenPullRequest: lambda a: f"opens the pull request {a.ref}: {a.title}" + _asked(a.reviewers),
    do.RequestReview: lambda a: f"asks {', '.join(a.reviewers)} to review {a.pull}",
    do.SubmitReview: lambda a: f"reviews {a.pull} ({a.verdict.lower().replace('_', ' ')}): {a.body}",
    do.CommentOnPullRequest: lambda a: f"comments on {a.pull}: {a.body}",
    do.EditPullRequest: lambda a: f"edits {a.pull}",
    do.MergePullRequest: lambda a: f"merges {a.pull} ({a.method})",
    do.ClosePullRequest: lambda a: f"closes {a.pull}",
    do.ReportCheck: lambda a: f"check {a.name} on {a.branch}: {a.conclusion}",
    do.PostNote: lambda a: f"{a.channel}: {a.text}",
    do.ReviewWhenRead: lambda a: f"reviews {a.pull}, if nobody has",
    do.FinishRun: lambda _: "the run is finished and scored",
}


def _asked(reviewers: tuple[str, ...]) -> str:
    return f", asks {', '.join(reviewers)} to review" if reviewers else ""
