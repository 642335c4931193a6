"""Facts to scorecards: for each human seat and for the team, with what people said against findings, written down."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from simulator.emulators.kit.unswept import unswept
from simulator.hygiene.card_json import scorecard_json
from simulator.hygiene.linter import Scorer
from simulator.hygiene.waivers import Waiver
from simulator.model.history import History
from simulator.model.hygiene import Disputed, Scorecard, Waived
from simulator.model.keys import RunId, SeatId
from simulator.model.objections import Dispute, GivenWaiver
from simulator.model.runs import Run, RunState
from simulator.run.live import Live, Story
from simulator.run.shelf import Shelf
from simulator.timekeeping.timeline import Timeline


def judge(shelf: Shelf, live: Live, history: History, *, wall: datetime, final: bool) -> None:
    """Score every human seat and the team by what happened until the history's instant, and keep the scorecards."""
    live.scorer = live.scorer or scorer_of(live.story)
    live.cards = _Judging(shelf, live.run_id, live.story, live.scorer).keep(history, wall=wall, final=final)
    live.looked_at = live.looked_at or live.cards


def judge_again(
    shelf: Shelf, run: Run, story: Story, timeline: Timeline, *, wall: datetime
) -> Mapping[SeatId | None, Scorecard]:
    """Score a run anew, also one that has ended: somebody spoke against a finding. Asks no service; gives the scorecards."""
    history = story.history(shelf.facts.all(run.id), now=timeline.simulated(wall))
    judging = _Judging(shelf, run.id, story, scorer_of(story))
    return judging.keep(history, wall=wall, final=run.state is RunState.FINISHED)


def scorer_of(story: Story) -> Scorer:
    """A scorer by the terms that the scenario sets. Raises ScenarioError."""
    return Scorer(story.scenario.spec.hygiene.model_dump(), folder=story.scenario.folder)


def in_force(given: Iterable[GivenWaiver]) -> tuple[Waiver, ...]:
    """The waivers that nobody revoked, as the scorer takes them."""
    return tuple(
        Waiver(rule=one.rule, subject=one.subject, waived=Waived(by=one.by, reason=one.reason, at=one.at))
        for one in given
        if one.revoked_at is None
    )


def disputed(disputes: Iterable[Dispute]) -> dict[str, Disputed]:
    """What learners say, by findings; of several words on one finding the last."""
    return {
        one.finding: Disputed(state=one.state, reason=one.reason, at=one.at, by=one.by, answer=one.answer)
        for one in disputes
    }


class _Judging:
    """One run being scored."""

    def __init__(self, shelf: Shelf, run_id: RunId, story: Story, scorer: Scorer) -> None:
        self._shelf = shelf
        self._run_id = run_id
        self._story = story
        self._scorer = scorer

    @unswept()
    def keep(self, history: History, *, wall: datetime, final: bool) -> Mapping[SeatId | None, Scorecard]:
        """Score, write down, and give the scorecards."""
        shelf, run_id, now = self._shelf, self._run_id, history.now
        seats: list[SeatId | None] = [person.seat for person in self._story.roster.humans()]
        revision = shelf.runs.revision(run_id)
        cards = self._scorer.score(
            history,
            seats=[*seats, None],
            elapsed=1.0 if final else self._story.elapsed(now),
            waivers=in_force(shelf.objections.waivers(run_id)),
            disputed=disputed(shelf.objections.disputes(run_id)),
        )
        for seat, card in cards.items():
            kept = scorecard_json(card)
            shelf.scorecards.save(run_id, seat=seat, at=now, wall=wall, revision=revision, final=final, card=kept)
        return cards
