"""What a repository's files say to people who come with an issue or pull request: templates, links, policies.

Source: https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import pygit2
import yaml

_FRONT = re.compile(r"\A---[ \t]*\n(?P<front>.*?)\n---[ \t]*(?:\n|\Z)(?P<body>.*)\Z", re.DOTALL)
_LONGEST = 100_000
_FOLDERS = ("", ".github", "docs")


@dataclass(frozen=True, slots=True)
class IssueTemplate:
    """What a new issue can begin with."""

    name: str
    filename: str
    about: str | None
    title: str | None
    body: str | None


@dataclass(frozen=True, slots=True)
class PullTemplate:
    """What a new pull request can begin with."""

    filename: str
    body: str
    repository: Any


@dataclass(frozen=True, slots=True)
class ContactLink:
    """Where people are sent instead."""

    name: str
    about: str
    url: str


def issue_templates(tree: pygit2.Tree | None) -> list[IssueTemplate]:
    """The Markdown templates of `.github/ISSUE_TEMPLATE`, by file name."""
    found = _files(tree, ".github/ISSUE_TEMPLATE")
    return [_issue_template(name, text) for name, text in found if name.lower().endswith(".md")]


def pull_templates(tree: pygit2.Tree | None, repository: Any) -> list[PullTemplate]:
    """The templates of pull requests at the places where GitHub looks for them."""
    found = []
    for folder in _FOLDERS:
        for name, text in _files(tree, folder):
            if PurePosixPath(name).stem.lower() == "pull_request_template" and name.lower().endswith((".md", ".txt")):
                found.append(PullTemplate(name, text, repository))
        for name, text in _files(tree, f"{folder}/PULL_REQUEST_TEMPLATE".lstrip("/")):
            found.append(PullTemplate(name, text, repository))
    return found


def contact_links(tree: pygit2.Tree | None) -> list[ContactLink]:
    """The links of `.github/ISSUE_TEMPLATE/config.yml`."""
    listed = _config(tree).get("contact_links")
    links = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    return [
        ContactLink(*(str(each[name]) for name in ("name", "about", "url")))
        for each in links
        if {"name", "about", "url"} <= each.keys()
    ]


def blank_issues(tree: pygit2.Tree | None) -> bool:
    """Whether an issue may begin with nothing."""
    return _config(tree).get("blank_issues_enabled") is not False


def has_security_policy(tree: pygit2.Tree | None) -> bool:
    """Whether there is a SECURITY.md."""
    return any(name.lower() == "security.md" for folder in _FOLDERS for name, _ in _files(tree, folder))


def _issue_template(filename: str, text: str) -> IssueTemplate:
    found = _FRONT.match(text.replace("\r\n", "\n"))
    front = _yaml(found["front"]) if found else {}
    body = found["body"].lstrip("\n") if found else text
    words = {name: str(front[name]) if front.get(name) is not None else None for name in ("name", "about", "title")}
    return IssueTemplate(
        name=words["name"] or PurePosixPath(filename).stem,
        filename=filename,
        about=words["about"],
        title=words["title"],
        body=body,
    )


def _config(tree: pygit2.Tree | None) -> Mapping[str, Any]:
    for name, text in _files(tree, ".github/ISSUE_TEMPLATE"):
        if name in ("config.yml", "config.yaml"):
            return _yaml(text)
    return {}


def _yaml(text: str) -> Mapping[str, Any]:
    try:
        found = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _files(tree: pygit2.Tree | None, folder: str) -> Iterator[tuple[str, str]]:
    inner: Any = tree
    if tree is not None and folder:
        try:
            inner = tree[folder]
        except KeyError:
            return
    if not isinstance(inner, pygit2.Tree):
        return
    for entry in inner:
        if isinstance(entry, pygit2.Blob) and entry.size <= _LONGEST:
            yield str(entry.name), entry.data.decode("utf-8", "replace")
