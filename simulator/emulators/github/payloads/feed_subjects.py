"""What the public events of one repository are about: issues, pull requests, comments, reviews, releases, people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from simulator.emulators.github.payloads.comments import comment_payloads
from simulator.emulators.github.payloads.commit_comments import commit_comment_payloads
from simulator.emulators.github.payloads.issues import issue_payloads
from simulator.emulators.github.payloads.releases import release_payloads
from simulator.emulators.github.payloads.repositories import full_repository
from simulator.emulators.github.payloads.reviews import review_comment_payloads, review_payloads
from simulator.emulators.github.payloads.users import simple_user
from simulator.emulators.github.state import comments, commit_comments, review_comments, users
from simulator.emulators.github.state.feed import FeedEvent
from simulator.emulators.github.state.issues import issues_by_id
from simulator.emulators.github.state.pull_rows import Pull, pulls_by_id
from simulator.emulators.github.state.releases import find_release
from simulator.emulators.github.state.repositories import Repository, by_ids
from simulator.emulators.github.state.repository_facts import facts_of
from simulator.emulators.github.state.reviews import reviews_by_id
from simulator.emulators.github.state.work import Place
from simulator.emulators.kit.urls import Urls

Bodies = Mapping[int, dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subjects:
    """Bodies by id. What is gone by now is missing."""

    issues: Bodies
    pulls: Mapping[int, Pull]
    pull_bodies: Bodies
    comments: Bodies
    reviews: Bodies
    line_comments: Bodies
    commit_comments: Bodies
    releases: Bodies
    forks: Bodies
    people: Bodies


def subjects_of(place: Place, found: Sequence[FeedEvent], urls: Urls) -> Subjects:
    """What events of one repository are about."""
    pulls = pulls_by_id(place, _ids(found, "issue_id"))
    people = users.by_ids(place.connection, place.site, _ids(found, "assignee_id") | _ids(found, "member_id"))
    return Subjects(
        issues=_issues(place, found, urls),
        pulls=pulls,
        pull_bodies=_pulls(place, pulls, urls),
        comments=_comments(place, found, urls),
        reviews=_reviews(place, found, pulls, urls),
        line_comments=_line_comments(place, found, urls),
        commit_comments=_commit_comments(place, found, urls),
        releases=_releases(place, found, urls),
        forks=_forks(place, found, urls),
        people={each.id: simple_user(each, urls) for each in people.values()},
    )


def _ids(found: Sequence[FeedEvent], key: str, *kinds: str) -> set[int]:
    return {event.detail[key] for event in found if event.detail.get(key) and (not kinds or event.kind in kinds)}


def _forks(place: Place, found: Sequence[FeedEvent], urls: Urls) -> Bodies:
    known = list(by_ids(place.connection, place.site, _ids(found, "fork_id")).values())
    facts = facts_of(place.connection, place.instance, known)
    return {each.id: full_repository(each, urls, facts=facts[each.id]) for each in known}


def _issues(place: Place, found: Sequence[FeedEvent], urls: Urls) -> Bodies:
    known = list(issues_by_id(place, _ids(found, "issue_id", "IssuesEvent", "IssueCommentEvent")).values())
    return {body["id"]: body for body in issue_payloads(place, known, urls)} if known else {}


def _pulls(place: Place, pulls: Mapping[int, Pull], urls: Urls) -> Bodies:
    others = {pull.row.head_repository_id for pull in pulls.values()} - {place.repository.id, None}
    homes = by_ids(place.connection, place.site, (each for each in others if each is not None))
    homes[place.repository.id] = place.repository
    return {
        pull.id: {
            "id": pull.id,
            "number": pull.number,
            "url": urls.api(f"{place.repository.path}/pulls/{pull.number}"),
            "head": _branch(pull.row.head_ref, pull.row.head_sha, homes.get(pull.row.head_repository_id or 0), urls),
            "base": _branch(pull.row.base_ref, pull.row.base_sha, place.repository, urls),
        }
        for pull in pulls.values()
    }


def _branch(ref: str, sha: str, home: Repository | None, urls: Urls) -> dict[str, Any]:
    repo = home and {"id": home.id, "url": urls.api(home.path), "name": home.name}
    return {"ref": ref, "sha": sha, "repo": repo}


def _comments(place: Place, found: Sequence[FeedEvent], urls: Urls) -> Bodies:
    known = comments.comments_by_id(place, _ids(found, "comment_id", "IssueCommentEvent"))
    return {body["id"]: body for body in comment_payloads(place, known, urls)} if known else {}


def _reviews(place: Place, found: Sequence[FeedEvent], pulls: Mapping[int, Pull], urls: Urls) -> Bodies:
    wanted = _ids(found, "review_id", "PullRequestReviewEvent")
    known = list(reviews_by_id(place, wanted).values()) if wanted else []
    bodies: dict[int, dict[str, Any]] = {}
    for pull in pulls.values():
        own = [review for review in known if review.pull_id == pull.id]
        bodies |= {body["id"]: body for body in (review_payloads(place, pull, own, urls) if own else ())}
    return bodies


def _line_comments(place: Place, found: Sequence[FeedEvent], urls: Urls) -> Bodies:
    wanted = _ids(found, "comment_id", "PullRequestReviewCommentEvent")
    known = review_comments.comments_by_id(place, wanted) if wanted else []
    return {body["id"]: body for body in review_comment_payloads(place, known, urls)} if known else {}


def _commit_comments(place: Place, found: Sequence[FeedEvent], urls: Urls) -> Bodies:
    wanted = _ids(found, "comment_id", "CommitCommentEvent")
    known = [comment for each in wanted if (comment := commit_comments.find_comment(place, each))]
    return {body["id"]: body for body in commit_comment_payloads(place, known, urls)} if known else {}


def _releases(place: Place, found: Sequence[FeedEvent], urls: Urls) -> Bodies:
    known = [release for each in _ids(found, "release_id") if (release := find_release(place, each))]
    return {body["id"]: body for body in release_payloads(place, known, urls)} if known else {}
