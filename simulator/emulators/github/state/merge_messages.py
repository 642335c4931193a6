"""The titles and messages that merge commits get when nobody gives others. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pygit2

from simulator.emulators.github.state.pull_rows import Pull


def of_merge(pull: Pull, owner: str, settings: Mapping[str, Any]) -> tuple[str, str]:
    """Title and message of a merge commit, by the repository's settings merge_commit_title and merge_commit_message."""
    by_title = settings.get("merge_commit_title") == "PR_TITLE"
    title = f"{pull.issue.title} (#{pull.number})" if by_title else ""
    title = title or f"Merge pull request #{pull.number} from {owner}/{pull.row.head_ref}"
    messages = {"PR_BODY": pull.issue.body or "", "BLANK": ""}
    return title, messages.get(settings.get("merge_commit_message", "PR_TITLE"), pull.issue.title)


def of_squash(pull: Pull, commits: Sequence[pygit2.Commit], settings: Mapping[str, Any]) -> tuple[str, str]:
    """Title and message of a squash commit, by squash_merge_commit_title and squash_merge_commit_message.

    By default a single commit gives its own subject and body, several give the pull request's title and their list:
    docs.github.com/en/pull-requests/collaborating-with-pull-requests/incorporating-changes-from-a-pull-request/about-pull-request-merges
    """
    single = len(commits) == 1 and settings.get("squash_merge_commit_title") != "PR_TITLE"
    title = subject(commits[0]) if single else pull.issue.title
    title = f"{title} (#{pull.number})"
    match settings.get("squash_merge_commit_message", "COMMIT_MESSAGES"):
        case "PR_BODY":
            return title, pull.issue.body or ""
        case "BLANK":
            return title, ""
    return title, _body(commits[0]) if len(commits) == 1 else "\n\n".join(f"* {_whole(each)}" for each in commits)


def co_authors(commits: Sequence[pygit2.Commit], author_email: str) -> list[str]:
    """Trailers that name the other authors of squashed commits, each once."""
    found: dict[str, str] = {}
    for commit in commits:
        if commit.author.email.lower() != author_email.lower():
            found.setdefault(commit.author.email.lower(), f"{commit.author.name} <{commit.author.email}>")
    return [f"Co-authored-by: {each}" for each in found.values()]


def joined(title: str, message: str, trailers: Sequence[str] = ()) -> str:
    """A commit message of a title, a body and trailers, those that are there, with blank lines between."""
    new = [trailer for trailer in trailers if trailer not in message]
    return "\n\n".join(part for part in (title.strip(), message.strip(), "\n".join(new)) if part)


def subject(commit: pygit2.Commit) -> str:
    """The first line of a commit's message."""
    return commit.message.strip().partition("\n")[0].strip()


def _body(commit: pygit2.Commit) -> str:
    return commit.message.strip().partition("\n")[2].strip()


def _whole(commit: pygit2.Commit) -> str:
    body = _body(commit)
    return f"{subject(commit)}\n\n{body}" if body else subject(commit)
