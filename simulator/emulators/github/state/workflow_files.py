"""Changes of workflow files, which take a scope of their own: in pushes and through the API.

A file that another branch of the repository has already, with the same content, may go anywhere: so a merge of a branch is free,
one of a fork is not.
Source: https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps#available-scopes (workflow)
"""

from __future__ import annotations

import pygit2

from simulator.emulators.github.state.push_rules import Movement
from simulator.emulators.github.state.work import Place
from simulator.emulators.gitserver import history, refs
from simulator.emulators.gitserver.judging import Refusal
from simulator.emulators.gitserver.refs import RefUpdate

SCOPE = "workflow"
FOLDER = ".github/workflows"
"""Where workflows lie."""

_File = tuple[str, str]
_WORDS = "refusing to allow a Personal Access Token to create or update workflow `{path}` without `workflow` scope"


def is_workflow(path: str) -> bool:
    """Whether a file of a repository is a workflow's."""
    return path.strip("/").startswith(f"{FOLDER}/")


def without_scope(movement: Movement) -> Refusal | None:
    """The refusal of a push that changes a workflow, for a token without the scope `workflow`."""
    path = _changed_by(movement.git, movement.update)
    return Refusal((), _WORDS.format(path=path)) if path else None


def refusal(place: Place, update: RefUpdate) -> str | None:
    """Why the token that was sent may not move a ref, in GitHub's words; None when it may, and where no token limits."""
    if place.scopes is None or SCOPE in place.scopes:
        return None
    path = _changed_by(place.git, update)
    return _WORDS.format(path=path) if path else None


def _changed_by(git: pygit2.Repository, update: RefUpdate) -> str | None:
    """A workflow as no branch has it yet that commits of the update bring, or one that they delete."""
    if update.after is None:
        return None
    tips = list(refs.list_refs(git, "refs/heads/").values())
    known: set[_File] = set()
    for commit in history.commits_beyond(git, tips, update.after):
        changed = _changed_in(commit)
        if changed and not known:
            known = {file for tip in tips for file in _files_in(_folder_of(history.commit(git, tip)))}
        fresh = sorted(path for path, blob in changed if not blob or (path, blob) not in known)
        if fresh:
            return f"{FOLDER}/{fresh[0]}"
    return None


def _changed_in(commit: pygit2.Commit) -> set[_File]:
    """The workflows that a commit has in another form than each of its parents; without a blob those that it deletes."""
    folder, before = _folder_of(commit), [_folder_of(parent) for parent in commit.parents]
    if any((folder and folder.id) == (other and other.id) for other in before):
        return set()
    files, others = _files_in(folder), [_files_in(other) for other in before]
    gone = set.intersection(*({path for path, _ in each} for each in others)) if others else set()
    return files.difference(*others) | {(path, "") for path in gone - {path for path, _ in files}}


def _folder_of(commit: pygit2.Commit) -> pygit2.Tree | None:
    try:
        found = commit.tree[FOLDER]
    except KeyError:
        return None
    return found if isinstance(found, pygit2.Tree) else None


def _files_in(folder: pygit2.Tree | None, above: str = "") -> set[_File]:
    """The files in a folder and those below it: their paths in it, and their blobs."""
    found: set[_File] = set()
    for entry in folder or ():
        path = f"{above}{entry.name}"
        found |= _files_in(entry, f"{path}/") if isinstance(entry, pygit2.Tree) else {(path, str(entry.id))}
    return found
