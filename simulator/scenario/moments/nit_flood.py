"""Moment 7: many small remarks, and one that matters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator
from typing_extensions import override

from simulator.model.actions import Action, CommentOnPullRequest, SubmitReview
from simulator.model.history import PullRequest, ReviewRequest
from simulator.model.keys import PullRef
from simulator.scenario.acts.on_pulls import RemarkPart, Review
from simulator.scenario.events.event import Stage
from simulator.scenario.moments.commands import go_to
from simulator.scenario.moments.deeds import said_by, the_pull
from simulator.scenario.moments.moment import Consequence, Moment, Scene, Sign
from simulator.scenario.moments.spots import Spot
from simulator.scenario.moments.words import listed_points, substance
from simulator.scenario.part import PullId, Text
from simulator.scenario.values import Unreadable
from simulator.scenario.view import View

_A_SUMMARY = 15  # words with a meaning
_A_REASON = 8


class NitFlood(Moment):
    """A review of matters of taste with one real fault in it: the fault first, a word to each, and then ask again."""

    number: ClassVar[int] = 7
    title: ClassVar[str] = "Seven remarks, one of which matters"
    ways: ClassVar[Mapping[str, str]] = {
        "fault_first": "Your first push after the review mended the fault.",
        "answered_each": "You answered the remarks one by one.",
        "summed_up": "You said in one comment what you did about each point.",
        "asked_again_when_mended": "You asked for another look once the fault was mended.",
    }
    slips: ClassVar[Mapping[str, str]] = {
        "asked_without_change": "The review was asked for again, and nothing had changed.",
        "nits_only": "The small things were polished, and the fault stayed.",
        "merged_with_it": "It was merged with the fault in it.",
    }
    usual_hints: ClassVar[tuple[str, str, str]] = (
        "Not all of these remarks weigh the same. Which one would wake somebody at night?",
        "Read them once without changing anything, and sort them: wrong, unclear, taste.",
        "Mend the fault first, with a test, and push it. Answer the others briefly: done, or why not. Then ask the "
        "reviewer to look again, with the button beside their name.",
    )
    usual_explanation: ClassVar[str] = (
        "A long review feels like a list to tick off from the top, and the weighty point drowns between two spaces "
        "and a name. Sort before you work: what is wrong comes first, what is unclear gets an answer, what is taste "
        "may be declined with thanks. Answer every remark, if with a word, so that nobody has to compare by hand. "
        "And ask for another look only when there is something new to see; a reviewer who finds nothing changed "
        "looks less closely the next time."
    )

    type: Literal["nit_flood"]
    pull: PullId | None = None
    """The learner's pull request, if the story knows it; left out: the one that met the condition."""
    blocking: RemarkPart
    """The remark on the fault."""
    fault: Spot | None = None
    """The fault itself: it is mended when the diff adds no such line any more. Left out: where the remark on it is found."""
    nits: Annotated[tuple[RemarkPart, ...], Field(min_length=2, max_length=12)]
    """The small remarks."""
    says: Text = "Went through it line by line. A few remarks, some of them just taste."
    """What stands above them in the review."""
    reminds: Text = (
        "I looked again, and the one thing that worries me is still there; the rest is taste, leave it if you like. "
        "Could you take that one first?"
    )
    """What `who` says later when the fault stayed."""

    @model_validator(mode="after")
    def _fault_is_known(self) -> NitFlood:
        if self.fault is None and self.blocking.find is None:
            raise Unreadable(
                "nothing says what the fault is", "give `fault`, or `find` in `blocking` instead of `line`"
            )
        return self

    @property
    def spot(self) -> Spot:
        """Where the fault is."""
        return self.fault or Spot(path=self.blocking.path, find=self.blocking.find or ".")

    @model_validator(mode="after")
    def _names_a_pull_request(self) -> NitFlood:
        if self.pull is None and self.when is None:
            raise Unreadable("nothing says on which pull request", "give `pull`, or a `when` about pull requests")
        return self

    @override
    def opening(self, stage: Stage, about: Mapping[str, str]) -> tuple[Action, ...]:
        middle = len(self.nits) // 2  # neither the first nor the last: nobody finds it by its place
        remarks = (*self.nits[:middle], self.blocking, *self.nits[middle:])
        review = Review(
            do="review", pull=self.pull or _numbered(about), verdict="request_changes", text=self.says, remarks=remarks
        )
        (submitted,) = (one for one in review.actions(self.seat, stage.place) if isinstance(one, SubmitReview))
        said = [
            replace(r, only_if_found=r.body != self.blocking.text) for r in submitted.remarks
        ]  # no nit about nothing
        return (replace(submitted, remarks=tuple(said)),)

    @override
    def obstacle(self, view: View, about: Mapping[str, str]) -> str:
        pull = view.pull(self.pull or _numbered(about))
        gone = pull is None or pull.merged_at or pull.closed_at
        return "the pull request that the remarks are for is not open" if gone else ""

    @override
    def concerns(self, scene: Scene) -> bool:
        pull = self._pull(scene)
        author = pull.author if pull else None
        return super().concerns(scene) and (author == scene.seat or not scene.view.is_human(author))

    @override
    def well(self, scene: Scene) -> Iterator[Sign]:
        pull = self._pull(scene)
        if pull is None:
            return
        mended = self._mended(scene, pull)
        pushes = [head.at for head in pull.heads if scene.opened < head.at <= scene.end]
        if mended is not None and mended == min(pushes):
            yield Sign(way="fault_first", at=mended, evidence=(pull.url,))
        replies = [
            c for c in pull.comments if c.author == scene.seat and c.path and scene.holds(c.at) and c.body.strip()
        ]
        if len(replies) > len(self.nits) // 2 + 1:
            last = replies[len(self.nits) // 2 + 1]
            yield Sign(way="answered_each", at=last.at, evidence=tuple(reply.url for reply in replies))
        for said in said_by(scene):
            whole = said.pull == pull.number and said.path is None and substance(said.text) >= _A_SUMMARY
            if whole and (listed_points(said.text) >= 2 or mended is not None):
                yield Sign(way="summed_up", at=said.at, evidence=(said.evidence,))
        for request in self._asked_again(scene, pull):
            if mended is not None and mended <= request.at:
                yield Sign(way="asked_again_when_mended", at=request.at, evidence=(pull.url,))

    @override
    def badly(self, scene: Scene) -> Iterator[Sign]:
        pull = self._pull(scene)
        if pull is None or not self.spot.added_in(pull.head_at(scene.opened)):
            return
        mended = self._mended(scene, pull)
        pushes = [head.at for head in pull.heads if scene.opened < head.at <= scene.end]
        for request in self._asked_again(scene, pull):
            if not any(at <= request.at for at in pushes) and not self._was_answered(scene, pull, request.at):
                yield Sign(way="asked_without_change", at=request.at, evidence=(pull.url,))
            elif any(at <= request.at for at in pushes) and (mended is None or mended > request.at):
                yield Sign(way="nits_only", at=request.at, evidence=(pull.url,))
        if pull.merged_at and (mended is None or mended > pull.merged_at):
            yield Sign(way="merged_with_it", at=pull.merged_at, evidence=(pull.url,))

    @override
    def consequences(self, scene: Scene, slip: Sign) -> tuple[Consequence, ...]:
        pull = self._pull(scene)
        if pull is None or pull.state != "open" or slip.way == "asked_without_change":
            return ()
        words = CommentOnPullRequest(actor=self.seat, pull=PullRef(f"#{pull.number}"), body=self.reminds)
        return (Consequence(after=timedelta(hours=3), actions=(words,)),)

    @override
    def commands(self, scene: Scene) -> tuple[str, ...]:
        pull = self._pull(scene)
        if pull is None:
            return ()
        person = scene.view.history.roster.people.get(self.seat)
        again = (f"gh pr edit {pull.number} --add-reviewer {person.login}",) if person else ()
        return (f"gh pr view {pull.number} --comments", *go_to(pull.head), "git push", *again)

    @override
    def task(self, scene: Scene) -> str:
        pull = self._pull(scene)
        is_open = pull is not None and pull.state in ("open", "draft")
        return f"Go through the review of #{pull.number}: {pull.title}" if pull and is_open else ""

    # --- parts ------------------------------------------------------------------------------------------------------

    def _pull(self, scene: Scene) -> PullRequest | None:
        return scene.view.pull(self.pull) if self.pull else the_pull(scene)

    def _mended(self, scene: Scene, pull: PullRequest) -> datetime | None:
        """When the fault went out of the diff, None when it did not or was never there."""
        if not self.spot.added_in(pull.head_at(scene.opened)):
            return None
        later = (head for head in pull.heads if scene.opened < head.at <= scene.end)
        return next((head.at for head in later if not self.spot.added_in(head)), None)

    def _asked_again(self, scene: Scene, pull: PullRequest) -> Iterator[ReviewRequest]:
        """The person's requests to whoever made the remarks; somebody else's eyes are another matter."""
        own = (r for r in pull.requests if r.by == scene.seat and r.reviewer == self.seat)
        return (request for request in own if scene.opened < request.at <= scene.end)

    def _was_answered(self, scene: Scene, pull: PullRequest, at: datetime) -> bool:
        """Whether a reason was given until then, so that there is something new to look at."""
        words = (said for said in said_by(scene) if said.pull == pull.number and said.at <= at)
        return any(substance(said.text) >= _A_REASON for said in words)


def _numbered(about: Mapping[str, str]) -> str:
    return f"#{about['pull']}" if "pull" in about else "it"
