"""Moment 9: the learner is the reviewer, and there is something to find."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints
from typing_extensions import override

from simulator.model.actions import CommentOnPullRequest
from simulator.model.history import Comment, Head, PullRequest
from simulator.model.keys import PullRef
from simulator.scenario.moments.deeds import from_the_start, said_by
from simulator.scenario.moments.moment import Consequence, Moment, Scene, Sign
from simulator.scenario.moments.spots import Spot
from simulator.scenario.moments.traces import everybody
from simulator.scenario.moments.words import is_about, is_question, substance
from simulator.scenario.part import PullId, Text
from simulator.scenario.values import LengthText
from simulator.scenario.view import View

Word = Annotated[str, StringConstraints(min_length=2, max_length=60)]


class Defect(Spot):
    """Something wrong in the colleague's change: where it is, and by which words one knows that it is spoken of."""

    about: tuple[Word, ...] = ()
    """Words that show that somebody speaks of it, in any language."""


class LearnerReviews(Moment):
    """A colleague asks for a review of a change with a bug and a security slip in it."""

    number: ClassVar[int] = 9
    title: ClassVar[str] = "You are the reviewer"
    ways: ClassVar[Mapping[str, str]] = {
        "found_the_bug": "You pointed at the bug.",
        "found_the_security_slip": "You pointed at the security slip.",
        "asked_for_changes": "You asked for changes and gave a reason.",
        "asked_a_question": "You asked about a line that you were not sure of.",
        "approved_when_fixed": "You approved when it was right, and not before.",
    }
    slips: ClassVar[Mapping[str, str]] = {
        "rubber_stamp": "It was approved with the fault still in it.",
        "kept_waiting": "Your colleague waited longer than a working day for the first word.",
    }
    usual_hints: ClassVar[tuple[str, str, str]] = (
        "Somebody waits for your eyes. What would you want to know before this runs in production?",
        "Read the changed files against the issue's criteria: what happens at the edges, what is logged, what is "
        "trusted?",
        "Go through the diff line by line, comment on each line that you would not sign, say why and what you would "
        "expect. Then send the review with `Request changes`, and approve after the next push.",
    )
    usual_explanation: ClassVar[str] = (
        "A review is the last pair of eyes before everybody's code. It takes reading: a review of a real change "
        "that is done in two minutes has found nothing. A remark helps when it is on the line, says what could "
        "happen, and leaves the author a way out. And it helps today: a pull request that waits grows stale, and so "
        "does its author's memory. A working day is a good limit for the first answer; Google's guide for reviewers "
        "says one business day at most."
    )

    type: Literal["learner_reviews"]
    pull: PullId
    """The colleague's pull request; `who` is its author."""
    bug: Defect
    security: Defect | None = None
    within: Annotated[int, Field(ge=0, le=200)] = 5
    """A remark counts for a defect within so many lines of it."""
    answer_within: LengthText = timedelta(hours=8)
    """Working time until the first word is late."""
    came_back: Text = (
        "Bad news about this one: what we merged has a fault, and a customer found it before we did. I'm on it. We "
        "both looked at that line, so no blame. Next time let's read it twice."
    )
    """What `who` writes on the pull request later when it was approved with its fault."""

    @override
    def obstacle(self, view: View, about: Mapping[str, str]) -> str:
        pull = view.pull(self.pull)
        gone = pull is not None and (pull.merged_at or pull.closed_at)
        return f"the pull request {self.pull} is merged or closed already" if gone else ""

    @override
    def concerns(self, scene: Scene) -> bool:
        pull = scene.view.pull(self.pull)
        asked = {request.reviewer for request in pull.requests} if pull else set()
        humans = {seat for seat in asked if scene.view.is_human(seat)}
        return not humans or scene.seat in humans

    @override
    def well(self, scene: Scene) -> Iterator[Sign]:
        pull = scene.view.pull(self.pull)
        if pull is None:
            return
        for way, defect in self._defects():
            yield from (Sign(way=way, at=at, evidence=(url,)) for at, url in self._pointed(scene, pull, defect))
        for said in said_by(scene):
            if said.pull == pull.number and is_question(said.text, least=3) and "?" in said.text:
                yield Sign(way="asked_a_question", at=said.at, evidence=(said.evidence,))
        for review in pull.reviews:
            if review.author != scene.seat or not scene.holds(review.at):
                continue
            if review.state == "CHANGES_REQUESTED" and self._has_reason(scene, pull, review.at):
                yield Sign(way="asked_for_changes", at=review.at, evidence=(review.url,))
            if review.state == "APPROVED" and self._was_mended(pull, review.at):
                yield Sign(way="approved_when_fixed", at=review.at, evidence=(review.url,))

    @override
    def badly(self, scene: Scene) -> Iterator[Sign]:
        pull = scene.view.pull(self.pull)
        if pull is None:
            return
        for review in pull.reviews:
            if review.author == scene.seat and review.state == "APPROVED" and self._overlooked(scene, pull, review.at):
                yield Sign(way="rubber_stamp", at=review.at, evidence=(review.url,))
        asked = [request.at for request in pull.requests if request.reviewer == scene.seat]
        begun = max([scene.opened, pull.ready_at or pull.opened_at, *asked[:1]])
        late = scene.view.later(begun, self.answer_within)
        answers = (sign.at for one in everybody(scene) for sign in self._words(one, pull))
        first = min(answers, default=None)
        over = pull.merged_at or pull.closed_at
        if late <= scene.end and (first is None or first > late) and not (over and over <= late):
            yield Sign(way="kept_waiting", at=late, evidence=(pull.url,))

    @override
    def consequences(self, scene: Scene, slip: Sign) -> tuple[Consequence, ...]:
        if slip.way != "rubber_stamp":
            return ()
        words = CommentOnPullRequest(actor=self.seat, pull=PullRef(self.pull), body=self.came_back)
        return (Consequence(after=timedelta(hours=12), actions=(words,)),)

    @override
    def where(self, scene: Scene) -> str:
        found = scene.view.pull(self.pull)
        return found.url if found else ""

    @override
    def commands(self, scene: Scene) -> tuple[str, ...]:
        pull = scene.view.pull(self.pull)
        number = pull.number if pull else ""
        return (f"gh pr checkout {number}", f"gh pr diff {number}", f"gh pr review {number}") if pull else ()

    @override
    def task(self, scene: Scene) -> str:
        pull = scene.view.pull(self.pull)
        if pull is None or pull.state != "open":
            return ""
        reviewed = max((r.at for r in pull.reviews if r.author == scene.seat), default=None)
        news = [head.at for head in pull.heads] + [r.at for r in pull.requests if r.reviewer == scene.seat]
        is_due = reviewed is None or any(at > reviewed for at in news)
        return f"Review #{pull.number}, {pull.title}" if is_due else ""

    # --- parts ------------------------------------------------------------------------------------------------------

    def _defects(self) -> tuple[tuple[str, Defect], ...]:
        security = (("found_the_security_slip", self.security),) if self.security else ()
        return (("found_the_bug", self.bug), *security)

    def _pointed(self, scene: Scene, pull: PullRequest, defect: Defect) -> Iterator[tuple[datetime, str]]:
        """When somebody pointed at a defect: by a remark on a line near it, or by words that speak of it."""
        for comment in pull.comments:
            mine = comment.author == scene.seat and scene.holds(comment.at) and substance(comment.body) >= 1
            if mine and self._is_near(pull, defect, comment):
                yield comment.at, comment.url
        for said in said_by(scene):
            if said.pull == pull.number and is_about(said.text, defect.about) and substance(said.text) >= 3:
                yield said.at, said.evidence

    def _is_near(self, pull: PullRequest, defect: Defect, comment: Comment) -> bool:
        """Whether a remark stands near a defect, and no other one is nearer."""
        head = pull.head_at(comment.at)
        far = {way: self._distance(one, head, comment) for way, one in self._defects()}
        mine = next(far[way] for way, one in self._defects() if one is defect)
        return mine is not None and mine <= self.within and all(d is None or mine <= d for d in far.values())

    def _distance(self, defect: Defect, head: Head | None, comment: Comment) -> int | None:
        if comment.path is None or comment.line is None:
            return None
        lines = (number for path, number in defect.added_in(head) if path == comment.path)
        return min((abs(comment.line - number) for number in lines), default=None)

    def _words(self, scene: Scene, pull: PullRequest) -> Iterator[Sign]:
        """Everything by which the person answered the request: remarks, reviews, comments."""
        for review in pull.reviews:
            if review.author == scene.seat:
                yield Sign(way="reviewed", at=review.at)
        for comment in pull.comments:
            if comment.author == scene.seat:
                yield Sign(way="commented", at=comment.at)

    def _has_reason(self, scene: Scene, pull: PullRequest, at: datetime) -> bool:
        """Whether the review, or what was said on the pull request until then, says more than that something is wrong."""
        return any(said.pull == pull.number and said.at <= at and substance(said.text) >= 3 for said in said_by(scene))

    def _overlooked(self, scene: Scene, pull: PullRequest, at: datetime) -> bool:
        head = pull.head_at(at)
        for _, defect in self._defects():
            pointed = self._pointed(from_the_start(scene), pull, defect)
            if defect.added_in(head) and not any(when <= at for when, _ in pointed):
                return True
        return False

    def _was_mended(self, pull: PullRequest, at: datetime) -> bool:
        """Whether a defect was in it before and none is in it now."""
        now, before = pull.head_at(at), [head for head in pull.heads if head.at <= at]
        defects = [defect for _, defect in self._defects()]
        return not any(d.added_in(now) for d in defects) and any(d.added_in(h) for d in defects for h in before)
