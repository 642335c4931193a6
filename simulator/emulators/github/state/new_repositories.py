"""Making repositories: a row with GitHub's default labels, and a folder with a bare git repository."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pygit2
from sqlalchemy import Connection, insert

from simulator.emulators.github.state import former_names
from simulator.emulators.github.state.activity import Movement, record_activity
from simulator.emulators.github.state.labels import plant_default_labels
from simulator.emulators.github.state.repositories import Repository, by_id, name_to_itself
from simulator.emulators.github.tables import repositories
from simulator.emulators.gitserver import refs, store
from simulator.emulators.gitserver.writing import commit_tree, edit_tree, signature
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.database import hold, next_value
from simulator.emulators.kit.instance import Instance

_DEFAULTS: dict[str, Any] = {
    "private": False,
    "description": None,
    "default_branch": "main",
    "homepage": None,
    "archived": False,
    "has_issues": True,
    "allow_merge_commit": True,
    "allow_squash_merge": True,
    "allow_rebase_merge": True,
    "allow_auto_merge": False,
    "delete_branch_on_merge": False,
    "size_kb": 0,
    "parent_id": None,
    "source_id": None,
    "topics": None,
}


def create_repository(
    connection: Connection,
    instance: Instance,
    *,
    site: str,
    owner: Account,
    name: str,
    files: Mapping[str, str | bytes] | None = None,
    author: Account | None = None,
    grow: Callable[[Path], object] | None = None,
    **settings: Any,  # column values, and settings that are only echoed
) -> Repository:
    """A new repository with GitHub's default labels; `files` become its first commit, by `author` (else the owner).

    `grow` makes the git repository at a path, for those that do not begin empty. `settings` may be `private`, `description`,
    `default_branch` and the other columns, or anything that is only echoed. Raises NameTaken.
    """
    hold(connection, site)
    row = _new_row(site, next_value(connection, site, "gh_repositories"), owner, name, settings, at=instance.now())
    with name_to_itself(connection):
        connection.execute(insert(repositories), row)
    former_names.forget(connection, site, row["full_name_lower"])
    plant_default_labels(connection, site, row["id"])
    made = by_id(connection, site, row["id"])
    assert made is not None
    path = instance.repository_path(site, made.id)
    store.delete(path)  # of an attempt whose transaction was undone
    if grow is not None:
        grow(path)
        return made
    git = store.create(path, default_branch=made.default_branch)
    if files:
        _first_commit(connection, made, git, files, author or owner)
    return made


def _new_row(
    site: str, repository_id: int, owner: Account, name: str, settings: Mapping[str, Any], *, at: datetime
) -> dict[str, Any]:
    return {
        **_DEFAULTS,
        **{key: value for key, value in settings.items() if key in _DEFAULTS},
        "site": site,
        "id": repository_id,
        "owner_id": owner.id,
        "name": name,
        "full_name_lower": f"{owner.login}/{name}".lower(),
        "settings": {key: value for key, value in settings.items() if key not in _DEFAULTS},
        "created_at": at,
        "updated_at": at,
        "pushed_at": at,
    }


def _first_commit(
    connection: Connection,
    repository: Repository,
    git: pygit2.Repository,
    files: Mapping[str, str | bytes],
    author: Account,
) -> None:
    contents = {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}
    email = author.email or f"{author.login}@users.noreply.github.com"
    who = signature(author.name or author.login, email, repository.created_at)
    tree = edit_tree(git, None, contents)
    sha = commit_tree(git, tree, parents=(), message="Initial commit", author=who, committer=who)
    ref = f"refs/heads/{repository.default_branch}"
    refs.write_ref(git, ref, sha, expected=None)
    movement = Movement(kind="branch_creation", ref=ref, before=refs.ZERO, after=sha)
    record_activity(connection, repository.site, repository.id, movement, actor_id=author.id, at=repository.created_at)
