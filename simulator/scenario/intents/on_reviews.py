"""Intents of reviewing others, and of merging without a review."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Literal

from typing_extensions import override

from simulator.scenario.acts.on_issues import Comment
from simulator.scenario.acts.on_pulls import Merge, RemarkPart, RequestReview, Review
from simulator.scenario.intents.intent import How, Intent, StepPart
from simulator.scenario.part import PersonRef, PullId, Text

_AT_ONCE = timedelta(seconds=40)  # working time: from the notification to the button
_NEXT_DAY = timedelta(hours=13)  # the usual pickup time of a middling team


class ReviewPull(Intent):
    """Review a colleague's pull request: `well` finds what there is to find, `average` half of it, `sloppy` waves it through."""

    intend: Literal["review"]
    pull: PullId
    how: How = "well"
    find: tuple[RemarkPart, ...] = ()
    """What there is to find, the most important first."""
    text: Text = "Looks good."
    """What the review says as a whole."""
    thanks: Text = "All settled, thank you. Approved."
    """What is said with the approval after the changes."""

    @override
    def steps(self) -> Iterator[StepPart]:
        if self.how == "sloppy":
            wave = Review(do="review", pull=self.pull, verdict="approve", text="LGTM")
            yield self.then("wave", self._opened, _AT_ONCE, wave)
            return
        slow = self.how == "average"
        found = self.find[: (len(self.find) + 1) // 2] if slow else self.find
        verdict: Literal["approve", "request_changes"] = "request_changes" if found else "approve"
        read = Review(do="review", pull=self.pull, verdict=verdict, text=self.text, remarks=found)
        yield self.then("read", self._opened, _NEXT_DAY if slow else timedelta(minutes=75), read)
        if found:
            again = Review(do="review", pull=self.pull, verdict="approve", text="OK now." if slow else self.thanks)
            delay = timedelta(hours=3) if slow else timedelta(minutes=45)
            yield self.then("again", self.waiting_for({"updated": self.pull}), delay, again)

    @property
    def _opened(self) -> dict[str, object]:
        return self.waiting_for({"opened": self.pull})


class MergeWithoutReview(Intent):
    """Merge a pull request whether or not anybody has read it; a refusal is taken as it is."""

    intend: Literal["merge_without_review"]
    pull: PullId

    @override
    def steps(self) -> Iterator[StepPart]:
        merge = Merge(do="merge", pull=self.pull, if_possible=True, delete_branch=False)
        yield self.then("", self.waiting_for({"opened": self.pull}), self.after, merge)


class HandOverReview(Intent):
    """Ask somebody else for the review, because whoever was asked is away."""

    intend: Literal["hand_over_review"]
    pull: PullId
    to: PersonRef
    text: Text
    """What is said on the pull request."""

    @override
    def steps(self) -> Iterator[StepPart]:
        ask = RequestReview(do="request_review", pull=self.pull, reviewers=(self.to,))
        say = Comment(do="comment", pull=self.pull, text=self.text)
        yield self.then("", self.waiting_for({"opened": self.pull}), self.after, ask, say)
