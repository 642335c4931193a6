"""What people may say against findings: a learner disputes, a second person waives, revokes and answers.

Nobody waives their own findings: whoever does it shows the trainer's code (the web layer asks for it) and is none of the run's
learners. Each word is written down first, then the run is scored anew. Refuses to judge.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from simulator.errors import AdapterError, BadAnswer, RunError, TrainerNeeded, UnknownFinding
from simulator.hygiene.case_facts import CaseCalendar, CaseFacts
from simulator.hygiene.disputed_case import Disputed, disputed_case
from simulator.hygiene.profiles import rule_set
from simulator.model.hygiene import DisputeState
from simulator.model.keys import SeatId
from simulator.model.objections import LONGEST_NAME, LONGEST_REASON, SHORTEST_REASON, Dispute
from simulator.model.runs import Run, RunState
from simulator.run.judge import judge_again
from simulator.run.objection_views import cases_view, disputes_view, waivers_left, waivers_view
from simulator.run.queries import Queries
from simulator.run.records import View
from simulator.run.workroom import Job, Workroom
from simulator.storage.objections import About

_LEAST_OF_AN_ID = 4
_SCORED = (RunState.RUNNING, RunState.PAUSED, RunState.FINISHED)
RIGHT = ("pass", "skip")
"""What a rule should have said of an accepted dispute's subject: that it is well done, or nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Objecting:
    """Takes in what is said. Every method raises RunError for a run that is not scored yet."""

    queries: Queries
    workroom: Workroom

    # --- what was said ---------------------------------------------------------------------------------------------

    def disputes(self, run: Run) -> list[dict[str, Any]]:
        """The disputes of a run, what is open first."""
        found: list[dict[str, Any]] = self.queries.address(run).in_json(
            disputes_view(self.queries.shelf.objections.disputes(run.id), self.queries.openings.story(run))
        )
        return found

    def open_disputes(self, run: Run) -> int:
        """How many disputes wait for an answer."""
        return sum(one.state is DisputeState.OPEN for one in self.queries.shelf.objections.disputes(run.id))

    def waivers(self, run: Run) -> dict[str, Any]:
        """The waivers of a run, and how many each learner may still be given in this sprint (`left`)."""
        view, given = self.queries.view(run), self.queries.shelf.objections.waivers(run.id)
        seats = [person.seat for person in view.story.roster.humans()]
        return {
            "waivers": waivers_view(given, view.story, self.queries.card(run, None)),
            "left": waivers_left(given, self._sprint(view), seats),
        }

    def cases(self, run: Run) -> dict[str, list[dict[str, Any]]]:
        """The cases of accepted disputes, by the codes of their rules: what belongs into the rules' case files."""
        return cases_view(self.queries.shelf.objections.disputes(run.id))

    # --- the learner ----------------------------------------------------------------------------------------------

    def dispute(self, run: Run, seat: str | None, finding: str, reason: str) -> Job:
        """Say as a human seat (the first one for None) that a finding on its card is wrong.

        Raises UnknownFinding, BadAnswer without a reason, RunError when it costs nothing or is disputed already.
        """
        view = self._view(run)
        who = self.queries.sitting(view, seat)
        found = find(self.queries.card(run, who), finding, where=run.id)
        about = self._about(view, found, _reason(reason), seat=who)
        if found["waived"] or not (found["outcome"] == "breach" or found["points_lost"]):
            raise RunError("that finding costs nothing", where=found["id"], to_do="dispute one that does")
        message, url = str(found["message"]), str(found["url"])
        shelf = self.queries.shelf
        return self._do(run, "dispute", lambda: shelf.objections.dispute(run.id, message=message, url=url, **about))

    def withdraw(self, run: Run, seat: str | None, dispute: str) -> Job:
        """Take one's own open dispute back. Raises UnknownFinding or RunError."""
        view = self._view(run)
        who = self.queries.sitting(view, seat)
        found = self._disputed(run, dispute)
        if found.seat != who:
            raise RunError(
                "that dispute is somebody else's", where=found.finding, to_do="see yours: sprintdojo disputes"
            )
        shelf, now = self.queries.shelf, self.queries.clock()
        return self._do(run, "withdraw", lambda: shelf.objections.withdraw(run.id, found.number, wall=now))

    # --- the second person ----------------------------------------------------------------------------------------

    def waive(self, run: Run, finding: str, *, reason: str, by: str) -> Job:
        """Let a finding of any learner cost nothing more, at most three of each learner in a sprint.

        Raises UnknownFinding, BadAnswer, TrainerNeeded when `by` is a learner of the run.
        """
        view = self._view(run)
        found = find(self.queries.card(run, None), finding, where=run.id)
        if found["waived"] or not (found["outcome"] == "breach" or found["points_lost"]):
            raise RunError("that finding costs nothing", where=found["id"], to_do="waive one that does")
        about = self._about(view, found, _reason(reason), seat=SeatId(found["seat"]))
        who, sprint = _second(view, by), self._sprint(view)
        shelf = self.queries.shelf
        return self._do(run, "waive", lambda: shelf.objections.waive(run.id, by=who, sprint=sprint, **about))

    def revoke(self, run: Run, finding: str, *, by: str) -> Job:
        """Take a waiver back. Raises UnknownFinding or TrainerNeeded."""
        view = self._view(run)
        who, shelf, now = _second(view, by), self.queries.shelf, self.queries.clock()
        given = {one.finding for one in shelf.objections.waivers(run.id) if one.revoked_at is None}
        known = _the_one(given, finding, where=run.id, what="waived finding")
        return self._do(run, "revoke", lambda: shelf.objections.revoke(run.id, known, by=who, wall=now))

    def decline(self, run: Run, dispute: str, *, answer: str, by: str) -> Job:
        """Say no to an open dispute, with a word. Raises UnknownFinding, BadAnswer or TrainerNeeded."""
        view = self._view(run)
        found, word, who = self._disputed(run, dispute), _reason(answer), _second(view, by)
        shelf, now = self.queries.shelf, self.queries.clock()
        return self._do(
            run, "decline", lambda: shelf.objections.decline(run.id, found.number, by=who, answer=word, wall=now)
        )

    def accept(self, run: Run, dispute: str, *, answer: str, by: str, right: str = "pass") -> Job:
        """Say yes to an open dispute: its finding is waived with the learner's reason, and becomes a case for its rule.

        `right` is what the rule should have said: pass, or skip. Raises UnknownFinding, BadAnswer or TrainerNeeded.
        """
        view = self._view(run)
        found, word, who = self._disputed(run, dispute), _reason(answer), _second(view, by)
        if right not in RIGHT:
            raise BadAnswer(f"{right[:40]!r} is nothing that a rule says", to_do=f"say {' or '.join(RIGHT)}")
        about: About = {
            "finding": found.finding,
            "rule": found.rule,
            "subject": found.subject,
            "seat": found.seat,
            "reason": found.reason,
            "at": view.now,
            "wall": self.queries.clock(),
        }
        sprint, objections = self._sprint(view), self.queries.shelf.objections

        def accepted() -> None:
            case = self._case(view, found, right) or {}
            objections.accept(run.id, found.number, answer=word, case=case, by=who, sprint=sprint, **about)

        return self._do(run, "accept", accepted)

    # --- parts ----------------------------------------------------------------------------------------------------

    def _do(self, run: Run, what: str, write: Callable[[], object]) -> Job:
        """Have it written down, and the run scored anew, by the thread that has the run in hand."""

        def done() -> None:
            write()
            openings, shelf, now = self.queries.openings, self.queries.shelf, self.queries.clock()
            story = openings.story(run)
            cards = judge_again(shelf, shelf.runs.get(run.id), story, openings.timeline(run, story), wall=now)
            if run.state is not RunState.FINISHED:
                with suppress(AdapterError):  # with its services away the coach says so when they are back
                    self.workroom.engine.open(run.id).cards = cards

        return self.workroom.ask(run.id, what, done)

    def _view(self, run: Run) -> View:
        if run.state not in _SCORED:
            raise RunError("the run is not scored", where=f"run {run.id}", to_do="wait until it is prepared")
        return self.queries.view(run)

    def _about(self, view: View, found: Mapping[str, Any], reason: str, *, seat: SeatId) -> About:
        return {
            "finding": str(found["id"]),
            "rule": str(found["rule"]),
            "subject": str(found["subject"]),
            "seat": seat,
            "reason": reason,
            "at": view.now,
            "wall": self.queries.clock(),
        }

    def _sprint(self, view: View) -> int:
        sprint = self.queries.history(view).sprint
        return sprint.id if sprint else 0

    def _disputed(self, run: Run, asked: str) -> Dispute:
        """The last dispute on a finding. Raises UnknownFinding."""
        last = {one.finding: one for one in self.queries.shelf.objections.disputes(run.id)}
        found = last[_the_one(set(last), asked, where=run.id, what="disputed finding")]
        if found.state is not DisputeState.OPEN:
            raise RunError(
                f"that dispute is {found.state}",
                where=found.finding,
                to_do="see what became of it: sprintdojo disputes",
            )
        return found

    def _case(self, view: View, found: Dispute, right: str) -> dict[str, Any] | None:
        """The dispute as a case, as things stood when the learner spoke up, else as they stand."""
        spec, story, facts = view.story.scenario.spec, view.story, self.queries.shelf.facts.all(view.run.id)
        terms = rule_set(spec.hygiene, folder=story.scenario.folder)
        rule = next((rule for rule in terms.rules if rule.code == found.rule), None)
        if rule is None or found.seat is None:
            return None
        disputed = Disputed(
            rule=rule,
            subject=found.subject,
            learner=found.seat,
            roster=story.roster,
            frame=_frame(view, rule.options.model_dump(mode="json", exclude_defaults=True)),
            facts=facts,
            places={spec.repository.owner: "acme", spec.repository.name: "app"},
        )
        return disputed_case(
            disputed, instants=(found.at, view.now), name=f"disputed {found.finding}: {found.reason}", right=right
        )


