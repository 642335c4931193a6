"""A reviewer in front of a pull request: what they do about it, in which order, and when they leave it to somebody else.

Refuses to look for points (rounds.py has them) and to word them (review_text.py does).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from simulator.model.actions import (
    Action,
    CommentOnPullRequest,
    DismissReview,
    RequestReview,
    ReviewWhenRead,
    SubmitReview,
)
from simulator.model.code import ReviewVerdict
from simulator.model.facts import Fact
from simulator.model.keys import Login, SeatId
from simulator.plan.reviews.conversation import answer_on_the_conversation, answers_in_threads, threads_met
from simulator.plan.reviews.review_text import approval, listed, request_for_changes
from simulator.plan.reviews.rounds import Rounds
from simulator.plan.reviews.rules.point import Point
from simulator.plan.reviews.skills import knowing, knows, what_is_it
from simulator.plan.talk.answering import asks_for_a_look
from simulator.plan.words.called import called, times
from simulator.plan.words.wordings import Speaker
from simulator.scenario.loaded import LoadedScenario

_OF_THE_STORY = ("remark", "said")


class Reader:
    """A reviewer in front of a pull request."""

    def __init__(
        self, action: ReviewWhenRead, rounds: Rounds, scenario: LoadedScenario, speaker: Speaker, flooded: bool
    ) -> None:
        self.action = action
        self.rounds = rounds
        self.pull = rounds.pull
        self.scenario = scenario
        self.speaker = speaker
        self.flooded = flooded

    def read(self) -> Iterator[Action]:
        """The review (of the head that was read, and of no other), answers, a word to who asked, or nothing."""
        for action in self._decided():
            yield replace(action, head=self.pull.head) if isinstance(action, SubmitReview) else action

    def _decided(self) -> Iterable[Action]:
        if not self.rounds.reviews and self._is_elsewhere():
            return self._not_my_field()
        if self.rounds.has_read:
            return self._again()
        answers = tuple(answers_in_threads(self.rounds, self.action.pull, self.speaker))
        verdict = tuple(self._judge())
        return (*answers, *(threads_met(self.rounds, self.action.pull) if verdict else ()), *verdict)

    # --- a head for the first time ------------------------------------------------------------------------------

    def _judge(self) -> Iterable[Action]:
        mine = self._mine()
        if not self.rounds.blocking:
            return self._approve()
        if not mine:
            return self._echo()
        if len(self.rounds.requests) >= self._most_rounds():
            return self._last_word(mine)
        review = request_for_changes(self.rounds, self.action.pull, self.speaker, points=mine, flooded=self.flooded)
        return (self._signed(review),)

    def _mine(self) -> tuple[Point, ...]:
        """What stands against it and nobody else has asked for already."""
        others = self.rounds.raised_by_others
        return tuple(p for p in self.rounds.blocking if p.key not in others or p.key in self.rounds.raised)

    def _approve(self) -> Iterable[Action]:
        review = approval(self.rounds, self.action.pull, self.speaker, flooded=self.flooded, note=self._part())
        return (self._signed(review), *self._dismissals())

    def _dismissals(self) -> Iterator[Action]:
        """The requests for changes of those who left it to this reviewer: they would hold up the merge for ever."""
        asked = [
            request.actor for request in self.pull.requests if _seat_of(request, self.scenario) == self.action.actor
        ]
        for seat, word in self.pull.last_words().items():
            if seat is None or seat == self.action.actor or word.detail.get("state") != "CHANGES_REQUESTED":
                continue
            if not self.scenario.roster.is_human_seat(seat) and seat in (self.action.instead_of, *asked):
                words = self.speaker.say("taken-over", name=self._name(seat))
                yield DismissReview(actor=self.action.actor, pull=self.action.pull, of=seat, message=words)

    def _part(self) -> str:
        """What the approval is worth when somebody else knows the rest of the files."""
        known = self.rounds.finder.known_files(self.action.actor, self.pull.head)
        rest = tuple(file for file in self.pull.files if file not in known)
        somebody = knowing(self.scenario, rest, besides=(self.action.actor, self.pull.author)) if rest else None
        if somebody is None or self.pull.reviews_by(somebody):
            return ""
        fields = {"mine": what_is_it(known), "other": what_is_it(rest), "name": self._name(somebody)}
        return self.speaker.say("approved-part", self.pull.head, **fields)

    def _echo(self) -> Iterable[Action]:
        """Nothing but what somebody else has asked for: said once."""
        if self.rounds.reviews:
            return ()
        who = next(iter(self.rounds.raised_by_others.values()))
        words = self.speaker.say("echo", name=self._name(who))
        return (
            SubmitReview(actor=self.action.actor, pull=self.action.pull, verdict=ReviewVerdict.COMMENT, body=words),
        )

    def _last_word(self, points: Sequence[Point]) -> Iterable[Action]:
        """After many rounds: let it go with a note, or, where that cannot be, leave it to somebody else; once."""
        if all(point.arguable for point in points):
            note = "\n".join(listed(points, self.speaker))
            words = self.speaker.say("approved-with-note", times=times(len(self.rounds.requests)))
            review = SubmitReview(
                actor=self.action.actor, pull=self.action.pull, verdict=ReviewVerdict.APPROVE, body=f"{words}\n\n{note}"
            )
            return (review,)
        return self._hand_over(points)

    def _hand_over(self, points: Sequence[Point]) -> Iterable[Action]:
        spoken = [review.actor for review in self.pull.reviews]
        heir = knowing(self.scenario, self.pull.files, besides=(self.action.actor, self.pull.author, *spoken))
        if any(request.actor == self.action.actor for request in self.pull.requests):
            return ()
        if heir is None:
            return self._once_more(points)
        words = self.speaker.say("handed-over", name=self._name(heir), points=called(points))
        return (
            CommentOnPullRequest(actor=self.action.actor, pull=self.action.pull, body=words),
            RequestReview(actor=self.action.actor, pull=self.action.pull, reviewers=(heir,)),
        )

    def _once_more(self, points: Sequence[Point]) -> Iterable[Action]:
        """What is still missing, when there is nobody to hand over to: said once of each head."""
        since = self.pull.pushes[-1].at
        if any(comment.actor == self.action.actor and comment.at > since for comment in self.pull.comments):
            return ()
        words = self.speaker.say("nobody-else", self.pull.head, sha=self.pull.head[:7], points=called(points))
        return (CommentOnPullRequest(actor=self.action.actor, pull=self.action.pull, body=words),)

    # --- a head that was read before ----------------------------------------------------------------------------

    def _again(self) -> Iterable[Action]:
        answers = tuple(answers_in_threads(self.rounds, self.action.pull, self.speaker))
        if not self.rounds.asks_for_changes:
            return answers
        if not self.rounds.blocking:
            return (*answers, *self._approve())
        unsaid = all(
            point.key not in self.rounds.raised and point.kind not in _OF_THE_STORY for point in self.rounds.blocking
        )
        if unsaid and self.rounds.was_answered:  # what the story made them ask for is settled, and this is new
            return (*answers, *self._judge())
        talk = answer_on_the_conversation(self.rounds, self.action.pull, self.speaker)
        return (*answers, *talk) or self._nothing_new()

    def _nothing_new(self) -> Iterable[Action]:
        """A word to somebody who asks again without having pushed: once for each time of asking."""
        mine = self.rounds.reviews[-1]
        login = self.scenario.roster[self.action.actor].login.lower()
        asked = [r for r in self.pull.requests if str(r.detail.get("reviewer")).lower() == login and r.at > mine.at]
        asked += [c for c in self.pull.comments if c.at > mine.at and self._asks_to_look(c)]
        last = max((fact.at for fact in asked), default=None)
        if last is None or any(c.actor == self.action.actor and c.at > last for c in self.pull.comments):
            return ()
        words = self.speaker.say("still-waiting", str(len(asked)))
        return (CommentOnPullRequest(actor=self.action.actor, pull=self.action.pull, body=words),)

    def _asks_to_look(self, comment: Fact) -> bool:
        return comment.actor == self.pull.author and asks_for_a_look(str(comment.detail.get("body") or ""))

    # --- who reads ------------------------------------------------------------------------------------------------

    def _is_elsewhere(self) -> bool:
        """Whether the reviewer knows none of the files, and somebody else does."""
        skills = self.scenario.spec.people[self.action.actor].skills
        files = self.pull.files
        if not files or any(knows(skills, file.path) for file in files):
            return False
        return knowing(self.scenario, files, besides=(self.action.actor, self.pull.author)) is not None

    def _not_my_field(self) -> Iterable[Action]:
        somebody = knowing(self.scenario, self.pull.files, besides=(self.action.actor, self.pull.author))
        if somebody is None or any(comment.actor == self.action.actor for comment in self.pull.comments):
            return ()
        words = self.speaker.say("not-my-field", what=what_is_it(self.pull.files), name=self._name(somebody))
        return (CommentOnPullRequest(actor=self.action.actor, pull=self.action.pull, body=words),)

    def _signed(self, review: SubmitReview) -> SubmitReview:
        """With a word on whom the reviewer stands in for, in their first review."""
        instead_of = self.action.instead_of
        if instead_of is None or instead_of == self.action.actor or self.rounds.reviews:
            return review
        words = self.speaker.say("standing-in", name=self._name(instead_of))
        return replace(review, body=f"{words} {review.body}")

    def _most_rounds(self) -> int:
        part = self.scenario.spec.people[self.action.actor].review
        return part.rounds if part else 1

    def _name(self, seat: SeatId) -> str:
        return self.scenario.roster[seat].name.partition(" ")[0]


def _seat_of(request: Fact, scenario: LoadedScenario) -> SeatId | None:
    return scenario.roster.seat_of(Login(str(request.detail.get("reviewer") or "")))
