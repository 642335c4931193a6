"""One commit that writes or deletes one file on a branch, guarded by the sha that the caller saw.

Source: https://docs.github.com/en/rest/repos/contents#create-or-update-file-contents
"""

from __future__ import annotations

from dataclasses import dataclass

import pygit2

from simulator.emulators.github.errors import Conflict, NotFound, ValidationFailed
from simulator.emulators.github.state.api_rules import forbidden
from simulator.emulators.github.state.contents import entry_at
from simulator.emulators.github.state.refs import move_ref
from simulator.emulators.github.state.revisions import is_empty
from simulator.emulators.github.state.violations import RULES_BROKEN
from simulator.emulators.github.state.work import Place
from simulator.emulators.gitserver import history, refs
from simulator.emulators.gitserver.errors import BadName, RefMoved
from simulator.emulators.gitserver.refs import RefUpdate
from simulator.emulators.gitserver.writing import check_path, commit_tree, edit_tree
from simulator.emulators.kit.accounts import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class FileEdit:
    """A file to write (`content`) or to delete (None). `sha` is the blob that the caller saw, None for a new file."""

    path: str
    content: bytes | None
    sha: str | None
    branch: str
    message: str
    author: pygit2.Signature
    committer: pygit2.Signature


def commit_file(place: Place, edit: FileEdit, account: Account) -> pygit2.Commit:
    """Commit the edit and move the branch; an empty repository gets its first commit.

    Raises NotFound without the branch, Conflict when the file is another one by now or the branch is protected,
    ValidationFailed for a bad path or a missing sha.
    """
    git = place.git
    ref = f"refs/heads/{edit.branch}"
    tip = refs.read_ref(git, ref)
    if tip is None and not is_empty(git):
        raise NotFound(f"Branch {edit.branch} not found")
    _check_file(history.commit(git, tip) if tip else None, edit)
    sha = _commit(git, tip, edit)
    update = RefUpdate(ref=ref, before=tip, after=sha)
    reason = forbidden(place, update, account)
    if reason:
        against_rules = reason.startswith(RULES_BROKEN)
        raise Conflict(reason if against_rules else f"Could not {_verb(edit)} file: {reason}")
    try:
        move_ref(place.connection, place.instance, place.repository, update, account)
    except RefMoved as exc:
        raise Conflict(f"is at {exc.actual} but expected {tip}") from exc
    return history.commit(git, sha)


def _check_file(commit: pygit2.Commit | None, edit: FileEdit) -> None:
    try:
        check_path(edit.path)
    except BadName as exc:
        raise ValidationFailed(message=str(exc)) from exc
    there = entry_at(commit, edit.path) if commit is not None else None
    if isinstance(there, pygit2.Tree):
        raise ValidationFailed(message=f"{edit.path} is a directory")
    if there is None and (edit.content is None or edit.sha is not None):
        if edit.content is None:
            raise NotFound
        raise Conflict(f"{edit.path} does not match {edit.sha}")
    if there is not None and edit.sha is None:
        raise ValidationFailed(message='Invalid request.\n\n"sha" wasn\'t supplied.')
    if there is not None and str(there.id) != edit.sha:
        raise Conflict(f"{edit.path} does not match {edit.sha}")


def _commit(git: pygit2.Repository, tip: str | None, edit: FileEdit) -> str:
    before = str(history.commit(git, tip).tree_id) if tip else None
    try:
        tree = edit_tree(git, before, {edit.path: edit.content})
    except BadName as exc:
        raise ValidationFailed(message=str(exc)) from exc
    parents = (tip,) if tip else ()
    return commit_tree(git, tree, parents=parents, message=edit.message, author=edit.author, committer=edit.committer)


def _verb(edit: FileEdit) -> str:
    if edit.content is None:
        return "delete"
    return "create" if edit.sha is None else "update"
