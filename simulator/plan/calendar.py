"""A plan as people read it: day, local time, who, and what in a few words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from simulator.model import actions as do
from simulator.model.amounts import amount
from simulator.plan.compile import ScenarioStage, compile_plan
from simulator.scenario.events.triggered import TriggeredEvent
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
    for timed in spelt_out(scenario, seed=seed):
        yield _line(scenario, timed)


def spelt_out(scenario: LoadedScenario, *, seed: int) -> Iterator[TimedAction]:
    """What a scenario's plan does, set-up first, with the acts of events that take place at a time in their places."""
    plan = compile_plan(scenario, seed=seed)
    for timed in (*plan.setup, *plan.timed):
        yield from _acts_of(timed, scenario, seed) or (timed,)


def in_words(action: do.Action) -> str:
    """What an action does, in a few words on one line."""
    words = _WORDS.get(type(action))
    text = words(action) if words else type(action).__name__
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def _acts_of(timed: TimedAction, scenario: LoadedScenario, seed: int) -> tuple[TimedAction, ...]:
    """What an event does that takes place at a time, action by action; nothing for what is no such event."""
    if not isinstance(timed.action, do.Happen):
        return ()
    event = next(event for event in scenario.spec.story if event.id == timed.action.event)
    acts = event.acts(ScenarioStage(scenario, seed), {}) if isinstance(event, TriggeredEvent) else ()
    return event.in_turn(timed.at, *acts)


def _line(scenario: LoadedScenario, timed: TimedAction) -> Line:
    local = timed.at.astimezone(scenario.calendar.zone)
    day = scenario.calendar.day_number(scenario.first_day, timed.at)
    return Line(
        id=timed.id, day=day, at=local, who=scenario.roster[timed.action.actor].name, what=in_words(timed.action)
    )


def _changes(action: Any) -> str:
    fields = ("summary", "description", "priority", "points", "labels", "append", "due")
    told = {name: getattr(action.changes, name) for name in fields}
    changed = [f"{name} {value}" for name, value in told.items() if value is not None]
    flag = {True: "flags", False: "takes the flag from"}.get(action.changes.flagged)
    if flag and not changed:
        return f"{flag} {action.issue}"
    return f"changes {action.issue}: {', '.join([*changed, *([f'{flag} it'] if flag else [])])}"


