"""What a reviewer finds against a pull request at one of its heads.

Pure, and the same each time it is asked: what a reviewer has found before can be found again, so nothing has to be kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from simulator.model.actions import ReviewWhenRead
from simulator.model.code import ChangedFile
from simulator.model.keys import SeatId, issue_keys_in
from simulator.plan.draws import rng
from simulator.plan.pulls import PullStanding
from simulator.plan.reviews.rules.every import points_in
from simulator.plan.reviews.rules.point import Point, Reading
from simulator.plan.reviews.rules.secrets import secrets
from simulator.plan.reviews.skills import knowing, knows
from simulator.ports import Bindings
from simulator.scenario.backlog import IssuePart
from simulator.scenario.loaded import LoadedScenario
from simulator.scenario.people import Reviewing

_FOUND = {"careless": 0.35, "hasty": 0.6, "careful": 0.85, "thorough": 1.0}


@dataclass(slots=True, kw_only=True)
class Finder:
    """A reviewer with a pull request before them. What is found at a head is kept while this lives."""

    asked: ReviewWhenRead
    pull: PullStanding
    scenario: LoadedScenario
    bindings: Bindings
    seed: int
    _found: dict[tuple[str, SeatId, str], tuple[Point, ...]] = field(default_factory=dict)

    def at(self, head: str, instant: datetime, *, by: SeatId | None = None) -> tuple[Point, ...]:
        """Everything that the reviewer (or somebody else, by their own lights) finds at a head, the weightiest first.

        The description counts as it stood at the instant.
        """
        seat = by or self.asked.actor
        title, body = self.pull.text_at(instant)
        key = (head, seat, f"{title}\n{body}")
        if key not in self._found:
            self._found[key] = tuple(self._find(seat, head, title, body))
        return self._found[key]

    def known_files(self, seat: SeatId, head: str) -> tuple[ChangedFile, ...]:
        """The files that somebody reads: those they know, and the others too when nobody else knows them."""
        files = self.pull.contents.get(head, ())
        skills = self.scenario.spec.people[seat].skills
        known = tuple(file for file in files if knows(skills, file.path))
        others = tuple(file for file in files if file not in known)
        somebody = knowing(self.scenario, others, besides=(seat, self.pull.author)) if others else None
        return known if somebody else files

    def _find(self, seat: SeatId, head: str, title: str, body: str) -> Iterator[Point]:
        files = self.known_files(seat, head)
        if not self.pull.contents.get(head, ()):
            yield Point(kind="empty", key="empty", occasion="empty", arguable=False, certain=True)
            return
        reviewing = self.scenario.spec.people[seat].review or Reviewing()
        mine = seat == self.asked.actor
        reading = Reading(
            title=title,
            body=body,
            files=files,
            others=tuple(file for file in self.pull.contents[head] if file not in files),
            reviewing=reviewing,
            max_changed_lines=self.asked.max_changed_lines if mine else reviewing.max_changed_lines,
            tests_required=self.asked.tests_required if mine else reviewing.tests_required,
            issues=tuple(self._issues(f"{self.pull.branch} {title} {body}")),
            project=self.scenario.spec.project.key,
            branch=self.pull.branch,
        )
        points = (*points_in(reading), *self._in_history(head, reading))
        share = _FOUND[reviewing.thoroughness]
        yield from (point for point in points if point.certain or self._is_seen(point, seat, share))

    def _is_seen(self, point: Point, seat: SeatId, share: float) -> bool:
        return share >= 1 or rng(self.seed, "finds", seat, self.pull.number, point.key).random() < share

    def _in_history(self, head: str, reading: Reading) -> Iterator[Point]:
        """A secret that is gone from the files, while a commit of the branch still has it."""
        now = {point.key for point in secrets(reading)}
        for earlier in self.pull.commits.get(head, ()):
            before = replace(reading, files=self.pull.contents.get(earlier, ()))
            if earlier != head and any(point.key not in now for point in secrets(before)):
                yield Point(
                    kind="secret-in-history",
                    key=f"secret-in-history|{earlier}",
                    occasion="secret-in-history",
                    fields={"sha": earlier[:7]},
                    arguable=False,
                    certain=True,
                )
                return

    def _issues(self, text: str) -> Iterator[IssuePart]:
        named = set(issue_keys_in(text, projects=(self.scenario.spec.project.key,)))
        for issue in self.scenario.spec.backlog:
            if self.bindings.get(f"issue:{issue.id}") in named:
                yield issue
