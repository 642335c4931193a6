"""Issue events, and the timeline that shows comments, reviews and commits among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from simulator.emulators.github.payloads.comments import comment_payloads
from simulator.emulators.github.payloads.commits import git_commit
from simulator.emulators.github.payloads.issue_references import issue_references
from simulator.emulators.github.payloads.issues import issue_payloads
from simulator.emulators.github.payloads.issues_across import issues_across
from simulator.emulators.github.payloads.reviews import review_payloads
from simulator.emulators.github.payloads.teams import team_payloads
from simulator.emulators.github.payloads.users import maybe_user, node_id
from simulator.emulators.github.state import changes, events
from simulator.emulators.github.state.comments import comments_by_id
from simulator.emulators.github.state.events import Event
from simulator.emulators.github.state.issues import Issue, issues_by_id
from simulator.emulators.github.state.people import People, load_people
from simulator.emulators.github.state.pull_rows import pull_by_id
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.reviews import PENDING, reviews_by_id
from simulator.emulators.github.state.teams import teams_by_ids
from simulator.emulators.github.state.work import Place
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import stamp_seconds

_PERSON_KEYS = ("assignee_id", "assigner_id", "reviewer_id", "requester_id")
_SHOWN_AS_IS = ("label", "dismissed_review", "state_reason", "milestone", "lock_reason")
_FAMILY = {"sub_issue_id": "sub_issue", "parent_issue_id": "parent_issue"}
_PLAIN_KINDS = {"automatic_base_change_succeeded", "base_ref_changed"}

Bodies = Mapping[int, dict[str, Any]]


def event_payloads(place: Place, found: Sequence[Event], urls: Urls, *, with_issue: bool) -> list[dict[str, Any]]:
    """Issue events; `with_issue` adds the issue itself, as the repository's own list has it."""
    people, teams = load_people(place, _people_in(found)), _teams(place, found, urls)
    issues: Bodies = _issues(place, {event.issue_id for event in found}, urls) if with_issue else {}
    family = _family(place, found, urls)
    bodies = []
    for event in found:
        body = _event(place.repository, event, people, urls) | _relatives(event, family) | _asked(event, teams)
        bodies.append(body | {"issue": issues[event.issue_id]} if with_issue else body)
    return bodies


def timeline_payloads(place: Place, issue: Issue, found: Sequence[Event], urls: Urls) -> list[dict[str, Any]]:
    """The timeline of one issue or pull request. What is deleted, or no longer part of the pull request, is left out."""
    people = load_people(place, {*_people_in(found), issue.author_id})
    shown = _Shown(
        comments=_comments(place, _ids(found, "comment_id"), urls),
        reviews=_reviews(place, issue, _ids(found, "review_id"), urls),
        commits=_commits(place, issue, urls),
        sources=_sources(place, _ids(found, "source_id"), urls),
        family=_family(place, found, urls),
        teams=_teams(place, found, urls),
    )
    bodies = (_timeline_entry(place.repository, event, shown, people, urls) for event in found)
    return [body for body in bodies if body is not None]


@dataclass(frozen=True, slots=True)
class _Shown:
    comments: Bodies
    reviews: Bodies
    commits: Mapping[str, dict[str, Any]]
    sources: Bodies
    family: Bodies
    teams: Bodies


def _timeline_entry(
    repository: Repository, event: Event, shown: _Shown, people: People, urls: Urls
) -> dict[str, Any] | None:
    match event.kind:
        case events.COMMENTED:
            return _marked(shown.comments.get(event.detail["comment_id"]), event, actor=_actor(event, people, urls))
        case events.REVIEWED:
            return _marked(shown.reviews.get(event.detail["review_id"]), event)
        case events.COMMITTED:
            return _marked(shown.commits.get(event.detail["sha"]), event)
        case events.CROSS_REFERENCED:
            source = shown.sources.get(event.detail["source_id"])
            return None if source is None else _reference(event, source, _actor(event, people, urls))
    return _event(repository, event, people, urls) | _relatives(event, shown.family) | _asked(event, shown.teams)


def _marked(body: dict[str, Any] | None, event: Event, **more: Any) -> dict[str, Any] | None:
    if body is None:
        return None
    lowered = {"state": body["state"].lower()} if event.kind == events.REVIEWED else {}
    return body | {"event": event.kind} | lowered | more


