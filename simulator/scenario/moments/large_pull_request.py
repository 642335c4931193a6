"""Moment 5: a pull request that nobody can review in one sitting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from shlex import quote
from typing import Annotated, ClassVar, Literal

from pydantic import Field
from typing_extensions import override

from simulator.model.actions import CommentOnPullRequest
from simulator.model.history import PullRequest
from simulator.model.keys import PullRef
from simulator.scenario.moments.commands import begin, propose
from simulator.scenario.moments.deeds import pulls_by, said_by, the_pull
from simulator.scenario.moments.moment import Consequence, Moment, Scene, Sign
from simulator.scenario.moments.words import is_about, listed_points, substance
from simulator.scenario.part import Text
from simulator.scenario.values import LengthText

_SPLITTING = (
    "split",
    "separate",
    "smaller",
    "in pieces",
    "in parts",
    "stack",
    "first",
    "one by one",
    "break",
    "divide",
    "cut",
    "aufteil",
    "части",
    "dividir",
    "diviser",
)


class LargePullRequest(Moment):
    """A pull request beyond what one can read: it is split, in an order that one can follow."""

    number: ClassVar[int] = 5
    title: ClassVar[str] = "A pull request too large to review"
    ways: ClassVar[Mapping[str, str]] = {
        "split": "You opened smaller pull requests out of it, one after the other.",
        "stacked": "You stacked smaller pull requests, each on the branch of the one before.",
        "shrunk": "You took parts out of it until it could be read in one sitting.",
        "planned": "You said in which pieces it will come, and took it back meanwhile.",
    }
    slips: ClassVar[Mapping[str, str]] = {
        "grew": "It grew further while it waited for its review.",
        "merged_whole": "It was merged as large as it was.",
        "left_lying": "It stayed open and large, and nothing smaller came of it.",
    }
    usual_hints: ClassVar[tuple[str, str, str]] = (
        "How long would you need to read this pull request if somebody else had written it?",
        "Look at the list of changed files: which of them could go in without the others, and be useful?",
        "Make a branch from main with one of the pieces, open a small pull request for it, and say in its "
        "description which one comes next. Then close the large one, or convert it into a draft and let it shrink.",
    )
    usual_explanation: ClassVar[str] = (
        "Reviewers find most of what they find in the first few hundred lines; beyond that they skim, or put it off "
        "until tomorrow. A study of 2,500 reviews at Cisco (SmartBear, 2006) found the best results under 200 to "
        "400 lines at a time. Small pull requests get reviewed the same day, conflict with less, and are easy to "
        "revert. When the work is large, let it come in steps, each of which works, and say in the description in "
        "which order they come."
    )

    type: Literal["large_pull_request"]
    limit: Annotated[int, Field(ge=10, le=100_000)] = 400
    """Changed lines written by hand that one can still review."""
    grows_by: Annotated[int, Field(ge=1, le=100_000)] = 100
    """Changed lines more that make it worse."""
    patience: LengthText = timedelta(hours=16)
    """Working time in which something must have become of it."""
    sighs: Text = (
        "I tried to start on this one twice today and did not get through. I will need a quiet half-day for it, so "
        "please don't wait for me. A smaller piece I could read this afternoon."
    )
    """What `who` says on the pull request when it stays as it is."""

    @override
    def well(self, scene: Scene) -> Iterator[Sign]:
        large = self._large(scene)
        if large is None:
            return
        small = [pull for pull in pulls_by(scene) if pull.number != large.number and self._is_part(large, pull)]
        if small and (at := self._given_up(scene, large, small)):
            urls = tuple(pull.url for pull in (large, *small[:3]))
            bases = {pull.head for pull in (large, *small)}
            yield Sign(way="stacked" if any(p.base in bases for p in small) else "split", at=at, evidence=urls)
        was_large = False
        for head in large.heads:
            if was_large and scene.holds(head.at) and 0 < head.lines <= self.limit:
                yield Sign(way="shrunk", at=head.at, evidence=(large.url,))
            was_large = was_large or head.lines > self.limit
        yield from self._planned(scene, large)

    def _planned(self, scene: Scene, large: PullRequest) -> Iterator[Sign]:
        taken_back = large.closed_at or (scene.end if large.draft else None)
        for said in said_by(scene):
            about_it = said.pull == large.number or said.issue is not None or f"#{large.number}" in said.text
            if about_it and taken_back and is_about(said.text, _SPLITTING) and substance(said.text) >= 5:
                yield Sign(
                    way="planned", at=max(said.at, large.closed_at or said.at), evidence=(said.evidence, large.url)
                )

    def _given_up(self, scene: Scene, large: PullRequest, small: list[PullRequest]) -> datetime | None:
        """Since when the smaller ones stand for the large one: two of them, or one and the large one taken back."""
        if len(small) >= 2:
            return small[1].opened_at
        taken_back = large.closed_at or (
            small[0].opened_at if large.draft or (large.lines or 0) <= self.limit else None
        )
        listed = listed_points(small[0].body) >= 2 or f"#{large.number}" in small[0].body
        later = taken_back or (small[0].opened_at if listed else None)
        return max(small[0].opened_at, later) if later and later <= scene.end else None

    def _is_part(self, large: PullRequest, pull: PullRequest) -> bool:
        """Whether a pull request is small, and a piece of the large one: it touches a file of it, or names it."""
        of_large = {file.path for head in large.heads for file in head.files}
        files = {file.path for head in pull.heads for file in head.files}
        return (pull.lines or 0) <= self.limit and (bool(files & of_large) or f"#{large.number}" in pull.body)

    @override
    def badly(self, scene: Scene) -> Iterator[Sign]:
        large = self._large(scene)
        if large is None:
            return
        before = large.head_at(scene.opened)
        for head in large.heads:
            if scene.holds(head.at) and before and head.lines >= max(before.lines, self.limit) + self.grows_by:
                yield Sign(way="grew", at=head.at, evidence=(large.url,))
        if large.merged_at and (large.lines or 0) > self.limit:
            yield Sign(way="merged_whole", at=large.merged_at, evidence=(large.url,))
        waited = scene.view.later(scene.opened, self.patience)
        gone = large.merged_at or large.closed_at
        if waited <= scene.end and not (gone and gone <= waited) and not any(s.at <= waited for s in self.well(scene)):
            yield Sign(way="left_lying", at=waited, evidence=(large.url,))

    @override
    def consequences(self, scene: Scene, slip: Sign) -> tuple[Consequence, ...]:
        large = self._large(scene)
        if large is None or large.state not in ("open", "draft"):
            return ()
        words = CommentOnPullRequest(actor=self.seat, pull=PullRef(f"#{large.number}"), body=self.sighs)
        return (Consequence(after=timedelta(hours=3), actions=(words,)),)

    @override
    def commands(self, scene: Scene) -> tuple[str, ...]:
        large = self._large(scene)
        if large is None or not large.heads:
            return ()
        first = large.heads[-1].files[0].path if large.heads[-1].files else "."
        part = f"git checkout {quote(f'origin/{large.head}')} -- {quote(first)}"
        back = f"gh pr ready {large.number} --undo"
        return (back, *begin(scene.view, f"{large.head}-1"), part, "git commit", *propose())

    @override
    def task(self, scene: Scene) -> str:
        large = self._large(scene)
        is_open = large is not None and large.state in ("open", "draft")
        return f"Get #{large.number} through its review: {large.title}" if large and is_open else ""

    def _large(self, scene: Scene) -> PullRequest | None:
        """The pull request that the scene is about; else the person's first one that is too large."""
        own = (pull for pull in scene.view.history.pulls.values() if pull.author == scene.seat)
        return the_pull(scene) or next((p for p in own if any(h.lines > self.limit for h in p.heads)), None)
