"""Moment 6: a reviewer is wrong, and means well."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import ClassVar, Literal

from pydantic import model_validator
from typing_extensions import override

from simulator.model.actions import Action, CommentOnPullRequest
from simulator.model.facts import FactKind
from simulator.model.history import Comment, PullRequest
from simulator.model.keys import PullRef
from simulator.scenario.acts.on_pulls import RemarkPart, Review
from simulator.scenario.events.event import Stage
from simulator.scenario.moments.deeds import said_by, the_pull
from simulator.scenario.moments.moment import Consequence, Moment, Scene, Sign
from simulator.scenario.moments.spots import Spot
from simulator.scenario.moments.words import is_about, substance, telling_words
from simulator.scenario.part import PullId, Text
from simulator.scenario.values import Unreadable
from simulator.scenario.view import View

_IS_TEST = re.compile(r"(?i:(?:^|[/_.-])(?:tests?|specs?)(?:[/_.-]|$))|(?:Test|Spec)s?\.\w+$")
_A_REASON = 5  # words with a meaning
_ENOUGH_ALONE = 10  # so many words are an answer even where they share none with the remark


class WrongReviewComment(Moment):
    """A remark asks for a change that would break a criterion: the answer is a reason, not a commit and not silence."""

    number: ClassVar[int] = 6
    title: ClassVar[str] = "A review comment that is wrong"
    ways: ClassVar[Mapping[str, str]] = {
        "answered_in_the_thread": "You answered the remark with a reason before you changed anything.",
        "answered_on_the_pull_request": "You gave your reason in the conversation of the pull request.",
        "pinned_by_a_test": "You wrote a test that shows what must stay as it is.",
        "asked_who_decides": "You asked whoever owns the requirement what is meant.",
    }
    slips: ClassVar[Mapping[str, str]] = {
        "obeyed": "The change was made as asked, and what the issue requires no longer holds.",
        "silently_resolved": "The remark was put away without a word.",
        "merged_over_it": "It was merged, and the remark was left without an answer.",
    }
    usual_hints: ClassVar[tuple[str, str, str]] = (
        "Would the pull request still do what the issue asks for, if you did what the remark says?",
        "Compare the remark with the issue's acceptance criteria, one by one.",
        "Reply in the thread: thank them, name the criterion that would break and show it by a test or an example. "
        "Leave the code as it is until you agree.",
    )
    usual_explanation: ClassVar[str] = (
        "Reviewers are colleagues, not judges: they see the diff and not the whole story, and now and then they are "
        "wrong. Doing what they say without a word ships the fault with two names under it; resolving the thread in "
        "silence tells them that their reading was wasted. A reply with the reason, the criterion or a test, takes "
        "five minutes, and both know more. If you cannot agree, whoever owns the requirement decides."
    )

    type: Literal["wrong_review_comment"]
    pull: PullId | None = None
    """The learner's pull request, if the story knows it; left out: the one that met the condition."""
    remark: RemarkPart
    """The remark that is wrong."""
    says: Text = "Nearly there. One thing that I would do differently, see below."
    """What stands above it in the review."""
    harm: Spot
    """What the diff holds when the remark was obeyed."""
    noticed: Text = (
        "I tried this on the staging shop, and what we wrote into the criteria no longer works. It did before the "
        "last push. I'm afraid that my remark led you there. Can we look at it together?"
    )
    """What `who` says on the pull request later when it was obeyed."""

    @model_validator(mode="after")
    def _names_a_pull_request(self) -> WrongReviewComment:
        if self.pull is None and self.when is None:
            raise Unreadable("nothing says on which pull request", "give `pull`, or a `when` about pull requests")
        return self

    @override
    def opening(self, stage: Stage, about: Mapping[str, str]) -> tuple[Action, ...]:
        review = Review(
            do="review", pull=self.pull or _numbered(about), verdict="comment", text=self.says, remarks=(self.remark,)
        )
        return review.actions(self.seat, stage.place)

    @override
    def obstacle(self, view: View, about: Mapping[str, str]) -> str:
        pull = view.pull(self.pull or _numbered(about))
        if pull is None or pull.merged_at or pull.closed_at:
            return "the pull request that the remark is for is not open"
        is_done = self.harm.added_in(pull.head_at(view.now))
        return "the pull request does already what the remark asks for" if is_done else ""

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
        harmed = self._harmed(scene, pull)
        remarks = {remark.id for remark in self._remarks(pull, scene)}
        for comment in pull.comments:
            unharmed = harmed is None or comment.at < harmed
            in_thread = comment.reply_to in remarks if comment.reply_to else comment.path is not None
            if comment.author == scene.seat and in_thread and unharmed and substance(comment.body) >= _A_REASON:
                yield Sign(way="answered_in_the_thread", at=comment.at, evidence=(comment.url,))
        for said in said_by(scene):
            unharmed = harmed is None or said.at < harmed
            if unharmed and said.pull == pull.number and said.path is None and self._answers(said.text):
                yield Sign(way="answered_on_the_pull_request", at=said.at, evidence=(said.evidence,))
            elif unharmed and said.pull is None and self._is_about(said.text) and substance(said.text) >= _A_REASON:
                yield Sign(way="asked_who_decides", at=said.at, evidence=(said.evidence,))
        yield from self._tested(scene, pull, harmed)

    def _tested(self, scene: Scene, pull: PullRequest, harmed: datetime | None) -> Iterator[Sign]:
        for commit in pull.commits:
            tests = any(_IS_TEST.search(file.path) for file in commit.files)
            if commit.author == scene.seat and scene.holds(commit.at) and tests and harmed is None:
                yield Sign(way="pinned_by_a_test", at=commit.at, evidence=(commit.url,))

    @override
    def badly(self, scene: Scene) -> Iterator[Sign]:
        pull = self._pull(scene)
        if pull is None:
            return
        harmed = self._harmed(scene, pull)
        if harmed is not None:
            yield Sign(way="obeyed", at=harmed, evidence=(pull.url,))
        answered = min((sign.at for sign in self.well(scene)), default=None)
        if harmed is None and pull.merged_at and (answered is None or answered > pull.merged_at):
            yield Sign(way="merged_over_it", at=pull.merged_at, evidence=(pull.url,))
        for remark in self._remarks(pull, scene):
            put_away = self._put_away(scene, remark)
            if put_away is not None and harmed is None and (answered is None or answered > put_away):
                yield Sign(way="silently_resolved", at=put_away, evidence=(remark.url,))

    @override
    def consequences(self, scene: Scene, slip: Sign) -> tuple[Consequence, ...]:
        pull = self._pull(scene)
        if pull is None or slip.way != "obeyed":
            return ()
        words = CommentOnPullRequest(actor=self.seat, pull=PullRef(f"#{pull.number}"), body=self.noticed)
        return (Consequence(after=timedelta(hours=8), actions=(words,)),)

    @override
    def commands(self, scene: Scene) -> tuple[str, ...]:
        pull = self._pull(scene)
        return (f"gh pr view {pull.number} --comments",) if pull else ()

    @override
    def task(self, scene: Scene) -> str:
        pull = self._pull(scene)
        is_open = pull is not None and pull.state in ("open", "draft")
        return f"There is a new remark on #{pull.number}: {pull.title}" if pull and is_open else ""

    # --- parts ------------------------------------------------------------------------------------------------------

    def _pull(self, scene: Scene) -> PullRequest | None:
        return scene.view.pull(self.pull) if self.pull else the_pull(scene)

    def _remarks(self, pull: PullRequest, scene: Scene) -> Iterator[Comment]:
        """The wrong remark as it stands on the pull request."""
        words = set(telling_words(self.remark.text))
        for comment in pull.comments:
            if comment.author == self.seat and comment.path and comment.at >= scene.opened:
                shared = words & set(telling_words(comment.body))
                if len(shared) * 3 >= len(words) * 2:
                    yield comment

    def _put_away(self, scene: Scene, remark: Comment) -> datetime | None:
        """When the person resolved the remark's thread, None when they did not."""
        resolved = (f for f in scene.view.facts if f.kind is FactKind.THREAD_RESOLVED and f.actor == scene.seat)
        return next((f.at for f in resolved if str(f.detail.get("remark")) == remark.id and scene.holds(f.at)), None)

    def _harmed(self, scene: Scene, pull: PullRequest) -> datetime | None:
        """When the harmful change came, None when it did not or was there before."""
        if self.harm.added_in(pull.head_at(scene.opened)):
            return None
        later = (head for head in pull.heads if head.at > scene.opened and head.at <= scene.end)
        return next((head.at for head in later if self.harm.added_in(head)), None)

    def _answers(self, text: str) -> bool:
        return (substance(text) >= _A_REASON and self._is_about(text)) or substance(text) >= _ENOUGH_ALONE

    def _is_about(self, text: str) -> bool:
        return is_about(text, telling_words(self.remark.text))


def _numbered(about: Mapping[str, str]) -> str:
    return f"#{about['pull']}" if "pull" in about else "it"
