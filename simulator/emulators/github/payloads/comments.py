"""Comments on issues and pull requests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simulator.emulators.github.payloads.reactions import reaction_sums
from simulator.emulators.github.payloads.users import maybe_user, node_id
from simulator.emulators.github.state.comments import Comment
from simulator.emulators.github.state.issues import Issue, issues_by_id
from simulator.emulators.github.state.people import People, load_people
from simulator.emulators.github.state.reactions import COMMENT, reaction_counts
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.work import Place
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import stamp_seconds


def comment_payload(place: Place, comment: Comment, urls: Urls) -> dict[str, Any]:
    """One comment."""
    return comment_payloads(place, [comment], urls)[0]


def comment_payloads(place: Place, comments: Sequence[Comment], urls: Urls) -> list[dict[str, Any]]:
    """Comments of one repository."""
    issues = issues_by_id(place, {comment.issue_id for comment in comments})
    people = load_people(place, {comment.author_id for comment in comments})
    reactions = reaction_counts(place, COMMENT, [comment.id for comment in comments])
    return [
        _comment(place.repository, comment, issues[comment.issue_id], people, reactions.get(comment.id), urls)
        for comment in comments
    ]


def _comment(
    repository: Repository,
    comment: Comment,
    issue: Issue,
    people: People,
    counts: Mapping[str, int] | None,
    urls: Urls,
) -> dict[str, Any]:
    kind = "pull" if issue.is_pull else "issues"
    url = urls.api(f"{repository.path}/issues/comments/{comment.id}")
    return {
        "url": url,
        "html_url": urls.html(f"/{repository.full_name}/{kind}/{issue.number}#issuecomment-{comment.id}"),
        "issue_url": urls.api(f"{repository.path}/issues/{issue.number}"),
        "id": comment.id,
        "node_id": node_id("IssueComment", comment.id),
        "user": maybe_user(people.get(comment.author_id), urls),
        "created_at": stamp_seconds(comment.created_at),
        "updated_at": stamp_seconds(comment.updated_at),
        "author_association": people.association(comment.author_id),
        "body": comment.body,
        "reactions": reaction_sums(url, counts),
        "performed_via_github_app": None,
    }
