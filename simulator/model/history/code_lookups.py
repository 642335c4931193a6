"""What is looked up among commits, landings and pull requests, each index made once when first asked for. Refuses to judge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import chain

from simulator.model.history import deeds
from simulator.model.history.by_day import ByDay
from simulator.model.history.check_lists import template_boxes
from simulator.model.history.checks import CheckRun
from simulator.model.history.code import Branch, Commit, Landing
from simulator.model.history.deeds import Span, Spans
from simulator.model.history.mailmap import mapped_addresses
from simulator.model.history.pieces import InPieces, grouped
from simulator.model.history.pulls import PullRequest, ReviewRequest
from simulator.model.history.smart import SmartCommand, last_commands, smart_commands
from simulator.model.history.tracker import Issue
from simulator.model.keys import IssueKey, SeatId, Sha, issue_keys_in, named_in


@dataclass(frozen=True, slots=True)
class MergedChange:
    """A file's lines that a merged pull request took out."""

    number: int
    merged_at: datetime
    deletions: int


class CodeLookups(InPieces):
    """The part of a history that finds commits and pull requests by what they have to do with one another."""

    project: str
    commits: Mapping[Sha, Commit]
    pulls: Mapping[int, PullRequest]
    branches: Mapping[str, Branch]
    landings: tuple[Landing, ...]
    issues: Mapping[IssueKey, Issue]
    checks: tuple[CheckRun, ...]
    names: Mapping[str, IssueKey]

    def keys_in(self, text: str) -> tuple[IssueKey, ...]:
        """Keys of existing issues of the project in a text, in order."""
        found = self._keys_named_in(text)
        if not found:
            return ()
        prefix, known = f"{self.project}-", self.issues
        return tuple([key for key in found if key.startswith(prefix) and key in known])

    def keys_like_ours(self, text: str) -> tuple[IssueKey, ...]:
        """Keys of the project in a text, in order, whether there are such issues or not."""
        found, prefix = self._keys_named_in(text), f"{self.project}-"
        return tuple([key for key in found if key.startswith(prefix)]) if found else ()

    def _keys_named_in(self, text: str) -> tuple[IssueKey, ...]:
        found = issue_keys_in(text)
        return (*found, *(key for key in named_in(text, self.names) if key not in found)) if self.names else found

    @cached_property
    def smart_commands(self) -> Mapping[Sha, tuple[SmartCommand, ...]]:
        """Commit → the commands to issues in its message; commits without any are left out."""
        return smart_commands(self.commits.values(), project=self.project)

    @cached_property
    def last_commands(self) -> Mapping[tuple[str, str], SmartCommand]:
        """(issue key, command) and (author's seat, command) → the last such command of a commit."""
        return last_commands(self.smart_commands.values())

    @cached_property
    def commit_activity(self) -> Mapping[IssueKey, set[datetime]]:
        """Issue → when commits were made that name it in their message or branch."""

        def named(commit: Commit) -> Iterator[tuple[IssueKey, datetime]]:
            keys = dict.fromkeys((*self.keys_like_ours(commit.branch), *self.keys_like_ours(commit.message)))
            return ((key, commit.at) for key in keys)

        pairs = self.pieces.of("commit activity", self.commits.values(), named)
        return {key: set(moments) for key, moments in grouped(pairs, among=self.issues).items()}

    @cached_property
    def checks_of(self) -> Mapping[Sha, tuple[CheckRun, ...]]:
        """Commit → the runs of its checks, oldest first; commits without any are left out."""
        found: dict[Sha, list[CheckRun]] = {}
        for run in self.checks:
            found.setdefault(run.sha, []).append(run)
        return {sha: tuple(runs) for sha, runs in found.items()}

    @cached_property
    def landing_places(self) -> Mapping[Sha, int]:
        """Commit → its place among what landed, the oldest first."""
        return {landing.sha: place for place, landing in enumerate(self.landings)}

    @cached_property
    def landed(self) -> frozenset[Sha]:
        """The commits that came to the default branch."""
        return frozenset(landing.sha for landing in self.landings)

    @cached_property
    def landings_of(self) -> Mapping[int, tuple[Landing, ...]]:
        """Pull request number → the commits that it brought to the default branch."""
        brought: dict[int, list[Landing]] = {}
        for landing in self.landings:
            for number in landing.pulls:
                brought.setdefault(number, []).append(landing)
        return {number: tuple(landings) for number, landings in brought.items()}

    @cached_property
    def pushes_of(self) -> Mapping[SeatId, tuple[datetime, ...]]:
        """Person → when they pushed to any branch."""
        return deeds.pushes_of(self.branches.values())

    @cached_property
    def pulls_of(self) -> Mapping[IssueKey, tuple[PullRequest, ...]]:
        """Issue → the pull requests that name it in their branch or title; issues without one are left out."""

        def named(pull: PullRequest) -> Iterator[tuple[IssueKey, PullRequest]]:
            return ((key, pull) for key in self.keys_like_ours(f"{pull.head} {pull.title}"))

        pairs = self.pieces.of("named by pulls", self.pulls.values(), named)
        return {key: tuple(pulls) for key, pulls in grouped(pairs, among=self.issues).items()}

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

    def review_requests(self) -> tuple[ReviewRequest, ...]:
        """All review requests, by pull request and turn."""
        return tuple(request for pull in self.pulls.values() for request in pull.requests)

    @cached_property
    def open_on(self) -> Mapping[tuple[SeatId, date], tuple[Span, ...]]:
        """(author, day) → from when to when their pull requests of that day were open, by number."""

        def opened(pull: PullRequest) -> Iterator[tuple[SeatId, tuple[datetime, datetime | None, Span]]]:
            span = deeds.open_span(pull)
            return ((seat, (span.since, span.until, span)) for seat in pull.authors())

        return ByDay(self.pieces.of("open pulls", self.pulls.values(), opened))

    @cached_property
    def requests_on(self) -> Mapping[tuple[SeatId, date], tuple[ReviewRequest, ...]]:
        """(reviewer, day) → the review requests to them that waited on that day, by pull request and turn."""
        return ByDay(
            (each.reviewer, (each.at, min(filter(None, (each.answered_at, each.void_at)), default=None), each))
            for each in self.review_requests()
        )

    @cached_property
    def unmerged_of(self) -> Spans:
        """Person → from when to when a branch with changes and a commit of theirs was neither merged nor deleted."""
        parts = {name: (branch, deeds.gone_at(branch, self.pulls)) for name, branch in self.branches.items()}
        found = self.pieces.by_key("unmerged", parts, lambda part: tuple(deeds.unmerged(*part)))
        return deeds.by_seat(chain.from_iterable(found.values()))

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
    def mapped_addresses(self) -> frozenset[str]:
        """The e-mail addresses that merged pull requests put into the project's `.mailmap`, in lower case."""
        return mapped_addresses(self.pulls.values())

    def squashed(self, pull: PullRequest) -> Landing | None:
        """The one commit that a squash (or a rebase of one commit) made of a pull request, None for other merges."""
        brought = self.landings_of.get(pull.number, ())
        if pull.merged_at is None or len(brought) != 1 or brought[0].parents > 1:
            return None
        made = brought[0]
        return made if all(made.sha not in head.commits for head in pull.heads) else None


def _homeliness(pull: PullRequest) -> tuple[bool, bool, int]:
    return pull.merged_at is None, pull.closed_at is not None, pull.number
