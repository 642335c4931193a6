"""One commit of several files at the end of a branch, guarded by the end that the caller saw.

Source: https://docs.github.com/en/graphql/reference/mutations#createcommitonbranch
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.emulators.github.errors import Conflict, NotFound, ValidationFailed
from simulator.emulators.github.state import changes
from simulator.emulators.github.state.api_rules import forbidden
from simulator.emulators.github.state.pull_refs import GITHUB
from simulator.emulators.github.state.refs import move_ref
from simulator.emulators.github.state.work import Work
from simulator.emulators.gitserver import history
from simulator.emulators.gitserver.errors import BadName, NoSuchObject, RefMoved
from simulator.emulators.gitserver.refs import RefUpdate
from simulator.emulators.gitserver.writing import commit_tree, edit_tree, signature


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchCommit:
    """What to commit: files with their content, None for those to delete."""

    branch: str
    expected: str
    message: str
    files: Mapping[str, bytes | None]


def commit_on_branch(work: Work, wanted: BranchCommit) -> str:
    """Commit the files in the actor's name and move the branch; gives the commit's id.

    Raises NotFound without the branch, Conflict when it is elsewhere or its rules forbid this, ValidationFailed for a bad
    path, for a file to delete that is not there, and when nothing changes.
    """
    tip = changes.tip(work, wanted.branch)
    if tip is None:
        raise NotFound(f'No branch named "{wanted.branch}"')
    if tip != wanted.expected:
        raise _moved(wanted, tip)
    sha = _commit(work, tip, wanted)
    update = RefUpdate(ref=f"refs/heads/{wanted.branch}", before=tip, after=sha)
    reason = forbidden(work, update, work.actor)
    if reason:
        raise Conflict(reason)
    try:
        move_ref(work.connection, work.instance, work.repository, update, work.actor)
    except RefMoved as exc:
        raise _moved(wanted, exc.actual) from exc
    return sha


def _commit(work: Work, tip: str, wanted: BranchCommit) -> str:
    git = changes.git(work)
    before = str(history.commit(git, tip).tree_id)
    try:
        tree = edit_tree(git, before, wanted.files)
    except BadName as exc:
        raise ValidationFailed(message=str(exc)) from exc
    except NoSuchObject as exc:
        raise ValidationFailed(message=f"A path was requested for deletion which does not exist: {exc}") from exc
    author = signature(work.actor.name or work.actor.login, work.actor.email, work.at)
    committer = signature(*GITHUB, work.at)
    return commit_tree(git, tree, parents=(tip,), message=wanted.message, author=author, committer=committer)


def _moved(wanted: BranchCommit, actual: str | None) -> Conflict:
    return Conflict(f'Expected branch to point to "{wanted.expected}" but it points to "{actual}". Pull and try again.')
