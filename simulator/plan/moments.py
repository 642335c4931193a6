"""Which moments are live for whom, what was seen in them, and what follows from a slip.

Pure: everything is read from the view, so the order in which facts were collected does not matter. Refuses to fail anybody: a
slip has its consequence in the story, and can be made good until the moment closes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from simulator.model.actions import Action, FollowSlip
from simulator.model.facts import FactKind
from simulator.model.history import Occurrence, Seen
from simulator.model.keys import SeatId
from simulator.plan.presence import there_at
from simulator.scenario.loaded import LoadedScenario
from simulator.scenario.moments.moment import Consequence, Moment, Scene, Sign
from simulator.scenario.timed import Rank, TimedAction
from simulator.scenario.view import View

MOST_LIVE = 4
"""Moments that may be live at once for one person."""
WELL, BADLY = "well", "badly"
_ASKED_AGAIN_AFTER = timedelta(hours=1)


class State(StrEnum):
    """How a moment stands for somebody."""

    WAITING = "waiting"  # has not opened
    LIVE = "live"  # open, and nothing was seen yet
    WELL = "well"
    BADLY = "badly"
    RECOVERED = "recovered"  # a slip, and then well
    OVER = "over"  # closed, and nothing was seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A moment as it stands for somebody; `scene` is its latest opening, `seen` what was seen, oldest first."""

    moment: Moment
    seat: SeatId
    state: State
    scene: Scene | None
    seen: tuple[Seen, ...]

    @property
    def is_open(self) -> bool:
        """Whether something can still be shown in it."""
        return self.scene is not None and self.scene.view.now < self.scene.closes


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Whether a moment may open now: `why` it may not, and when it may be tried again (None: never)."""

    why: str = ""
    again: datetime | None = None


def moments_of(view: View) -> Iterator[Moment]:
    """The scenario's moments, in its order."""
    return (event for event in view.scenario.spec.story if isinstance(event, Moment))


def has_moments(scenario: LoadedScenario) -> bool:
    """Whether a scenario has any."""
    return any(isinstance(event, Moment) for event in scenario.spec.story)


def seats_of(moment: Moment, view: View) -> tuple[SeatId, ...]:
    """Whose moment it is."""
    return tuple(map(SeatId, moment.of)) or tuple(person.seat for person in view.scenario.roster.humans())


def scenes_of(moment: Moment, view: View) -> Iterator[Scene]:
    """The moment's openings, for each person that it concerns."""
    for occurrence in view.history.run.events.get(moment.id, ()):
        closes = closing_of(moment, view, occurrence.at)
        for seat in seats_of(moment, view):
            scene = _scene(view, occurrence, seat, closes)
            if moment.concerns(scene):
                yield scene


def closing_of(moment: Moment, view: View, opened: datetime) -> datetime:
    """When a moment closes that opened at an instant: its `until`, or the end of that sprint, or of a later one."""
    scenario = view.scenario
    if moment.until is not None:
        return max(opened, scenario.instant(moment.until))
    ends = [window.end for window in scenario.sprints if opened < window.end][: moment.sprints]
    return ends[-1] if ends else max(opened, scenario.ends_at)


def standings(view: View, seat: SeatId | None = None) -> tuple[Standing, ...]:
    """Every moment as it stands for everybody whose moment it is, or for one of them."""
    seen = _seen_by_moment(view)
    found: list[Standing] = []
    for moment in moments_of(view):
        scenes = {scene.seat: scene for scene in scenes_of(moment, view)}
        for one in seats_of(moment, view):
            if seat is None or one == seat:
                signs = seen.get((moment.id, one), ())
                state = _state(scenes.get(one), signs)
                found.append(Standing(moment=moment, seat=one, state=state, scene=scenes.get(one), seen=signs))
    return tuple(found)


def new_signs(view: View) -> tuple[Seen, ...]:
    """What can be seen now and was not seen before, oldest first.

    Each outcome and way once for a moment and a person; a good way counts again after a slip, for it makes the slip good.
    """
    since = _since(view)
    known = {(s.moment, s.seat, s.outcome, s.way): s.at for s in view.history.run.seen}
    slipped = {
        (s.moment, s.seat): s.at for s in sorted(view.history.run.seen, key=lambda s: s.at) if s.outcome == BADLY
    }
    fresh: dict[tuple[str, SeatId, str, str], Seen] = {}
    for moment in moments_of(view):
        for scene in (one for one in scenes_of(moment, view) if one.seat in since):
            for one in signs_in(moment, scene):
                if one.outcome == BADLY and one.at < since[one.seat]:
                    continue
                key = (one.moment, one.seat, one.outcome, one.way)
                again = one.outcome == WELL and _makes_good(one, known.get(key), slipped.get((one.moment, one.seat)))
                if (key not in known or again) and (key not in fresh or one.at < fresh[key].at):
                    fresh[key] = one
    return tuple(sorted(fresh.values(), key=lambda one: (one.at, one.moment, one.seat, one.outcome, one.way)))


def signs_in(moment: Moment, scene: Scene) -> Iterator[Seen]:
    """Every sign within a scene, good ones first; what lies outside of it does not count."""
    for outcome, look in ((WELL, moment.well), (BADLY, moment.badly)):
        for sign in look(scene):
            if scene.holds(sign.at):
                yield Seen(
                    moment=moment.id,
                    seat=scene.seat,
                    outcome=outcome,
                    way=sign.way,
                    at=sign.at,
                    evidence=tuple(dict.fromkeys(sign.evidence)),
                )


