"""A push as webhooks are told of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pygit2

from simulator.emulators.github.payloads.repositories import full_repository
from simulator.emulators.github.state.activity import Movement
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.repository_facts import facts_of
from simulator.emulators.github.state.work import Work
from simulator.emulators.gitserver import diffs, history
from simulator.emulators.gitserver.errors import NoSuchObject
from simulator.emulators.gitserver.refs import ZERO
from simulator.emulators.kit.urls import Urls

_MOST_COMMITS = 2048  # docs.github.com/en/webhooks/webhook-events-and-payloads#push


def push_subject(work: Work, movement: Movement, urls: Urls) -> dict[str, Any]:
    """What is special to a `push` event."""
    git, repository, pusher = work.git, work.repository, work.actor
    commits = _new_commits(git, repository, movement)
    bodies = [_commit(git, commit, repository, urls) for commit in commits[:_MOST_COMMITS]]
    html = urls.html(f"/{repository.full_name}")
    return {
        "ref": movement.ref,
        "before": movement.before,
        "after": movement.after,
        "repository": _repository(work, urls),
        "pusher": {"name": pusher.login, "email": pusher.email},
        "created": movement.before == ZERO,
        "deleted": movement.after == ZERO,
        "forced": movement.kind == "force_push",
        "base_ref": None,
        "compare": f"{html}/compare/{movement.before[:12]}...{movement.after[:12]}",
        "commits": bodies,
        "head_commit": _head_commit(git, movement, repository, urls),
    }


def _repository(work: Work, urls: Urls) -> dict[str, Any]:
    # push events are older than the rest of the API: times as numbers, an owner with name and email, stargazers twice
    repository, owner = work.repository, work.repository.owner
    facts = facts_of(work.connection, work.instance, [repository])[repository.id]
    body = full_repository(repository, urls, facts=facts)
    return body | {
        "url": urls.html(f"/{repository.full_name}"),
        "created_at": int(repository.created_at.timestamp()),
        "pushed_at": int((repository.pushed_at or repository.created_at).timestamp()),
        "owner": {"name": owner.login, "email": owner.email or None, **body["owner"]},
        "stargazers": body["stargazers_count"],
        "master_branch": repository.default_branch,
        **({"organization": owner.login} if owner.kind == "organization" else {}),
    }


def _new_commits(git: pygit2.Repository, repository: Repository, movement: Movement) -> list[pygit2.Commit]:
    if movement.after == ZERO or not movement.ref.startswith("refs/heads/"):
        return []
    if movement.before != ZERO:
        return history.commits_between(git, movement.before, movement.after)
    default = git.references.get(f"refs/heads/{repository.default_branch}")
    if default is None or movement.ref == default.name:
        return history.commits_between(git, None, movement.after)
    return history.commits_between(git, str(default.target), movement.after)


def _head_commit(
    git: pygit2.Repository, movement: Movement, repository: Repository, urls: Urls
) -> dict[str, Any] | None:
    try:
        return _commit(git, history.commit(git, movement.after), repository, urls)
    except NoSuchObject:  # deleted, or a tag that leads to no commit
        return None


def _commit(git: pygit2.Repository, commit: pygit2.Commit, repository: Repository, urls: Urls) -> dict[str, Any]:
    parent = str(commit.parent_ids[0]) if commit.parent_ids else None
    files = diffs.changed_files(git, parent, str(commit.id), patches=False)
    return {
        "id": str(commit.id),
        "tree_id": str(commit.tree_id),
        "distinct": True,
        "message": commit.message.rstrip("\n"),
        "timestamp": _timestamp(commit),
        "url": urls.html(f"/{repository.full_name}/commit/{commit.id}"),
        "author": _person(commit.author),
        "committer": _person(commit.committer),
        "added": [file.path for file in files if file.status in ("added", "copied", "renamed")],
        "removed": [file.previous_path or file.path for file in files if file.status in ("removed", "renamed")],
        "modified": [file.path for file in files if file.status in ("modified", "changed")],
    }


def _person(signature: pygit2.Signature) -> dict[str, Any]:
    return {"name": signature.name, "email": signature.email}


def _timestamp(commit: pygit2.Commit) -> str:
    return datetime.fromtimestamp(commit.commit_time, UTC).isoformat()