def find(card: Mapping[str, Any], asked: str, *, where: str) -> Mapping[str, Any]:
    """A finding of a card by its id, or by as much of it as tells it from the others. Raises UnknownFinding."""
    findings = {str(finding["id"]): finding for finding in card.get("findings", ())}
    found: Mapping[str, Any] = findings[_the_one(set(findings), asked, where=where, what="finding")]
    return found


def _the_one(known: set[str], asked: str, *, where: str, what: str) -> str:
    wanted = asked.strip().lower()
    near = [name for name in known if name.startswith(wanted)] if len(wanted) >= _LEAST_OF_AN_ID else []
    if len(near) == 1:
        return near[0]
    if near:
        message, to_do = f"{len(near)} of them begin with {wanted[:20]!r}", "give more of the id"
    else:
        message, to_do = f"there is no {what} {asked[:40]!r}", "`sprintdojo dispute` lists findings with their ids"
    raise UnknownFinding(message, where=f"run {where}", to_do=to_do)


def _reason(text: str) -> str:
    words = " ".join(text.split())
    if not SHORTEST_REASON <= len(words) <= LONGEST_REASON:
        raise BadAnswer(
            f"a reason has {SHORTEST_REASON} to {LONGEST_REASON} characters, this one has {len(words)}",
            to_do="say in a sentence or two why",
        )
    return words


