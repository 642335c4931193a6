"""Bodies of commits, with the accounts of their authors looked up together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pygit2

from simulator.emulators.github.payloads import commits
from simulator.emulators.github.payloads.commits import Authors
from simulator.emulators.github.state.commit_comments import comment_counts
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.users import by_emails
from simulator.emulators.gitserver import diffs
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.urls import Urls

MOST_FILES = 300
"""Files of one page: https://docs.github.com/en/rest/commits/commits#get-a-commit"""


def commit_bodies(
    connection: Connection, repository: Repository, found: Sequence[pygit2.Commit], urls: Urls
) -> list[dict[str, Any]]:
    """The bodies of commits, without their files."""
    emails = {signature.email for commit in found for signature in (commit.author, commit.committer)}
    authors = Authors(by_emails(connection, repository.site, emails) if emails else {})
    counts = comment_counts(connection, repository.site, repository.id, {str(commit.id) for commit in found})
    return [
        commits.commit(commit, repository, urls, authors, comments=counts.get(str(commit.id), 0)) for commit in found
    ]


def commit_with_files(
    connection: Connection, git: pygit2.Repository, repository: Repository, found: pygit2.Commit, urls: Urls
) -> dict[str, Any]:
    """The body of one commit with its statistics and changed files, compared with its first parent."""
    (body,) = commit_bodies(connection, repository, [found], urls)
    parent = str(found.parent_ids[0]) if found.parent_ids else None
    files = diffs.changed_files(git, parent, str(found.id))
    additions, deletions = (sum(getattr(file, name) for file in files) for name in ("additions", "deletions"))
    body["stats"] = {"total": additions + deletions, "additions": additions, "deletions": deletions}
    body["files"] = [commits.changed_file(file, repository, urls, at=str(found.id)) for file in files[:MOST_FILES]]
    return body