def consequences(view: View) -> tuple[TimedAction, ...]:
    """When what the slips that were seen bring about is due, within the hours of whoever brings it about.

    Ids are stable, so adding it twice is harmless.
    """
    moments = {moment.id: moment for moment in moments_of(view)}
    found: list[TimedAction] = []
    for seen in view.history.run.seen:
        if seen.outcome != BADLY or seen.moment not in moments:
            continue
        for turn, consequence in enumerate(_consequences(moments[seen.moment], seen, view), start=1):
            name = f"moment:{seen.moment}:{seen.seat}:{seen.way}:{turn}"
            who = moments[seen.moment].seat
            follow = FollowSlip(actor=who, moment=seen.moment, seat=seen.seat, way=seen.way, turn=turn)
            due = view.later(seen.at, consequence.after)
            at = there_at(view.scenario, view.facts, who, due, seed=view.seed, key=name)
            found.append(TimedAction(id=name, at=at, priority=Rank.REACTION, action=follow))
    return tuple(found)


def followed(follow: FollowSlip, view: View) -> tuple[Action, ...]:
    """What a slip brings about now.

    Nothing when it was made good, when another slip brought about the same, or when the story has no such moment any more.
    """
    standing = next((s for s in standings(view, follow.seat) if s.moment.id == follow.moment), None)
    if standing is None or standing.state is not State.BADLY:
        return ()
    slips = [one for one in standing.seen if one.outcome == BADLY]
    slip = next((one for one in slips if one.way == follow.way), None)
    brought = _consequences(standing.moment, slip, view) if slip else ()
    if slip is None or follow.turn > len(brought):
        return ()
    actions = brought[follow.turn - 1].actions
    earlier = (one for one in slips if (one.at, one.way) < (slip.at, slip.way))
    told = (c.actions for one in earlier for c in _consequences(standing.moment, one, view))
    return () if actions in told else actions  # two slips may have the same words, which nobody says twice


def opening(moment: Moment, view: View, about: Mapping[str, str]) -> Opening:
    """Whether a moment may open now: not when what it needs is gone, and not as the fifth at once for somebody who is here."""
    obstacle = moment.obstacle(view, about)
    if obstacle:
        return Opening(why=obstacle)
    seats = seats_of(moment, view)
    here = [seat for seat in seats if seat in view.history.last_deeds] or seats
    if all(len(live(view, seat)) < MOST_LIVE for seat in here):
        return Opening()
    why = f"{MOST_LIVE} moments are live already"
    again = view.later(view.now, _ASKED_AGAIN_AFTER)
    last = closing_of(moment, view, view.now)
    if moment.deadline is not None:
        last = min(last, view.scenario.instant(moment.deadline))
    return Opening(why=why, again=again if again < last else None)


def live(view: View, seat: SeatId) -> tuple[Standing, ...]:
    """The moments that are live for somebody, the oldest first."""
    found = [standing for standing in standings(view, seat) if standing.state is State.LIVE]
    return tuple(sorted(found, key=lambda s: (s.scene.opened if s.scene else view.now, s.moment.id)))


def _since(view: View) -> dict[SeatId, datetime]:
    """Since when each human is judged: from the start; where others play, from their own first deed, and never before it."""
    humans = [person.seat for person in view.scenario.roster.humans()]
    if len(humans) < 2 or not any(seat in view.history.last_deeds for seat in humans):
        return dict.fromkeys(humans, view.scenario.starts_at)
    own = (f for f in view.facts if f.kind is not FactKind.MOMENT_SEEN and f.actor in humans)
    came: dict[SeatId, datetime] = {}
    for fact in own:
        if fact.actor is not None:
            came[fact.actor] = min(fact.at, came.get(fact.actor, fact.at))
    return came


def _makes_good(sign: Seen, known: datetime | None, slipped: datetime | None) -> bool:
    """Whether a good sign comes after a slip, and was known only from before it."""
    return known is not None and slipped is not None and known <= slipped < sign.at


def _scene(view: View, occurrence: Occurrence, seat: SeatId, closes: datetime) -> Scene:
    return Scene(view=view, seat=seat, opened=occurrence.at, closes=closes, about=occurrence.about)


def _state(scene: Scene | None, seen: tuple[Seen, ...]) -> State:
    outcomes = [one.outcome for one in seen]
    if WELL in outcomes:
        slipped = BADLY in outcomes and outcomes.index(BADLY) < len(outcomes) - 1 - outcomes[::-1].index(WELL)
        return State.RECOVERED if slipped else State.WELL if BADLY not in outcomes else State.BADLY
    if BADLY in outcomes:
        return State.BADLY
    if scene is None:
        return State.WAITING
    return State.LIVE if scene.view.now < scene.closes else State.OVER


def _seen_by_moment(view: View) -> dict[tuple[str, SeatId], tuple[Seen, ...]]:
    found: dict[tuple[str, SeatId], list[Seen]] = {}
    for seen in sorted(view.history.run.seen, key=lambda one: one.at):
        found.setdefault((seen.moment, seen.seat), []).append(seen)
    return {key: tuple(signs) for key, signs in found.items()}


def _consequences(moment: Moment, seen: Seen, view: View) -> tuple[Consequence, ...]:
    times = [scene for scene in scenes_of(moment, view) if scene.seat == seen.seat and scene.opened <= seen.at]
    slip = Sign(way=seen.way, at=seen.at, evidence=seen.evidence)
    return moment.consequences(times[-1], slip) if times else ()
