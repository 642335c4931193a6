"""What is looked up in a history: its things by what they have to do with one another, each index made once when first asked for.

Refuses to judge.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from simulator.model.agile import StatusCategory
from simulator.model.history import deeds
from simulator.model.history.activity import code_activity, commit_activity
from simulator.model.history.check_lists import template_boxes
from simulator.model.history.checks import CheckRun
from simulator.model.history.code import Branch, Commit, Landing, PullRequest, ReviewRequest
from simulator.model.history.deeds import Ended, Spans
from simulator.model.history.in_the_run import InTheRun, Prompt
from simulator.model.history.links import Traces, WorkStart, traces_by_key, traces_of_code, traces_of_pulls, work_starts
from simulator.model.history.mailmap import mapped_addresses
from simulator.model.history.planning import planners_of
from simulator.model.history.smart import SmartCommand, last_commands, smart_commands
from simulator.model.history.speech import Said, everything_said
from simulator.model.history.steps import Step, steps_by_hour
from simulator.model.history.surroundings import Surroundings
from simulator.model.history.tracker import Issue, SprintRecord
from simulator.model.history.waiting import Waiting, waiting_of
from simulator.model.keys import IssueKey, SeatId, Sha, issue_keys_in

USUAL_COLUMNS = {
    "To Do": StatusCategory.TO_DO,
    "In Progress": StatusCategory.IN_PROGRESS,
    "In Review": StatusCategory.IN_PROGRESS,
    "Done": StatusCategory.DONE,
}


@dataclass(frozen=True, slots=True)
class MergedChange:
    """A file's lines that a merged pull request took out."""

    number: int
    merged_at: datetime
    deletions: int


@dataclass(frozen=True, slots=True)
class SprintSpan:
    """When a sprint was started and closed: what most rules ask of one, while its scope may change at any time."""

    id: int
    started_at: datetime | None
    closed_at: datetime | None


_KEYS = "keys of issues"
_MADE_OF = {
    "activity_of": ("commits", "pulls", _KEYS),
    "board_steps": ("issues",),
    "children_of": ("issues",),
    "held_by": ("issues",),
    "records_resolutions": ("issues",),
    "waiting": ("issues",),
    "checks_of": ("checks",),
    "commit_activity": ("commits", _KEYS),
    "ended": ("issues", "pulls"),
    "home_of": ("pulls",),
    "landed": ("landings",),
    "landed_for": ("landings", "pulls", _KEYS),
    "landings_of": ("landings",),
    "last_commands": ("commits",),
    "mapped_addresses": ("pulls",),
    "meetings": ("run",),
    "merged_changes": ("pulls",),
    "merged_for": ("pulls", _KEYS),
    "open_spans": ("pulls",),
    "pulls_at": ("pulls",),
    "pulls_of": ("pulls", _KEYS),
    "pushes_of": ("branches",),
    "requests_to": ("pulls",),
    "smart_commands": ("commits",),
    "sprint_spans": ("sprints",),
    "template_boxes": ("pulls",),
    "traces_of_code": ("branches", "commits", _KEYS),
    "unmerged_of": ("branches", "pulls"),
    "work_starts": ("branches", "commits", "pulls", _KEYS),
}
"""Lookups that hang on these things alone."""


