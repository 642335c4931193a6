"""Pull requests: the short form of lists, and the long form with counts and mergeability."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulator.emulators.github.payloads.issues import shared_part
from simulator.emulators.github.payloads.repositories import full_repository
from simulator.emulators.github.payloads.users import maybe_user, node_id, simple_user
from simulator.emulators.github.state import changes, review_comments
from simulator.emulators.github.state.mergeability import assess
from simulator.emulators.github.state.pull_rows import Pull
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.surroundings import Surroundings, surroundings_of
from simulator.emulators.github.state.work import Place
from simulator.emulators.gitserver import history, refs
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import stamp_seconds

_NOT_EMBEDDED = ("organization", "network_count", "subscribers_count", "temp_clone_token")


def pull_payload(place: Place, pull: Pull, urls: Urls) -> dict[str, Any]:
    """The long form."""
    around = surroundings_of(place, [pull.issue])
    short = _short(place, pull, _embedded(place.repository, urls), around, urls)
    merging = assess(place, pull)
    ahead, _ = history.ahead_behind(changes.git(place), changes.base_of(place, pull), pull.row.head_sha)
    files, additions, deletions = changes.totals_of(place, pull)
    return short | {
        "merge_commit_sha": merging.merge_sha,
        "merged": pull.is_merged,
        "mergeable": merging.mergeable,
        "rebaseable": merging.rebaseable,
        "mergeable_state": merging.state,
        "merged_by": maybe_user(around.people.get(pull.row.merged_by_id), urls),
        "comments": pull.issue.comments,
        "review_comments": review_comments.count_of(place, pull.id),
        "maintainer_can_modify": pull.row.maintainer_can_modify,
        "commits": ahead,
        "additions": additions,
        "deletions": deletions,
        "changed_files": files,
    }


def pull_payloads(place: Place, pulls: Sequence[Pull], urls: Urls) -> list[dict[str, Any]]:
    """The short form, for pull requests of one repository."""
    around = surroundings_of(place, [pull.issue for pull in pulls])
    repository = _embedded(place.repository, urls)
    return [_short(place, pull, repository, around, urls) for pull in pulls]


def _embedded(repository: Repository, urls: Urls) -> dict[str, Any]:
    body = full_repository(repository, urls)
    return {name: value for name, value in body.items() if name not in _NOT_EMBEDDED}


def _short(place: Place, pull: Pull, repository: dict[str, Any], around: Surroundings, urls: Urls) -> dict[str, Any]:
    return {
        **_addresses(place.repository, pull, urls),
        **shared_part(place.repository, pull.issue, around, urls),
        **_branches(place, pull, repository, around, urls),
    }


def _addresses(repository: Repository, pull: Pull, urls: Urls) -> dict[str, Any]:
    url = urls.api(f"{repository.path}/pulls/{pull.number}")
    issue_url = urls.api(f"{repository.path}/issues/{pull.number}")
    html = urls.html(f"/{repository.full_name}/pull/{pull.number}")
    addresses = {
        "url": url,
        "html_url": html,
        "diff_url": f"{html}.diff",
        "patch_url": f"{html}.patch",
        "issue_url": issue_url,
        "commits_url": f"{url}/commits",
        "review_comments_url": f"{url}/comments",
        "review_comment_url": urls.api(f"{repository.path}/pulls/comments{{/number}}"),
        "comments_url": f"{issue_url}/comments",
        "statuses_url": urls.api(f"{repository.path}/statuses/{pull.row.head_sha}"),
        "node_id": node_id("PullRequest", pull.id),
    }
    names = {"self": "url", "html": "html_url", "issue": "issue_url", "comments": "comments_url"}
    names |= {f"{each}": f"{each}_url" for each in ("review_comments", "review_comment", "commits", "statuses")}
    return addresses | {"_links": {name: {"href": addresses[key]} for name, key in names.items()}}


def _branches(place: Place, pull: Pull, repository: dict[str, Any], around: Surroundings, urls: Urls) -> dict[str, Any]:
    row = pull.row
    return {
        "merged_at": stamp_seconds(row.merged_at),
        "merge_commit_sha": row.merge_commit_sha or _known_test_merge(place, pull),
        "requested_reviewers": [simple_user(person, urls) for person in around.asked_to_review(pull.id)],
        "requested_teams": [],
        "draft": row.draft,
        "head": _branch(place.repository, row.head_ref, row.head_sha, repository, urls),
        "base": _branch(place.repository, row.base_ref, row.base_sha, repository, urls),
        "auto_merge": row.auto_merge,
    }


def _branch(repository: Repository, ref: str, sha: str, repository_body: dict[str, Any], urls: Urls) -> dict[str, Any]:
    owner = repository.owner
    return {
        "label": f"{owner.login}:{ref}",
        "ref": ref,
        "sha": sha,
        "user": simple_user(owner, urls),
        "repo": repository_body,
    }


def _known_test_merge(place: Place, pull: Pull) -> str | None:
    return refs.read_ref(changes.git(place), f"refs/pull/{pull.number}/merge") if pull.is_open else None
