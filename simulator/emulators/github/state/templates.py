"""Repositories made from a template: its files, and nothing of its history.

Source: https://docs.github.com/en/repositories/creating-and-managing-repositories/creating-a-repository-from-a-template
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pygit2
from sqlalchemy import Connection

from simulator.emulators.github.state.forks import note_branches
from simulator.emulators.github.state.new_repositories import create_repository
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.gitserver import history, refs, store
from simulator.emulators.gitserver.borrowing import borrow_tree
from simulator.emulators.gitserver.writing import commit_tree, signature
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.instance import Instance

_HEADS = "refs/heads/"
_MESSAGE = "Initial commit"


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyWish:
    """The repository to be made of a template."""

    owner: Account
    name: str
    description: str | None = None
    private: bool = False
    all_branches: bool = False


def make_from_template(
    connection: Connection, instance: Instance, template: Repository, wish: CopyWish, actor: Account
) -> Repository:
    """A new repository with the template's files, each branch in one commit without parents. Raises NameTaken."""
    source = instance.repository_path(template.site, template.id)
    at = instance.now()

    def grow(target: Path) -> None:
        _grow(source, target, template.default_branch, all_branches=wish.all_branches, who=_signature(actor, at))

    made = create_repository(
        connection,
        instance,
        site=template.site,
        owner=wish.owner,
        name=wish.name,
        grow=grow,
        private=wish.private,
        description=wish.description,
        default_branch=template.default_branch,
        template_id=template.id,
    )
    note_branches(connection, instance, made, actor)
    return made


def _grow(source: Path, target: Path, default_branch: str, *, all_branches: bool, who: pygit2.Signature) -> None:
    made, template = store.create(target, default_branch=default_branch), store.opened(source)
    for ref, sha in refs.list_refs(template, _HEADS).items():
        if all_branches or ref == _HEADS + default_branch:
            tree = history.commit(template, sha).tree
            borrow_tree(template, made, tree)
            fresh = commit_tree(made, str(tree.id), parents=(), message=_MESSAGE, author=who, committer=who)
            refs.write_ref(made, ref, fresh, expected=None)


def _signature(actor: Account, at: datetime) -> pygit2.Signature:
    email = actor.email or f"{actor.login}@users.noreply.github.com"
    return signature(actor.name or actor.login, email, at)
