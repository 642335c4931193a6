"""The development panel's contents as its own endpoints write them.

They have no public description; shapes as clients read them from Jira Cloud with GitHub for Jira.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from simulator.emulators.jira.payloads.shapes import Json
from simulator.emulators.jira.session import Session
from simulator.emulators.jira.state.development import (
    APPROVED,
    BRANCH,
    DECLINED,
    DRAFT,
    MERGED,
    OPEN,
    PULL,
    CodeRepository,
    Trace,
)
from simulator.emulators.kit.web import stamp_millis

GITHUB = "GitHub"
REPOSITORY = "repository"
"""What commits are called in the summary and in `dataType`."""

_STATES = (OPEN, MERGED, DECLINED)
_SHORT = 7


def summary(pulls: Sequence[Trace], commits: Sequence[Trace], branches: Sequence[Trace]) -> Json:
    """How many things an issue has of each kind, and what state its pull requests are in."""
    states = [OPEN if pull.state == DRAFT else pull.state for pull in pulls]
    counts = {state: states.count(state) for state in _STATES}
    state = next((state for state in _STATES if counts[state]), OPEN)
    pull_facts = {
        "stateCount": counts[state],
        "state": state,
        "details": {
            "openCount": counts[OPEN],
            "mergedCount": counts[MERGED],
            "declinedCount": counts[DECLINED],
            "total": len(pulls),
        },
        "open": state == OPEN,
    }
    return {
        PULL: _overall(PULL, pulls, pull_facts),
        "build": _overall("build", (), {"failedBuildCount": 0, "successfulBuildCount": 0, "unknownBuildCount": 0}),
        "review": _overall(
            "review",
            (),
            {"stateCount": 0, "state": None, "dueDate": None, "overDue": False, "completed": False},
        ),
        "deployment-environment": _overall(
            "deployment-environment", (), {"topEnvironments": [], "showProjects": False, "successfulCount": 0}
        ),
        REPOSITORY: _overall(REPOSITORY, commits, {}),
        BRANCH: _overall(BRANCH, branches, {}),
    }


def _overall(kind: str, traces: Sequence[Trace], more: Json) -> Json:
    last = max((trace.at for trace in traces), default=None)
    overall = {"count": len(traces), "lastUpdated": stamp_millis(last), **more, "dataType": kind}
    by_type = {GITHUB: {"count": len(traces), "name": GITHUB}} if traces else {}
    return {"overall": overall, "byInstanceType": by_type}


def detail(
    session: Session,
    *,
    branches: Sequence[Trace] = (),
    pulls: Sequence[Trace] = (),
    commits: Sequence[Trace] = (),
) -> Json:
    """The things themselves, from the one code host that there is."""
    return {
        "branches": [branch(session, found) for found in branches],
        "pullRequests": [pull_request(session, found) for found in pulls],
        "repositories": _repositories(session, commits),
        "_instance": {
            "singleInstance": True,
            "baseUrl": session.urls.html(),
            "name": GITHUB,
            "typeName": GITHUB,
            "id": GITHUB,
            "type": GITHUB,
        },
    }


def branch(session: Session, found: Trace) -> Json:
    """A branch with its last commit."""
    base, name = repository_url(session, found.repository), quote(found.ref)
    return {
        "name": found.ref,
        "url": f"{base}/tree/{name}",
        "createPullRequestUrl": f"{base}/pull/new/{name}",
        "repository": _repository(session, found.repository),
        "lastCommit": _commit(session, found.repository, found.content["commit"]["id"], found.content["commit"]),
    }


def pull_request(session: Session, found: Trace) -> Json:
    """A pull request with its state and who has reviewed it."""
    base, content = repository_url(session, found.repository), found.content
    return {
        "id": f"#{found.ref}",
        "name": content["title"],
        "url": f"{base}/pull/{found.ref}",
        "status": found.state,
        "author": {"name": content["author"], "avatar": _avatar(session, content["author_id"])},
        "reviewers": [
            {
                "name": one["name"],
                "avatar": _avatar(session, one["id"]),
                "approved": one["verdict"] == APPROVED,
                "approvalStatus": one["verdict"],
            }
            for one in content["reviewers"]
        ],
        "commentCount": content["comments"],
        "source": _end(session.urls.html(f"/{content['fork']}") if content["fork"] else base, content["source"]),
        "destination": _end(base, content["destination"]),
        "lastUpdate": stamp_millis(found.at),
        "repositoryId": str(found.repository.id),
        "repositoryName": found.repository.name,
        "repositoryUrl": base,
        "repositoryAvatarUrl": "",
    }


def repository_url(session: Session, repository: CodeRepository) -> str:
    """Where a repository's page is."""
    return session.urls.html(f"/{repository.name}")


def _repositories(session: Session, commits: Sequence[Trace]) -> list[Json]:
    found: dict[int, Json] = {}
    for one in commits:
        shape = found.setdefault(one.repository.id, _repository(session, one.repository) | {"commits": []})
        shape["commits"].append(_commit(session, one.repository, one.ref, one.content))
    return list(found.values())


def _repository(session: Session, repository: CodeRepository) -> Json:
    url = repository_url(session, repository)
    return {"id": str(repository.id), "name": repository.name, "description": "", "avatar": "", "url": url}


def _commit(session: Session, repository: CodeRepository, sha: str, content: Any) -> Json:  # Any: kept JSON
    return {
        "id": sha,
        "displayId": sha[:_SHORT],
        "message": content["message"],
        "author": {"name": content["author"]["name"], "avatar": ""},
        "authorTimestamp": f"{content['at'][:19]}.000+0000",
        "url": f"{repository_url(session, repository)}/commit/{sha}",
        "fileCount": content.get("files", 0),
        "merge": content.get("merge", False),
        "files": [],
    }


def _end(base: str, name: str) -> Json:
    return {"branch": name, "url": f"{base}/tree/{quote(name)}"}


def _avatar(session: Session, account_id: int) -> str:
    return session.urls.html(f"/avatars/u/{account_id}")
