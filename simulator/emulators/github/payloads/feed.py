"""Public events as GitHub writes them. What is shown is looked up for a whole page at once, repository by repository.

Source: https://docs.github.com/en/rest/using-the-rest-api/github-event-types
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulator.emulators.github.payloads.feed_subjects import Subjects, subjects_of
from simulator.emulators.github.payloads.labels import label_payload
from simulator.emulators.github.state import users
from simulator.emulators.github.state.feed import FeedEvent
from simulator.emulators.github.state.labels import Label
from simulator.emulators.github.state.repositories import Repository, by_ids
from simulator.emulators.github.state.work import Place
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.instance import Instance
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import stamp_seconds

_ISSUE, _PULL = ("issue", "issues", "issue_id"), ("pull_request", "pull_bodies", "issue_id")
_SHOWN = {  # keys of the payload, where their bodies are, and which id of the event finds them
    "IssuesEvent": (_ISSUE,),
    "IssueCommentEvent": (_ISSUE, ("comment", "comments", "comment_id")),
    "PullRequestEvent": (_PULL,),
    "PullRequestReviewEvent": (("review", "reviews", "review_id"), _PULL),
    "PullRequestReviewCommentEvent": (_PULL, ("comment", "line_comments", "comment_id")),
    "CommitCommentEvent": (("comment", "commit_comments", "comment_id"),),
    "ForkEvent": (("forkee", "forks", "fork_id"),),
    "MemberEvent": (("member", "people", "member_id"),),
    "ReleaseEvent": (("release", "releases", "release_id"),),
}


def feed_payloads(
    connection: Connection, instance: Instance, site: str, found: Sequence[FeedEvent], urls: Urls
) -> list[dict[str, Any]]:
    """Events of one site in the order given; those whose subject is gone are left out."""
    homes = by_ids(connection, site, {event.repository_id for event in found})
    people = users.by_ids(connection, site, {event.actor_id for event in found})
    bodies: dict[int, dict[str, Any]] = {}
    for home in homes.values():
        place = Place(connection=connection, instance=instance, site=site, repository=home)
        inside = [event for event in found if event.repository_id == home.id and event.actor_id in people]
        subjects = subjects_of(place, inside, urls)
        for event in inside:
            payload = _payload(home, event, subjects, urls)
            if payload is not None:
                bodies[event.id] = _event(home, event, people[event.actor_id], payload, urls)
    return [bodies[event.id] for event in found if event.id in bodies]


def _event(home: Repository, event: FeedEvent, actor: Account, payload: dict[str, Any], urls: Urls) -> dict[str, Any]:
    body = {
        "id": str(event.id),
        "type": event.kind,
        "actor": _actor(actor, urls) | {"display_login": actor.login},
        "repo": {"id": home.id, "name": home.full_name, "url": urls.api(home.path)},
        "payload": payload,
        "public": not home.private,
        "created_at": stamp_seconds(event.created_at),
    }
    return body | {"org": _actor(home.owner, urls)} if home.owner.kind == "organization" else body


def _actor(account: Account, urls: Urls) -> dict[str, Any]:
    kind = "orgs" if account.kind == "organization" else "users"
    return {
        "id": account.id,
        "login": account.login,
        "gravatar_id": "",
        "url": urls.api(f"/{kind}/{account.login}"),
        "avatar_url": urls.html(f"/avatars/u/{account.id}?"),
    }


def _payload(home: Repository, event: FeedEvent, subjects: Subjects, urls: Urls) -> dict[str, Any] | None:
    # None when what the event is about is gone
    parts = _parts(home, event, subjects, urls)
    if any(part is None for part in parts.values()):
        return None
    action = {"action": _action(event, subjects)} if event.detail.get("action") else {}
    return action | parts


def _parts(home: Repository, event: FeedEvent, subjects: Subjects, urls: Urls) -> dict[str, Any]:
    if "ref" in event.detail or event.kind == "CreateEvent":
        return _ref_parts(event)
    bodies = {name: getattr(subjects, kept).get(event.detail[key]) for name, kept, key in _SHOWN.get(event.kind, ())}
    if event.kind == "PullRequestEvent" and bodies["pull_request"]:
        bodies = {"number": bodies["pull_request"]["number"], **bodies}
    return bodies | _concerned(home, event, subjects, urls)


def _ref_parts(event: FeedEvent) -> dict[str, Any]:
    # what may be null is shown as words, so that nothing looks as if it were gone
    detail = event.detail
    ref = detail.get("ref", "")
    if event.kind == "PushEvent":
        place = {"repository_id": event.repository_id, "push_id": event.id}
        return place | {"ref": ref, "head": detail["head"], "before": detail["before"]}
    kind, _, name = ref.removeprefix("refs/").partition("/")
    word = {"heads": "branch", "tags": "tag"}.get(kind, kind) or "repository"
    body = {"ref": name, "ref_type": word, "full_ref": ref, "pusher_type": "user"}
    if event.kind == "DeleteEvent":
        return body
    return body | {"master_branch": detail["master_branch"], "description": detail["description"] or ""}


def _action(event: FeedEvent, subjects: Subjects) -> str:
    pull = subjects.pulls.get(event.detail["issue_id"])
    merged_at = pull.row.merged_at if pull and event.kind == "PullRequestEvent" else None
    if event.detail["action"] == "closed" and merged_at is not None and event.created_at >= merged_at:
        return "merged"
    return str(event.detail["action"])


def _concerned(home: Repository, event: FeedEvent, subjects: Subjects, urls: Urls) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if "label" in event.detail:
        label = label_payload(home, Label(**event.detail["label"]), urls)
        found |= {"label": label, "labels": [label]}
    assignee = subjects.people.get(event.detail.get("assignee_id", 0))
    if assignee is not None:
        found |= {"assignee": assignee, "assignees": [assignee]}
    return found
