"""Puts the services' own names into an action's texts: `{issue:REF}` becomes PAY-3, `{pull:REF}` becomes 7.

`{person:SEAT}` becomes that person's first name. Pure. Refuses to guess: a reference that nothing is bound to is an error.
Only the contents of committed files are left as they are when a brace does not name something known, since code is full of
braces.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from typing import Any, TypeVar

from simulator.errors import NotFound
from simulator.model.actions import Action
from simulator.model.code import FileChange
from simulator.model.keys import IssueKey, IssueRef, PullRef, SprintRef, is_issue_key
from simulator.ports import Bindings

_PLACEHOLDER = re.compile(r"\{(issue|pull|person):([^{}\s]{1,200})\}")
_WORDS = {"pull": "pull request"}
_NUMBER = re.compile(r"#?([1-9][0-9]{0,9})\Z", re.ASCII)

A = TypeVar("A", bound=Action)


def fill(text: str, bindings: Bindings, *, strict: bool = True) -> str:
    """The text with its placeholders filled in; one that means nothing is NotFound, or stays when not `strict`."""

    def value(match: re.Match[str]) -> str:
        found = _value(match.group(1), match.group(2), bindings)
        if found is not None:
            return found
        if strict:
            raise _unknown(match.group(1), match.group(2), bindings)
        return match.group(0)

    return _PLACEHOLDER.sub(value, text)


def filled(action: A, bindings: Bindings) -> A:
    """The action with every text of it filled in. Raises NotFound for a reference that nothing is bound to."""
    changes = {
        field.name: _filled(getattr(action, field.name), bindings)
        for field in dataclasses.fields(action)
        if field.name != "actor"
    }
    return dataclasses.replace(action, **changes)


def issue_key(ref: IssueRef, bindings: Bindings) -> IssueKey:
    """The key of an issue named by the scenario's id or by its key (`PAY-3`, `=PAY-3`). Raises NotFound."""
    found = _value("issue", ref, bindings)
    if found is None:
        raise _unknown("issue", ref, bindings)
    return IssueKey(found)


def pull_number(ref: PullRef, bindings: Bindings) -> int:
    """The number of a pull request named by the scenario's id or as `#12`. Raises NotFound."""
    found = _value("pull", ref, bindings)
    if found is None:
        raise _unknown("pull", ref, bindings)
    return int(found)


def sprint_id(ref: SprintRef, bindings: Bindings) -> str:
    """The id of a sprint named by the scenario's id. Raises NotFound."""
    found = bindings.get(f"sprint:{ref}")
    if found is None:
        raise _unknown("sprint", ref, bindings)
    return found


def _value(kind: str, ref: str, bindings: Bindings) -> str | None:
    bound = bindings.get(f"{kind}:{ref}")
    if bound is not None:
        return bound
    if kind == "person":
        return None
    if kind == "issue":
        key = ref.removeprefix("=")
        return key if is_issue_key(key) else None
    number = _NUMBER.match(ref)
    return number.group(1) if number else None


def _filled(value: Any, bindings: Bindings) -> Any:  # Any: the fields of actions are of many types
    if isinstance(value, FileChange):
        content = None if value.content is None else fill(value.content, bindings, strict=False)
        return FileChange(path=fill(value.path, bindings), content=content)
    if type(value) is str:
        return fill(value, bindings)
    if isinstance(value, tuple):
        return tuple(_filled(item, bindings) for item in value)
    if isinstance(value, Mapping):
        return {name: _filled(item, bindings) for name, item in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in dataclasses.fields(value)]
        return dataclasses.replace(value, **{name: _filled(getattr(value, name), bindings) for name in names})
    return value


def _unknown(kind: str, ref: str, bindings: Bindings) -> NotFound:
    known = sorted(name.partition(":")[2] for name in bindings if name.startswith(f"{kind}:"))
    return NotFound(
        f"this run has no {_WORDS.get(kind, kind)} that its scenario calls {ref}",
        service="the run",
        where=f"{{{kind}:{ref}}}",
        to_do=f"known so far: {', '.join(known[:20]) or 'none'}",
    )
