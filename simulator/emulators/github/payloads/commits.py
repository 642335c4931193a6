"""Commits, their files and comparisons as GitHub writes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import pygit2

from simulator.emulators.github.payloads.users import maybe_user, node_id
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.gitserver.diffs import ChangedFile
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import stamp_seconds

UNSIGNED: dict[str, Any] = {
    "verified": False,
    "reason": "unsigned",
    "signature": None,
    "payload": None,
    "verified_at": None,
}


@dataclass(frozen=True, slots=True)
class Authors:
    """The accounts that the addresses in commits belong to, by address in lower case."""

    by_email: Mapping[str, Account]

    def of(self, signature: pygit2.Signature) -> Account | None:
        """The account of an author or committer, None for strangers."""
        return self.by_email.get(signature.email.lower())


def commit(
    found: pygit2.Commit, repository: Repository, urls: Urls, authors: Authors, *, comments: int = 0
) -> dict[str, Any]:
    """A commit of a repository, without its files; `comments` is how many there are on it."""
    sha = str(found.id)
    url = urls.api(f"{repository.path}/commits/{sha}")
    html = urls.html(f"/{repository.full_name}/commit")
    return {
        "sha": sha,
        "node_id": node_id("Commit", repository.id, sha),
        "commit": {
            "author": person(found.author),
            "committer": person(found.committer),
            "message": found.message.removesuffix("\n"),
            "tree": _tree(found, repository, urls),
            "url": urls.api(f"{repository.path}/git/commits/{sha}"),
            "comment_count": comments,
            "verification": UNSIGNED,
        },
        "url": url,
        "html_url": f"{html}/{sha}",
        "comments_url": f"{url}/comments",
        "author": maybe_user(authors.of(found.author), urls),
        "committer": maybe_user(authors.of(found.committer), urls),
        "parents": [
            {
                "sha": str(parent),
                "url": urls.api(f"{repository.path}/commits/{parent}"),
                "html_url": f"{html}/{parent}",
            }
            for parent in found.parent_ids
        ],
    }


def git_commit(found: pygit2.Commit, repository: Repository, urls: Urls) -> dict[str, Any]:
    """A commit as the git database routes show it."""
    sha = str(found.id)
    html = urls.html(f"/{repository.full_name}/commit")
    return {
        "sha": sha,
        "node_id": node_id("Commit", repository.id, sha),
        "url": urls.api(f"{repository.path}/git/commits/{sha}"),
        "html_url": f"{html}/{sha}",
        "author": person(found.author),
        "committer": person(found.committer),
        "tree": _tree(found, repository, urls),
        "message": found.message.removesuffix("\n"),
        "parents": [
            {
                "sha": str(parent),
                "url": urls.api(f"{repository.path}/git/commits/{parent}"),
                "html_url": f"{html}/{parent}",
            }
            for parent in found.parent_ids
        ],
        "verification": UNSIGNED,
    }


def person(signature: pygit2.Signature) -> dict[str, Any]:
    """An author or committer; the date in UTC."""
    when = datetime.fromtimestamp(signature.time, UTC)
    return {"name": signature.name, "email": signature.email, "date": stamp_seconds(when)}


def changed_file(file: ChangedFile, repository: Repository, urls: Urls, *, at: str) -> dict[str, Any]:
    """A file of a diff; `at` is the commit that its addresses lead to."""
    path = quote(file.path)
    html = urls.html(f"/{repository.full_name}")
    body = {
        "sha": file.sha,
        "filename": file.path,
        "status": file.status,
        "additions": file.additions,
        "deletions": file.deletions,
        "changes": file.additions + file.deletions,
        "blob_url": f"{html}/blob/{at}/{path}",
        "raw_url": f"{html}/raw/{at}/{path}",
        "contents_url": urls.api(f"{repository.path}/contents/{path}?ref={at}"),
    }
    if file.patch is not None:
        body["patch"] = file.patch
    if file.previous_path is not None:
        body["previous_filename"] = file.previous_path
    return body


def _tree(found: pygit2.Commit, repository: Repository, urls: Urls) -> dict[str, Any]:
    return {"sha": str(found.tree_id), "url": urls.api(f"{repository.path}/git/trees/{found.tree_id}")}
