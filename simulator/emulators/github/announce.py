"""What webhooks are told of issues, pull requests, reviews and comments.

Source: https://docs.github.com/en/webhooks/webhook-events-and-payloads
"""

from __future__ import annotations

from typing import Any

from simulator.emulators.github.payloads.comments import comment_payload
from simulator.emulators.github.payloads.issues import issue_payload
from simulator.emulators.github.payloads.labels import label_payload
from simulator.emulators.github.payloads.pulls import pull_payload
from simulator.emulators.github.payloads.repositories import full_repository
from simulator.emulators.github.payloads.reviews import review_comment_payload, review_payload
from simulator.emulators.github.payloads.users import simple_user
from simulator.emulators.github.state import comments, hooks, review_comments
from simulator.emulators.github.state.issues import issue_by_id
from simulator.emulators.github.state.people import load_people
from simulator.emulators.github.state.pull_rows import pull_by_id
from simulator.emulators.github.state.reviews import reviews_by_id
from simulator.emulators.github.state.work import Notice, Work
from simulator.emulators.kit.urls import Urls

_PEOPLE = {"assignee_id": "assignee", "reviewer_id": "requested_reviewer"}
_AS_IS = ("changes", "before", "after")


def announce(work: Work) -> None:
    """Tell the repository's hooks what the work noted down, as far as anybody listens; then forget it."""
    listening = hooks.list_hooks(work.connection, work.site, work.repository.id) if work.notices else []
    for notice in work.notices:
        told = [hook for hook in listening if hook.hears(notice.event)]
        if told:
            hooks.deliver(work.connection, work.instance, work.repository, told, notice.event, _payload(work, notice))
    work.notices.clear()


def _payload(work: Work, notice: Notice) -> dict[str, Any]:
    urls = Urls.of_request()
    payload = {"action": notice.action, **_subject(work, notice, urls), **_details(work, notice, urls)}
    payload["repository"] = full_repository(work.repository, urls)
    if work.repository.owner.kind == "organization":
        payload["organization"] = simple_user(work.repository.owner, urls)
    return payload | {"sender": simple_user(work.actor, urls)}


def _subject(work: Work, notice: Notice, urls: Urls) -> dict[str, Any]:
    detail = notice.detail
    match notice.event:
        case "issues":
            return {"issue": issue_payload(work, issue_by_id(work, notice.issue_id), urls)}
        case "issue_comment":
            comment = detail.get("deleted") or comments.comments_by_id(work, [detail["comment_id"]])[0]
            issue = issue_payload(work, issue_by_id(work, notice.issue_id), urls)
            return {"issue": issue, "comment": comment_payload(work, comment, urls)}
        case "pull_request_review":
            pull = pull_by_id(work, notice.issue_id)
            review = review_payload(work, pull, reviews_by_id(work, [detail["review_id"]])[detail["review_id"]], urls)
            return {"review": review | {"state": review["state"].lower()}, "pull_request": _pull(work, notice, urls)}
        case "pull_request_review_comment":
            line = detail.get("deleted") or review_comments.comments_by_id(work, [detail["comment_id"]])[0]
            return {"comment": review_comment_payload(work, line, urls), "pull_request": _pull(work, notice, urls)}
    pull_body = _pull(work, notice, urls)
    return {"number": pull_body["number"], "pull_request": pull_body}


def _pull(work: Work, notice: Notice, urls: Urls) -> dict[str, Any]:
    return pull_payload(work, pull_by_id(work, notice.issue_id), urls)


def _details(work: Work, notice: Notice, urls: Urls) -> dict[str, Any]:
    found = {name: notice.detail[name] for name in _AS_IS if name in notice.detail}
    if "label" in notice.detail:
        found["label"] = label_payload(work.repository, notice.detail["label"], urls)
    for key, name in _PEOPLE.items():
        person = load_people(work, [notice.detail.get(key)]).get(notice.detail.get(key))
        if person is not None:
            found[name] = simple_user(person, urls)
    return found