# One action class each: what is read of it is known to exist, so the argument is not narrowed.
_WORDS: Mapping[type[do.Action], Callable[[Any], str]] = {
    do.CreateRepository: lambda a: f"creates the repository {a.owner}/{a.name}",
    do.AddCollaborators: lambda a: f"gives access to {', '.join(a.permissions)}",
    do.CreateLabels: lambda a: f"creates the labels {', '.join(a.labels)}",
    do.ProtectBranch: lambda a: f"protects {a.branch}: {amount(a.approvals, 'approval')}",
    do.CreateProject: lambda a: f"creates the {a.template} project {a.key}",
    do.CreateIssues: lambda a: (
        f"creates {amount(len(a.issues), 'issue')}: {', '.join(issue.ref for issue in a.issues)}"
    ),
    do.CreateSprint: lambda a: f"creates the sprint {a.sprint.name} with {amount(len(a.issues), 'issue')}",
    do.StartSprint: lambda a: f"starts the sprint {a.sprint}",
    do.CloseSprint: lambda a: f"closes the sprint {a.sprint}; unfinished issues go to {a.carry_to or 'the backlog'}",
    do.EditIssue: _changes,
    do.CommentOnIssue: lambda a: f"comments on {a.issue}: {a.body}",
    do.KeepIssueComment: lambda a: f"keeps a comment on {a.issue} up to date",
    do.TransitionIssue: lambda a: f"moves {a.issue} to {a.status}",
    do.AssignIssue: lambda a: f"assigns {a.issue} to {a.assignee or 'nobody'}",
    do.RankIssue: lambda a: f"ranks {a.issue} {f'before {a.before}' if a.before else f'after {a.after}'}",
    do.MoveIssue: lambda a: f"moves {a.issue} to {a.sprint or 'the backlog'}",
    do.LinkIssues: lambda a: f"links: {a.issue} {a.link} {a.other}",
    do.UnlinkIssues: lambda a: f"unlinks: {a.issue} {a.link} {a.other}",
    do.WatchIssue: lambda a: f"watches {a.issue}" if a.watching else f"watches {a.issue} no longer",
    do.LogWork: lambda a: f"logs {a.spent_s // 60} min on {a.issue}",
    do.EditSprint: lambda a: f"changes the sprint {a.sprint}: {a.goal or a.name}",
    do.CreateBranch: lambda a: f"begins the branch {a.branch} at {a.base}",
    do.RewriteBranch: lambda a: f"rewrites {a.branch} by force: commits on {a.base}: {len(a.commits)}",
    do.PushCommit: lambda a: f"pushes {amount(len(a.files), 'file')} to {a.branch}: {a.message.splitlines()[0]}",
    do.DeleteBranch: lambda a: f"deletes the branch {a.branch}",
    do.OpenPullRequest: lambda a: f"opens the pull request {a.ref}: {a.title}" + _asked(a.reviewers),
    do.RequestReview: lambda a: f"asks {', '.join(a.reviewers)} to review {a.pull}",
    do.SubmitReview: lambda a: f"reviews {a.pull} ({a.verdict.lower().replace('_', ' ')}): {a.body}",
    do.CommentOnPullRequest: lambda a: f"comments on {a.pull}: {a.body}",
    do.KeepPullComment: lambda a: f"keeps a comment on #{a.pull} up to date",
    do.EditPullRequest: lambda a: f"edits {a.pull}",
    do.MergePullRequest: lambda a: f"merges {a.pull} ({a.method})",
    do.ClosePullRequest: lambda a: f"closes {a.pull}",
    do.ReopenPullRequest: lambda a: f"reopens {a.pull}",
    do.SetDraft: lambda a: f"turns {a.pull} into a draft" if a.draft else f"marks {a.pull} as ready for review",
    do.DismissReview: lambda a: f"dismisses {a.of}'s review of {a.pull}: {a.message}",
    do.WithdrawReviewRequest: lambda a: f"asks {', '.join(a.reviewers)} no longer to review {a.pull}",
    do.LabelPullRequest: lambda a: f"labels {a.pull}: {', '.join((*a.add, *(f'not {name}' for name in a.remove)))}",
    do.AssignPullRequest: lambda a: f"assigns {a.pull} to {', '.join(a.add) or 'nobody'}",
    do.ReplyToRemark: lambda a: f"replies to a remark on {a.pull}: {a.body}",
    do.ResolveThread: lambda a: f"{'resolves' if a.resolved else 'reopens'} a conversation on {a.pull}",
    do.ReportCheck: lambda a: f"check {a.name} on {a.branch}: {a.conclusion or 'begins'}",
    do.RerunCheck: lambda a: f"asks for the checks of {a.branch} once more",
    do.PublishRelease: lambda a: f"releases {a.tag}: {a.name}",
    do.ChangeAvailability: lambda a: f"goes away until {a.until:%Y-%m-%d %H:%M}" if a.away and a.until else _there(a),
    do.ChangePace: lambda a: f"a working day takes {a.pace_s:.0f} s from now on",
    do.PostNote: lambda a: f"{a.channel}: {a.text}",
    do.TendPull: lambda a: f"merges {a.pull}, if nothing stands against it" if a.merges else f"sees to {a.pull}",
    do.ReviewWhenRead: lambda a: f"reviews {a.pull}, if nobody has",
    do.Happen: lambda a: f"{a.event} takes place, if it still applies",
    do.PostPrompt: lambda a: f"asks {a.seat}: {a.title}",
    do.AnswerPrompt: lambda a: f"answers {a.prompt}",
    do.SpeakAtStandUp: lambda a: f"answers {a.prompt}",
    do.HoldCeremony: lambda a: f"holds the {str(a.kind).replace('_', '-')}",
    do.FollowSlip: lambda a: f"what follows from {a.way} in {a.moment}, unless {a.seat} made it good",
    do.FinishRun: lambda _: "the run is finished and scored",
}


def _asked(reviewers: tuple[str, ...]) -> str:
    return f", asks {', '.join(reviewers)} to review" if reviewers else ""


def _there(action: Any) -> str:
    return "goes away" if action.away else "is back"
