"""Two runs beside one another: score by group, what was done, the moments, and where they parted. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile, zip_longest
from operator import attrgetter
from typing import Any

from simulator.model.agile import StatusCategory
from simulator.model.facts import Fact, FactKind
from simulator.model.history import History
from simulator.model.keys import SeatId
from simulator.model.runs import Run
from simulator.run.live import Story
from simulator.run.prompt_views import with_words
from simulator.run.views import feed_view
from simulator.timekeeping.instants import describe_instant

_MOST_TOLD = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two runs as it stands now. `facts` are in the order of the story."""

    run: Run
    story: Story
    history: History
    facts: Sequence[Fact]
    card: Mapping[str, Any]
    seat: SeatId


def comparison(one: Side, other: Side) -> dict[str, Any]:
    """`runs` (two, in the order given), `groups` (code → the two scores and how much better the second is), `parted`."""
    return {
        "runs": [_side(one), _side(other)],
        "groups": _groups(one.card, other.card),
        "parted": _parted(one, other) if one.run.scenario_id == other.run.scenario_id else None,
    }


def _side(side: Side) -> dict[str, Any]:
    issues = [issue for issue in side.history.issues.values() if issue.state.category is StatusCategory.DONE]
    return {
        "run": side.run.id,
        "title": side.run.title,
        "state": str(side.run.state),
        "seed": side.run.seed,
        "branched_from": side.run.branched_from,
        "moment": describe_instant(side.history.now, first_day=side.story.first_day, calendar=side.story.calendar),
        "score": side.card.get("score"),
        "letter": side.card.get("letter"),
        "issues_done": sorted(issue.key for issue in issues),
        "points_done": sum(issue.state.points or 0 for issue in issues),
        "pull_requests_merged": sum(fact.kind is FactKind.PULL_REQUEST_MERGED for fact in side.facts),
        "moments": _moments(side),
    }


def _moments(side: Side) -> dict[str, list[str]]:
    """The moments by how they went for the seat; one that went both ways is among both."""
    seen = [fact for fact in side.facts if fact.kind is FactKind.MOMENT_SEEN and fact.detail.get("seat") == side.seat]
    return {
        outcome: sorted({str(fact.detail.get("moment")) for fact in seen if fact.detail.get("outcome") == outcome})
        for outcome in ("well", "badly")
    }


def _groups(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, dict[str, float | None]]:
    first, second = one.get("groups") or {}, other.get("groups") or {}
    codes = [*first, *(code for code in second if code not in first)]
    return {code: _pair(first.get(code), second.get(code)) for code in codes}


def _pair(first: float | None, second: float | None) -> dict[str, float | None]:
    better = None if first is None or second is None else round(second - first, 1)
    return {"first": first, "second": second, "better_by": better}


def _parted(one: Side, other: Side) -> dict[str, Any] | None:
    """Where the two stories part: the first facts that only one of them has, with the next few of each.

    None if nowhere yet: what the one has before it that the other has behind it may still come.
    """
    at = _place_of_parting(one.facts, other.facts)
    if at is None:
        return None
    nexts = [side.facts[at] for side in (one, other) if at < len(side.facts)]
    instant = min(fact.at for fact in nexts)
    if instant >= min(one.history.now, other.history.now):
        return None
    return {
        "at": instant.isoformat(),
        "moment": describe_instant(instant, first_day=one.story.first_day, calendar=one.story.calendar),
        "then": [_told(side, at) for side in (one, other)],
    }


def _place_of_parting(one: Sequence[Fact], other: Sequence[Fact]) -> int | None:
    """How many facts the stories have in common from the beginning, None for all; of one instant the order may differ."""
    place = 0
    for first, second in zip_longest(_by_instant(one), _by_instant(other)):
        if first != second:
            pairs = zip(map(_essence, one[place:]), map(_essence, other[place:]), strict=False)
            return place + sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        place += first.total()
    return None


def _by_instant(facts: Sequence[Fact]) -> Iterator[Counter[tuple[object, ...]]]:
    for _, together in groupby(facts, key=attrgetter("at")):
        yield Counter(map(_essence, together))


def _essence(fact: Fact) -> tuple[object, ...]:
    """What tells that two facts are the same thing in the story; commits have other ids in each run."""
    subject = "" if fact.subject.startswith(("commit:", "run:")) else fact.subject
    return fact.kind, subject, fact.actor, fact.at


def _told(side: Side, at: int) -> list[str]:
    following = feed_view(with_words(side.facts)[at : at + 10 * _MOST_TOLD], side.story, most=10 * _MOST_TOLD)
    return [f"{entry['at']}: {entry['text']}" for entry in reversed(following)][:_MOST_TOLD]
