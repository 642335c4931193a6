"""Branches, commits and pull requests as Jira's development panel keeps them, with a remote link on each issue that they name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import pygit2

from simulator.emulators.github.state import repositories, reviews
from simulator.emulators.github.state.pull_rows import Pull
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.review_requests import requested_of
from simulator.emulators.github.state.reviews import Review
from simulator.emulators.github.state.work import Place
from simulator.emulators.gitserver import diffs
from simulator.emulators.jira.errors import JiraError, NotFound
from simulator.emulators.jira.state import development
from simulator.emulators.jira.state.context import Context
from simulator.emulators.jira.state.development import (
    APPROVED,
    BRANCH,
    COMMIT,
    DECLINED,
    DRAFT,
    MERGED,
    NEEDS_WORK,
    OPEN,
    PULL,
    UNDECIDED,
    CodeRepository,
    Trace,
)
from simulator.emulators.jira.state.issues import Issue, read_issues
from simulator.emulators.jira.state.remote_links import delete_remote_link, find_global_link, save_remote_link
from simulator.emulators.kit import accounts
from simulator.emulators.kit.urls import Urls

LONGEST_MESSAGE = 2000
"""Characters of a message that are kept."""

_LONGEST_TITLE = 250
_APPLICATION = {"type": "com.github.integration.production", "name": "GitHub"}


@dataclass(frozen=True, slots=True)
class Panel:
    """Where traces are left: in Jira, of one repository, with addresses as the present request's sender would reach them."""

    context: Context
    repository: Repository
    urls: Urls

    @property
    def code(self) -> CodeRepository:
        """The repository as Jira knows it."""
        return CodeRepository(id=self.repository.id, name=self.repository.full_name, private=self.repository.private)

    @property
    def links(self) -> str:
        """What the global ids of the repository's remote links begin with."""
        return f"github={self.repository.id}&"

    def branch(self, name: str, tip: pygit2.Commit, issues: Mapping[str, Issue]) -> None:
        """Show a branch that has moved."""
        content = {"commit": {"id": str(tip.id), **_commit(tip)}}
        self._show(BRANCH, name, content, issues.values(), at=self.context.now, title=f"Branch {name}")

    def commit(self, git: pygit2.Repository, found: pygit2.Commit, issues: Mapping[str, Issue]) -> None:
        """Show a commit."""
        parent = str(found.parent_ids[0]) if found.parent_ids else None
        files = len(diffs.changed_files(git, parent, str(found.id), patches=False))
        content = {**_commit(found), "merge": len(found.parent_ids) > 1, "files": files}
        subject = found.message.strip().partition("\n")[0]
        title = f"{str(found.id)[:7]} {subject}"
        self._show(COMMIT, str(found.id), content, issues.values(), at=_authored(found), title=title)

    def pull(self, place: Place, pull: Pull, issues: Mapping[str, Issue]) -> None:
        """Show a pull request as it is now, on these issues and no others."""
        state = _state(pull)
        title = f"{pull.issue.title} #{pull.number}"
        resolved, number = not pull.is_open, str(pull.number)
        content = _pull(place, pull)
        self._show(
            PULL, number, content, issues.values(), at=self.context.now, title=title, state=state, resolved=resolved
        )

    def drop(self, kind: str, refs: Sequence[str]) -> None:
        """Show things no more, and take their links away."""
        gone = development.drop(self.context, self.repository.id, kind, refs)
        issues = read_issues(self.context, {number for numbers in gone.values() for number in numbers})
        for ref, numbers in gone.items():
            self._unlink(kind, ref, [issues[number] for number in numbers if number in issues])

    def _show(
        self,
        kind: str,
        ref: str,
        content: Mapping[str, Any],
        issues: Iterable[Issue],
        *,
        at: datetime,
        title: str,
        state: str = "",
        resolved: bool = False,
    ) -> None:
        trace = Trace(repository=self.code, kind=kind, ref=ref, content=content, at=at, state=state)
        wanted = {issue.id: issue for issue in issues}
        new, gone = development.keep(self.context, trace, wanted)
        for issue in wanted.values() if kind == PULL else [wanted[number] for number in sorted(new)]:
            self._link(issue, kind, ref, title, resolved=resolved)
        if gone:
            self._unlink(kind, ref, read_issues(self.context, gone).values())

    def _link(self, issue: Issue, kind: str, ref: str, title: str, *, resolved: bool) -> None:
        there = {
            "url": self.urls.html(f"/{self.repository.full_name}{path_of(kind, ref)}"),
            "title": title[:_LONGEST_TITLE],
            "icon": {"title": "GitHub"},
            "status": {"resolved": resolved},
        }
        given = {"globalId": self._global_id(kind, ref), "application": _APPLICATION, "object": there}
        with suppress(JiraError):  # an issue that may not be linked shows its development all the same
            save_remote_link(self.context, issue, given | {"relationship": _RELATIONSHIPS[kind]})

    def _unlink(self, kind: str, ref: str, issues: Iterable[Issue]) -> None:
        for issue in issues:
            with suppress(NotFound):  # whoever administers the issue may have taken it away
                link = find_global_link(self.context, issue, self._global_id(kind, ref))
                delete_remote_link(self.context, issue, link)

    def _global_id(self, kind: str, ref: str) -> str:
        return f"{self.links}{kind}={quote(ref, safe='')}"[:255]


