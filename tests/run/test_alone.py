"""Where nobody else acts, there is something to see only after an act."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from simulator.errors import Conflict
from simulator.model.actions import Channel, PostNote
from simulator.model.facts import FactKind, Observation
from simulator.model.keys import SeatId
from simulator.run.alone import alone
from simulator.run.live import Live
from tests.run.conftest import Stage

NOTE = PostNote(actor=SeatId("priya"), channel=Channel.CHAT, text="Done")


def _alone(stage: Stage) -> Live:
    return alone(stage.engine.open(stage.run.id), stage.clock)


def _news(stage: Stage) -> Observation:
    return Observation(
        source_id="jira:comment:1",
        kind=FactKind.ISSUE_COMMENTED,
        subject="issue:PAY-1",
        account="priya@example.com",
        url="http://127.0.0.1/jira/browse/PAY-1",
        recorded_at=stage.run.created_at,
    )


def test_what_stands_there_at_first_is_seen(stage: Stage) -> None:
    live = _alone(stage)
    stage.services.news.append(_news(stage))

    assert live.observer.observe({}) == ((_news(stage),), {"seen": 1})


def test_nothing_is_asked_until_something_was_done(stage: Stage) -> None:
    live = _alone(stage)
    live.observer.observe({})
    stage.services.news.append(_news(stage))

    assert live.observer.observe({"seen": 0}) == ((), {"seen": 0})
    live.performer.perform(NOTE, bindings={})
    assert live.observer.observe({"seen": 0})[1] == {"seen": 1}
    assert live.observer.observe({"seen": 1}) == ((), {"seen": 1})


def test_an_act_that_failed_may_have_left_something_to_see(stage: Stage) -> None:
    live = _alone(stage)
    live.observer.observe({})
    stage.services.news.append(_news(stage))
    stage.services.fails_on["PostNote"] = Conflict("half of it was done", service="Jira")

    with pytest.raises(Conflict):
        live.performer.perform(NOTE, bindings={})

    assert live.observer.observe({"seen": 0})[1] == {"seen": 1}


def test_each_act_takes_a_second_of_its_own(stage: Stage) -> None:
    live, begun = _alone(stage), stage.clock()

    live.performer.perform(NOTE, bindings={})
    live.performer.perform(replace(NOTE, text="Again"), bindings={})

    assert stage.clock() - begun == timedelta(seconds=2)
