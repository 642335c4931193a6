"""Pull requests: the short form of lists, and the long form with counts and mergeability."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simulator.emulators.github.payloads.issues import shared_part
from simulator.emulators.github.payloads.repositories import EMBEDDED_WITHOUT, full_repository
from simulator.emulators.github.payloads.teams import embedded_teams
from simulator.emulators.github.payloads.users import maybe_user, node_id, simple_user
from simulator.emulators.github.state import changes, review_comments
from simulator.emulators.github.state.mergeability import NOT_YET_KNOWN, assess
from simulator.emulators.github.state.pull_rows import Pull
from simulator.emulators.github.state.repositories import Repository, by_ids
from simulator.emulators.github.state.repository_facts import facts_of
from simulator.emulators.github.state.surroundings import Surroundings, surroundings_of
from simulator.emulators.github.state.work import Place
from simulator.emulators.gitserver import refs
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import stamp_seconds

_Homes = Mapping[int, dict[str, Any]]


def pull_payload(place: Place, pull: Pull, urls: Urls, *, new: bool = False, unasked: bool = False) -> dict[str, Any]:
    """The long form. Of a `new` pull request nobody knows yet whether it can be merged.

    `unasked`: it is known that nobody was asked to review it.
    """
    around = surroundings_of(place, [pull.issue], new=new, bare=new, unasked=unasked, pulls={pull.id: pull})
    short = _short(place, pull, _homes(place, [pull], urls), around, urls, new=new)
    merging = NOT_YET_KNOWN if new else assess(place, pull)
    base = pull.row.base_sha if new else changes.base_of(place, pull)
    files, additions, deletions = changes.totals_of(place, pull, base=base)
    return short | {
        "merge_commit_sha": merging.merge_sha,
        "merged": pull.is_merged,
        "mergeable": merging.mergeable,
        "rebaseable": merging.rebaseable,
        "mergeable_state": merging.state,
        "merged_by": maybe_user(around.people.get(pull.row.merged_by_id), urls),
        "comments": pull.issue.comments,
        "review_comments": 0 if new else review_comments.count_of(place, pull.id),
        "maintainer_can_modify": pull.row.maintainer_can_modify,
        "commits": len(changes.commit_shas(place, pull, base=base)),
        "additions": additions,
        "deletions": deletions,
        "changed_files": files,
    }


def pull_payloads(place: Place, pulls: Sequence[Pull], urls: Urls) -> list[dict[str, Any]]:
    """The short form, for pull requests of one repository."""
    around = surroundings_of(place, [pull.issue for pull in pulls], pulls={pull.id: pull for pull in pulls})
    homes = _homes(place, pulls, urls)
    return [_short(place, pull, homes, around, urls) for pull in pulls]


def _homes(place: Place, pulls: Sequence[Pull], urls: Urls) -> _Homes:
    """The bodies of the repositories that heads and bases belong to, by their numbers."""
    here = place.repository
    others = {pull.row.head_repository_id for pull in pulls} - {here.id, None}
    found = [here, *by_ids(place.connection, place.site, {each for each in others if each}).values()]
    facts = facts_of(place.connection, place.instance, found, recent=True)
    bodies = {each.id: full_repository(each, urls, facts=facts[each.id]) for each in found}
    return {
        number: {name: value for name, value in body.items() if name not in EMBEDDED_WITHOUT}
        for number, body in bodies.items()
    }


def _short(
    place: Place, pull: Pull, homes: _Homes, around: Surroundings, urls: Urls, *, new: bool = False
) -> dict[str, Any]:
    return {
        **_addresses(place.repository, pull, urls),
        **shared_part(place.repository, pull.issue, around, urls),
        **_branches(place, pull, homes, around, urls, test_merge=None if new else _known_test_merge(place, pull)),
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


def _branches(
    place: Place, pull: Pull, homes: _Homes, around: Surroundings, urls: Urls, *, test_merge: str | None
) -> dict[str, Any]:
    row, home, base = pull.row, homes.get(pull.row.head_repository_id or 0), homes[place.repository.id]
    head_owner = home["owner"] if home else maybe_user(around.people.get(row.head_owner_id), urls)
    return {
        "merged_at": stamp_seconds(row.merged_at),
        "merge_commit_sha": row.merge_commit_sha or test_merge,
        "requested_reviewers": [simple_user(person, urls) for person in around.asked_to_review(pull.id)],
        "requested_teams": embedded_teams(around.asked_teams(pull.id), place.repository.owner.login, urls),
        "draft": row.draft,
        "head": _branch(row.head_ref, row.head_sha, head_owner, home),
        "base": _branch(row.base_ref, row.base_sha, base["owner"], base),
        "auto_merge": _auto_merge(row.auto_merge, around, urls),
    }


def _auto_merge(wanted: Mapping[str, Any] | None, around: Surroundings, urls: Urls) -> dict[str, Any] | None:
    enabler = around.people.get(wanted["enabled_by_id"]) if wanted else None
    if not wanted or enabler is None:
        return None
    shown = ("merge_method", "commit_title", "commit_message")
    return {"enabled_by": simple_user(enabler, urls), **{name: wanted[name] for name in shown}}


def _branch(ref: str, sha: str, owner: dict[str, Any] | None, home: dict[str, Any] | None) -> dict[str, Any]:
    label = f"{owner['login']}:{ref}" if owner else None
    return {"label": label, "ref": ref, "sha": sha, "user": owner, "repo": home}


def _known_test_merge(place: Place, pull: Pull) -> str | None:
    return refs.read_ref(changes.git(place), f"refs/pull/{pull.number}/merge") if pull.is_open else None
