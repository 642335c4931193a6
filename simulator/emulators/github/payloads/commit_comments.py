"""Comments on commits as GitHub writes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulator.emulators.github.payloads.reactions import reaction_sums
from simulator.emulators.github.payloads.users import maybe_user, node_id
from simulator.emulators.github.state.commit_comments import CommitComment
from simulator.emulators.github.state.people import load_people
from simulator.emulators.github.state.reactions import COMMIT_COMMENT, reaction_counts
from simulator.emulators.github.state.work import Place
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import stamp_seconds


def commit_comment_payload(place: Place, comment: CommitComment, urls: Urls) -> dict[str, Any]:
    """One comment."""
    return commit_comment_payloads(place, [comment], urls)[0]


def commit_comment_payloads(place: Place, comments: Sequence[CommitComment], urls: Urls) -> list[dict[str, Any]]:
    """Comments of one repository."""
    people = load_people(place, {comment.author_id for comment in comments})
    counts = reaction_counts(place, COMMIT_COMMENT, [comment.id for comment in comments])
    return [
        {
            **_addresses(place, comment, urls),
            "id": comment.id,
            "node_id": node_id("CommitComment", comment.id),
            "user": maybe_user(people.get(comment.author_id), urls),
            "position": comment.position,
            "line": comment.line,
            "path": comment.path,
            "commit_id": comment.sha,
            "created_at": stamp_seconds(comment.created_at),
            "updated_at": stamp_seconds(comment.updated_at),
            "author_association": people.association(comment.author_id),
            "body": comment.body,
            "reactions": reaction_sums(_url(place, comment, urls), counts.get(comment.id)),
        }
        for comment in comments
    ]


def _addresses(place: Place, comment: CommitComment, urls: Urls) -> dict[str, Any]:
    page = urls.html(f"/{place.repository.full_name}/commit/{comment.sha}#commitcomment-{comment.id}")
    return {"url": _url(place, comment, urls), "html_url": page}


def _url(place: Place, comment: CommitComment, urls: Urls) -> str:
    return urls.api(f"{place.repository.path}/comments/{comment.id}")
