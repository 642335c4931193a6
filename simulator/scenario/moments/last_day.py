"""Moment 17: the sprint ends, and not everything is done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import ClassVar, Literal

from typing_extensions import override

from simulator.model.actions import Action, Channel, PostNote
from simulator.model.agile import StatusCategory
from simulator.model.history import Issue, Said
from simulator.scenario.events.event import Stage
from simulator.scenario.moments.commands import say
from simulator.scenario.moments.deeds import said_about, said_by
from simulator.scenario.moments.moment import Consequence, Moment, Scene, Sign
from simulator.scenario.moments.traces import NO_WORK_OF_ITS_OWN, issues_made_by, moves_by
from simulator.scenario.moments.words import is_about, substance, telling_words
from simulator.scenario.part import SprintId, Text
from simulator.scenario.values import LengthText
from simulator.scenario.view import View

_WILL_NOT_FIT = (
    *(
        "not fit",
        "won't fit",
        "not make it",
        "won't make",
        "not be done",
        "won't be done",
        "not be ready",
        "won't be ready",
    ),
    *(
        "not finish",
        "won't finish",
        "cannot finish",
        "can't finish",
        "carry over",
        "carried over",
        "carry-over",
        "at risk",
    ),
    *("next sprint", "won't manage", "not be finished", "left over", "not done by", "too late for"),
    *(
        "nicht fertig",
        "nächsten sprint",
        "pas fini",
        "prochain sprint",
        "no termin",
        "próximo sprint",
        "не успе",
        "следующ",
    ),
)
_OF_ONE = (  # words that say so where it is plain which issue is meant
    *(
        "will not",
        "won't",
        "move it",
        "moving it",
        "move to",
        "split",
        "only part",
        "half of",
        "tight",
        "not today",
        "remain",
    ),
    *("later", "unlikely", "slip", "postpone", "backlog", *_WILL_NOT_FIT),
)
_FEWEST_SHARED = 2  # telling words that make a new issue a piece of another one


class LastDay(Moment):
    """The last days of a sprint: what will not fit is said while it can still be planned, and Done means merged."""

    number: ClassVar[int] = 17
    title: ClassVar[str] = "The last days of the sprint"
    ways: ClassVar[Mapping[str, str]] = {
        "said_it_early": "You said before the end what will not fit.",
        "split_it": "You split what was left, so that the finished part counts and the rest is known.",
        "moved_it_on": "You moved out of the sprint what will not be done in it.",
        "finished_in_time": "All that was yours was done, and merged, before the last rush.",
    }
    slips: ClassVar[Mapping[str, str]] = {
        "done_but_open": "An issue was called Done while its code was not merged.",
        "at_the_last_minute": "Issues went to Done in the last half an hour.",
        "carried_over_in_silence": "The sprint ended with work left, and nobody had said so.",
    }
    usual_hints: ClassVar[tuple[str, str, str]] = (
        "How many working hours are left, and how many issues are still open?",
        "Look at the board's columns left of Done: for each of yours, what has to happen yet, and who has to do it?",
        "Say on the issue or in the chat today which one will not be done. Split it if a part is ready, move the rest to "
        "the next sprint, and leave the status as it is until the pull request is merged.",
    )
    usual_explanation: ClassVar[str] = (
        "A sprint that ends with something left is normal; one that ends with a surprise is not. Said two days before, "
        "it gives the product owner a choice: drop something, split something, tell the customer. Said afterwards, it "
        "leaves none. Done means merged and working, because others plan by it, and a Done with an open pull request "
        "is found out in the review. What is rushed in the last half an hour is what breaks on Monday. A rule of thumb: "
        "when more than a fifth is carried over, plan less next time, and do not work more."
    )

    type: Literal["last_day"]
    sprint: SprintId
    """Which sprint ends."""
    asks: Text | None = None
    """What `who` asks in the chat when the moment opens."""
    rush: LengthText = timedelta(minutes=30)
    """Working time before the end in which it is late to call something Done."""
    found_out: Text = (
        "In the demo I wanted to show this one, as the board says Done. But it is not in main. Please put it back to where "
        "it really is. No harm done, I would just rather hear it from you than from the screen."
    )
    """What `who` says in the chat when something was Done that was not merged."""

    @override
    def opening(self, stage: Stage, about: Mapping[str, str]) -> tuple[Action, ...]:
        return (PostNote(actor=self.seat, channel=Channel.CHAT, text=self.asks),) if self.asks else ()

    @override
    def well(self, scene: Scene) -> Iterator[Sign]:
        left = self._unfinished(scene, scene.opened)
        yield from self._said(scene, left)
        for issue in left:
            yield from self._moved_on(scene, issue)
            yield from self._split(scene, issue)
        yield from self._finished(scene)

    def _said(self, scene: Scene, left: list[Issue]) -> Iterator[Sign]:
        """Words about what will not be done, of what is left."""
        for issue in left:
            for said in said_about(scene, issue):
                if is_about(said.text, _OF_ONE) and substance(said.text) >= 2 and self._is_open_at(issue, said.at):
                    yield Sign(way="said_it_early", at=said.at, evidence=(said.evidence,))
        for said in said_by(scene) if left else ():
            if said.issue is None and said.pull is None and self._forecasts(said):
                yield Sign(way="said_it_early", at=said.at, evidence=(said.evidence,))

    def _moved_on(self, scene: Scene, issue: Issue) -> Iterator[Sign]:
        sprint = self._sprint(scene.view)
        record = scene.view.history.sprints.get(sprint or 0)
        for change in issue.changes:
            left = change.field == "sprint" and sprint not in change.state.sprints and change.actor == scene.seat
            closing = record is not None and record.is_closing(change.at, change.recorded_at)
            if left and not closing and scene.holds(change.at) and change.state.category is not StatusCategory.DONE:
                yield Sign(way="moved_it_on", at=change.at, evidence=(change.url,))

    def _split(self, scene: Scene, issue: Issue) -> Iterator[Sign]:
        telling = set(telling_words(issue.state.summary))
        for piece in issues_made_by(scene):
            words = f"{piece.initial.summary}\n{piece.initial.description}"
            names_it = issue.key in scene.view.history.keys_in(words) or any(
                change.field == "link" and issue.key in change.after for change in piece.changes
            )
            if names_it or piece.type == "Sub-task" or len(telling & set(telling_words(words))) >= _FEWEST_SHARED:
                yield Sign(way="split_it", at=piece.created_at, evidence=(piece.url, issue.url))

    def _finished(self, scene: Scene) -> Iterator[Sign]:
        """All of the person's issues done and merged before the rush, some of them since it opened."""
        mine = self._mine(scene, scene.end)
        ends = [self._done_at(scene, issue) for issue in mine]
        at = max((end for end in ends if end), default=None)
        if at and all(ends) and scene.opened <= at <= self._rush_begins(scene):
            yield Sign(way="finished_in_time", at=at, evidence=tuple(issue.url for issue in mine[:5]))

    @override
    def badly(self, scene: Scene) -> Iterator[Sign]:
        for issue in scene.view.history.issues.values():
            for move in moves_by(scene, issue):
                to_done = move.after.category is StatusCategory.DONE and move.before.category is not StatusCategory.DONE
                in_it = self._sprint(scene.view) in issue.at(move.at).sprints
                if to_done and in_it and issue.type not in NO_WORK_OF_ITS_OWN:
                    yield from self._judged(scene, issue, move.at)
        left = self._unfinished(scene, scene.closes)
        if scene.end >= scene.closes and left and not any(self._spoke(scene)):
            evidence = tuple(issue.url for issue in left[:5])
            yield Sign(way="carried_over_in_silence", at=scene.closes, evidence=evidence)

    def _judged(self, scene: Scene, issue: Issue, at: datetime) -> Iterator[Sign]:
        if self._has_open_code(scene, issue, at):
            yield Sign(way="done_but_open", at=at, evidence=(issue.url,))
        if at > self._rush_begins(scene) and not self._was_merged(scene, issue, self._rush_begins(scene)):
            yield Sign(way="at_the_last_minute", at=at, evidence=(issue.url,))

    def _spoke(self, scene: Scene) -> Iterator[Sign]:
        """What was done about what will not fit, and what was said about it since the sprint began."""
        yield from (s for s in self.well(scene) if s.at < scene.closes and s.way != "finished_in_time")
        windows = scene.view.scenario.sprints
        begun = next((window.start for window in windows if window.ref == self.sprint), scene.opened)
        earlier = replace(scene, opened=min(begun, scene.opened), closes=scene.opened)
        yield from self._said(earlier, self._unfinished(scene, scene.opened))

    @override
    def consequences(self, scene: Scene, slip: Sign) -> tuple[Consequence, ...]:
        if slip.way != "done_but_open":
            return ()
        said = PostNote(actor=self.seat, channel=Channel.CHAT, text=self.found_out)
        return (Consequence(after=timedelta(hours=1), actions=(said,)),)

    @override
    def commands(self, scene: Scene) -> tuple[str, ...]:
        left = self._unfinished(scene, scene.end)
        return tuple(say(f"{issue.key} will probably not be done in this sprint.") for issue in left[:1])

    @override
    def task(self, scene: Scene) -> str:
        left = self._unfinished(scene, scene.end)
        keys = ", ".join(issue.key for issue in left[:5])
        return f"The sprint ends soon. Still open with you: {keys}." if keys else ""

    @override
    def where(self, scene: Scene) -> str:
        left = self._unfinished(scene, scene.end)
        return left[0].url if left else super().where(scene)

    # --- parts ------------------------------------------------------------------------------------------------------

    def _sprint(self, view: View) -> int | None:
        bound = view.bindings.get(f"sprint:{self.sprint}", "")
        running = view.history.sprint
        return int(bound) if bound.isdecimal() else running.id if running else None

    def _mine(self, scene: Scene, at: datetime) -> list[Issue]:
        """The person's issues of the sprint at an instant."""
        sprint, found = self._sprint(scene.view), []
        record = scene.view.history.sprints.get(sprint or 0)
        closing = record.closing_at if record else None
        for issue in scene.view.history.issues.values():
            state = issue.before_close_of(record) if record and closing and at >= closing else issue.at(at)
            there = issue.created_at <= at and issue.deleted_at is None and sprint in state.sprints
            if there and state.assignee == scene.seat and issue.type not in NO_WORK_OF_ITS_OWN:
                found.append(issue)
        return found

    def _unfinished(self, scene: Scene, at: datetime) -> list[Issue]:
        return [issue for issue in self._mine(scene, at) if self._is_open_at(issue, at)]

    def _is_open_at(self, issue: Issue, at: datetime) -> bool:
        return issue.at(at).category is not StatusCategory.DONE

    def _done_at(self, scene: Scene, issue: Issue) -> datetime | None:
        """When it was both Done and merged, None when it is not."""
        if self._is_open_at(issue, scene.end) or self._has_open_code(scene, issue, scene.end):
            return None
        done = [
            move.at for move in issue.moves() if move.after.category is StatusCategory.DONE and move.at <= scene.end
        ]
        merged = [pull.merged_at for pull in scene.view.history.pulls_of.get(issue.key, ()) if pull.merged_at]
        return max([*done, *merged], default=None)

    def _was_merged(self, scene: Scene, issue: Issue, at: datetime) -> bool:
        """Whether its code was in by then, so that only the board was behind."""
        merged = [pull.merged_at for pull in scene.view.history.pulls_of.get(issue.key, ()) if pull.merged_at]
        return bool(merged) and max(merged) <= at

    def _has_open_code(self, scene: Scene, issue: Issue, at: datetime) -> bool:
        """Whether there was code for it that was not merged at an instant."""
        history = scene.view.history
        pulls = [pull for pull in history.pulls_of.get(issue.key, ()) if pull.opened_at <= at]
        if any(pull.merged_at and pull.merged_at <= at for pull in pulls):
            return False
        if any(pull.closed_at is None or pull.closed_at > at for pull in pulls):
            return True
        branches = (b for b in history.branches.values() if issue.key in history.keys_in(b.name) and not b.pulls)
        there = (b for b in branches if b.created_at <= at and (b.deleted_at is None or b.deleted_at > at))
        return any(scene.seat in branch.authors() for branch in there)

    def _forecasts(self, said: Said) -> bool:
        return is_about(said.text, _WILL_NOT_FIT) and substance(said.text) >= 4

    def _rush_begins(self, scene: Scene) -> datetime:
        windows = scene.view.scenario.sprints
        end = next((window.end for window in windows if window.ref == self.sprint), scene.closes)
        return end - self.rush
