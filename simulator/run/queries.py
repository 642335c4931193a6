"""What pages and the API may read: plain values, ready to show. Changes nothing and asks no service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from simulator.errors import RunError, ScenarioError
from simulator.hygiene.reference import points, rule_json, rule_page
from simulator.hygiene.registry import all_rules
from simulator.model.facts import Fact
from simulator.model.history import History
from simulator.model.keys import RunId, SeatId
from simulator.model.people import Person
from simulator.model.runs import Run, RunState
from simulator.run.addresses import SiteAddress
from simulator.run.catalogue import catalogue
from simulator.run.connecting import github_access, jira_access
from simulator.run.live import Story
from simulator.run.report import report
from simulator.run.shelf import Shelf
from simulator.run.views import board_view, burndown_view, feed_view, sprint_view, upcoming_view
from simulator.scenario.packs import list_scenarios
from simulator.timekeeping.clock import Clock
from simulator.timekeeping.instants import describe_instant
from simulator.timekeeping.pace import format_pace
from simulator.timekeeping.timeline import Timeline

if TYPE_CHECKING:
    from simulator.run.openings import Openings

_MOST_FACTS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A run as it stands at one moment: everything that the answers below are made of."""

    run: Run
    story: Story
    timeline: Timeline
    now: datetime  # simulated
    bindings: Mapping[str, str]

    @property
    def day(self) -> int:
        """Working day of the run, from 1; 0 before it begins."""
        return self.story.calendar.day_number(self.story.first_day, self.now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Queries:
    """Reads. Everything returned is JSON values."""

    shelf: Shelf
    openings: Openings
    clock: Clock
    base_url: str
    _histories: dict[RunId, tuple[tuple[int, datetime], History]] = field(default_factory=dict, repr=False)

    # --- runs and scenarios -----------------------------------------------------------------------------------------

    def scenarios(self) -> list[dict[str, Any]]:
        """The shipped scenarios, for the catalogue."""
        return catalogue(list_scenarios())

    def runs(self) -> list[dict[str, Any]]:
        """All runs, newest first, a few values each."""
        return [self._line(run) for run in self.shelf.runs.all()]

    def rules(self) -> list[dict[str, Any]]:
        """The rule book: code, name, group, weight and Markdown text of each rule."""
        book = all_rules()
        worth = points(book)
        return [rule_json(r, worth[r.code]) | {"markdown": rule_page(r, worth[r.code])} for r in book]

    def view(self, run: Run) -> View:
        """A run at the present moment."""
        story = self.openings.story(run)
        timeline = self.openings.timeline(run, story)
        now = timeline.simulated(self.clock())
        return View(run=run, story=story, timeline=timeline, now=now, bindings=self.shelf.runs.bindings(run.id))

    def status(self, run: Run, who: str | None = None) -> dict[str, Any]:
        """Where a run stands and how a human seat (the first one when `who` is None) connects; `sprintdojo status --json`.

        Raises RunError for a seat that nobody sits on.
        """
        view = self.view(run)
        history = self.history(view)
        learner = _sitting(view, who)
        card = self._card(run, learner.seat)
        services = self.openings.services(run, view.story)
        zone = view.story.calendar.zone
        return {
            "run": run.id,
            "scenario": run.scenario_id,
            "title": run.title,
            "state": str(run.state),
            "simulated_now": view.now.astimezone(zone).isoformat(timespec="seconds"),
            "moment": describe_instant(view.now, first_day=view.story.first_day, calendar=view.story.calendar),
            "day": view.day,
            "days": view.story.calendar.day_number(view.story.first_day, view.story.scenario.ends_at),
            "sprint": sprint_view(history, view.story),
            "score": card.get("score"),
            "letter": card.get("letter"),
            "seat": learner.seat,
            "seats": [self._seat(run, person) for person in view.story.roster],
            "pace": format_pace(run.pace_s),
            "seed": run.seed,
            "emulated": run.emulated,
            "problem": run.problem,
            "progress": self._progress(run),
            "next": upcoming_view(self.shelf.agenda.next(run.id), view.story),
            "url": f"{self.base_url}/runs/{run.id}",
            "github": github_access(
                services, learner, default_branch=view.story.scenario.spec.repository.default_branch
            ),
            "jira": jira_access(services, learner, view.bindings),
        }

    def scorecard(self, run: Run, who: str | None) -> dict[str, Any]:
        """The last scorecard of a seat, of the team (`team`), or of the first human seat. Raises RunError."""
        story = self.openings.story(run)
        seat = None if who == "team" else SeatId(who) if who else _learner(story).seat
        if seat is not None and not story.roster.is_human_seat(seat):
            known = ", ".join([*(str(person.seat) for person in story.roster.humans()), "team"])
            raise RunError(
                f"{seat!r} is not a seat that is scored", where=f"run {run.id}", to_do=f"ask for one of: {known}"
            )
        card = self._card(run, seat)
        if not card:
            raise RunError("the run is not scored yet", where=f"run {run.id}", to_do="wait until it is prepared")
        return {"run": run.id, **card}

    def card(self, run: Run, seat: SeatId | None) -> Mapping[str, Any]:
        """The last scorecard of a seat, None for the team; empty before there is one."""
        return self._card(run, seat)

    def mark(self, run: Run) -> tuple[Any, ...]:
        """What board, burndown, feed, findings and score are made of: while it stays the same, so do they."""
        view = self.view(run)
        cards = [self.shelf.scorecards.latest(run.id, seat) for seat in (None, *_human_seats(view.story))]
        stamps = tuple((card.revision, card.wall) if card else None for card in cards)
        return run.id, run.created_at, self.shelf.runs.revision(run.id), view.day, stamps

    def trend(self, run: Run, seat: SeatId | None) -> list[dict[str, Any]]:
        """A seat's score over simulated time, None for the team."""
        zone = self.openings.story(run).calendar.zone
        trend = self.shelf.scorecards.trend(run.id, seat)
        return [{"at": at.astimezone(zone).isoformat(timespec="minutes"), "score": score} for at, score in trend]

    def board(self, run: Run) -> dict[str, Any]:
        """The sprint's board: columns with their cards."""
        view = self.view(run)
        return board_view(self.history(view), view.story)

    def burndown(self, run: Run) -> dict[str, Any]:
        """The sprint's burndown: days (ideal, remaining, scope) and steps with cause and actor."""
        view = self.view(run)
        return burndown_view(self.history(view), view.story)

    def feed(self, run: Run, *, most: int = 60) -> list[dict[str, Any]]:
        """What happened lately, in words, newest first; notes with who said them."""
        view = self.view(run)
        return feed_view(self._facts(run), view.story, most=most)

    def facts(self, run: Run, *, most: int = 100) -> list[dict[str, Any]]:
        """The newest facts, newest first, at most a thousand."""
        facts = self._facts(run)[-min(max(most, 1), _MOST_FACTS) :]
        return [
            {
                "source_id": fact.source_id,
                "kind": str(fact.kind),
                "subject": fact.subject,
                "actor": fact.actor,
                "url": fact.url,
                "at": fact.at.isoformat(),
                "recorded_at": fact.recorded_at.isoformat(),
                "detail": dict(fact.detail),
            }
            for fact in reversed(facts)
        ]

    def report(self, run: Run) -> dict[str, Any]:
        """How the sprint went, as values and as Markdown."""
        view = self.view(run)
        return report(run, view.story, self.history(view), self._card(run, _learner(view.story).seat))

    def history(self, view: View) -> History:
        """The run's history now; kept until something new is known or a minute of simulated time has passed."""
        key = (self.shelf.facts.last_sequence(view.run.id), view.now.replace(second=0, microsecond=0))
        kept = self._histories.get(view.run.id)
        if kept is None or kept[0] != key:
            kept = (key, view.story.history(self._facts(view.run), now=view.now))
            self._histories[view.run.id] = kept
        return kept[1]

    # --- parts ------------------------------------------------------------------------------------------------------

    def _line(self, run: Run) -> dict[str, Any]:
        try:
            view = self.view(run)
            day, card = view.day, self._card(run, _learner(view.story).seat)
        except ScenarioError:  # its copy was changed or taken away by hand: the other runs are still to be shown
            day, card = 0, {}
        return {
            "run": run.id,
            "scenario": run.scenario_id,
            "title": run.title,
            "state": str(run.state),
            "day": day,
            "score": card.get("score"),
            "letter": card.get("letter"),
            "started": run.created_at.isoformat(timespec="seconds"),
            "url": f"{self.base_url}/runs/{run.id}",
        }

    def _card(self, run: Run, seat: SeatId | None) -> Mapping[str, Any]:
        saved = self.shelf.scorecards.latest(run.id, seat)
        if saved is None:
            return {}
        card: Mapping[str, Any] = self._site(run).in_json(saved.card) if run.emulated else saved.card
        return card

    def _facts(self, run: Run) -> tuple[Fact, ...]:
        facts = self.shelf.facts.all(run.id)
        return self._site(run).in_facts(facts) if run.emulated else tuple(facts)

    def _site(self, run: Run) -> SiteAddress:
        return SiteAddress(self.base_url, RunId(run.id))

    def _seat(self, run: Run, person: Person) -> dict[str, Any]:
        human = str(person.kind) == "human"
        score = self._card(run, person.seat).get("score") if human else None
        kind, login = str(person.kind), str(person.login)
        return {
            "seat": person.seat,
            "name": person.name,
            "kind": kind,
            "role": person.role,
            "login": login,
            "score": score,
        }

    def _progress(self, run: Run) -> dict[str, Any]:
        done, total = self.shelf.agenda.progress(run.id)
        entry = self.shelf.agenda.next(run.id) if run.state is RunState.PREPARING else None
        step = str(entry.action.get("do", "")) if entry else "ready"
        return {"done": done, "total": total, "step": _in_words(step)}


def _learner(story: Story) -> Person:
    return story.roster.humans()[0]


def _sitting(view: View, who: str | None) -> Person:
    if who is None:
        return _learner(view.story)
    if not view.story.roster.is_human_seat(SeatId(who)):
        known = ", ".join(_human_seats(view.story))
        raise RunError(
            f"{who[:40]!r} is not a learner's seat", where=f"run {view.run.id}", to_do=f"ask for one of: {known}"
        )
    return view.story.roster[SeatId(who)]


def _human_seats(story: Story) -> tuple[SeatId, ...]:
    return tuple(person.seat for person in story.roster.humans())


def _in_words(step: str) -> str:
    words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in step)
    return words.strip()
