"""Reviews, and conversations about lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simulator.emulators.github.desk import named_pull
from simulator.emulators.github.errors import Forbidden
from simulator.emulators.github.fields import Fields as Checked
from simulator.emulators.github.graphql.mutations.base import Changes, Fields, mutation, only_edge
from simulator.emulators.github.graphql.mutations.pulls import pull_path
from simulator.emulators.github.graphql.problems import unprocessable
from simulator.emulators.github.remarks import anchor_of, refusal
from simulator.emulators.github.state import review_comments, reviews, threads
from simulator.emulators.github.state.anchors import Unanchored
from simulator.emulators.github.state.locks import is_locked_for
from simulator.emulators.github.state.pull_rows import Pull
from simulator.emulators.github.state.reviews import PENDING, Review
from simulator.emulators.github.state.work import Work

_PLACE = ("path", "line", "side", "start_line", "start_side", "subject_type")


class ReviewChanges(Changes):
    """Reviews and threads."""

    @mutation
    def add_pull_request_review(
        self,
        pull_request_id: str,
        event: str | None = None,
        commit_oid: str | None = None,
        comments: Sequence[Mapping[str, Any] | None] | None = None,
        threads: Sequence[Mapping[str, Any] | None] | None = None,
        **given: Any,
    ) -> Fields:
        """Review a pull request; without an event the review stays pending."""
        pull = self.named(pull_request_id, "PullRequest")
        remarks = [dict(each) for each in (*(comments or ()), *(threads or ())) if each]
        body: dict[str, Any] = {"body": given.get("body") or "", "comments": remarks}
        body |= {"event": event} if event else {}
        body |= {"commit_id": commit_oid} if commit_oid else {}
        made = self.ask("POST", f"{pull_path(pull)}/reviews", body)
        review = self.made("PullRequestReview", made["id"])
        return {"pull_request_review": review, "review_edge": only_edge(review)}

    @mutation
    def submit_pull_request_review(
        self,
        event: str,
        pull_request_id: str | None = None,
        pull_request_review_id: str | None = None,
        body: str | None = None,
    ) -> Fields:
        """Make a pending review known."""
        review = self._review(pull_request_review_id, pull_request_id)
        wanted = {"event": event} | ({"body": body} if body is not None else {})
        self.ask("POST", f"{self._path(review)}/events", wanted)
        return {"pull_request_review": self.again(review)}

    @mutation
    def update_pull_request_review(self, pull_request_review_id: str, body: str) -> Fields:
        """Change what a review says."""
        review = self.named(pull_request_review_id, "PullRequestReview")
        self.ask("PUT", self._path(review), {"body": body})
        return {"pull_request_review": self.again(review)}

    @mutation
    def delete_pull_request_review(self, pull_request_review_id: str) -> Fields:
        """Throw a pending review away."""
        review = self.named(pull_request_review_id, "PullRequestReview")
        self.ask("DELETE", self._path(review))
        return {"pull_request_review": review}

    @mutation
    def dismiss_pull_request_review(self, pull_request_review_id: str, message: str) -> Fields:
        """Take the weight off a review."""
        review = self.named(pull_request_review_id, "PullRequestReview")
        self.ask("PUT", f"{self._path(review)}/dismissals", {"message": message})
        return {"pull_request_review": self.again(review)}

    @mutation
    def add_pull_request_review_thread(
        self,
        body: str,
        pull_request_id: str | None = None,
        pull_request_review_id: str | None = None,
        **place: Any,
    ) -> Fields:
        """Begin a conversation about a line or a file, as part of a pending review."""
        if pull_request_review_id is not None:
            review_view = self.named(pull_request_review_id, "PullRequestReview")
            home, number = review_view.home, review_view.pull.number
        else:
            pull_view = self.named(self._required(pull_request_id), "PullRequest")
            home, number = pull_view.home, pull_view.number
        with self.work(home) as work:
            pull = named_pull(work, number)
            review = _pending(work, pull)
            comment_id = _begin_thread(work, pull, review, body, place)
        return {"thread": self.made("PullRequestReviewThread", comment_id)}

    @mutation
    def add_pull_request_review_thread_reply(
        self,
        pull_request_review_thread_id: str,
        body: str,
        pull_request_review_id: str | None = None,
    ) -> Fields:
        """Answer in a conversation: at once, or as part of one's pending review."""
        thread = self.named(pull_request_review_thread_id, "PullRequestReviewThread")
        if pull_request_review_id is not None:
            self.named(pull_request_review_id, "PullRequestReview")
        comment_id = self._pending_reply(thread, body)
        if comment_id is None:
            path = f"{pull_path_of(thread)}/comments/{thread.first.id}/replies"
            comment_id = self.ask("POST", path, {"body": body})["id"]
        return {"comment": self.made("PullRequestReviewComment", comment_id)}

    def _pending_reply(self, thread: Any, body: str) -> int | None:
        with self.work(thread.home) as work:
            pull = named_pull(work, thread.pull.number)
            review = reviews.pending_review(work, pull.id, work.actor.id)
            if review is None:
                return None
            _check_words(work, pull, body)
            parent = review_comments.find(work, thread.first.id, viewer_id=work.actor.id)
            if parent is None:
                raise unprocessable("The conversation is gone.")
            return review_comments.add_reply(work, parent, body, review_id=review.id, pending=True).id

    @mutation
    def update_pull_request_review_comment(self, pull_request_review_comment_id: str, body: str) -> Fields:
        """Change a comment on a line."""
        comment = self.named(pull_request_review_comment_id, "PullRequestReviewComment")
        self.ask("PATCH", f"{comment.home.path}/pulls/comments/{comment.database_id}", {"body": body})
        return {"pull_request_review_comment": self.again(comment)}

    @mutation
    def delete_pull_request_review_comment(self, id: str) -> Fields:  # noqa: A002 - GitHub's name
        """Delete a comment on a line."""
        comment = self.named(id, "PullRequestReviewComment")
        review = comment.pull_request_review
        self.ask("DELETE", f"{comment.home.path}/pulls/comments/{comment.database_id}")
        return {
            "pull_request_review": self.again(review) if review else None,
            "pull_request_review_comment": comment,
        }

    @mutation
    def resolve_review_thread(self, thread_id: str) -> Fields:
        """Resolve a conversation."""
        return self._settle(thread_id, resolved=True)

    @mutation
    def unresolve_review_thread(self, thread_id: str) -> Fields:
        """Open a resolved conversation again."""
        return self._settle(thread_id, resolved=False)

    def _settle(self, thread_id: str, *, resolved: bool) -> Fields:
        view = self.named(thread_id, "PullRequestReviewThread")
        with self.work(view.home) as work:
            pull = named_pull(work, view.pull.number)
            if not threads.may_resolve(work, pull, work.actor):
                raise Forbidden("Must have push access to Repository.")
            found = threads.find_thread(work, view.first.id, viewer_id=work.actor.id)
            if found is not None:
                threads.resolve(work, found) if resolved else threads.unresolve(work, found)
        return {"thread": self.again(view)}

    def _review(self, review_id: str | None, pull_id: str | None) -> Any:
        if review_id is not None:
            return self.named(review_id, "PullRequestReview")
        pull = self.named(self._required(pull_id), "PullRequest")
        own = [row for row in pull.around.reviews.get(pull.pull.id) or () if row.state == PENDING]
        if not own:
            raise unprocessable("You have no pending review on this pull request.")
        return pull.show("PullRequestReview", pull.home, pull.pull, own[0])

    @staticmethod
    def _required(pull_id: str | None) -> str:
        if pull_id is None:
            raise unprocessable("One of pullRequestId and pullRequestReviewId must be given.")
        return pull_id

    @staticmethod
    def _path(review: Any) -> str:
        return f"{pull_path_of(review)}/reviews/{review.database_id}"


