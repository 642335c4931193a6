"""A picture of both services in memory, as a plan changes it: what each action finds, and what it leaves.

Knows what the plan itself does and nothing of learners. Refuses to decide whether a service would allow it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import unified_diff
from pathlib import Path
from typing import Any

from simulator.model import actions as do
from simulator.model.agile import IssueDraft
from simulator.model.code import FileChange

_LONGEST_DIFF = 400
_FIRST_STATUS = "To Do"
_SHOWN_OF_ISSUES = ("summary", "type", "priority", "points", "labels", "reporter", "assignee", "parent", "description")
_NOT_SHOWN = frozenset({"actor", "issue", "pull", "files", "starter"})
_NOTHING: tuple[Any, ...] = ("", None, (), {})


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A field before and after; None where there was, or is, nothing."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Effect:
    """What an action changes: fields, and files as a unified diff."""

    changes: tuple[Change, ...]
    diff: str = ""


@dataclass(slots=True)
class Mirror:
    """Files by branch, fields by issue and by sprint, as far as the plan made them."""

    branches: dict[str, dict[str, str]] = field(default_factory=dict)
    issues: dict[str, dict[str, str]] = field(default_factory=dict)
    sprints: dict[str, dict[str, str]] = field(default_factory=dict)
    pulls: dict[str, dict[str, str]] = field(default_factory=dict)

    def take(self, action: do.Action) -> Effect:
        """What an action changes; the mirror shows it from then on."""
        way = _WAYS.get(type(action))
        made = way(self, action) if way else tuple(_as_given(action))
        return made if isinstance(made, Effect) else Effect(made)

    def _set(self, things: dict[str, dict[str, str]], name: str, values: Mapping[str, Any]) -> tuple[Change, ...]:
        before = things.setdefault(name, {})
        changes = []
        for key, value in values.items():
            after = written(value)
            if before.get(key) != after:
                changes.append(Change(field=key, before=before.get(key), after=after))
                before[key] = after
        return tuple(changes)

    def _write(self, branch: str, files: tuple[FileChange, ...], base: str) -> str:
        tree = self.branches.setdefault(branch, dict(self.branches.get(base, {})))
        diffs = [_diff(file.path, tree.get(file.path), file.content) for file in files]
        for file in files:
            if file.content is None:
                tree.pop(file.path, None)
            else:
                tree[file.path] = file.content
        return "".join(diff for diff in diffs if diff)


def written(value: Any) -> str:
    """A value as it is shown: lists with commas, nothing for what is empty."""
    if isinstance(value, tuple | list | set | frozenset):
        return ", ".join(written(item) for item in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {written(item)}" for key, item in value.items())
    if isinstance(value, float):
        return f"{value:g}"
    return "" if value is None else str(value)


def _as_given(action: do.Action) -> Iterator[Change]:
    """An action that leaves nothing to compare with: what it is given."""
    for each in dataclasses.fields(action):
        value = getattr(action, each.name)
        if each.name not in _NOT_SHOWN and value not in _NOTHING:
            yield Change(field=each.name.replace("_", " "), before=None, after=written(value))


def _diff(path: str, before: str | None, after: str | None) -> str:
    old, new = (before or "").splitlines(keepends=True), (after or "").splitlines(keepends=True)
    names = (f"a/{path}" if before is not None else "/dev/null", f"b/{path}" if after is not None else "/dev/null")
    lines = [line if line.endswith("\n") else f"{line}\n" for line in unified_diff(old, new, *names)]
    left = len(lines) - _LONGEST_DIFF
    return "".join(lines[:_LONGEST_DIFF]) + (f"… {left} more lines\n" if left > 0 else "")


def _create_repository(mirror: Mirror, action: Any) -> tuple[Change, ...]:
    starter = Path(action.starter)
    files = {path.relative_to(starter).as_posix(): _text(path) for path in sorted(starter.rglob("*")) if path.is_file()}
    mirror.branches[action.branch] = files
    listed = tuple(
        Change(field=path, before=None, after=f"{len(text.splitlines())} lines") for path, text in files.items()
    )
    return (*_as_given(action), *listed)


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8", errors="replace")


def _create_issues(mirror: Mirror, action: Any) -> tuple[Change, ...]:
    return tuple(
        dataclasses.replace(change, field=f"{draft.ref}: {change.field}")
        for draft in action.issues
        for change in mirror._set(mirror.issues, draft.ref, _fields(draft, action.sprint))
        if change.after
    )


def _fields(draft: IssueDraft, sprint: str | None) -> dict[str, Any]:
    return {**{name: getattr(draft, name) for name in _SHOWN_OF_ISSUES}, "status": _FIRST_STATUS, "sprint": sprint}


def _create_sprint(mirror: Mirror, action: Any) -> tuple[Change, ...]:
    for issue in action.issues:
        mirror._set(mirror.issues, issue, {"sprint": action.sprint.ref})
    draft = action.sprint
    given = {"name": draft.name, "goal": draft.goal, "start": draft.start, "end": draft.end, "issues": action.issues}
    return mirror._set(mirror.sprints, draft.ref, {**given, "state": "future"})


def _edit_issue(mirror: Mirror, action: Any) -> tuple[Change, ...]:
    changes = action.changes
    given = {each.name: getattr(changes, each.name) for each in dataclasses.fields(changes)}
    return mirror._set(
        mirror.issues, action.issue, {name: value for name, value in given.items() if value not in _NOTHING}
    )


def _close_sprint(mirror: Mirror, action: Any) -> tuple[Change, ...]:
    unfinished = [
        name
        for name, issue in mirror.issues.items()
        if issue.get("sprint") == action.sprint and issue["status"] != "Done"
    ]
    carried = (
        dataclasses.replace(change, field=f"{name}: sprint")
        for name in unfinished
        for change in mirror._set(mirror.issues, name, {"sprint": action.carry_to})
    )
    return (*mirror._set(mirror.sprints, action.sprint, {"state": "closed"}), *carried)


def _push(mirror: Mirror, action: Any) -> Effect:
    new = action.branch not in mirror.branches
    changes = [Change(field="branch", before=None, after=f"{action.branch} from {action.base}")] if new else []
    changes.append(Change(field="message", before=None, after=action.message))
    return Effect(tuple(changes), mirror._write(action.branch, action.files, action.base))


def _open(mirror: Mirror, action: Any) -> tuple[Change, ...]:
    names = ("title", "body", "branch", "base", "draft", "reviewers")
    return mirror._set(mirror.pulls, action.ref, {**{name: getattr(action, name) for name in names}, "state": "open"})


def _edit_pull(mirror: Mirror, action: Any) -> tuple[Change, ...]:
    given = {name: getattr(action, name) for name in ("title", "body") if getattr(action, name) is not None}
    return mirror._set(mirror.pulls, action.pull, given)


def _merge(mirror: Mirror, action: Any) -> tuple[Change, ...]:
    pull = mirror.pulls.get(action.pull, {})
    head, base = mirror.branches.get(pull.get("branch", "")), pull.get("base", "")
    if head is not None and base in mirror.branches:
        mirror.branches[base].update(head)
    return mirror._set(mirror.pulls, action.pull, {"state": f"merged ({action.method})"})


# One action class each: what is read of it is known to exist, so the argument is not narrowed.
_WAYS: Mapping[type[do.Action], Callable[[Mirror, Any], tuple[Change, ...] | Effect]] = {
    do.CreateRepository: _create_repository,
    do.CreateIssues: _create_issues,
    do.CreateSprint: _create_sprint,
    do.StartSprint: lambda m, a: m._set(m.sprints, a.sprint, {"state": "active"}),
    do.CloseSprint: _close_sprint,
    do.EditIssue: _edit_issue,
    do.TransitionIssue: lambda m, a: m._set(m.issues, a.issue, {"status": a.status}),
    do.AssignIssue: lambda m, a: m._set(m.issues, a.issue, {"assignee": a.assignee}),
    do.MoveIssue: lambda m, a: m._set(m.issues, a.issue, {"sprint": a.sprint}),
    do.PushCommit: _push,
    do.OpenPullRequest: _open,
    do.EditPullRequest: _edit_pull,
    do.ClosePullRequest: lambda m, a: m._set(m.pulls, a.pull, {"state": "closed"}),
    do.MergePullRequest: _merge,
}
