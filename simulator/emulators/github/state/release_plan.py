"""How a repository wants its release notes: `.github/release.yml` with what to leave out and under which headings.

Source: https://docs.github.com/en/repositories/releasing-projects-on-github/automatically-generated-release-notes#configuration-options
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pygit2
import yaml

from simulator.emulators.gitserver import history

_FILES = (".github/release.yml", ".github/release.yaml")
_ALL = "*"
_LARGEST = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A merged pull request. `labels` are in lower case."""

    number: int
    title: str
    author_id: int
    login: str
    labels: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Pull requests that are not mentioned: by a label, by their author."""

    labels: frozenset[str] = frozenset()
    authors: frozenset[str] = frozenset()

    def holds(self, entry: Entry) -> bool:
        """Whether an entry is one of them."""
        return bool(self.labels & entry.labels) or entry.login.lower() in self.authors


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """A heading and the labels whose pull requests come below it; `*` stands for all that are left."""

    title: str
    labels: frozenset[str]
    left_out: LeftOut = LeftOut()

    def takes(self, entry: Entry) -> bool:
        """Whether an entry belongs here."""
        return (_ALL in self.labels or bool(self.labels & entry.labels)) and not self.left_out.holds(entry)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is left out, and the headings in their order; none: all in one list. `file` is where it was found."""

    left_out: LeftOut = LeftOut()
    categories: tuple[Category, ...] = ()
    file: str | None = None


def plan_at(git: pygit2.Repository, sha: str, path: str | None) -> Plan:
    """The plan at a commit, from a file of one's own choice or the usual one; the plain one when there is none to be read."""
    tree = history.commit(git, sha).tree
    for name in (path,) if path else _FILES:
        content = _parsed(tree, name)
        if content is not None:
            categories = tuple(_category(each) for each in _list(content.get("categories")) if isinstance(each, dict))
            return Plan(left_out=_left_out(content.get("exclude")), categories=categories, file=name)
    return Plan()


def sections(plan: Plan, entries: Sequence[Entry], *, page: str) -> str:
    """The pull requests as Markdown, below the plan's headings."""
    shown = [entry for entry in entries if not plan.left_out.holds(entry)]
    if not shown:
        return ""
    head = ["## What's Changed"]
    if plan.file is not None:
        head = [f"<!-- Release notes generated using configuration in {plan.file} -->", "", *head]
    if not plan.categories:
        return "\n".join([*head, *(_line(entry, page) for entry in shown)])
    for category in plan.categories:
        here = [entry for entry in shown if category.takes(entry)]
        shown = [entry for entry in shown if entry not in here]
        if here:
            head += [f"### {category.title}", *(_line(entry, page) for entry in here)]
    if shown:
        head += ["### Other Changes", *(_line(entry, page) for entry in shown)]
    return "\n".join(head)


def _line(entry: Entry, page: str) -> str:
    return f"* {entry.title} by @{entry.login} in {page}/pull/{entry.number}"


def _parsed(tree: pygit2.Tree, path: str) -> dict[str, Any] | None:
    try:
        file = tree[path.strip("/")]
    except (KeyError, ValueError):
        return None
    if not isinstance(file, pygit2.Blob) or file.size > _LARGEST:
        return None
    try:
        content = yaml.safe_load(file.data.decode("utf-8", "replace"))
    except (yaml.YAMLError, RecursionError):
        return None
    changelog = content.get("changelog") if isinstance(content, dict) else None
    return changelog if isinstance(changelog, dict) else None


def _category(given: dict[str, Any]) -> Category:
    return Category(
        title=str(given.get("title", "")),
        labels=_words(given.get("labels")),
        left_out=_left_out(given.get("exclude")),
    )


def _left_out(given: Any) -> LeftOut:  # Any: what a person's YAML file holds
    if not isinstance(given, dict):
        return LeftOut()
    return LeftOut(labels=_words(given.get("labels")), authors=_words(given.get("authors")))


def _words(given: Any) -> frozenset[str]:  # Any: as above
    return frozenset(str(each).lower() for each in _list(given))


def _list(given: Any) -> list[Any]:  # Any: as above
    return given if isinstance(given, list) else []
