"""What is looked up among issues, sprints and prompts, each index made once when first asked for. Refuses to judge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cached_property

from simulator.model.agile import StatusCategory
from simulator.model.history import deeds
from simulator.model.history.by_day import ByDay
from simulator.model.history.deeds import Spans
from simulator.model.history.in_the_run import InTheRun, Prompt
from simulator.model.history.pieces import InPieces, grouped
from simulator.model.history.planning import planners_of
from simulator.model.history.steps import Step, in_order, steps_of
from simulator.model.history.surroundings import Surroundings
from simulator.model.history.tracker import Issue, SprintRecord, SprintSpan
from simulator.model.history.waiting import Waiting, waiting_of
from simulator.model.keys import IssueKey, SeatId

USUAL_COLUMNS = {
    "To Do": StatusCategory.TO_DO,
    "In Progress": StatusCategory.IN_PROGRESS,
    "In Review": StatusCategory.IN_PROGRESS,
    "Done": StatusCategory.DONE,
}


class TrackerLookups(InPieces):
    """The part of a history that finds issues and sprints by what they have to do with one another."""

    issues: Mapping[IssueKey, Issue]
    sprints: Mapping[int, SprintRecord]
    run: InTheRun
    surroundings: Surroundings

    @cached_property
    def planners(self) -> Mapping[int, tuple[SeatId, ...]]:
        """Sprint → who planned it."""
        return planners_of(self.sprints, self.issues.values(), self.run.prompts.values())

    @cached_property
    def waiting_on(self) -> Mapping[tuple[SeatId, date], tuple[Waiting, ...]]:
        """(seat, day) → the issues that waited for them on that day, to do, and from when to when."""

        def waited(issue: Issue) -> Iterator[tuple[SeatId, tuple[datetime, datetime | None, Waiting]]]:
            return ((seat, (waiting.since, waiting.until, waiting)) for seat, waiting in waiting_of(issue))

        return ByDay(self.pieces.of("waiting", self.issues.values(), waited))

    @cached_property
    def sprint_spans(self) -> tuple[SprintSpan, ...]:
        """When each sprint ran, in their order."""
        return tuple(sprint.span for sprint in self.sprints.values())

    @cached_property
    def span_of(self) -> Mapping[int, SprintSpan]:
        """Sprint → when it ran."""
        return {span.id: span for span in self.sprint_spans}

    @cached_property
    def commitments(self) -> Mapping[IssueKey, tuple[int, ...]]:
        """Issue → the sprints that it was in when they started; issues without any are left out."""
        found: dict[IssueKey, list[int]] = {}
        for number, sprint in self.sprints.items():
            for key in sprint.committed:
                found.setdefault(key, []).append(number)
        return {key: tuple(numbers) for key, numbers in found.items()}

    @cached_property
    def sprints_with(self) -> Mapping[IssueKey, tuple[SprintSpan, ...]]:
        """Issue → the sprints that it was in while they ran, the first one first; issues without any are left out."""
        started = sorted((of.started_at, of.id) for of in self.sprints.values() if of.started_at)
        found: dict[IssueKey, list[SprintSpan]] = {}
        for sprint, span in ((self.sprints[number], self.span_of[number]) for _, number in started):
            for key in sprint.committed | sprint.added:
                found.setdefault(key, []).append(span)
        return {key: tuple(spans) for key, spans in found.items()}

    @cached_property
    def current_span(self) -> SprintSpan | None:
        """When the sprint started last ran, None before the first start."""
        started = [span for span in self.sprint_spans if span.started_at]
        return max(started, key=lambda span: (span.started_at, span.id), default=None)

    @cached_property
    def meetings(self) -> Mapping[SeatId, tuple[Prompt, ...]]:
        """Person → the plannings and reviews that they were asked to."""
        found: dict[SeatId, list[Prompt]] = {}
        for prompt in self.run.prompts.values():
            if prompt.kind in {"planning", "review"}:
                found.setdefault(prompt.seat, []).append(prompt)
        return {seat: tuple(prompts) for seat, prompts in found.items()}

    @cached_property
    def board_steps(self) -> Mapping[tuple[SeatId, int], tuple[Step, ...]]:
        """(person, hour) → the changes of issues' statuses that the person made in that hour."""
        by_hour = grouped(self.pieces.of("steps", self.issues.values(), steps_of))
        return self.pieces.by_key("steps by hour", by_hour, in_order)

    @cached_property
    def in_hand(self) -> Spans:
        """Person → from when to when they had which issue, and no epic, in progress without a flag; deleted ones left out."""
        return deeds.by_seat(self.pieces.of("in hand", self.issues.values(), deeds.in_hand))

    @cached_property
    def held_by(self) -> Spans:
        """Person → from when to when they had which issue in progress."""
        return deeds.by_seat(self.pieces.of("held", self.issues.values(), deeds.held))

    @cached_property
    def records_resolutions(self) -> bool:
        """Whether any issue ever had a resolution."""
        return any(state.resolution for issue in self.issues.values() for _, state in issue.states())

    @cached_property
    def children_of(self) -> Mapping[str, tuple[Issue, ...]]:
        """Key of an issue → its sub-tasks, or an epic's issues; issues without any are left out."""
        found: dict[str, list[Issue]] = {}
        for issue in self.issues.values():
            if issue.state.parent:
                found.setdefault(issue.state.parent, []).append(issue)
        return {key: tuple(children) for key, children in found.items()}

    @cached_property
    def statuses(self) -> frozenset[str]:
        """The names of all statuses that were seen, on issues and on the board."""
        seen = {state.status for issue in self.issues.values() for _, state in issue.states()}
        shown = {name for _, columns in self.surroundings.boards for column in columns for name in column.statuses}
        return frozenset({*USUAL_COLUMNS, *seen, *shown} - {""})
