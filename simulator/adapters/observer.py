"""Looks at both services for what is new, cheaply.

A look with nothing new costs four requests: the activity list, the pull requests, the updated issues, and one of the things
that are looked at in turn (sprints, deleted issues, checks of branch tips, threads, releases). A hint brings one of those
forward.

The cursor holds `pushes`, `pulls`, `issues`, `sprints`, `threads` and `around`; each part is bounded, and stays as it is when
nothing is new.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from threading import Event
from typing import Any

from simulator.adapters.github_accounts import GithubAccounts
from simulator.adapters.github_reader import GithubReader
from simulator.adapters.hints import OF_PEOPLE, Hint, Hints
from simulator.adapters.jira_accounts import JiraAccounts
from simulator.adapters.observe_checks import CheckObserver
from simulator.adapters.observe_issues import IssueObserver, is_no_project
from simulator.adapters.observe_pulls import PullObserver
from simulator.adapters.observe_pushes import PushObserver
from simulator.adapters.observe_releases import ReleaseObserver
from simulator.adapters.observe_sprints import SprintObserver
from simulator.adapters.observe_surroundings import SurroundingsObserver
from simulator.adapters.observe_threads import ThreadObserver
from simulator.adapters.patience import Patience
from simulator.adapters.seen import in_order
from simulator.errors import AdapterError, NotFound
from simulator.model.coach import is_coachs
from simulator.model.facts import Observation
from simulator.ports import Services
from simulator.timekeeping.clock import Clock

Seen = tuple[Sequence[Observation], Mapping[str, Any]]
_Turn = Callable[["_Look"], None]


class ServiceObserver:
    """Looks at Jira and GitHub as the admin seat."""

    def __init__(
        self,
        services: Services,
        *,
        github: GithubAccounts,
        jira: JiraAccounts,
        now: Clock,
        hints: Hints,
        patience: Patience,
        stop: Event,
    ) -> None:
        reader = GithubReader(github, services.admin)
        html_url = f"{services.github_html_url.rstrip('/')}/{github.full_name}"
        self.project = services.project
        self._coach = services.credentials[services.coach].login.lower() if services.coach else None
        self.pushes = PushObserver(reader, html_url=html_url, now=now)
        self.pulls = PullObserver(reader)
        self.checks = CheckObserver(reader)
        self.threads = ThreadObserver(github)
        self.releases = ReleaseObserver(reader)
        self.issues = IssueObserver(jira)
        self.sprints = SprintObserver(jira)
        self.surroundings = SurroundingsObserver(reader, jira, html_url=html_url)
        self.turn = 0
        self._now = now
        self._hints = hints
        self._patience = patience
        self._stop = stop

    def observe(self, cursor: Mapping[str, Any], *, closely: bool = False) -> Seen:
        """Everything new since the cursor, oldest first, and the next cursor. Raises AdapterError; the old cursor holds."""
        hints = self._hints.take() | (OF_PEOPLE if closely else set())
        try:
            return self._patience.keep_trying(lambda _again: self._look(cursor, hints), stop=self._stop)
        except AdapterError:
            self._hints.give(hints)
            raise

    def _look(self, cursor: Mapping[str, Any], hints: set[Hint]) -> Seen:
        look = _Look(self, cursor, self._now())
        look.at_github()
        look.at_jira()
        self.turn = look.in_turn(hints, turn=self.turn)
        return in_order(seen for seen in look.seen if not self._is_coachs(seen)), look.next_cursor()

    def _is_coachs(self, seen: Observation) -> bool:
        """Whether it is the coach who said something there: nobody's work, and no news to anybody in the story."""
        account = (seen.account or "").lower()
        return account == self._coach and is_coachs(str(seen.detail.get("body") or ""))


