"""What rules can be about: how the subjects of each kind are found, whose they are, what they weigh.

Finding subjects here, and not in the rules, gives every rule its denominator. Refuses to judge.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from simulator.model.history import (
    Branch,
    Commit,
    DirectPush,
    History,
    Issue,
    PullRequest,
    ReviewRequest,
    WorkStart,
)
from simulator.model.history.code import header_of
from simulator.model.keys import SeatId

S = TypeVar("S")
S_co = TypeVar("S_co", covariant=True)
_BOT_BRANCH = re.compile(r"(?:dependabot|renovate|gh-readonly-queue|pre-commit-ci-update-config)(?:/|\Z)", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opportunity(Generic[S_co]):
    """One subject that a rule can judge. `name` is `kind:name`; `seats` share it, the first did it first."""

    subject: S_co
    name: str
    url: str
    item: str
    mass: float
    seats: tuple[SeatId, ...]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind(Generic[S]):
    """A kind of subject. `opportunity` says in words which subjects count, for the rule book.

    `per_sprint_item`: how much evidence to expect grows with the sprint; otherwise the rule's quota stands as it is.
    """

    name: str
    opportunity: str
    find: Callable[[History], Iterable[Opportunity[S]]]
    per_sprint_item: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedCommit:
    """A commit message that will stand in the history: a pull request's commit, or the one that its squash made.

    `replaced` are the commits that a squash folded into it; empty otherwise.
    """

    sha: str
    message: str
    merged: bool
    pull: PullRequest
    replaced: tuple[Commit, ...]

    @property
    def header(self) -> str:
        """The message's first line."""
        return header_of(self.message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Something that reached the default branch: a merged pull request, or a direct push."""

    pull: PullRequest | None
    push: DirectPush | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedIssue:
    """An issue with the start of its work and its pull requests."""

    issue: Issue
    start: WorkStart
    pulls: tuple[PullRequest, ...]


def _branches(history: History) -> Iterator[Opportunity[Branch]]:
    for branch in history.branches.values():
        if branch.lines > 0 and not _BOT_BRANCH.match(branch.name):
            yield Opportunity(
                subject=branch,
                name=f"branch:{branch.name}",
                url=branch.url,
                item=branch.item,
                mass=1.0,
                seats=branch.authors(),
                at=branch.created_at,
            )


def _pull(pull: PullRequest, at: datetime) -> Opportunity[PullRequest]:
    return Opportunity(
        subject=pull,
        name=f"pull:{pull.number}",
        url=pull.url,
        item=pull.item,
        mass=0.0 if pull.lines == 0 else 1.0,  # an empty pull request is evidence of nothing
        seats=pull.authors(),
        at=at,
    )


def _ready_pulls(history: History) -> Iterator[Opportunity[PullRequest]]:
    for pull in history.pulls.values():
        if pull.ready_at is not None:
            yield _pull(pull, pull.ready_at)


def _merged_pulls(history: History) -> Iterator[Opportunity[PullRequest]]:
    for pull in history.pulls.values():
        if pull.merged_at is not None:
            yield _pull(pull, pull.merged_at)


def _commits(history: History) -> Iterator[Opportunity[JudgedCommit]]:
    for pull in history.pulls.values():
        squash = history.squashed(pull)
        if squash is None:
            yield from (_commit(pull, commit) for commit in pull.commits)
            continue
        judged = JudgedCommit(sha=squash.sha, message=squash.message, merged=True, pull=pull, replaced=pull.commits)
        yield Opportunity(
            subject=judged,
            name=f"commit:{squash.sha}",
            url=squash.url,
            item=pull.item,
            mass=float(1 if pull.lines is None else pull.lines),
            seats=pull.authors(),
            at=squash.at,
        )


def _commit(pull: PullRequest, commit: Commit) -> Opportunity[JudgedCommit]:
    return Opportunity(
        subject=JudgedCommit(
            sha=commit.sha, message=commit.message, merged=pull.merged_at is not None, pull=pull, replaced=()
        ),
        name=f"commit:{commit.sha}",
        url=commit.url,
        item=pull.item,
        mass=float(commit.lines),
        seats=(commit.author,) if commit.author else (),
        at=commit.at,
    )


def _arrivals(history: History) -> Iterator[Opportunity[Arrival]]:
    for pull in history.pulls.values():
        if pull.merged_at is not None and pull.base == history.default_branch:
            found = _pull(pull, pull.merged_at)
            yield Opportunity(
                subject=Arrival(pull=pull, push=None),
                name=found.name,
                url=found.url,
                item=found.item,
                mass=found.mass,
                seats=found.seats,
                at=found.at,
            )
    for push in history.direct_pushes:
        yield Opportunity(
            subject=Arrival(pull=None, push=push),
            name=f"commit:{push.sha}",
            url=push.url,
            item=push.item,
            mass=1.0,
            seats=(push.actor,) if push.actor else (),
            at=push.at,
        )


def _requests(history: History) -> Iterator[Opportunity[ReviewRequest]]:
    for request in history.review_requests():
        pull = history.pulls[request.pull]
        turn = f"#{request.turn}" if request.turn > 1 else ""
        yield Opportunity(
            subject=request,
            name=f"pull:{request.pull}/review-by:{request.reviewer}{turn}",
            url=pull.url,
            item=f"pull:{request.pull}",
            mass=1.0,
            seats=(request.reviewer,),
            at=request.at,
        )


def _sprint_issues(history: History) -> Iterator[Opportunity[Issue]]:
    sprint = history.sprint
    for issue in history.issues.values():
        if sprint is None or issue.deleted_at or not (entered := issue.entered(sprint.id)):
            continue
        yield Opportunity(
            subject=issue,
            name=f"issue:{issue.key}",
            url=issue.url,
            item=issue.key,
            mass=1.0,
            seats=issue.people(),
            at=max(entered, sprint.started_at or entered),
        )


def _coded_issues(history: History) -> Iterator[Opportunity[CodedIssue]]:
    for key, start in history.work_starts.items():
        issue = history.issues[key]
        yield Opportunity(
            subject=CodedIssue(issue=issue, start=start, pulls=history.pulls_of.get(key, ())),
            name=f"issue:{key}",
            url=issue.url,
            item=key,
            mass=1.0,
            seats=start.seats,
            at=start.at,
        )


BRANCHES = Kind(
    name="branch",
    opportunity="each topic branch with at least one substantive line; the default branch and bots' branches are left out",
    find=_branches,
)
READY_PULLS = Kind(
    name="pull request",
    opportunity="each pull request that was ever ready for review, with at least one substantive line",
    find=_ready_pulls,
)
MERGED_PULLS = Kind(
    name="merged pull request",
    opportunity="each merged pull request with at least one substantive line",
    find=_merged_pulls,
)
COMMITS = Kind(
    name="commit",
    opportunity="each commit of a pull request, weighed by its substantive lines; after a squash merge, the squash commit",
    find=_commits,
)
ARRIVALS = Kind(
    name="landing",
    opportunity="each landing on the default branch: a merged pull request, or a direct push",
    find=_arrivals,
)
REQUESTS = Kind(
    name="review request",
    opportunity="each review request to the learner that is answered, or has waited as long as the limit",
    find=_requests,
    per_sprint_item=False,
)
SPRINT_ISSUES = Kind(
    name="sprint issue",
    opportunity="each issue of the sprint that the learner was assigned to or moved",
    find=_sprint_issues,
)
CODED_ISSUES = Kind(
    name="issue with code",
    opportunity="each issue that a branch, a commit or a pull request with code names",
    find=_coded_issues,
)
