"""The bodies of requests that make or edit a repository."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pygit2

from simulator.emulators.github.errors import FieldError, ValidationFailed
from simulator.emulators.github.fields import Fields
from simulator.emulators.github.payloads.repositories import ECHOED
from simulator.emulators.github.state import repositories
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.gitserver import refs
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.database import Connection

_FLAGS = (
    "has_issues",
    "allow_merge_commit",
    "allow_squash_merge",
    "allow_rebase_merge",
    "allow_auto_merge",
    "delete_branch_on_merge",
)
_UNFIT = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST_NAME = 100
LONGEST_DESCRIPTION = 350
"""Characters of a description or homepage."""

_FORK_STAYS = "The visibility of a fork can't be changed. Please duplicate the repository."
_NO_METHOD = "Sorry, you need to allow at least one merge strategy. (no_merge_method)"


def read_new(
    connection: Connection, owner: Account, body: Mapping[str, Any]
) -> tuple[str, dict[str, Any], dict[str, str] | None]:
    """Name, settings and first files of a new repository. Raises ValidationFailed or InvalidRequest."""
    fields = Fields(body, "Repository")
    _check_templates(fields)
    name = free_name(connection, owner, fields.required("name"))
    settings = {**_columns(fields), **_echoed(body)}
    readme = f"# {name}\n" + (f"{settings['description']}\n" if settings.get("description") else "")
    return name, settings, {"README.md": readme} if fields.flag("auto_init") else None


def _check_templates(fields: Fields) -> None:
    """Licences and lists of ignored files are not kept here, so a repository with one is refused and not made without it."""
    asked = [name for name in ("license_template", "gitignore_template") if fields.text(name)]
    if asked:
        message = "is not emulated: leave it out and commit the file yourself"
        raise ValidationFailed(
            [
                FieldError(resource="Repository", field=name, code="custom", message=f"{name} {message}")
                for name in asked
            ]
        )


def read_changes(
    connection: Connection, git: pygit2.Repository, repository: Repository, body: Mapping[str, Any]
) -> dict[str, Any]:
    """The columns to change. Raises ValidationFailed or InvalidRequest."""
    fields = Fields(body, "Repository")
    changes = _columns(fields)
    name = fields.text("name")
    if name is not None and name.lower() != repository.name.lower():
        changes["name"] = free_name(connection, repository.owner, name)
    elif name is not None:
        changes["name"] = _tidy(name)
    if fields.text("default_branch") is not None:
        changes["default_branch"] = _existing_branch(git, fields.required("default_branch"))
    if body.get("archived") is not None:
        changes["archived"] = fields.flag("archived")
    _check_merge_methods(repository, changes)
    if repository.is_fork and changes.get("private", repository.private) != repository.private:
        raise ValidationFailed(message=_FORK_STAYS)
    return {**changes, "settings": {**repository.settings, **_echoed(body)}}


def _columns(fields: Fields) -> dict[str, Any]:
    found: dict[str, Any] = {name: fields.flag(name) for name in _FLAGS if fields.body.get(name) is not None}
    for name in ("description", "homepage"):
        if name in fields:
            found[name] = fields.text(name, limit=LONGEST_DESCRIPTION)
    visibility = fields.choice("visibility", ("public", "private", "internal"))
    if visibility is not None:
        found["private"] = visibility != "public"
    elif fields.body.get("private") is not None:
        found["private"] = fields.flag("private")
    return found


def _echoed(body: Mapping[str, Any]) -> dict[str, Any]:
    return {name: body[name] for name, usual in ECHOED.items() if isinstance(body.get(name), type(usual))}


def free_name(connection: Connection, owner: Account, wanted: str) -> str:
    """A name for a repository of an owner, tidied as GitHub does. Raises ValidationFailed when it is none or taken."""
    name = read_name(wanted)
    if repositories.by_name(connection, owner.site, owner.login, name) is not None:
        raise name_taken()
    return name


def read_name(wanted: str) -> str:
    """The name of a repository, tidied as GitHub does. Raises ValidationFailed when it is none."""
    name = _tidy(wanted)
    if not name:
        raise ValidationFailed([_about_name("missing_field", None)], "Repository creation failed.")
    if len(name) > _LONGEST_NAME:
        raise ValidationFailed([_about_name("custom", f"name is too long (maximum is {_LONGEST_NAME} characters)")])
    if name in (".", "..") or name.lower().endswith((".git", ".wiki")):
        raise ValidationFailed([_about_name("custom", f"name {name} is reserved")], "Repository creation failed.")
    return name


def name_taken() -> ValidationFailed:
    """What is said about a name that another repository of the owner has."""
    message = "name already exists on this account"
    return ValidationFailed([_about_name("custom", message)], "Repository creation failed.")


def _tidy(wanted: str) -> str:
    return _UNFIT.sub("-", wanted.strip())


def _about_name(code: str, message: str | None) -> FieldError:
    return FieldError(resource="Repository", field="name", code=code, message=message)


def _existing_branch(git: pygit2.Repository, branch: str) -> str:
    if refs.read_ref(git, f"refs/heads/{branch}") is None:
        message = f"The branch {branch} was not found. Please push that ref first or create it via the Git Data API."
        raise ValidationFailed(
            [FieldError(resource="Repository", field="default_branch", code="invalid", message=message)]
        )
    return branch


def _check_merge_methods(repository: Repository, changes: Mapping[str, Any]) -> None:
    methods = ("allow_merge_commit", "allow_squash_merge", "allow_rebase_merge")
    if not any(changes.get(name, getattr(repository, name)) for name in methods):
        error = FieldError(resource="Repository", field="merge_commit_allowed", code="invalid", message=_NO_METHOD)
        raise ValidationFailed([error])