class _Look:
    """One look, and what it has found so far."""

    def __init__(self, observer: ServiceObserver, cursor: Mapping[str, Any], now: datetime) -> None:
        self._observer = observer
        self._is_first = not cursor
        self._now = now
        self.seen: list[Observation] = []
        self._pushes: dict[str, Any] = dict(cursor.get("pushes", {}))
        self._pulls: dict[str, Any] = dict(cursor.get("pulls", {}))
        self._issues: dict[str, Any] = dict(cursor.get("issues", {}))
        self._sprints: dict[str, str] = dict(cursor.get("sprints", {}))
        self._threads: dict[str, dict[str, int]] = dict(cursor.get("threads", {}))
        self._around: dict[str, str] = dict(cursor.get("around", {}))

    def at_github(self) -> None:
        """Branches and pull requests; nothing when there is no repository yet."""
        pushes, pulls = self._observer.pushes, self._observer.pulls
        try:
            moved = pushes.new_pushes(self._pushes)
        except NotFound as refused:
            if self._pushes:
                raise _gone("repository", refused) from refused
            return
        listed = pulls.listed(self._pulls)
        merges = {pull["merge_commit_sha"]: int(pull["number"]) for pull in listed if pull.get("merged_at")}
        found, self._pushes = pushes.observe(moved, self._pushes, merges=merges)
        self.seen += found
        found, self._pulls = pulls.observe(listed, self._pulls, pushes=moved, now=self._now)
        self.seen += found
        looked_at = {observation.subject for observation in found}
        self._look_at_threads([number for number in self._discussed() if f"pull:{number}" in looked_at])

    def at_jira(self) -> None:
        """Issues; nothing when there is no project yet."""
        try:
            found, self._issues = self._observer.issues.observe(self._issues)
        except AdapterError as refused:
            if not is_no_project(refused, self._observer.project):
                raise
            if self._issues:
                raise _gone("project", refused) from refused
            return
        self.seen += found

    def in_turn(self, hints: set[Hint], *, turn: int) -> int:
        """What is hinted at; when nothing was seen so far, the thing whose turn it is; at the first look, everything.

        Returns whose turn is next.
        """
        tips = list(dict.fromkeys(self._pushes.get("tips", {}).values()))
        checks: list[_Turn] = [look_at for sha in tips for look_at in _turns_of(sha)]
        if self._is_first:
            hints = hints | {Hint.SPRINTS, Hint.CHECKS, Hint.SURROUNDINGS}
        chosen = list(self._hinted(hints, tips, checks))
        if not chosen and not self.seen:
            rota = self._rota(tips, checks)
            seldom = self._seldom()
            rota.append(seldom[turn // (len(rota) + 1) % len(seldom)])
            chosen = [rota[turn % len(rota)]]
            turn += 1
        for look_at in chosen:
            look_at(self)
        return turn

    def _hinted(self, hints: set[Hint], tips: Sequence[str], checks: Sequence[_Turn]) -> Iterator[_Turn]:
        if Hint.SPRINTS in hints:
            yield _Look._look_at_sprints
        if Hint.CHECKS in hints:
            yield from checks
        if Hint.RERUNS in hints:
            yield from (_asked_again(sha) for sha in tips)
        if Hint.THREADS in hints:
            yield _Look._look_at_all_threads
        if Hint.RELEASES in hints:
            yield _Look._look_at_releases
        if Hint.SURROUNDINGS in hints:
            yield from (_Look._look_at_board, _Look._look_at_protection)

    def _rota(self, tips: Sequence[str], checks: Sequence[_Turn]) -> list[_Turn]:
        failed = [sha for sha in tips if sha in self._observer.checks.failed]
        return [_Look._look_at_sprints, _Look._look_for_deleted, *checks, *(_asked_again(sha) for sha in failed)]

    def _seldom(self) -> list[_Turn]:
        """What changes seldom: one of these for each round of the others."""
        seldom: list[_Turn] = [_Look._look_at_project]
        if self._discussed():
            seldom.append(_Look._look_at_all_threads)
        if self._pushes:
            seldom.append(_Look._look_at_releases)
        seldom += [_Look._look_at_board, _Look._look_at_protection]
        return seldom

    def next_cursor(self) -> dict[str, Any]:
        """The cursor of the next look."""
        return {
            "pushes": self._pushes,
            "pulls": self._pulls,
            "issues": self._issues,
            "sprints": self._sprints,
            "threads": self._threads,
            "around": self._around,
        }

    def _look_at_sprints(self) -> None:
        found, self._sprints = self._observer.sprints.observe(self._sprints, now=self._now)
        self.seen += found

    def _look_for_deleted(self) -> None:
        if self._issues:
            found, self._issues = self._observer.issues.deleted(self._issues, now=self._now)
            self.seen += found

    def _look_at_project(self) -> None:
        if self._issues:
            found, self._issues = self._observer.issues.renamed(self._issues, now=self._now)
            self.seen += found

    def _discussed(self) -> list[int]:
        """The open pull requests that somebody remarked on."""
        known: Mapping[str, Mapping[str, Any]] = self._pulls.get("known", {})
        return [int(number) for number, pull in known.items() if pull.get("threads")]

    def _look_at_all_threads(self) -> None:
        self._look_at_threads(self._discussed())

    def _look_at_threads(self, numbers: Sequence[int]) -> None:
        if numbers:
            found, self._threads = self._observer.threads.observe(numbers, self._threads, now=self._now)
            self.seen += found

    def _look_at_protection(self) -> None:
        if self._pushes:
            branch = self._observer.pushes.default_branch()
            found, self._around = self._observer.surroundings.protection(self._around, branch=branch, now=self._now)
            self.seen += found

    def _look_at_board(self) -> None:
        board = self._observer.sprints.board
        if board is not None:
            found, self._around = self._observer.surroundings.board(self._around, board=board, now=self._now)
            self.seen += found

    def _look_at_releases(self) -> None:
        self.seen += self._observer.releases.observe()

    def look_at_reruns(self, sha: str) -> None:
        """Requests to run the checks of a commit once more."""
        self.seen += self._observer.checks.asked_again(sha)

    def look_at_check_runs(self, sha: str) -> None:
        """Check runs of a commit."""
        self.seen += self._observer.checks.check_runs(sha)

    def look_at_statuses(self, sha: str) -> None:
        """Statuses of a commit."""
        self.seen += self._observer.checks.statuses(sha)


def _gone(thing: str, refused: AdapterError) -> NotFound:
    """The error for what was there before: nobody but a person can bring it back."""
    return NotFound(
        f"the run's {thing} is gone from {refused.service}, or its admin may no longer see it ({refused.what})",
        service=refused.service,
        to_do="restore it there, go back with `sprintdojo rewind` where the services are emulated, or end the run with"
        " `sprintdojo finish`",
    )


def _turns_of(sha: str) -> tuple[_Turn, _Turn]:
    return (lambda look: look.look_at_check_runs(sha)), (lambda look: look.look_at_statuses(sha))


def _asked_again(sha: str) -> _Turn:
    return lambda look: look.look_at_reruns(sha)
