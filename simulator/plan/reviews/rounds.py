"""How a review stands: what the reviewer has raised so far, what of it is settled, and what stands now.

Read from facts each time. A point is settled by a commit after which it is not found any more, or by a reply with a reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from simulator.model.diff_lines import shown_text
from simulator.model.facts import Fact, FactKind
from simulator.model.keys import SeatId
from simulator.plan.pulls import PullStanding
from simulator.plan.reviews.objections import Finder
from simulator.plan.reviews.replies import Reply, read_reply
from simulator.plan.reviews.rules.point import Point
from simulator.plan.reviews.threads import Thread, threads_of

_CHANGES = "CHANGES_REQUESTED"
_DECIDED = ("APPROVED", _CHANGES)
_NIT = "nit"


@dataclass(frozen=True, kw_only=True)
class Rounds:
    """A reviewer's rounds with a pull request."""

    finder: Finder
    reviewer: SeatId

    @property
    def pull(self) -> PullStanding:
        """The pull request."""
        return self.finder.pull

    @cached_property
    def reviews(self) -> tuple[Fact, ...]:
        """The reviewer's reviews, oldest first."""
        return self.pull.reviews_by(self.reviewer)

    @cached_property
    def requests(self) -> tuple[Fact, ...]:
        """Those that ask for changes."""
        return tuple(review for review in self.reviews if review.detail.get("state") == _CHANGES)

    @cached_property
    def threads(self) -> tuple[Thread, ...]:
        """What the reviewer has said on lines."""
        return tuple(threads_of(self.pull, self.reviewer))

    @property
    def last_word(self) -> Fact | None:
        """The last approval or request for changes."""
        return self.pull.last_words().get(self.reviewer)

    @property
    def asks_for_changes(self) -> bool:
        """Whether that is what the last word says."""
        return self.last_word is not None and self.last_word.detail.get("state") == _CHANGES

    @property
    def has_read(self) -> bool:
        """Whether the reviewer has decided on the present head."""
        decided = (review for review in self.reviews if review.detail.get("state") in _DECIDED)
        return any(review.detail.get("commit_sha") == self.pull.head for review in decided)

    # --- points ---------------------------------------------------------------------------------------------------

    @cached_property
    def raised(self) -> frozenset[str]:
        """Keys of what was found at the heads at which the reviewer spoke by the rules."""
        return frozenset(point.key for review in self.reviews if not _is_scripted(review) for point in self._at(review))

    @property
    def has_moved(self) -> bool:
        """Whether something that the reviewer had asked for is gone by now."""
        return not self.raised <= {point.key for point in self._now}

    @cached_property
    def approved(self) -> frozenset[str]:
        """Keys of what was there at a head that the reviewer approved: it is not held against anybody later."""
        return frozenset(
            point.key
            for review in self.reviews
            if review.detail.get("state") == "APPROVED"
            for point in self._at(review)
        )

    @cached_property
    def others(self) -> tuple[Rounds, ...]:
        """The rounds of other colleagues with the same pull request."""
        people = self.finder.scenario.spec.people
        seats = dict.fromkeys(r.actor for r in self.pull.reviews if r.actor in people and r.actor != self.reviewer)
        colleagues = (seat for seat in seats if seat is not None and people[seat].kind == "teammate")
        return tuple(Rounds(finder=self.finder, reviewer=seat) for seat in colleagues)

    @cached_property
    def standing(self) -> tuple[Point, ...]:
        """What the reviewer would ask for now: found at this head or remarked on and still there, and not settled."""
        return tuple(
            point
            for point in (*self._remarked(), *self._now)
            if point.key not in self.approved and not any(rounds.is_settled(point) for rounds in (self, *self.others))
        )

    @cached_property
    def blocking(self) -> tuple[Point, ...]:
        """What of it has to be met before an approval."""
        return tuple(point for point in self.standing if not point.nit)

    @cached_property
    def nits(self) -> tuple[Point, ...]:
        """Small things that were not mentioned before."""
        return tuple(point for point in self.standing if point.nit and point.key not in self.raised)

    @cached_property
    def raised_by_others(self) -> dict[str, SeatId]:
        """Keys of what other colleagues have asked for and still do → who."""
        found: dict[str, SeatId] = {}
        for rounds in self.others:
            word = rounds.last_word
            if word is not None and rounds.asks_for_changes and not _is_scripted(word):
                found |= {point.key: rounds.reviewer for point in rounds._at(word)}
        return found

    def point_of(self, thread: Thread) -> Point:
        """What a remark is about: a point of the rules, or the remark itself when the story put it there."""
        return self._points[thread.id]

    @cached_property
    def _points(self) -> dict[int, Point]:
        """What each of the reviewer's remarks is about."""
        return {thread.id: self._meant(thread) for thread in self.threads}

    def _meant(self, thread: Thread) -> Point:
        review = next((r for r in self.reviews if str(r.detail.get("id")) == thread.review), None)
        found = self._at(review) if review is not None and not _is_scripted(review) else ()
        here = [point for point in found if (point.path, point.line) == (thread.path, thread.line)]
        given = (point for point in here if point.words is not None and point.words == _body(thread.remark))
        others = (point for point in here if point.words is None)
        return next(given, None) or next(others, None) or next(iter(here), None) or _itself(thread)

    def stands(self, point: Point) -> bool:
        """Whether something raised before is still there at this head, settled or not."""
        if point.kind == "remark":
            return any(point.key == _itself(thread).key and self._is_there(thread) for thread in self.threads)
        return any(point.key == now.key for now in self._now)

    def is_settled(self, point: Point) -> bool:
        """Whether a reply with a reason has settled a point, in a thread of this reviewer or in the conversation."""
        if not point.arguable:
            return False
        return point.key in self._talked_over or any(self._is_about(comment, point) for comment in self.reasons)

    @cached_property
    def _talked_over(self) -> frozenset[str]:
        """Keys of what was given a reason for in a thread."""
        return frozenset(self.point_of(thread).key for thread in self.threads if gives_reason(thread))

    def settles(self, comment: Fact) -> bool:
        """Whether a comment that gives a reason is about something the reviewer has asked for and may be argued about."""
        return any(point.arguable and self._is_about(comment, point) for point in self._asked_for)

    @cached_property
    def reasons(self) -> tuple[Fact, ...]:
        """Comments on the conversation that give a reason, after the reviewer's first request for changes."""
        first = self.requests[0].at if self.requests else None
        said = (*self.pull.comments, *(r for r in self.pull.reviews if r.detail.get("state") == "COMMENTED"))
        return tuple(
            fact
            for fact in said
            if first is not None
            and fact.at >= first
            and fact.kind is not FactKind.REVIEW_COMMENTED
            and self.finder.scenario.roster.is_human_seat(fact.actor)
            and read_reply(_body(fact)) is Reply.REASON
        )

    @property
    def was_answered(self) -> bool:
        """Whether somebody has given a reason since the last request for changes."""
        last = self.requests[-1].at if self.requests else None
        new = any(last is not None and comment.at > last for comment in self.reasons)
        return new or any(gives_reason(thread) for thread in self.threads)

    @cached_property
    def _asked_for(self) -> tuple[Point, ...]:
        """What the last request for changes was about."""
        last = self.requests[-1] if self.requests else None
        found = self._at(last) if last is not None and not _is_scripted(last) else ()
        return (*self._remarked(), *(point for point in found if not point.nit))

    @cached_property
    def _arguable(self) -> frozenset[str]:
        """Keys of what of it may be argued about."""
        return frozenset(asked.key for asked in self._asked_for if asked.arguable)

    def _is_about(self, comment: Fact, point: Point) -> bool:
        """Whether a comment names what a point is about; of a single point that can be argued about it need not."""
        if self._arguable == {point.key}:
            return True
        text = _body(comment).lower()
        file = (point.path.lower(), point.path.lower().rpartition("/")[2]) if point.path else ()
        return any(name and name in text for name in (*point.topics, *file))

    @property
    def _now(self) -> tuple[Point, ...]:
        return self.finder.at(self.pull.head, self.pull.bodies[-1][0], by=self.reviewer)

    def _at(self, review: Fact) -> tuple[Point, ...]:
        return self.finder.at(str(review.detail.get("commit_sha") or ""), review.at, by=self.reviewer)

    def _remarked(self) -> Iterator[Point]:
        """What the story made the reviewer ask for, while its lines are still there; without lines, until the next push."""
        asking = {str(review.detail.get("id")) for review in self.requests}
        for thread in self.threads:
            point = self.point_of(thread)
            if point.kind == "remark" and thread.review in asking and self._is_there(thread):
                yield point
        last = self.requests[-1] if self.requests else None
        if last is not None and self._stands_alone(last) and last.detail.get("commit_sha") == self.pull.head:
            yield Point(kind="said", key=f"said|{last.source_id}", occasion="on-the-line", certain=True)

    def _stands_alone(self, review: Fact) -> bool:
        """Whether a review of the story says what it has to say in its text, without remarks."""
        return _is_scripted(review) and all(thread.review != str(review.detail.get("id")) for thread in self.threads)

    def _is_there(self, thread: Thread) -> bool:
        """Whether the line that a remark was made on still reads the same."""
        review = next((r for r in self.reviews if str(r.detail.get("id")) == thread.review), None)
        sha = str(review.detail.get("commit_sha") or "") if review else ""
        before = shown_text(self.pull.contents.get(sha, ()), thread.path)
        now = shown_text(self.pull.contents.get(self.pull.head, ()), thread.path)
        line = before.get(thread.line or 0)
        return sha == self.pull.head or (line is not None and line in now.values())


def gives_reason(thread: Thread) -> bool:
    """Whether somebody has answered a remark with a reason."""
    return any(read_reply(_body(reply)) is Reply.REASON for reply in thread.by_others())


def _itself(thread: Thread) -> Point:
    nit = _body(thread.remark).lower().startswith(_NIT)
    return Point(
        kind="remark",
        key=f"remark|{thread.id}",
        occasion="on-the-line",
        path=thread.path,
        line=thread.line,
        fields={"path": thread.path},
        nit=nit,
        certain=True,
    )


def _is_scripted(review: Fact) -> bool:
    """Whether a review was written by the story: those by the rules list their points, and approvals raise none but nits."""
    return review.detail.get("state") != "APPROVED" and "\n- " not in _body(review)


def _body(fact: Fact) -> str:
    return str(fact.detail.get("body") or "")
