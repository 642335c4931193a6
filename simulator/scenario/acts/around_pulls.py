"""Acts around pull requests: reopening, drafts, threads, dismissed reviews, labels, assignees."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator
from typing_extensions import override

from simulator.model import actions as model
from simulator.model.keys import PullRef, SeatId
from simulator.scenario.acts.act import Act, Place
from simulator.scenario.part import PersonRef, PullId, Text
from simulator.scenario.people import PathPattern, PatternText
from simulator.scenario.values import Unreadable

LabelText = Annotated[str, StringConstraints(min_length=1, max_length=50)]


class Reopen(Act):
    """Open a closed pull request again."""

    do: Literal["reopen_pull_request"]
    pull: PullId

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        return (model.ReopenPullRequest(actor=who, pull=PullRef(self.pull)),)


class Draft(Act):
    """Turn a pull request into a draft."""

    do: Literal["draft"]
    pull: PullId

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        return (model.SetDraft(actor=who, pull=PullRef(self.pull), draft=True),)


class Ready(Act):
    """Mark a draft as ready for review."""

    do: Literal["ready"]
    pull: PullId

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        return (model.SetDraft(actor=who, pull=PullRef(self.pull), draft=False),)


class _OfThreads(Act):
    """What tells the threads of a pull request apart; what is left out leaves all over."""

    pull: PullId
    by: PersonRef | None = None
    """Who began the thread."""
    path: PathPattern | None = None
    says: PatternText | None = None
    """Regular expression, searched in the first comment."""

    @property
    def person(self) -> SeatId | None:
        """Who began the thread."""
        return SeatId(self.by) if self.by else None


class Reply(_OfThreads):
    """Reply to a remark on a line: to the last one that is meant."""

    do: Literal["reply"]
    text: Text

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        reply = model.ReplyToRemark(
            actor=who,
            pull=PullRef(self.pull),
            body=self.text,
            by=self.person,
            path=self.path or "",
            says=self.says or "",
        )
        return (reply,)


class Resolve(_OfThreads):
    """Resolve the threads that are meant; `resolved: false` opens them again."""

    do: Literal["resolve"]
    resolved: bool = True

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        settled = model.ResolveThread(
            actor=who,
            pull=PullRef(self.pull),
            resolved=self.resolved,
            by=self.person,
            path=self.path or "",
            says=self.says or "",
        )
        return (settled,)


class Dismiss(Act):
    """Dismiss somebody's last approval or request for changes."""

    do: Literal["dismiss_review"]
    pull: PullId
    of: PersonRef
    text: Text
    """Why."""

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        return (model.DismissReview(actor=who, pull=PullRef(self.pull), of=SeatId(self.of), message=self.text),)


class Withdraw(Act):
    """Ask people no longer for a review."""

    do: Literal["withdraw_request"]
    pull: PullId
    reviewers: tuple[PersonRef, ...] = Field(min_length=1)

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        reviewers = tuple(SeatId(seat) for seat in self.reviewers)
        return (model.WithdrawReviewRequest(actor=who, pull=PullRef(self.pull), reviewers=reviewers),)


class Label(Act):
    """Put labels on a pull request, and take some off."""

    do: Literal["label"]
    pull: PullId
    add: tuple[LabelText, ...] = ()
    remove: tuple[LabelText, ...] = ()

    @model_validator(mode="after")
    def _changes_something(self) -> Label:
        if not (self.add or self.remove):
            raise Unreadable("this changes nothing", "give it `add` or `remove`")
        return self

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        return (model.LabelPullRequest(actor=who, pull=PullRef(self.pull), add=self.add, remove=self.remove),)


class AssignPull(Act):
    """Assign people to a pull request, and take some off."""

    do: Literal["assign_pull_request"]
    pull: PullId
    add: tuple[PersonRef, ...] = ()
    remove: tuple[PersonRef, ...] = ()

    @model_validator(mode="after")
    def _changes_something(self) -> AssignPull:
        if not (self.add or self.remove):
            raise Unreadable("this changes nothing", "give it `add` or `remove`")
        return self

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        add, remove = (tuple(SeatId(seat) for seat in seats) for seats in (self.add, self.remove))
        return (model.AssignPullRequest(actor=who, pull=PullRef(self.pull), add=add, remove=remove),)
