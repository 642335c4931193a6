"""Pasts to a history: people to seats, observations to facts at the instants that stand in them, commits that came alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from simulator.model.facts import Fact, FactKind, Observation
from simulator.model.history import Commit, History
from simulator.model.keys import Sha
from simulator.model.past import Past, Told, together
from simulator.model.people import Roster
from simulator.timekeeping.workdays import WorkCalendar

_ONE_DAY = timedelta(days=1)
_MOST_DAYS = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """From when to when is looked back: `since` to before `until`, aware."""

    since: datetime
    until: datetime


def look_back(pasts: Sequence[Past], *, roster: Roster, over: Range, calendar: WorkCalendar) -> History:
    """The history that some pasts tell together; the first to tell a thing is believed."""
    past = together(_agreed(pasts))
    known = accounts_told(pasts)
    facts = [
        _fact(_by_known_address(seen, known), roster)
        for seen in past.observations
        if over.since <= seen.recorded_at < over.until or _frames(seen)
    ]
    history = History.of(
        facts,
        roster=roster,
        project=past.project or "",
        default_branch=past.default_branch or "main",
        now=over.until,
        working_time=calendar.working_time,
        sprint_start=over.since,
        names=past.names,
        sprint_end=max([over.until, *_ends_to_come(facts)]),
        sprint_days=tuple(_sprint_days(facts, calendar)) or (tuple(_day_ends(over.since, over.until, calendar)),),
    )
    return replace(history, alone=_alone(history))


def accounts_told(pasts: Iterable[Past]) -> frozenset[str] | None:
    """The accounts of which somebody says whose they are: GitHub, or a mapping file. None when nobody does."""
    told = [past for past in pasts if past.tells & {Told.ACCOUNTS, Told.PULL_REQUESTS}]
    return frozenset(name for past in told for one in past.people for name in one.accounts) if told else None


def _by_known_address(seen: Observation, known: frozenset[str] | None) -> Observation:
    if known is None or seen.kind is not FactKind.COMMITTED:
        return seen
    return replace(seen, detail={**seen.detail, "author_known": seen.detail["author_email"].lower() in known})


def _frames(seen: Observation) -> bool:
    """Whether something is known from before the range: what is worked on in it began earlier."""
    return seen.kind not in {FactKind.COMMITTED, FactKind.LANDED}


def _agreed(pasts: Sequence[Past]) -> Iterator[Past]:
    """The pasts, without what merge messages tell of pull requests and branches that a service tells itself, and with
    its merges. A branch that only a message names lies in a fork, or its pull request was not asked for.
    """
    told = [past for past in pasts if Told.PULL_REQUESTS in past.tells]
    known = {seen.subject for past in told for seen in past.observations if seen.kind is FactKind.PULL_REQUEST_OPENED}
    merges = {
        str(seen.detail["merge_sha"]): int(seen.subject.partition(":")[2])
        for past in told
        for seen in past.observations
        if seen.kind is FactKind.PULL_REQUEST_MERGED and seen.detail.get("merge_sha")
    }
    for past in pasts:
        if not known or past in told:
            yield past
        else:
            kept = (
                _with_merge(seen, merges)
                for seen in past.observations
                if seen.subject not in known and seen.kind is not FactKind.BRANCH_CREATED
            )
            yield replace(past, observations=tuple(kept))


def _with_merge(seen: Observation, merges: Mapping[str, int]) -> Observation:
    number = merges.get(str(seen.detail.get("sha"))) if seen.kind is FactKind.LANDED else None
    if number is None or number in seen.detail["pulls"]:
        return seen
    return replace(seen, detail={**seen.detail, "pulls": [*seen.detail["pulls"], number]})


def _fact(seen: Observation, roster: Roster) -> Fact:
    return Fact(
        source_id=seen.source_id,
        kind=seen.kind,
        subject=seen.subject,
        actor=roster.seat_of(seen.account),
        url=seen.url,
        recorded_at=seen.recorded_at,
        at=seen.recorded_at,
        detail=seen.detail,
    )


def _alone(history: History) -> Mapping[Sha, Commit]:
    """The commits of the default branch that no pull request brought, as far as anybody knows; not the one that began it all."""
    by_pulls: Collection[Sha] = history.home_of
    return {
        landing.sha: history.commits[landing.sha]
        for landing in history.landings
        if landing.parents and not landing.pulls and landing.sha in history.commits and landing.sha not in by_pulls
    }


def _ends_to_come(facts: Sequence[Fact]) -> Iterator[datetime]:
    """When the sprints that are not closed are to end: until then nothing of them is over."""
    closed = {fact.subject for fact in facts if fact.kind is FactKind.SPRINT_CLOSED}
    for fact in facts:
        if fact.kind is FactKind.SPRINT_STARTED and fact.subject not in closed and fact.detail.get("end"):
            yield datetime.fromisoformat(str(fact.detail["end"]))


def _sprint_days(facts: Sequence[Fact], calendar: WorkCalendar) -> Iterator[tuple[datetime, ...]]:
    """The ends of each sprint's working days, the first sprint first."""
    starts = {fact.subject: fact.at for fact in reversed(facts) if fact.kind is FactKind.SPRINT_STARTED}
    ends = {
        fact.subject: datetime.fromisoformat(str(fact.detail["end"]))
        for fact in facts
        if fact.kind is FactKind.SPRINT_STARTED and fact.detail.get("end")
    }
    for subject, start in sorted(starts.items(), key=lambda started: started[1]):
        days = tuple(_day_ends(start, ends.get(subject, start), calendar))
        if days:
            yield days


def _day_ends(start: datetime, end: datetime, calendar: WorkCalendar) -> Iterator[datetime]:
    zone: ZoneInfo = calendar.zone
    day = start.astimezone(zone).date()
    for _ in range(_MOST_DAYS):
        closes = datetime.combine(day, calendar.end, zone)
        if datetime.combine(day, time(), zone) > end:
            return
        if day.weekday() in calendar.days and start < closes <= end:
            yield closes
        day += _ONE_DAY
