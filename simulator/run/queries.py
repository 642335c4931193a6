"""What pages and the API may read: plain values, ready to show. Changes nothing and asks no service."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from simulator.errors import RunError, ScenarioError
from simulator.hygiene.reference import rule_json, rule_page
from simulator.hygiene.registry import added_rules, all_rules
from simulator.model.agenda import Phase
from simulator.model.keys import SeatId
from simulator.model.people import Person
from simulator.model.runs import Run, RunState
from simulator.run.catalogue import catalogue
from simulator.run.coaching import job_view, moments_markdown, moments_view
from simulator.run.comparing import Side, comparison
from simulator.run.connecting import github_access, jira_access
from simulator.run.live import Story
from simulator.run.prompt_views import prompts_view, public_detail
from simulator.run.records import Records, View
from simulator.run.report import report
from simulator.run.upcoming import agenda_view, missed_view, upcoming_view
from simulator.run.views import board_view, burndown_view, feed_view, sprint_view
from simulator.scenario.packs import list_scenarios, mark_of_scenarios
from simulator.timekeeping.instants import describe_instant
from simulator.timekeeping.pace import format_pace

_MOST_FACTS = 1000
_FEW = 5
_MOST_UPCOMING = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Queries(Records):
    """Reads. Everything returned is JSON values."""

    _shown: dict[tuple[Any, ...], list[dict[str, Any]]] = field(default_factory=dict, repr=False)

    # --- runs and scenarios -----------------------------------------------------------------------------------------

    def scenarios(self) -> list[dict[str, Any]]:
        """The shipped scenarios and those of installed packs, for the catalogue; read again when a file of theirs is another."""
        packs = self.openings.packs_folder
        mark = mark_of_scenarios(packs=packs)
        shown = self._shown.get(mark)
        if shown is None:
            shown = catalogue(list_scenarios(packs=packs))
            self._shown.clear()
            self._shown[mark] = shown
        return shown

    def runs(self, *, skip: int = 0, most: int | None = None) -> list[dict[str, Any]]:
        """All runs, newest first, a few values each; or `most` of them after so many that are skipped."""
        end = None if most is None else skip + most
        return [self._line(run) for run in self.shelf.runs.all()[skip:end]]

    def rules(self) -> list[dict[str, Any]]:
        """The rule book and the rules of installed packages: terms, texts, points, and the page as Markdown."""
        return [rule_json(rule) | {"markdown": rule_page(rule)} for rule in (*all_rules(), *added_rules())]

    def status(self, run: Run, who: str | None = None) -> dict[str, Any]:
        """Where a run stands and how a human seat (the first one when `who` is None) connects; `sprintdojo status --json`.

        Raises RunError for a seat that nobody sits on.
        """
        view = self.view(run)
        history = self.history(view)
        learner = _sitting(view, who)
        card = self.card(run, learner.seat)
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
            "sprint": sprint_view(history, view.story, view.bindings),
            "score": card.get("score"),
            "letter": card.get("letter"),
            "seat": learner.seat,
            "seats": [self._seat(run, person) for person in view.story.roster],
            "pace": format_pace(run.pace_s),
            "seed": run.seed,
            "emulated": run.emulated,
            "problem": run.problem,
            "progress": self._progress(run),
            "missed": self.missed(run),
            "branched_from": run.branched_from,
            "relatives": list(self.shelf.runs.relatives(run)),
            "kept_days": list(self.shelf.snapshots.days(run.id)),
            "prompts": [p for p in prompts_view(self.known(view), view.story, seat=learner.seat) if p["open"]],
            "next": upcoming_view(self.shelf.agenda.next(run.id), view.story),
            "feed": self.feed(run, most=_FEW),
            "job": self._job(view, learner.seat),
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
        card = self.card(run, seat)
        if not card:
            raise RunError("the run is not scored yet", where=f"run {run.id}", to_do="wait until it is prepared")
        return {"run": run.id, **card}

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

    def prompts(self, run: Run, who: str | None = None) -> list[dict[str, Any]]:
        """What a human seat (the first one for None) is and was asked, what is open first. Raises RunError for another seat."""
        view = self.view(run)
        return prompts_view(self.known(view), view.story, seat=_sitting(view, who).seat, every=True)

    def job(self, run: Run, who: str | None = None) -> dict[str, Any] | None:
        """The one thing to do next for a human seat (the first one for None), None when the run does not go on.

        Raises RunError for a seat that nobody sits on.
        """
        view = self.view(run)
        return self._job(view, _sitting(view, who).seat)

    def moments(self, run: Run, who: str | None = None) -> list[dict[str, Any]]:
        """How the moments of the story went for a human seat (the first one for None). Raises RunError for another seat."""
        view = self.view(run)
        return moments_view(self.known(view), view.story, seat=_sitting(view, who).seat)

    def sitting(self, view: View, who: str | None) -> SeatId:
        """A human seat, the first one for None. Raises RunError for a seat that nobody sits on."""
        return _sitting(view, who).seat

    def feed(self, run: Run, *, most: int = 60, before: str = "") -> list[dict[str, Any]]:
        """What happened lately, or `before` something else (by its id), in words, newest first; notes with who said them."""
        facts = self.known_facts(run)
        place = next((n for n, fact in enumerate(facts) if fact.source_id == before), None) if before else None
        return feed_view(facts[:place], self.view(run).story, most=most)

    def facts(self, run: Run, *, most: int = 100) -> list[dict[str, Any]]:
        """The newest facts, newest first, at most a thousand."""
        facts = self.known_facts(run)[-min(max(most, 1), _MOST_FACTS) :]
        return [
            {
                "source_id": fact.source_id,
                "kind": str(fact.kind),
                "subject": fact.subject,
                "actor": fact.actor,
                "url": fact.url,
                "at": fact.at.isoformat(),
                "recorded_at": fact.recorded_at.isoformat(),
                "detail": public_detail(fact),
            }
            for fact in reversed(facts)
        ]

    def report(self, run: Run) -> dict[str, Any]:
        """How the sprint went, as values and as Markdown."""
        view = self.view(run)
        card = self.card(run, _learner(view.story).seat)
        told = report(run, view.story, self.history(view), card, bindings=view.bindings)
        known, seats = self.known(view), _human_seats(view.story)
        seen = [moment for seat in seats for moment in moments_view(known, view.story, seat=seat)]
        moments: list[dict[str, Any]] = self.address(run).in_json(seen)
        return told | {"moments": moments, "markdown": told["markdown"] + moments_markdown(moments)}

    def compare(self, run: Run, other: Run) -> dict[str, Any]:
        """Two runs beside one another, for their first learners: scores, what was done, moments, and where they parted."""
        return comparison(self._compared(run), self._compared(other))

    def upcoming(self, run: Run) -> list[dict[str, Any]]:
        """When something happens next, by instants; what it is stays a surprise, but for the team's meetings and the ends."""
        view = self.view(run)
        return agenda_view(self.shelf.agenda.entries(run.id, upcoming=True, limit=_MOST_UPCOMING), view.story)

    def missed(self, run: Run) -> list[dict[str, Any]]:
        """What could not be done on the services, with the reason; the newest first, at most ten."""
        return missed_view(self.shelf.agenda.missed(run.id), self.openings.story(run))

    # --- parts ------------------------------------------------------------------------------------------------------

    def _job(self, view: View, seat: SeatId) -> dict[str, Any] | None:
        if view.run.state not in (RunState.RUNNING, RunState.PAUSED):
            return None
        following = upcoming_view(self.shelf.agenda.next(view.run.id), view.story)
        comes_next = f"Next, {following['at']}: {following['what']}." if following else ""
        return job_view(self.known(view), seat, comes_next=comes_next)

    def _line(self, run: Run) -> dict[str, Any]:
        try:
            view = self.view(run)
            day, card = view.day, self.card(run, _learner(view.story).seat)
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

    def _compared(self, run: Run) -> Side:
        view = self.view(run)
        seat = _learner(view.story).seat
        return Side(
            run=run,
            story=view.story,
            history=self.history(view),
            facts=self.known_facts(run),
            card=self.card(run, seat),
            seat=seat,
        )

    def _seat(self, run: Run, person: Person) -> dict[str, Any]:
        human = str(person.kind) == "human"
        score = self.card(run, person.seat).get("score") if human else None
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
        step = str(entry.action.get("do", "")) if entry and entry.phase is Phase.SETUP else "ready"
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
