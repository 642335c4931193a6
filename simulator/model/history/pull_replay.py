"""Facts of one pull request to its view.

Refuses to know other pull requests. Facts come sorted; a reopened pull request is the same one, and so is its evidence.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from simulator.model.facts import Fact, FactKind
from simulator.model.history.code import Commit
from simulator.model.history.pulls import Comment, Head, PullRequest, Review, ReviewRequest
from simulator.model.history.reading import ItemOf, changed_files
from simulator.model.history.threads import threads_of
from simulator.model.keys import SeatId, Sha
from simulator.model.people import Roster
from simulator.model.substance import substantive_lines

_K = FactKind


class PullReplay:
    """Collects a pull request's facts, then freezes it."""

    def __init__(self, fact: Fact, roster: Roster) -> None:
        detail = fact.detail
        self._opened = fact
        self._roster = roster
        self._titles = [(fact.at, str(detail.get("title") or ""))]
        self._bodies = [(fact.at, str(detail.get("body") or ""))]
        self._bases = [(fact.at, str(detail.get("base") or ""))]
        self._drafts = [(fact.at, bool(detail.get("draft")))]
        self._ready_at = None if detail.get("draft") else fact.at
        self._labels: list[tuple[datetime, frozenset[str]]] = []
        self._heads: dict[str, Head] = {}
        self._mergeable: list[tuple[datetime, bool | None]] = []
        self._reviews: list[Fact] = []
        self._dismissed: dict[str, Fact] = {}
        self._asked: list[Fact] = []
        self._withdrawn: list[Fact] = []
        self._comments: list[Comment] = []
        self._settled: dict[str, list[tuple[datetime, bool, SeatId | None]]] = {}
        self._merged: Fact | None = None
        self._closed: Fact | None = None

    @property
    def commits(self) -> tuple[Sha, ...]:
        """The commits of its last head."""
        return next(reversed(self._heads.values())).commits if self._heads else ()

    def add(self, fact: Fact) -> None:
        """Take in one more fact about this pull request."""
        take = _TAKES.get(fact.kind)
        if take is not None:  # other kinds, such as checks, are no part of this view
            take(self, fact)

    def _draft(self, fact: Fact) -> None:
        drafted = fact.kind is _K.PULL_REQUEST_DRAFTED
        self._drafts.append((fact.at, drafted))
        self._ready_at = self._ready_at or (None if drafted else fact.at)

    def _close(self, fact: Fact) -> None:
        self._closed = None if fact.kind is _K.PULL_REQUEST_REOPENED else fact

    def _merge(self, fact: Fact) -> None:
        self._merged = self._merged or fact

    def _comment(self, fact: Fact) -> None:
        self._comments.append(_comment(fact))

    def _dismiss(self, fact: Fact) -> None:
        self._dismissed[str(fact.detail.get("id"))] = fact

    def _settle(self, fact: Fact) -> None:
        turns = self._settled.setdefault(str(fact.detail.get("remark")), [])
        turns.append((fact.at, fact.kind is _K.THREAD_RESOLVED, fact.actor))

    def _head(self, fact: Fact) -> None:
        sha = Sha(str(fact.detail.get("head_sha") or ""))
        files = changed_files(fact.detail.get("files"))
        commits = tuple(Sha(str(commit)) for commit in fact.detail.get("commits") or ())
        self._heads.pop(sha, None)  # a head that comes back after a force push is the newest again
        lines = substantive_lines(files) + int(fact.detail.get("unlisted_lines") or 0)
        self._heads[sha] = Head(at=fact.at, sha=sha, commits=commits, files=files, lines=lines)
        self._mergeable.append((fact.at, fact.detail.get("mergeable")))

    def _said_mergeable(self, fact: Fact) -> None:
        """What is said of a head that was replaced meanwhile tells nothing."""
        if fact.detail.get("head_sha") == next(reversed(self._heads), None):
            self._mergeable.append((fact.at, fact.detail.get("mergeable")))

    def _edit(self, fact: Fact) -> None:
        for name, history in (("title", self._titles), ("body", self._bodies), ("base", self._bases)):
            value = fact.detail.get(name)
            if value is not None and str(value) != history[-1][1]:
                history.append((fact.at, str(value)))

    def _label(self, fact: Fact) -> None:
        label = {str(fact.detail.get("label") or "")}
        before = self._labels[-1][1] if self._labels else frozenset()
        self._labels.append((fact.at, before | label if fact.kind is _K.PULL_REQUEST_LABELLED else before - label))

    def freeze(self, commits: Mapping[Sha, Commit], item_of: ItemOf) -> PullRequest:
        """The pull request, whole. Its commits are those of its last head."""
        fact, merged = self._opened, self._merged
        heads = tuple(self._heads.values())
        own = tuple(commits[sha] for sha in (heads[-1].commits if heads else ()) if sha in commits)
        head = str(fact.detail.get("head") or "")
        titles = [title for _, title in reversed(self._titles)]
        return PullRequest(
            number=int(fact.subject_name),
            url=fact.url,
            author=fact.actor,
            item=item_of([head, *titles, *(commit.message for commit in own), self._bodies[-1][1]]),
            titles=tuple(self._titles),
            bodies=tuple(self._bodies),
            head=head,
            base=self._bases[-1][1],
            opened_at=fact.at,
            draft=self._drafts[-1][1],
            ready_at=self._ready_at,
            heads=heads,
            mergeable=tuple(self._mergeable),
            commits=own,
            reviews=tuple(self._review(review) for review in self._reviews),
            requests=self._requests(),
            comments=tuple(self._comments),
            merged_at=merged.at if merged else None,
            merged_by=merged.actor if merged else None,
            merge_sha=Sha(str(merged.detail["merge_sha"])) if merged and merged.detail.get("merge_sha") else None,
            closed_at=self._closed.at if self._closed and not merged else None,
            closed_by=self._closed.actor if self._closed and not merged else None,
            bases=tuple(self._bases),
            drafts=tuple(self._drafts),
            labels=tuple(self._labels),
            threads=threads_of(self._comments, self._settled),
        )

    def _review(self, fact: Fact) -> Review:
        name = str(fact.detail.get("id"))
        dismissed = self._dismissed.get(name)
        return Review(
            id=name,
            author=fact.actor,
            at=fact.at,
            state=str(fact.detail.get("state") or ""),
            body=str(fact.detail.get("body") or ""),
            sha=str(fact.detail.get("commit_sha") or ""),
            url=fact.url,
            dismissed_at=dismissed.at if dismissed else None,
            dismissed_by=dismissed.actor if dismissed else None,
            dismissal=str(dismissed.detail.get("message") or "") if dismissed else "",
            dismissed_by_push=bool(dismissed and dismissed.detail.get("by_push")),
        )

    def _requests(self) -> tuple[ReviewRequest, ...]:
        made: list[ReviewRequest] = []
        last: dict[SeatId, ReviewRequest] = {}
        for fact in self._asked:
            reviewer = self._roster.seat_of(fact.detail.get("reviewer"))
            if reviewer is None or reviewer == self._opened.actor:
                continue
            before = last.get(reviewer)
            if before and _waits(before, fact.at):
                continue  # asked again while the first request still waits
            request = self._request(fact, reviewer, turn=before.turn + 1 if before else 1)
            last[reviewer] = request
            made.append(request)
        return tuple(made)

    def _request(self, fact: Fact, reviewer: SeatId, *, turn: int) -> ReviewRequest:
        answers = [(review.at, review.actor) for review in self._reviews]
        answers += [(comment.at, comment.author) for comment in self._comments]
        since = max(fact.at, self._ready_at or fact.at)  # a draft is not waiting for anybody yet
        return ReviewRequest(
            pull=int(self._opened.subject_name),
            turn=turn,
            reviewer=reviewer,
            by=fact.actor,
            at=since,
            answered_at=min((at for at, seat in answers if seat == reviewer and at >= fact.at), default=None),
            void_at=self._void_at(fact, reviewer),
        )

    def _void_at(self, asked: Fact, reviewer: SeatId) -> datetime | None:
        gone = [fact.at for fact in self._withdrawn if self._roster.seat_of(fact.detail.get("reviewer")) == reviewer]
        over = [end.at if (end := self._merged or self._closed) else None, *(at for at in gone if at >= asked.at)]
        return min((at for at in over if at is not None), default=None)


