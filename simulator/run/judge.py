"""Facts to scorecards: for each human seat and for the team, written down."""

from __future__ import annotations

from datetime import datetime

from simulator.hygiene.card_json import scorecard_json
from simulator.hygiene.linter import Scorer
from simulator.model.history import History
from simulator.model.keys import SeatId
from simulator.run.live import Live
from simulator.run.shelf import Shelf


def judge(shelf: Shelf, live: Live, history: History, *, wall: datetime, final: bool) -> None:
    """Score every human seat and the team by what happened until the history's instant, and keep the scorecards."""
    story, now = live.story, history.now
    seats: list[SeatId | None] = [person.seat for person in story.roster.humans()]
    revision = shelf.runs.revision(live.run_id)
    elapsed = 1.0 if final else story.elapsed(now)
    if live.scorer is None:
        live.scorer = Scorer(story.scenario.spec.hygiene.model_dump())
    cards = live.scorer.score(history, seats=[*seats, None], elapsed=elapsed)
    for seat, card in cards.items():
        shelf.scorecards.save(
            live.run_id, seat=seat, at=now, wall=wall, revision=revision, final=final, card=scorecard_json(card)
        )
