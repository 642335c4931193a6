"""Acts on pull requests: opening, reviewing, merging, closing them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator
from typing_extensions import override

from simulator.model import actions as model
from simulator.model.code import MergeMethod, ReviewRemark, ReviewVerdict
from simulator.model.keys import PullRef, SeatId
from simulator.scenario.acts.act import Act, Place
from simulator.scenario.acts.on_code import FilePath
from simulator.scenario.part import BranchName, NewPullId, Part, PersonRef, PullId, ShortText, Text
from simulator.scenario.people import PatternText
from simulator.scenario.values import Unreadable


class OpenPullRequest(Act):
    """Open a pull request; texts name it as `{pull:id}` from then on."""

    do: Literal["open_pull_request"]
    pull: NewPullId
    branch: BranchName
    title: ShortText
    body: Text = " "
    base: BranchName | None = None
    draft: bool = False
    reviewers: tuple[PersonRef, ...] = ()

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        opened = model.OpenPullRequest(
            actor=who,
            ref=PullRef(self.pull),
            branch=self.branch,
            title=self.title,
            body=self.body.strip(),
            base=self.base or place.default_branch,
            draft=self.draft,
            reviewers=tuple(SeatId(seat) for seat in self.reviewers),
        )
        return (opened,)


class EditPullRequest(Act):
    """Change title or body of a pull request."""

    do: Literal["edit_pull_request"]
    pull: PullId
    title: ShortText | None = None
    body: Text | None = None

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        return (model.EditPullRequest(actor=who, pull=PullRef(self.pull), title=self.title, body=self.body),)


class RequestReview(Act):
    """Ask people to review a pull request."""

    do: Literal["request_review"]
    pull: PullId
    reviewers: tuple[PersonRef, ...] = Field(min_length=1)

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        reviewers = tuple(SeatId(seat) for seat in self.reviewers)
        return (model.RequestReview(actor=who, pull=PullRef(self.pull), reviewers=reviewers),)


class RemarkPart(Part):
    """A remark on one line of the new side of a changed file: of a number, or where a text is found in the diff."""

    path: FilePath
    """With `find` a pattern over whole paths: `payments/*.py`."""
    line: Annotated[int, Field(ge=1)] | None = None
    find: PatternText | None = None
    """Regular expression; the first line of the diff with it is meant, an added one rather than one around it."""
    text: Text

    @model_validator(mode="after")
    def _one_place(self) -> RemarkPart:
        if (self.line is None) == (self.find is None):
            raise Unreadable("a remark stands on one line", "give either `line` or `find`")
        return self

    def remark(self) -> ReviewRemark:
        """The remark in the model's words."""
        return ReviewRemark(path=self.path, line=self.line or 0, find=self.find or "", body=self.text)


class Review(Act):
    """Review a pull request."""

    do: Literal["review"]
    pull: PullId
    verdict: Literal["approve", "request_changes", "comment"]
    text: Text
    remarks: tuple[RemarkPart, ...] = ()

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        remarks = tuple(remark.remark() for remark in self.remarks)
        verdict = ReviewVerdict(self.verdict.upper())
        return (
            model.SubmitReview(actor=who, pull=PullRef(self.pull), verdict=verdict, body=self.text, remarks=remarks),
        )


class Merge(Act):
    """Merge a pull request; with `if_possible` a refusal is no failure."""

    do: Literal["merge"]
    pull: PullId
    method: Literal["squash", "merge", "rebase"] = "squash"
    title: ShortText | None = None
    delete_branch: bool = True
    if_possible: bool = False

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        merge = model.MergePullRequest(
            actor=who,
            pull=PullRef(self.pull),
            method=MergeMethod(self.method),
            title=self.title,
            delete_branch=self.delete_branch,
            if_possible=self.if_possible,
        )
        return (merge,)


class ClosePullRequest(Act):
    """Close a pull request without merging it."""

    do: Literal["close_pull_request"]
    pull: PullId

    @override
    def actions(self, who: SeatId, place: Place) -> tuple[model.Action, ...]:
        return (model.ClosePullRequest(actor=who, pull=PullRef(self.pull)),)