class Lookups:
    """The part of a history that finds one thing by another."""

    project: str
    default_branch: str
    commits: Mapping[Sha, Commit]
    pulls: Mapping[int, PullRequest]
    branches: Mapping[str, Branch]
    landings: tuple[Landing, ...]
    issues: Mapping[IssueKey, Issue]
    sprints: Mapping[int, SprintRecord]
    run: InTheRun
    checks: tuple[CheckRun, ...]
    surroundings: Surroundings

    def take_over(self, before: Lookups) -> None:
        """Spare the work on what the history before has looked up already, where the very same things are in both."""
        known, mine = vars(before), vars(self)
        same = {name for name in mine if known.get(name) is mine[name]}
        if before.issues.keys() == self.issues.keys():
            same.add(_KEYS)
        for name, parts in _MADE_OF.items():
            if name in known and same.issuperset(parts):
                mine.setdefault(name, known[name])

    @cached_property
    def planners(self) -> Mapping[int, tuple[SeatId, ...]]:
        """Sprint → who planned it."""
        return planners_of(self.sprints, self.issues.values(), self.run.prompts.values())

    @cached_property
    def waiting(self) -> Mapping[SeatId, tuple[Waiting, ...]]:
        """Seat → the issues that waited for them, to do, and from when to when."""
        return waiting_of(self.issues.values())

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """Everything that people said, wherever they said it, oldest first."""
        return everything_said(self.issues.values(), self.pulls.values(), self.run)

    def keys_in(self, text: str) -> tuple[IssueKey, ...]:
        """Keys of existing issues of the project in a text, in order."""
        prefix, known = f"{self.project}-", self.issues
        return tuple([key for key in issue_keys_in(text) if key.startswith(prefix) and key in known])

    @cached_property
    def work_starts(self) -> Mapping[IssueKey, WorkStart]:
        """Issue → when its first code was made, and whose its code is."""
        of_pulls = traces_by_key(traces_of_pulls(self.pulls.values()), keys_in=self.keys_in)
        return work_starts(self.traces_of_code, of_pulls)

    @cached_property
    def traces_of_code(self) -> Traces:
        """Issue → the branches and commits that name it."""
        topic = (commit for commit in self.commits.values() if commit.branch != self.default_branch)
        return traces_by_key(traces_of_code(self.branches.values(), topic), keys_in=self.keys_in)

    @cached_property
    def pulls_of(self) -> Mapping[IssueKey, tuple[PullRequest, ...]]:
        """Issue → the pull requests that name it in their branch or title; issues without one are left out."""
        named: dict[IssueKey, list[PullRequest]] = {}
        for pull in self.pulls.values():
            for key in self.keys_in(f"{pull.head} {pull.title}"):
                named.setdefault(key, []).append(pull)
        return {key: tuple(pulls) for key, pulls in named.items()}

    @cached_property
    def landed_for(self) -> Mapping[IssueKey, tuple[str, ...]]:
        """Issue → what landed for it: `#7` for merged pull requests that name it anywhere, short names of other commits."""
        found: dict[IssueKey, dict[str, None]] = {}
        for pull in self.pulls.values():
            if pull.merged_at is not None:
                text = " ".join([pull.head, pull.title, pull.body, *(commit.message for commit in pull.commits)])
                for key in self.keys_in(text):
                    found.setdefault(key, {})[f"#{pull.number}"] = None
        for landing in self.landings:
            for key in self.keys_in(landing.message):
                named = [f"#{number}" for number in landing.pulls] or [landing.sha[:7]]
                found.setdefault(key, {}).update(dict.fromkeys(named))
        return {key: tuple(named) for key, named in found.items()}

    @cached_property
    def merged_for(self) -> Mapping[str, tuple[PullRequest, ...]]:
        """Issue key → the merged pull requests whose work item it is, in the order of their merges."""
        found: dict[str, list[PullRequest]] = {}
        for _, number in sorted((pull.merged_at, number) for number, pull in self.pulls.items() if pull.merged_at):
            found.setdefault(self.pulls[number].item, []).append(self.pulls[number])
        return {item: tuple(pulls) for item, pulls in found.items() if item in self.issues}

    @cached_property
    def template_boxes(self) -> Mapping[str, datetime]:
        """The words of the check boxes that the template for descriptions has, as far as pull requests show, and since when."""
        return template_boxes(self.pulls.values())

    @cached_property
    def activity_of(self) -> Mapping[IssueKey, tuple[datetime, ...]]:
        """Issue → when something happened to its code, in order; issues without code are left out."""
        return code_activity(self.commit_activity, self.pulls_of)

    @cached_property
    def commit_activity(self) -> Mapping[IssueKey, set[datetime]]:
        """Issue → when commits were made that name it in their message or branch."""
        return commit_activity(self.commits.values(), keys_in=self.keys_in)

    @cached_property
    def sprint_spans(self) -> tuple[SprintSpan, ...]:
        """When each sprint ran, in their order."""
        return tuple(SprintSpan(of.id, of.started_at, of.closed_at) for of in self.sprints.values())

    @cached_property
    def current_span(self) -> SprintSpan | None:
        """When the sprint started last ran, None before the first start."""
        started = [span for span in self.sprint_spans if span.started_at]
        return max(started, key=lambda span: (span.started_at, span.id), default=None)

    @cached_property
    def meetings(self) -> Mapping[SeatId, tuple[Prompt, ...]]:
        """Person → the plannings and reviews that they were asked to."""
        found: dict[SeatId, list[Prompt]] = {}
        for prompt in self.run.prompts.values():
            if prompt.kind in {"planning", "review"}:
                found.setdefault(prompt.seat, []).append(prompt)
        return {seat: tuple(prompts) for seat, prompts in found.items()}

    @cached_property
    def board_steps(self) -> Mapping[tuple[SeatId, int], tuple[Step, ...]]:
        """(person, hour) → the changes of issues' statuses that the person made in that hour."""
        return steps_by_hour(self.issues.values())

    @cached_property
    def records_resolutions(self) -> bool:
        """Whether any issue ever had a resolution."""
        return any(state.resolution for issue in self.issues.values() for _, state in issue.states())

    @cached_property
    def children_of(self) -> Mapping[str, tuple[Issue, ...]]:
        """Key of an issue → its sub-tasks, or an epic's issues; issues without any are left out."""
        found: dict[str, list[Issue]] = {}
        for issue in self.issues.values():
            if issue.state.parent:
                found.setdefault(issue.state.parent, []).append(issue)
        return {key: tuple(children) for key, children in found.items()}

    @cached_property
    def pulls_at(self) -> Mapping[Sha, tuple[PullRequest, ...]]:
        """Commit → the pull requests of which it is, or was, the head."""
        found: dict[Sha, list[PullRequest]] = {}
        for pull in self.pulls.values():
            for head in pull.heads:
                found.setdefault(head.sha, []).append(pull)
        return {sha: tuple(pulls) for sha, pulls in found.items()}

    @cached_property
    def home_of(self) -> Mapping[Sha, int]:
        """Commit → the pull request that it is judged by, of several that hold it: a merged one, else an open, else the first."""
        held: dict[Sha, list[PullRequest]] = {}
        for pull in self.pulls.values():
            for commit in pull.commits:
                held.setdefault(commit.sha, []).append(pull)
        return {sha: min(pulls, key=_homeliness).number for sha, pulls in held.items()}

    @cached_property
    def checks_of(self) -> Mapping[Sha, tuple[CheckRun, ...]]:
        """Commit → the runs of its checks, oldest first; commits without any are left out."""
        found: dict[Sha, list[CheckRun]] = {}
        for run in self.checks:
            found.setdefault(run.sha, []).append(run)
        return {sha: tuple(runs) for sha, runs in found.items()}

    @cached_property
    def landed(self) -> frozenset[Sha]:
        """The commits that came to the default branch."""
        return frozenset(landing.sha for landing in self.landings)

    def review_requests(self) -> tuple[ReviewRequest, ...]:
        """All review requests, by pull request and turn."""
        return tuple(request for pull in self.pulls.values() for request in pull.requests)

    @cached_property
    def requests_to(self) -> Mapping[SeatId, tuple[ReviewRequest, ...]]:
        """Reviewer → the review requests to them, by pull request and turn."""
        found: dict[SeatId, list[ReviewRequest]] = {}
        for request in self.review_requests():
            found.setdefault(request.reviewer, []).append(request)
        return {seat: tuple(requests) for seat, requests in found.items()}

    @cached_property
    def open_spans(self) -> Spans:
        """Author → from when to when their pull requests were open, by number."""
        return deeds.open_pulls_of(self.pulls.values())

    @cached_property
    def unmerged_of(self) -> Spans:
        """Person → from when to when a branch with changes and a commit of theirs was neither merged nor deleted."""
        return deeds.unmerged_of(self.branches.values(), self.pulls)

    @cached_property
    def pushes_of(self) -> Mapping[SeatId, tuple[datetime, ...]]:
        """Person → when they pushed to any branch."""
        return deeds.pushes_of(self.branches.values())

    @cached_property
    def held_by(self) -> Spans:
        """Person → from when to when they had which issue in progress."""
        return deeds.held_by(self.issues.values())

    @cached_property
    def ended(self) -> tuple[Ended, ...]:
        """Everything that was merged or is done."""
        return deeds.ended(self.pulls.values(), self.issues)

    @cached_property
    def merged_changes(self) -> Mapping[str, tuple[MergedChange, ...]]:
        """Path → what merged pull requests took out of it; what took nothing out is left out."""
        found: dict[str, list[MergedChange]] = {}
        for pull in self.pulls.values():
            for file in pull.heads[-1].files if pull.merged_at and pull.heads else ():
                if pull.merged_at and file.deletions:
                    found.setdefault(file.path, []).append(MergedChange(pull.number, pull.merged_at, file.deletions))
        return {path: tuple(changes) for path, changes in found.items()}

    @cached_property
    def landings_of(self) -> Mapping[int, tuple[Landing, ...]]:
        """Pull request number → the commits that it brought to the default branch."""
        brought: dict[int, list[Landing]] = {}
        for landing in self.landings:
            for number in landing.pulls:
                brought.setdefault(number, []).append(landing)
        return {number: tuple(landings) for number, landings in brought.items()}

    @cached_property
    def smart_commands(self) -> Mapping[Sha, tuple[SmartCommand, ...]]:
        """Commit → the commands to issues in its message; commits without any are left out."""
        return smart_commands(self.commits.values(), project=self.project)

    @cached_property
    def last_commands(self) -> Mapping[tuple[str, str], SmartCommand]:
        """(issue key, command) and (author's seat, command) → the last such command of a commit."""
        return last_commands(self.smart_commands.values())

    @cached_property
    def statuses(self) -> frozenset[str]:
        """The names of all statuses that were seen, on issues and on the board."""
        seen = {state.status for issue in self.issues.values() for _, state in issue.states()}
        shown = {name for _, columns in self.surroundings.boards for column in columns for name in column.statuses}
        return frozenset({*USUAL_COLUMNS, *seen, *shown} - {""})

    @cached_property
    def mapped_addresses(self) -> frozenset[str]:
        """The e-mail addresses that merged pull requests put into the project's `.mailmap`, in lower case."""
        return mapped_addresses(self.pulls.values())

    def squashed(self, pull: PullRequest) -> Landing | None:
        """The one commit that a squash (or a rebase of one commit) made of a pull request, None for other merges."""
        brought = self.landings_of.get(pull.number, ())
        if pull.merged_at is None or len(brought) != 1 or brought[0].parents > 1:
            return None
        return brought[0] if brought[0].sha not in {sha for head in pull.heads for sha in head.commits} else None


def _homeliness(pull: PullRequest) -> tuple[bool, bool, int]:
    return pull.merged_at is None, pull.closed_at is not None, pull.number