def _second(view: View, name: str) -> str:
    """The name of somebody who is no learner of the run. Raises TrainerNeeded or BadAnswer."""
    who = " ".join(name.split())
    if not 0 < len(who) <= LONGEST_NAME:
        raise BadAnswer("it is not said who speaks", to_do=f"give a name of at most {LONGEST_NAME} characters")
    for person in view.story.roster.humans():
        if who.casefold() in {known.casefold() for known in (person.seat, person.name, person.login, person.email)}:
            raise TrainerNeeded(
                f"{who} is a learner in this run", where=f"run {view.run.id}", to_do="a second person has to say it"
            )
    return who


def _frame(view: View, options: Mapping[str, Any]) -> CaseFacts:
    scenario = view.story.scenario
    calendar = scenario.calendar
    return CaseFacts(
        project=scenario.spec.project.key,
        default_branch=scenario.spec.repository.default_branch,
        now=view.now,
        sprint_start=scenario.starts_at,
        sprint_end=scenario.ends_at,
        sprint_days=tuple(
            tuple(calendar.last_instant(scenario.first_day, day) for day in range(window.first, window.last + 1))
            for window in scenario.sprints
        ),
        calendar=CaseCalendar(
            days=tuple(sorted(calendar.days)), start=calendar.start, end=calendar.end, zone=calendar.zone.key
        ),
        people={},
        options=options,
        told=(),
    )
