"""Things by their global ids."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from simulator.emulators.github.graphql.ids import GlobalId, read_id
from simulator.emulators.github.graphql.problems import unknown_node
from simulator.emulators.github.graphql.reading import Reader
from simulator.emulators.github.graphql.views.actors import actor_view
from simulator.emulators.github.graphql.views.base import show
from simulator.emulators.github.graphql.views.check_runs import CheckRunView, CheckSuiteView
from simulator.emulators.github.graphql.views.commits import commit_view
from simulator.emulators.github.graphql.views.git_objects import object_view
from simulator.emulators.github.graphql.views.line_comments import thread_views
from simulator.emulators.github.graphql.views.protection import ProtectionView
from simulator.emulators.github.graphql.views.reactions import ReactionView
from simulator.emulators.github.graphql.views.refs import ref_view
from simulator.emulators.github.graphql.views.timeline import event_view
from simulator.emulators.github.state import changes, check_suites, checks, homes, review_comments, teams
from simulator.emulators.github.state.comments import find_comment
from simulator.emulators.github.state.events import event_by_id
from simulator.emulators.github.state.issues import issues_by_id
from simulator.emulators.github.state.milestones import milestones_by_id
from simulator.emulators.github.state.releases import find_release
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.reviews import PENDING, reviews_by_id

Finder = Callable[[Reader, Repository, Any], Any]
"""Finds a thing of a repository by its number or name."""

_ACCOUNTS = {"User": "user", "Organization": "organization", "Bot": "bot"}
_SUBJECTS = {
    "comment": "IssueComment",
    "review": "PullRequestReview",
    "review_comment": "PullRequestReviewComment",
    "release": "Release",
}


def node_view(reader: Reader, node_id: str) -> Any:
    """The thing with a global id. Raises Problem when there is none that the caller may see."""
    wanted = read_id(node_id)
    found = _find(reader, wanted) if wanted else None
    if found is None:
        raise unknown_node(node_id)
    return found


def _find(reader: Reader, wanted: GlobalId) -> Any:
    kind = wanted.kind
    if kind in _ACCOUNTS:
        account = reader.accounts.get(wanted.number)
        return actor_view(reader, account) if account and account.kind == _ACCOUNTS[kind] else None
    if kind == "Repository":
        found = reader.repository_by_id(wanted.number)
        return show(reader, "Repository", found) if found else None
    if kind == "Team":
        team = teams.team_by_id(reader.connection, reader.site, wanted.number)
        seen = team is not None and teams.sees(reader.connection, team, reader.viewer)
        return show(reader, "Team", team) if seen else None
    if kind in _NUMBERED and wanted.number:
        home = homes.home_of(reader.connection, reader.site, kind, wanted.number)
        repository = reader.repository_by_id(home)
        return _NUMBERED[kind](reader, repository, wanted.number) if repository else None
    if kind in _NAMED:
        number, name = wanted.in_repository
        repository = reader.repository_by_id(number)
        return _NAMED[kind](reader, repository, name) if repository else None
    return None


def _issue(reader: Reader, repository: Repository, number: int) -> Any:
    return _conversation(reader, repository, number, is_pull=False)


def _pull(reader: Reader, repository: Repository, number: int) -> Any:
    return _conversation(reader, repository, number, is_pull=True)


def _conversation(reader: Reader, repository: Repository, number: int, *, is_pull: bool | None) -> Any:
    around = reader.around(repository)
    row = issues_by_id(around.place, [number]).get(number)
    if row is None or is_pull not in (None, row.is_pull):
        return None
    around.expect_issues([row])
    return show(reader, "PullRequest" if row.is_pull else "Issue", repository, row)


def _comment(reader: Reader, repository: Repository, number: int) -> Any:
    row = find_comment(reader.around(repository).place, number)
    return show(reader, "IssueComment", repository, row) if row else None


def _label(reader: Reader, repository: Repository, number: int) -> Any:
    row = homes.label_by_id(reader.around(repository).place, number)
    return show(reader, "Label", repository, row) if row else None


def _milestone(reader: Reader, repository: Repository, number: int) -> Any:
    row = milestones_by_id(reader.around(repository).place, [number]).get(number)
    return show(reader, "Milestone", repository, row) if row else None


def _release(reader: Reader, repository: Repository, number: int) -> Any:
    row = find_release(reader.around(repository).place, number)
    hidden = row is not None and row.draft and reader.permission(repository) not in ("push", "maintain", "admin")
    return show(reader, "Release", repository, row) if row and not hidden else None


def _review(reader: Reader, repository: Repository, number: int) -> Any:
    around = reader.around(repository)
    row = reviews_by_id(around.place, [number]).get(number)
    if row is None or (row.state == PENDING and row.author_id != reader.viewer.id):
        return None
    return show(reader, "PullRequestReview", repository, around.pulls.get(row.pull_id), row)


def _line_comment(reader: Reader, repository: Repository, number: int) -> Any:
    around = reader.around(repository)
    row = review_comments.find(around.place, number, viewer_id=reader.viewer.id)
    return show(reader, "PullRequestReviewComment", repository, around.pulls.get(row.pull_id), row) if row else None


def _thread(reader: Reader, repository: Repository, number: int) -> Any:
    around = reader.around(repository)
    row = review_comments.find(around.place, number, viewer_id=reader.viewer.id)
    pull = around.pulls.get(row.pull_id) if row else None
    threads = thread_views(reader, repository, pull) if pull else []
    return next((thread for thread in threads if thread.first.id == number), None)


def _check_run(reader: Reader, repository: Repository, number: int) -> Any:
    row = checks.find_run(reader.connection, repository, number)
    commit = commit_view(reader, repository, row.head_sha) if row else None
    return CheckRunView(commit, row) if row and commit else None


def _check_suite(reader: Reader, repository: Repository, number: int) -> Any:
    row = check_suites.find_suite(reader.connection, repository, number)
    commit = commit_view(reader, repository, row.head_sha) if row else None
    if row is None or commit is None:
        return None
    runs = [run for run in commit.around.check_runs.get(commit.oid) or () if run.suite_id == row.id]
    return CheckSuiteView(commit, row.id, runs)


def _event(reader: Reader, repository: Repository, number: int) -> Any:
    row = event_by_id(reader.around(repository).place, number)
    conversation = _conversation(reader, repository, row.issue_id, is_pull=None) if row else None
    return event_view(conversation, row) if row and conversation else None


def _reaction(reader: Reader, repository: Repository, number: int) -> Any:
    place = reader.around(repository).place
    kind, subject_id = homes.reacted_to(place, number) or ("", 0)
    if kind == "issue":
        subject = _conversation(reader, repository, subject_id, is_pull=None)
    else:
        subject = _NUMBERED[_SUBJECTS[kind]](reader, repository, subject_id) if kind in _SUBJECTS else None
    rows = subject.around.reactions(kind).get(subject_id) or () if subject else ()
    return next((ReactionView(subject, row) for row in rows if row.id == number), None)


def _ref(reader: Reader, repository: Repository, name: str) -> Any:
    return ref_view(reader, repository, name) if not name.startswith("refs/pull/") else None


def _object(reader: Reader, repository: Repository, oid: str) -> Any:
    if len(oid) != 40 or not oid.isalnum():
        return None
    try:
        found = changes.git(reader.around(repository).place).get(oid)
    except ValueError:
        return None
    return object_view(reader, repository, found) if found is not None else None


def _protection(reader: Reader, repository: Repository, branch: str) -> Any:
    rule = reader.around(repository).protections.get(branch)
    return ProtectionView(reader, repository, rule) if rule and reader.permission(repository) != "pull" else None


_NUMBERED: Mapping[str, Finder] = {
    "Issue": _issue,
    "PullRequest": _pull,
    "IssueComment": _comment,
    "Label": _label,
    "Milestone": _milestone,
    "Release": _release,
    "PullRequestReview": _review,
    "PullRequestReviewComment": _line_comment,
    "PullRequestReviewThread": _thread,
    "CheckRun": _check_run,
    "CheckSuite": _check_suite,
    "Event": _event,
    "Reaction": _reaction,
}
_NAMED: Mapping[str, Finder] = {
    "Ref": _ref,
    "Commit": _object,
    "Tree": _object,
    "Blob": _object,
    "Tag": _object,
    "BranchProtectionRule": _protection,
}