_TAKES: Mapping[FactKind, Callable[[PullReplay, Fact], None]] = {
    _K.PULL_REQUEST_HEAD: PullReplay._head,
    _K.PULL_REQUEST_MERGEABLE: PullReplay._said_mergeable,
    _K.PULL_REQUEST_EDITED: PullReplay._edit,
    _K.PULL_REQUEST_READY: PullReplay._draft,
    _K.PULL_REQUEST_DRAFTED: PullReplay._draft,
    _K.PULL_REQUEST_CLOSED: PullReplay._close,
    _K.PULL_REQUEST_REOPENED: PullReplay._close,
    _K.PULL_REQUEST_LABELLED: PullReplay._label,
    _K.PULL_REQUEST_UNLABELLED: PullReplay._label,
    _K.PULL_REQUEST_MERGED: PullReplay._merge,
    _K.REVIEW_SUBMITTED: lambda self, fact: self._reviews.append(fact),
    _K.REVIEW_DISMISSED: PullReplay._dismiss,
    _K.REVIEW_REQUESTED: lambda self, fact: self._asked.append(fact),
    _K.REVIEW_REQUEST_REMOVED: lambda self, fact: self._withdrawn.append(fact),
    _K.PULL_REQUEST_COMMENTED: PullReplay._comment,
    _K.REVIEW_COMMENTED: PullReplay._comment,
    _K.THREAD_RESOLVED: PullReplay._settle,
    _K.THREAD_REOPENED: PullReplay._settle,
}


def _waits(request: ReviewRequest, at: datetime) -> bool:
    """Whether somebody still waits for an answer at an instant."""
    return all(end is None or end > at for end in (request.answered_at, request.void_at))


def _comment(fact: Fact) -> Comment:
    path, line, reply_to = (fact.detail.get(name) for name in ("path", "line", "in_reply_to"))
    return Comment(
        author=fact.actor,
        at=fact.at,
        body=str(fact.detail.get("body") or ""),
        url=fact.url,
        path=None if path is None else str(path),
        line=int(line) if line else None,
        id=str(fact.detail.get("id") or ""),
        reply_to=str(reply_to) if reply_to else None,
        review=str(fact.detail.get("review_id") or ""),
    )