def pull_path_of(view: Any) -> str:
    """The REST path of the pull request that something is part of."""
    return f"{view.home.path}/pulls/{view.pull.number}"


def _pending(work: Work, pull: Pull) -> Review:
    found = reviews.pending_review(work, pull.id, work.actor.id)
    return found or reviews.start_review(work, pull.id, commit_sha=pull.row.head_sha, body="")


def _begin_thread(work: Work, pull: Pull, review: Review, body: str, place: Mapping[str, Any]) -> int:
    _check_words(work, pull, body)
    wanted = {name: place[name] for name in _PLACE if place.get(name) is not None}
    if "subject_type" in wanted:
        wanted["subject_type"] = wanted["subject_type"].lower()
    fields = Checked(wanted, "PullRequestReviewComment")
    try:
        anchor = anchor_of(work, pull, fields, commit_sha=review.commit_sha)
    except Unanchored as exc:
        raise unprocessable(refusal(exc)) from exc
    return review_comments.add(work, pull.id, body, anchor, review_id=review.id, pending=True).id


def _check_words(work: Work, pull: Pull, body: str) -> None:
    if is_locked_for(work, pull.issue):
        raise Forbidden("Unable to create comment because issue is locked.")
    if not body.strip():
        raise unprocessable("Body can't be blank")
    Checked({"body": body}, "PullRequestReviewComment").text("body")
