"""What pages and the API may ask for. Reading goes through `queries`; doing is handed to the workroom and followed as a job."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from simulator.errors import RunError
from simulator.hygiene.card_json import scorecard_json
from simulator.model.actions import AnswerPrompt
from simulator.model.keys import RunId, SeatId
from simulator.model.prompts import read_answers
from simulator.model.runs import Run, RunState
from simulator.run.asking import may_speak, prompt_of, words_of
from simulator.run.ceremonies import is_ceremony, next_ceremony
from simulator.run.coach.checking import changes
from simulator.run.coach.levels import chosen, name_of
from simulator.run.objecting import Objecting
from simulator.run.queries import Queries
from simulator.run.scripted import Scripted
from simulator.run.secrets import Key, same
from simulator.run.shelf import Shelf
from simulator.run.starting import StartRequest, begin_run
from simulator.run.workroom import Job, Workroom
from simulator.scenario.load import load_scenario
from simulator.scenario.packs import find_scenario
from simulator.timekeeping.clock import Clock
from simulator.timekeeping.instants import parse_day, parse_target
from simulator.timekeeping.pace import parse_pace

if TYPE_CHECKING:
    from simulator.run.days import Days
    from simulator.run.openings import Openings

_AT_WORK = (RunState.PREPARING, RunState.RUNNING, RunState.PAUSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The front desk of a running server."""

    shelf: Shelf
    workroom: Workroom
    openings: Openings
    days: Days
    queries: Queries
    key: Key
    clock: Clock
    guarded: bool
    """Whether the server listens beyond loopback, so that visitors must show the access code."""
    while_away: str = "auto"
    """What becomes of time without a server, for runs that do not say."""

    def start(self, request: StartRequest) -> Run:
        """Begin a run; its preparation goes on in the workroom. Raises ScenarioError, SetupError or RunError."""
        if not request.emulated and not request.environment:
            request = replace(request, environment=self.openings.environment)
        request = replace(request, while_away=request.while_away or self.while_away)
        run = begin_run(
            request,
            self.shelf,
            clock=self.clock,
            credentials=self.openings.credentials_file,
            folder=self.openings.runs_folder,
            packs=self.openings.packs_folder,
        )
        self.workroom.wake(run.id)
        return run

    def start_unless_running(self, request: StartRequest) -> Run:
        """The newest run of that scenario that goes on; else a new one."""
        wanted = load_scenario(find_scenario(request.scenario, packs=self.openings.packs_folder)).id
        for run in self.shelf.runs.all():
            if run.state in _AT_WORK and run.scenario_id == wanted:
                return run
        return self.start(request)

    def find(self, run_id: str) -> Run:
        """A run by its id, or the current one by the word `current`. Raises UnknownRun."""
        if run_id != "current":
            return self.shelf.runs.get(RunId(run_id))
        run = self.shelf.runs.current()
        if run is None:
            raise RunError("there is no run yet", to_do="begin one with `sprintdojo start first-sprint`")
        return run

    def pause(self, run: Run) -> Job:
        """Stop the clock."""
        return self.workroom.ask(run.id, "pause", lambda: self.workroom.engine.pause(run.id))

    def resume(self, run: Run) -> Job:
        """Let the clock go on."""
        return self.workroom.ask(run.id, "resume", lambda: self.workroom.engine.resume(run.id))

    def set_pace(self, run: Run, pace: str) -> Job:
        """Change the pace, said as `10m` for a working day. Raises RunError when it cannot be read."""
        pace_s = parse_pace(pace)
        return self.workroom.ask(run.id, "pace", lambda: self.workroom.engine.set_pace(run.id, pace_s))

    def advance(self, run: Run, to: str | None) -> Job:
        """Go on at once, to the next event, to a meeting (`ceremony`, `stand-up`, …) or to a time said as `day 3 10:00`, `+2h`,
        `end`. Raises RunError.
        """
        if not to:
            return self.workroom.ask(run.id, "advance", lambda: self.workroom.engine.advance(run.id, None))
        if is_ceremony(to):
            meeting = next_ceremony(self.shelf.agenda.entries(run.id, upcoming=True), to)
            return self.workroom.ask(run.id, "advance", lambda: self.workroom.engine.advance(run.id, meeting.at))
        story = self.openings.story(run)
        now = self.openings.timeline(run, story).simulated(self.clock())
        target = parse_target(
            to, first_day=story.first_day, calendar=story.calendar, now=now, end=story.scenario.ends_at
        )
        if target > story.scenario.ends_at:
            raise RunError(f"{to[:40]!r} is after the end of the sprint", to_do="name an earlier moment, or say `end`")
        return self.workroom.ask(run.id, "advance", lambda: self.workroom.engine.advance(run.id, target))

    def answer(self, run: Run, seat: str | None, prompt: str, answers: Mapping[str, str]) -> Job:
        """Answer a prompt (`""`: the newest open one) as a human seat (the first one for None).

        Raises UnknownPrompt, BadAnswer, or RunError when it is too late or somebody else is asked.
        """
        view = self.queries.view(run)
        history, who = self.queries.history(view), self.queries.sitting(view, seat)
        asked = prompt_of(history, prompt, who)
        read_answers(asked, answers, now=view.now)
        action = AnswerPrompt(actor=who, prompt=asked.id, answers=dict(answers))
        return self.workroom.ask(run.id, "answer", lambda: self.workroom.engine.answer(run.id, action))

    def take_hint(self, run: Run, seat: str | None, *, moment: str | None, level: int | None) -> Job:
        """Take a hint on a moment (the one of the job card for None), of a level (the next one for None).

        Raises RunError when the job card has no moment, or for a seat that nobody sits on.
        """
        who = self.queries.sitting(self.queries.view(run), seat)
        about = moment or (self.queries.job(run, who) or {}).get("moment")
        if about is None:
            raise RunError("there is no hint for what comes next", where=f"run {run.id}", to_do="see `sprintdojo job`")
        return self.workroom.ask(
            run.id, "hint", lambda: self.workroom.engine.take_hint(run.id, who, moment=about, level=level)
        )

    def take_finding_hint(self, run: Run, seat: str | None, *, finding: str, level: int | None) -> Job:
        """Take a hint on an open finding, named by its id or its rule, of a level (the next one for None).

        Raises RunError when nothing is open under that name, or for a seat that nobody sits on.
        """
        who = self.queries.sitting(self.queries.view(run), seat)
        about = name_of(chosen(self.queries.card(run, who).get("findings", ()), finding))
        return self.workroom.ask(
            run.id, "hint", lambda: self.workroom.engine.take_hint(run.id, who, moment=about, level=level)
        )

    def check(self, run: Run, seat: str | None) -> Job:
        """Look at the services now and score again; the job's result says what is another than at the last time, a line each.

        Raises RunError for a seat that nobody sits on.
        """
        who = self.queries.sitting(self.queries.view(run), seat)
        return self.workroom.ask(run.id, "check", lambda: self._checked(run, who))

    def _checked(self, run: Run, who: SeatId) -> str:
        live = self.workroom.engine.fresh(run.id, closely=True)
        before, after = live.looked_at[who], live.cards[who]
        live.looked_at = {**live.looked_at, who: after}
        return "\n".join(changes(scorecard_json(before), scorecard_json(after)))

    def say(self, run: Run, seat: str | None, text: str) -> Job:
        """Say something in the run's chat as a human seat (the first one for None). Raises BadAnswer, RunError if too often."""
        view, words = self.queries.view(run), words_of(text)
        who = self.queries.sitting(view, seat)
        may_speak(self.queries.history(view), who, now=self.clock())
        return self.workroom.ask(run.id, "say", lambda: self.workroom.engine.say(run.id, who, words))

    def rewind(self, run: Run, to: str) -> Job:
        """Take a run back to the beginning of a day, said as `day 4`; the job's result is the run that keeps what it was.

        Raises RunError when that beginning is not kept, or the services are not ours.
        """
        day = parse_day(to)
        self.days.find(run, day)
        return self.workroom.ask(run.id, "rewind", lambda: self.workroom.engine.rewind(run.id, day))

    def branch(self, run: Run, at: str) -> Job:
        """Begin a second run where this one was as a day began; the job's result is its id. Raises RunError as `rewind` does."""
        day = parse_day(at)
        self.days.find(run, day)
        return self.workroom.ask(run.id, "branch", lambda: self._branched(run, day))

    def _branched(self, run: Run, day: int) -> RunId:
        made = self.workroom.engine.branch(run.id, day)
        self.workroom.wake(made)
        return made

    def play(self, run: Run, persona: str, to: str) -> Job:
        """Let a persona make the past of a fresh run, up to a time said as `day 6`; the job's result is what was refused.

        Raises RunError when there is no such persona or time.
        """
        scripted = Scripted(self.workroom.engine, self.openings)
        scripted.check(run, persona, to)
        return self.workroom.ask(run.id, "play", lambda: scripted.play(run, persona, to))

    def record(self, run: Run, seat: str | None) -> Job:
        """Write down what a human seat (the first one for None) did; the job's result is a persona, in JSON. Raises RunError."""
        who = self.queries.sitting(self.queries.view(run), seat)
        scripted = Scripted(self.workroom.engine, self.openings)
        return self.workroom.ask(run.id, "record", lambda: scripted.record(run, who))

    def finish(self, run: Run) -> Job:
        """End the run."""
        return self.workroom.ask(run.id, "finish", lambda: self.workroom.engine.finish(run.id))

    def job(self, run: Run, number: int) -> Job:
        """A job as it stands. Raises RunError when there is none of that number."""
        job = self.workroom.job(run.id, number)
        if job is None:
            raise RunError(
                "no such job", where=f"run {run.id}", to_do="jobs are forgotten after a while; look at the run"
            )
        return job

    @property
    def objecting(self) -> Objecting:
        """Where findings are disputed and waived."""
        return Objecting(queries=self.queries, workroom=self.workroom)

    def is_trainers(self, code: str) -> bool:
        """Whether a code is the trainer's."""
        return same(code, self.key.trainer_code())

    def access_code(self) -> str:
        """What visitors from other machines must show."""
        return self.key.access_code()

    def admits(self, code: str) -> bool:
        """Whether an access code is the right one."""
        return same(code, self.key.access_code())
