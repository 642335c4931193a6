"""The GitHub for Jira app: hears what happens in repositories and shows it on the issues that it names, obeys smart commits, and
sets off the rules that move issues.

It works in the transaction of the push or merge that it hears of, so neither is there without the other. What it cannot do
never undoes the push.

Source: https://support.atlassian.com/jira-cloud-administration/docs/integrate-with-github/
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from flask import has_request_context

from simulator.emulators.github.state.pull_rows import Pull, pulls_by_id
from simulator.emulators.github.state.work import Notice, Work
from simulator.emulators.integration import automation
from simulator.emulators.integration.acting import MOST_TOLD, Obeying
from simulator.emulators.integration.keys import keys_in
from simulator.emulators.integration.movements import Moved, moved_branches, without_a_branch
from simulator.emulators.integration.traces import Panel
from simulator.emulators.jira.session import Session, announce
from simulator.emulators.jira.state import development
from simulator.emulators.jira.state.callers import app_context, context_of
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.development import BRANCH, COMMIT
from simulator.emulators.jira.state.issues import Issue, issues_by_name
from simulator.emulators.jira.state.meta import Meta, MetaCache
from simulator.emulators.kit import accounts
from simulator.emulators.kit.database import after_commit
from simulator.emulators.kit.urls import Urls

logger = logging.getLogger(__name__)

MOST_SHOWN = 1000
"""Places at which the commits of one push are shown, a commit counted once for each issue that it names."""

_ABOUT_PULLS = ("pull_request", "pull_request_review", "issue_comment")

Note = Callable[[str, str, str], None]
"""Notes in the journal of a site, by a word for what it is, a line about something that could not be done."""


class GitHubForJira:
    """What `Instance.hears` is where both services are there. One for all sites, safe among threads."""

    def __init__(self, note: Note) -> None:
        self._cache = MetaCache()
        self._note = note

    def __call__(self, work: Work, notices: Sequence[Notice]) -> Sequence[str]:
        """Lines for whoever did it: what their commits asked for and could not be done."""
        if not has_request_context():  # a seed that is planted: nobody's work
            return ()
        told = self._told(work, notices)
        for kind, line in told:
            after_commit(work.connection, partial(self._note, work.site, kind, line))
        return _for_a_person([line for _, line in told])

    def _told(self, work: Work, notices: Sequence[Notice]) -> list[tuple[str, str]]:
        try:
            heard = _Heard.of(work, notices)
            return self._hear(work, heard) if heard else []
        except Exception:  # a push is a push, whatever Jira makes of it
            logger.exception("%s: what happened cannot be shown in Jira", work.repository.full_name)
            return []

    def _hear(self, work: Work, heard: _Heard) -> list[tuple[str, str]]:
        listening = _Listening(work, self._cache)
        concerning = heard.concerning(listening.app.meta)
        if concerning is None:
            return []
        with work.connection.begin_nested():
            told = listening.hear(concerning)
        return [(kind, _printable(line)) for kind, line in told]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heard:
    """What of the notices may concern issues."""

    moved: Sequence[Moved]
    pulls: Sequence[Pull]
    edited: frozenset[int]
    opened: frozenset[int]
    merged: frozenset[int]
    repository: str | None  # what became of the repository

    @classmethod
    def of(cls, work: Work, notices: Sequence[Notice]) -> _Heard | None:
        """None when nothing may."""
        about = {n.issue_id for n in notices if n.event in _ABOUT_PULLS and n.issue_id}
        edited = {n.issue_id for n in notices if n.event == "pull_request" and n.action == "edited"}
        pulls = [notice.detail["made"] for notice in notices if "made" in notice.detail]
        about -= {pull.id for pull in pulls}
        pulls += pulls_by_id(work, about).values() if about else ()
        closed = {n.issue_id for n in notices if n.event == "pull_request" and n.action == "closed"}
        heard = cls(
            moved=moved_branches(work, notices),
            pulls=[pull for pull in pulls if pull.id in edited or _names(pull)],
            edited=frozenset(edited),
            opened=frozenset(n.issue_id for n in notices if n.event == "pull_request" and n.action == "opened"),
            merged=frozenset(pull.id for pull in pulls if pull.is_merged and pull.id in closed),
            repository=next((n.action for n in notices if n.event == "repository"), None),
        )
        return heard._unless_empty()

    def concerning(self, meta: Meta) -> _Heard | None:
        """What of it names issues of projects that are there, or did name some; None when nothing does."""
        moved = [each for each in self.moved if each.leaves or any(map(meta.names_a_project, each.keys))]
        pulls = [pull for pull in self.pulls if pull.id in self.edited or any(map(meta.names_a_project, _names(pull)))]
        return replace(self, moved=moved, pulls=pulls)._unless_empty()

    def _unless_empty(self) -> _Heard | None:
        return self if self.moved or self.pulls or self.repository else None


def _names(pull: Pull) -> list[str]:
    return keys_in(f"{pull.issue.title}\n{pull.row.head_ref}\n{pull.issue.body or ''}")


@dataclass(slots=True)
class _Listening:
    """One transaction's listening: the app's context, and those of the commits' authors."""

    work: Work
    cache: MetaCache
    app: Context = field(init=False)
    people: dict[str, Context | None] = field(init=False, default_factory=dict)
    room: int = MOST_SHOWN

    def __post_init__(self) -> None:
        work = self.work
        self.app = app_context(work.connection, self.cache, site=work.site, account=work.actor, now=work.at)

    def hear(self, heard: _Heard) -> list[tuple[str, str]]:
        """Do all that is to be done; gives what could not be, each with a word for what it was."""
        panel = Panel(self.app, self.work.repository, Urls.of_request())
        if heard.repository:
            self._repository(panel, heard.repository)
        told = [("SMART", line) for moved in heard.moved for line in self._moved(panel, moved)]
        for pull in heard.pulls:
            issues = issues_by_name(self.app, _names(pull))
            panel.pull(self.work, pull, issues)
            told += [("RULE", line) for line in self._follow_rules(heard, pull, issues.values())]
        for context in self._contexts():
            announce(Session(context=context, api="2"))
        return told[:MOST_TOLD]

    def _repository(self, panel: Panel, action: str) -> None:
        if not development.is_known(self.app, panel.repository.id):
            return
        if action == "deleted":
            development.forget_repository(self.app, panel.repository.id, links=panel.links)
        else:
            development.keep_repository(self.app, panel.code)

    def _moved(self, panel: Panel, moved: Moved) -> Iterable[str]:
        issues = issues_by_name(self.app, moved.keys)
        named = {key: issues[key] for key in keys_in(moved.branch) if key in issues}
        git = self.work.git
        if moved.leaves and development.is_known(self.app, panel.repository.id):
            panel.drop(COMMIT, without_a_branch(self.work, moved))
            if moved.tip is None:
                panel.drop(BRANCH, [moved.branch])
        if moved.tip is not None and named:
            panel.branch(moved.branch, moved.tip, named)
        obeying = Obeying(self.work.repository.network_id, self._context_for, self.app)
        for commit, keys in moved.commits:
            shown = {key: issues[key] for key in keys if key in issues}
            if shown and self.room >= len(shown):
                self.room -= len(shown)
                panel.commit(git, commit, shown)
            yield from obeying.obey(commit, merged=moved.merged)

    def _context_for(self, email: str) -> Context | None:
        known = email.strip().lower()
        if known not in self.people:
            account = accounts.by_email(self.work.connection, self.work.site, known) if known else None
            person = account if account and account.active and account.kind == "user" else None
            self.people[known] = self._context_of(person) if person else None
        return self.people[known]

    def _context_of(self, person: Any) -> Context:
        work = self.work
        return context_of(work.connection, self.cache, site=work.site, account=person, now=work.at)

    def _follow_rules(self, heard: _Heard, pull: Pull, issues: Iterable[Issue]) -> list[str]:
        rule = automation.MERGED if pull.id in heard.merged else automation.OPENED if pull.id in heard.opened else None
        actor = self._context_for(self.work.actor.email) if rule else None
        return automation.move(actor, issues, rule) if actor and rule else []

    def _contexts(self) -> list[Context]:
        return [self.app, *(context for context in self.people.values() if context)]


def _for_a_person(lines: list[str]) -> list[str]:
    return ["", "Jira could not do all that was asked for:", *(f"  {line}" for line in lines), ""] if lines else []


def _printable(line: str) -> str:
    # names and addresses of commits may hold what a terminal obeys
    return "".join(character if character.isprintable() else "?" for character in line)
