"""Moment 14: the reviewer is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Annotated, ClassVar, Literal

from pydantic import Field
from typing_extensions import override

from simulator.model.actions import Action, ChangeAvailability, Channel, CommentOnPullRequest, PostNote
from simulator.model.history import PullRequest, Said
from simulator.model.keys import PullRef, SeatId
from simulator.scenario.events.event import Stage
from simulator.scenario.moments.deeds import said_by, the_pull
from simulator.scenario.moments.moment import Consequence, Moment, Scene, Sign
from simulator.scenario.moments.words import asks_for_a_look, is_about, substance
from simulator.scenario.part import TeammateRef, Text
from simulator.scenario.values import LengthText, TimeText

_LONGEST_READ = 5_000
_A_SENTENCE = 3  # words with a meaning
_NUDGES = ("ping", "bump", "nudge", "reminder", "any news", "any update", "still waiting", "hello", "please", "urgent")


class AbsentReviewer(Moment):
    """Whoever was asked is away, and an answer says who stands in: the request goes there, and nobody is chased."""

    number: ClassVar[int] = 14
    title: ClassVar[str] = "Your reviewer is away"
    ways: ClassVar[Mapping[str, str]] = {
        "asked_the_delegate": "You asked the one who stands in for a review.",
        "asked_another": "You asked another colleague for a review.",
        "asked_in_words": "You wrote to the one who stands in.",
        "asked_the_team": "You asked the team who could look at it.",
    }
    slips: ClassVar[Mapping[str, str]] = {
        "waited": "The pull request waited a working day and more for somebody who was away.",
        "chased": "Somebody who is away was asked again and again.",
        "merged_unseen": "It was merged without anybody having looked at it.",
    }
    usual_hints: ClassVar[tuple[str, str, str]] = (
        "Who could read your pull request today?",
        "Read what your reviewer left behind, in the chat or on the pull request: it says who stands in.",
        "Ask the one who stands in: `gh pr edit --add-reviewer NAME`, or the gear beside Reviewers. One sentence with "
        "what it is about helps whoever does not know it yet.",
    )
    usual_explanation: ClassVar[str] = (
        "People are ill, on holiday or on a train, and a pull request that waits for one of them grows stale. An "
        "out-of-office answer is there to be read: it says how long, and who stands in. Ask that one at once; nobody "
        "takes it amiss. A second word to somebody who is away changes nothing, and a fifth one is the first thing that "
        "they see when they are back. Google's guide for reviewers asks for a first answer within one business day; "
        "whoever waits longer than that should ask somebody else."
    )

    type: Literal["absent_reviewer"]
    delegate: TeammateRef
    """Who stands in for `who`, the one who is away."""
    back: TimeText | None = None
    """When `who` is back; left out: nobody knows."""
    reply: Text
    """The automatic answer: in the chat, and on the pull request that the moment is about. It should name the delegate."""
    patience: LengthText = timedelta(hours=8)
    """Working time that is too long to wait."""
    pings: Annotated[int, Field(ge=1, le=50)] = 3
    """Words to the absent one that are too many."""
    offers: Text = (
        "I only now see that this one waits for a review. I had an hour yesterday and would have read it. Just ask me, "
        "that is what I am here for this week."
    )
    """What the delegate writes on the pull request after it waited."""

    @override
    def opening(self, stage: Stage, about: Mapping[str, str]) -> tuple[Action, ...]:
        until = stage.at(self.back) if self.back else None
        away = ChangeAvailability(actor=self.seat, away=True, until=until, delegate=SeatId(self.delegate))
        said = PostNote(actor=self.seat, channel=Channel.CHAT, text=self.reply)
        number = about.get("pull", "")
        if not number.isdecimal():
            return (away, said)
        return (away, said, CommentOnPullRequest(actor=self.seat, pull=PullRef(f"#{number}"), body=self.reply))

    @override
    def well(self, scene: Scene) -> Iterator[Sign]:
        for pull in self._pulls(scene):
            for request in pull.requests:
                if request.by == scene.seat and scene.holds(request.at) and request.reviewer != self.who:
                    way = "asked_the_delegate" if request.reviewer == self.delegate else "asked_another"
                    yield Sign(way=way, at=request.at, evidence=(pull.url,))
            for said in said_by(scene):
                if self._asks_delegate(scene, said, pull):
                    yield Sign(way="asked_in_words", at=said.at, evidence=(said.evidence,))
                elif self._asks_team(said, pull):
                    yield Sign(way="asked_the_team", at=said.at, evidence=(said.evidence,))

    @override
    def badly(self, scene: Scene) -> Iterator[Sign]:
        for pull in self._pulls(scene):
            asked = max(
                (r.at for r in pull.requests if r.reviewer == self.who), default=pull.ready_at or pull.opened_at
            )
            late = scene.view.later(max(scene.opened, asked), self.patience)
            helped = any(sign.at <= late for sign in self.well(scene)) or self._others_asked(pull, late)
            if late <= scene.end and not helped and self._waits(pull, late):
                yield Sign(way="waited", at=late, evidence=(pull.url,))
            if pull.merged_at and pull.merged_by == scene.seat and not self._was_read(pull, pull.merged_at):
                yield Sign(way="merged_unseen", at=pull.merged_at, evidence=(pull.url,))
        pings = sorted(self._pings(scene))
        if len(pings) >= self.pings:
            urls = tuple(evidence for _, evidence in pings[: self.pings])
            yield Sign(way="chased", at=pings[self.pings - 1][0], evidence=urls)

    @override
    def consequences(self, scene: Scene, slip: Sign) -> tuple[Consequence, ...]:
        pull = next(self._pulls(scene), None)
        after = {"waited": timedelta(hours=1), "chased": timedelta(minutes=5)}.get(slip.way)
        if after is None or pull is None:
            return ()
        words = CommentOnPullRequest(actor=SeatId(self.delegate), pull=PullRef(f"#{pull.number}"), body=self.offers)
        return (Consequence(after=after, actions=(words,)),)

    @override
    def commands(self, scene: Scene) -> tuple[str, ...]:
        pull = next(self._pulls(scene), None)
        person = scene.view.history.roster.people.get(SeatId(self.delegate))
        return (f"gh pr edit {pull.number} --add-reviewer {person.login}",) if pull and person else ()

    @override
    def task(self, scene: Scene) -> str:
        pull = next(self._pulls(scene), None)
        over = pull is not None and (pull.merged_at or pull.closed_at)
        return f"Get #{pull.number} reviewed: {pull.title}" if pull and not over else ""

    @override
    def where(self, scene: Scene) -> str:
        pull = next(self._pulls(scene), None)
        return pull.url if pull else super().where(scene)

    # --- parts ------------------------------------------------------------------------------------------------------

    def _pulls(self, scene: Scene) -> Iterator[PullRequest]:
        """The pull request that it is about, else the person's own that asked the absent one and live meanwhile."""
        meant = the_pull(scene)
        if meant is not None:
            yield meant
            return
        for pull in scene.view.history.pulls.values():
            over = pull.merged_at or pull.closed_at
            alive = pull.opened_at <= scene.end and (over is None or over > scene.opened)
            if pull.author == scene.seat and alive and any(request.reviewer == self.who for request in pull.requests):
                yield pull

    def _waits(self, pull: PullRequest, at: datetime) -> bool:
        over = pull.merged_at or pull.closed_at
        is_open = pull.ready_at is not None and pull.ready_at <= at and (over is None or over > at)
        return is_open and not pull.draft and not self._was_read(pull, at)

    def _was_read(self, pull: PullRequest, at: datetime) -> bool:
        """Whether anybody but its author had reviewed it."""
        return any(review.author not in (None, pull.author) and review.at <= at for review in pull.reviews)

    def _asks_delegate(self, scene: Scene, said: Said, pull: PullRequest) -> bool:
        named = _names(scene, said.text, SeatId(self.delegate))
        here = said.pull == pull.number or f"#{pull.number}" in said.text or "review" in said.text.lower()
        return named and (here or bool(scene.view.history.keys_in(said.text))) and substance(said.text) >= 2

    def _asks_team(self, said: Said, pull: PullRequest) -> bool:
        here = f"#{pull.number}" in said.text or is_about(said.text, ("review", "pull request", "pr", "look"))
        asks = is_about(said.text, ("who", "anybody", "anyone", "somebody", "someone", "else"))
        return said.channel is not None and here and asks and substance(said.text) >= 2

    def _others_asked(self, pull: PullRequest, at: datetime) -> bool:
        """Whether somebody else was asked as well, and could have read it."""
        others = (r for r in pull.requests if r.reviewer != self.who and r.at <= at)
        return any(r.void_at is None or r.void_at > at for r in others)

    def _pings(self, scene: Scene) -> Iterator[tuple[datetime, str]]:
        """The words and requests that were for the absent one, and for nobody else."""
        for said in said_by(scene):
            if self._is_ping(scene, said):
                yield said.at, said.evidence
        for pull in self._pulls(scene):
            for request in pull.requests:
                if request.by == scene.seat and request.reviewer == self.who and scene.opened < request.at <= scene.end:
                    yield request.at, pull.url

    def _is_ping(self, scene: Scene, said: Said) -> bool:
        """Whether words ask the absent one for something: naming them in passing, or a short answer to a remark, does not."""
        on_mine = said.path is None and any(said.pull == pull.number for pull in self._pulls(scene))
        asks = asks_for_a_look(said.text) or is_about(said.text, _NUDGES) or "?" in said.text
        named = _names(scene, said.text, self.seat) and (asks or f"@{self._login(scene)}" in said.text)
        bare = on_mine and asks and substance(said.text) < _A_SENTENCE
        return (named or bare) and not _names(scene, said.text, SeatId(self.delegate))

    def _login(self, scene: Scene) -> str:
        person = scene.view.history.roster.people.get(self.seat)
        return person.login if person else self.seat


def _names(scene: Scene, text: str, seat: SeatId) -> bool:
    """Whether somebody is named in a text, by login or by first name."""
    person = scene.view.history.roster.people.get(seat)
    if person is None:
        return False
    called = "|".join(re.escape(name) for name in (person.login, person.name.partition(" ")[0]))
    return re.search(rf"(?<!\w)(?:{called})(?!\w)", text[:_LONGEST_READ], re.IGNORECASE) is not None
