"""Workflows: the files of `.github/workflows`, and whether they are switched on.

A file becomes known when somebody looks, or when it runs first; its number stays. One that is on no branch any more is deleted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import pygit2
from sqlalchemy import ColumnElement, and_, func, insert, select, update

from simulator.emulators.github.state.work import Place
from simulator.emulators.github.state.workflow_files import FOLDER
from simulator.emulators.github.state.workflow_text import WorkflowText, read_workflow
from simulator.emulators.github.tables import workflows
from simulator.emulators.gitserver import history, refs
from simulator.emulators.gitserver.errors import NoSuchObject
from simulator.emulators.kit.database import next_value

ACTIVE, DELETED, DISABLED = "active", "deleted", "disabled_manually"
_ENDINGS = (".yml", ".yaml")
_MOST_FILES = 500
_MOST_BRANCHES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Workflow:
    """A workflow file and its state: active, deleted or disabled_manually."""

    id: int
    path: str
    name: str
    state: str
    created_at: datetime
    updated_at: datetime

    @property
    def file_name(self) -> str:
        """The last part of the path, by which requests may name it too."""
        return self.path.rpartition("/")[2]


_COLUMNS = [workflows.c[name] for name in Workflow.__slots__]


def files_at(git: pygit2.Repository, sha: str) -> dict[str, WorkflowText]:
    """The workflow files of a commit by their paths, in order."""
    try:
        folder = history.commit(git, sha).tree[FOLDER]
    except (KeyError, NoSuchObject):
        return {}
    if not isinstance(folder, pygit2.Tree):
        return {}
    entries = [each for each in folder if str(each.name).endswith(_ENDINGS) and isinstance(each, pygit2.Blob)]
    return {f"{FOLDER}/{each.name}": read_workflow(bytes(each.data)) for each in entries[:_MOST_FILES]}


def is_settled(place: Place) -> bool:
    """Whether the rows say what the files say; otherwise `settle` is to be called."""
    return not _changes(place)


def settle(place: Place, *, at: datetime) -> None:
    """Bring the rows to what the files of the default branch say. Asks for a writing transaction."""
    for before, after in _changes(place):
        if before is None:
            _add(place, replace(after, created_at=at, updated_at=at))
        else:
            _change(place, replace(after, updated_at=at))


def workflow_at(place: Place, path: str, text: WorkflowText, *, at: datetime) -> Workflow:
    """The workflow of a file that runs; a new row, or the one it has, not deleted any more."""
    row = place.connection.execute(select(*_COLUMNS).where(_here(place), workflows.c.path == path)).mappings().first()
    if row is None:
        return _add(place, _fresh(path, text, at))
    found = Workflow(**row)
    if found.state == DELETED:
        found = replace(found, state=ACTIVE, updated_at=at)
        _change(place, found)
    return found


def list_workflows(place: Place, *, limit: int, offset: int) -> tuple[list[Workflow], int]:
    """A page of the workflows in the order of their numbers, and how many there are."""
    total = place.connection.execute(select(func.count()).select_from(workflows).where(_here(place))).scalar_one()
    query = select(*_COLUMNS).where(_here(place)).order_by(workflows.c.id).limit(limit).offset(offset)
    return [Workflow(**row) for row in place.connection.execute(query).mappings()], total


def find_workflow(place: Place, named: str) -> Workflow | None:
    """A workflow by its number, or by the name of its file."""
    by_number = workflows.c.id == int(named) if named.isascii() and named.isdigit() and len(named) < 19 else None
    match = by_number if by_number is not None else workflows.c.path.in_((named, f"{FOLDER}/{named}"))
    row = place.connection.execute(select(*_COLUMNS).where(_here(place), match)).mappings().first()
    return Workflow(**row) if row else None


def workflows_by_id(place: Place, ids: set[int]) -> dict[int, Workflow]:
    """Workflows by their numbers."""
    rows = place.connection.execute(select(*_COLUMNS).where(_here(place), workflows.c.id.in_(ids))).mappings()
    return {row["id"]: Workflow(**row) for row in rows}


def switch(place: Place, workflow: Workflow, *, on: bool, at: datetime) -> None:
    """Let a workflow run, or not."""
    if workflow.state != DELETED:
        _change(place, replace(workflow, state=ACTIVE if on else DISABLED, updated_at=at))


def _changes(place: Place) -> list[tuple[Workflow | None, Workflow]]:
    git = place.git
    tip = refs.read_ref(git, f"refs/heads/{place.repository.default_branch}")
    files = files_at(git, tip) if tip else {}
    rows = place.connection.execute(select(*_COLUMNS).where(_here(place))).mappings()
    known = {row["path"]: Workflow(**row) for row in rows}
    epoch = place.repository.created_at
    changes: list[tuple[Workflow | None, Workflow]] = [
        (None, _fresh(path, text, epoch)) for path, text in files.items() if path not in known
    ]
    for path, before in known.items():
        after = _as_in_file(before, files.get(path))
        if after.state == DELETED != before.state and _is_elsewhere(git, path):
            continue
        if after != before:
            changes.append((before, after))
    return changes


def _as_in_file(before: Workflow, text: WorkflowText | None) -> Workflow:
    if text is None:
        return replace(before, state=DELETED)
    return replace(before, name=text.name or before.path, state=ACTIVE if before.state == DELETED else before.state)


def _is_elsewhere(git: pygit2.Repository, path: str) -> bool:
    tips: Mapping[str, str] = refs.list_refs(git, "refs/heads/")
    return any(path in history.commit(git, tip).tree for tip in list(tips.values())[:_MOST_BRANCHES])


def _fresh(path: str, text: WorkflowText, at: datetime) -> Workflow:
    return Workflow(id=0, path=path, name=text.name or path, state=ACTIVE, created_at=at, updated_at=at)


def _add(place: Place, workflow: Workflow) -> Workflow:
    made = replace(workflow, id=next_value(place.connection, place.site, "gh_workflows"))
    row = {name: getattr(made, name) for name in Workflow.__slots__}
    place.connection.execute(insert(workflows), {**row, "site": place.site, "repository_id": place.repository.id})
    return made


def _change(place: Place, workflow: Workflow) -> None:
    values = {name: getattr(workflow, name) for name in ("name", "state", "updated_at")}
    place.connection.execute(update(workflows).where(_here(place), workflows.c.id == workflow.id).values(**values))


def _here(place: Place) -> ColumnElement[bool]:
    return and_(workflows.c.site == place.site, workflows.c.repository_id == place.repository.id)
