"""When the coach comments: after a burst, not too often, and never in the way of a run."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from simulator.errors import AdapterError, NotFound
from simulator.model.actions import Action, AddCollaborators, KeepPullComment
from simulator.model.coach import SEAT
from simulator.model.history import History
from simulator.model.keys import SeatId
from simulator.run.coach.comments import Commenting
from simulator.run.live import Live
from simulator.testing.story import Story
from tests.run.coach.test_words import a_finding
from tests.run.conftest import Services, Stage, a_stage

ADA = SeatId("ada")
NOW = timedelta(seconds=1)


class Card:
    """As much of a scorecard as is spoken of."""

    def __init__(self, *messages: str) -> None:
        self.findings = tuple(a_finding(subject="pull:1", message=message, seat=ADA) for message in messages)


class Listening(Services):
    """Services that take comments, or refuse them."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[str] = []
        self.refusal: AdapterError | None = None
        self.actors: set[str] = set()

    def perform(self, action: Action, *, bindings: Mapping[str, str], again: bool = False) -> Mapping[str, str]:
        if self.refusal:
            raise self.refusal
        if isinstance(action, KeepPullComment):
            self.kept.append(action.body)
            self.actors.add(action.actor)
        else:
            assert isinstance(action, AddCollaborators)
        return {}


class Scene:
    """A live run with an open pull request of Ada's, and the coach."""

    def __init__(self, stage: Stage) -> None:
        stage.engine.work(stage.run.id)
        self.stage, self.services = stage, Listening()
        self.live: Live = replace(stage.engine.open(stage.run.id), performer=self.services, emulated=True)
        self.coach = Commenting(stage.shelf, clock=stage.clock, base_url="http://here")

    def happens(self, *messages: str) -> None:
        """Something new is learnt, and these are the findings now."""
        self.live.stirred_at = self.stage.clock()
        self.live.cards = {ADA: Card(*messages)}  # type: ignore[dict-item]

    def speaks(self, after: timedelta = NOW, *, history: History | None = None) -> datetime | None:
        self.stage.clock.set(self.stage.clock() + after)
        return self.coach.speak(self.live, history or HISTORY)


HISTORY = Story().issue("PAY-1", assignee="ada").push("a", by="ada").open("a", by="ada").history()


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with a_stage(tmp_path) as stage:
        yield Scene(stage)


def test_a_burst_of_news_makes_one_comment(scene: Scene) -> None:
    for number in range(5):
        scene.happens(f"finding {number}")
        assert scene.speaks(after=timedelta(milliseconds=200)) is not None
    assert scene.services.kept == []

    scene.speaks(after=NOW)

    assert len(scene.services.kept) == 1
    assert "finding 4" in scene.services.kept[0]


def test_nothing_is_written_where_nothing_is_another(scene: Scene) -> None:
    scene.happens("too large")
    scene.speaks()
    scene.happens("too large")

    scene.speaks(after=timedelta(minutes=5))

    assert len(scene.services.kept) == 1


def test_a_pull_request_that_never_had_a_finding_gets_no_comment(scene: Scene) -> None:
    scene.happens()

    scene.speaks()

    assert scene.services.kept == []


def test_two_comments_are_some_seconds_apart(scene: Scene) -> None:
    scene.happens("one")
    scene.speaks()
    scene.happens("two")

    later = scene.speaks()
    assert len(scene.services.kept) == 1
    assert later is not None
    scene.speaks(after=later - scene.stage.clock())

    assert "two" in scene.services.kept[1]


def test_on_services_elsewhere_it_is_silent_unless_the_scenario_asks_for_it(scene: Scene) -> None:
    scene.live.emulated = False
    scene.happens("one")

    scene.speaks()

    assert scene.services.kept == []


def test_where_the_scenario_asks_for_it_it_writes_elsewhere_as_the_administrator_and_not_often(tmp_path: Path) -> None:
    with a_stage(tmp_path, events="coach: {elsewhere: true}\n") as stage:
        scene = Scene(stage)
        scene.live.emulated = False
        scene.happens("open for 1.5 days")
        scene.speaks()
        scene.happens("open for 2.5 days")  # nothing but time has passed
        scene.speaks(after=timedelta(minutes=5))
        scene.happens("closed")
        again_at = scene.speaks()
        scene.happens("closed, and open again")
        scene.speaks(after=timedelta(seconds=30))

    assert [len(re.findall("1.5 days|closed", said)) for said in scene.services.kept] == [1, 1]
    assert scene.services.actors == {"priya"}
    assert again_at is None


def test_a_service_that_is_away_is_asked_again_later_and_harms_nothing(scene: Scene) -> None:
    scene.services.refusal = AdapterError("502", service="GitHub", retryable=True)
    scene.happens("one")
    again_at = scene.speaks()
    assert again_at is not None
    scene.services.refusal = None

    scene.speaks(after=again_at - scene.stage.clock())

    assert len(scene.services.kept) == 1
    assert scene.stage.shelf.runs.get(scene.stage.run.id).problem is None


def test_what_a_service_refuses_for_good_is_not_tried_again_with_the_same_words(scene: Scene) -> None:
    scene.happens("warm up")
    scene.speaks()
    scene.services.refusal = NotFound("the pull request is locked", service="GitHub")
    scene.happens("one")
    scene.speaks(after=timedelta(minutes=1))
    scene.services.refusal = None
    scene.happens("one")
    scene.speaks(after=timedelta(minutes=1))
    assert len(scene.services.kept) == 1

    scene.happens("two")
    scene.speaks(after=timedelta(minutes=1))

    assert len(scene.services.kept) == 2


def test_a_closed_pull_request_gets_no_first_comment_and_a_known_one_its_last_words(scene: Scene) -> None:
    closed: Any = replace(HISTORY, pulls={1: replace(HISTORY.pulls[1], closed_at=datetime(2026, 1, 6, tzinfo=UTC))})
    scene.happens("one")
    scene.speaks(history=closed)
    assert scene.services.kept == []

    scene.stage.shelf.runs.bind(scene.stage.run.id, {"coach:pull:1": "earlier words"})
    scene.happens("one")
    scene.speaks(after=timedelta(minutes=1), history=closed)

    assert len(scene.services.kept) == 1


def test_the_coach_has_a_seat_that_no_scenario_can_name() -> None:
    assert not SEAT[0].isalpha()