def _reference(event: Event, source: dict[str, Any], actor: dict[str, Any] | None) -> dict[str, Any]:
    at = stamp_seconds(event.created_at)
    return {
        "event": event.kind,
        "actor": actor,
        "created_at": at,
        "updated_at": at,
        "source": {"type": "issue", "issue": source},
    }


def _event(repository: Repository, event: Event, people: People, urls: Urls) -> dict[str, Any]:
    detail = event.detail
    sha = detail.get("commit_id")
    body: dict[str, Any] = {
        "id": event.id,
        "node_id": node_id("Event", event.id),
        "url": urls.api(f"{repository.path}/issues/events/{event.id}"),
        "actor": _actor(event, people, urls),
        "event": event.kind,
        "commit_id": sha,
        "commit_url": urls.api(f"{repository.path}/commits/{sha}") if sha else None,
        "created_at": stamp_seconds(event.created_at),
        "performed_via_github_app": None,
    }
    body |= {key: detail[key] for key in _SHOWN_AS_IS if key in detail}
    if event.kind == "renamed":
        body["rename"] = dict(detail)
    names = {"assignee_id": "assignee", "assigner_id": "assigner"}
    names |= {"reviewer_id": "requested_reviewer", "requester_id": "review_requester"}
    return body | {name: maybe_user(people.get(detail[key]), urls) for key, name in names.items() if key in detail}


def _family(place: Place, found: Sequence[Event], urls: Urls) -> Bodies:
    return issue_references(place, {each for key in _FAMILY for each in _ids(found, key)}, urls)


def _relatives(event: Event, family: Bodies) -> dict[str, Any]:
    return {name: family.get(event.detail[key]) for key, name in _FAMILY.items() if key in event.detail}


def _teams(place: Place, found: Sequence[Event], urls: Urls) -> Bodies:
    asked = list(teams_by_ids(place.connection, place.site, _ids(found, "team_id")).values())
    return {body["id"]: body for body in team_payloads(place.connection, asked, urls)}


def _asked(event: Event, teams: Bodies) -> dict[str, Any]:
    body = teams.get(event.detail["team_id"]) if "team_id" in event.detail else None
    return {"requested_team": body} if body else {}


def _actor(event: Event, people: People, urls: Urls) -> dict[str, Any] | None:
    return maybe_user(people.get(event.actor_id), urls)


def _people_in(found: Iterable[Event]) -> set[int | None]:
    ids: set[int | None] = set()
    for event in found:
        ids |= {event.actor_id} | {event.detail.get(key) for key in _PERSON_KEYS}
    return ids


def _ids(found: Iterable[Event], key: str) -> set[int]:
    return {event.detail[key] for event in found if key in event.detail}


def _issues(place: Place, ids: set[int], urls: Urls) -> Bodies:
    known = list(issues_by_id(place, ids).values()) if ids else []
    return {issue.id: body for issue, body in zip(known, issue_payloads(place, known, urls), strict=True)}


def _sources(place: Place, ids: set[int], urls: Urls) -> Bodies:
    """Issues that spoke of the one whose timeline it is, with their repository."""
    found = list(issues_by_id(place, ids).values()) if ids else []
    homes = {place.repository.id: place.repository} if found else {}
    bodies = issues_across(place.connection, place.instance, found, homes, urls, with_repository=True)
    return {body["id"]: body for body in bodies}


def _comments(place: Place, ids: set[int], urls: Urls) -> Bodies:
    known = comments_by_id(place, ids) if ids else []
    return {body["id"]: body for body in comment_payloads(place, known, urls)}


def _reviews(place: Place, issue: Issue, ids: set[int], urls: Urls) -> Bodies:
    if not ids:
        return {}
    known = [review for review in reviews_by_id(place, ids).values() if review.state != PENDING]
    return {body["id"]: body for body in review_payloads(place, pull_by_id(place, issue.id), known, urls)}


def _commits(place: Place, issue: Issue, urls: Urls) -> dict[str, dict[str, Any]]:
    if not issue.is_pull:
        return {}
    commits = changes.commits_of(place, pull_by_id(place, issue.id))
    return {str(commit.id): git_commit(commit, place.repository, urls) for commit in commits}