def path_of(kind: str, ref: str) -> str:
    """Where a thing's page is, below its repository's."""
    return f"{_PATHS[kind]}/{quote(ref)}"


_PATHS = {BRANCH: "/tree", COMMIT: "/commit", PULL: "/pull"}
_VERDICTS = {reviews.APPROVED: APPROVED, reviews.CHANGES_REQUESTED: NEEDS_WORK}
_RELATIONSHIPS = {BRANCH: "branch", COMMIT: "commit", PULL: "pull request"}


def _commit(found: pygit2.Commit) -> dict[str, Any]:
    return {
        "message": found.message.strip()[:LONGEST_MESSAGE],
        "author": {"name": found.author.name, "email": found.author.email},
        "at": _authored(found).isoformat(),
    }


def _authored(found: pygit2.Commit) -> datetime:
    try:
        return datetime.fromtimestamp(found.author.time, UTC)
    except (OverflowError, ValueError, OSError):  # whoever commits may write any number
        return datetime.fromtimestamp(0, UTC)


def _state(pull: Pull) -> str:
    if pull.is_open:
        return DRAFT if pull.row.draft else OPEN
    return MERGED if pull.is_merged else DECLINED


def _pull(place: Place, pull: Pull) -> dict[str, Any]:
    words = reviews.last_words(place, pull.id)
    asked = {*words, *requested_of(place, [pull.id]).get(pull.id, ())}
    people = {n: accounts.by_id(place.connection, place.site, n) for n in {*asked, pull.issue.author_id}}
    author = people[pull.issue.author_id]
    return {
        "title": pull.issue.title,
        "author": author.name or author.login if author else "",
        "author_id": pull.issue.author_id,
        "source": pull.row.head_ref,
        "fork": _fork(place, pull),
        "destination": pull.row.base_ref,
        "comments": pull.issue.comments,
        "reviewers": [
            {"id": number, "name": person.name or person.login, "verdict": _verdict(words.get(number))}
            for number, person in sorted(people.items())
            if person is not None and number in asked
        ],
    }


def _fork(place: Place, pull: Pull) -> str | None:
    """Where the source branch lies when it is not in the repository itself; None for a fork that is gone, too."""
    if pull.row.head_repository_id in (None, pull.row.repository_id):
        return None
    found = repositories.by_id(place.connection, place.site, pull.row.head_repository_id)
    return found.full_name if found else None


def _verdict(review: Review | None) -> str:
    return _VERDICTS.get(review.state, UNDECIDED) if review else UNDECIDED
