from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from simulator.activity.collect import happened, place
from simulator.model.facts import Fact, FactKind, Observation
from simulator.model.keys import Login, SeatId
from simulator.model.people import Person, Roster, SeatKind
from simulator.timekeeping.timeline import Segment, Timeline
from tests.timekeeping.builders import a_calendar, utc

WALL = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
MONDAY_NINE = utc("2026-11-23 08:00")
BOB = SeatId("learner")
ROSTER = Roster({BOB: Person(seat=BOB, kind=SeatKind.HUMAN, name="Bob", login=Login("bob"), email="bob@example.com")})


def a_timeline(rate: float = 48.0) -> Timeline:
    """Ten wall minutes make a working day."""
    return Timeline((Segment(WALL, MONDAY_NINE, rate),), a_calendar())


def an_observation(
    at: datetime = WALL,
    *,
    number: int = 1,
    account: str | None = "Bob",
    precision_s: float = 1.0,
    kind: FactKind = FactKind.PUSHED,
) -> Observation:
    return Observation(
        source_id=f"github:activity:{number}",
        kind=kind,
        subject="branch:x",
        account=account,
        url="http://h/x",
        recorded_at=at,
        precision_s=precision_s,
        detail={"after": "1"},
    )


def placed(
    *observations: Observation,
    timeline: Timeline | None = None,
    seen_until: datetime = WALL,
    now: datetime = WALL + timedelta(hours=1),
) -> tuple[Fact, ...]:
    return place(observations, timeline=timeline or a_timeline(), roster=ROSTER, seen_until=seen_until, now=now)


def test_a_fact_has_its_actors_seat_and_both_times() -> None:
    (fact,) = placed(an_observation(WALL + timedelta(seconds=75)))

    assert fact.actor == BOB
    assert fact.recorded_at == WALL + timedelta(seconds=75)
    assert fact.at == MONDAY_NINE + timedelta(hours=1)
    assert (fact.kind, fact.subject, fact.url, fact.detail) == (
        FactKind.PUSHED,
        "branch:x",
        "http://h/x",
        {"after": "1"},
    )


def test_an_email_names_the_seat_too_and_strangers_have_none() -> None:
    facts = placed(
        an_observation(number=1, account="BOB@example.com"),
        an_observation(number=2, account="eve"),
        an_observation(number=3, account=None),
    )

    assert [fact.actor for fact in facts] == [BOB, None, None]


def test_what_the_last_look_did_not_show_happened_after_it() -> None:
    looked = WALL + timedelta(seconds=0.6)

    (fact,) = placed(an_observation(WALL), seen_until=looked)

    assert fact.at == MONDAY_NINE + timedelta(seconds=0.6 * 48)


def test_after_a_jump_within_the_second_a_fact_is_not_placed_before_it() -> None:
    jump = WALL + timedelta(seconds=10.4)
    tomorrow = utc("2026-11-24 08:00")
    timeline = a_timeline().jumped(jump, tomorrow)

    (fact,) = placed(an_observation(WALL + timedelta(seconds=10)), timeline=timeline, seen_until=jump)

    assert fact.at == tomorrow


def test_a_commit_made_before_the_last_look_keeps_its_own_time() -> None:
    looked = WALL + timedelta(minutes=5)

    (fact,) = placed(an_observation(WALL + timedelta(minutes=1), kind=FactKind.COMMITTED), seen_until=looked)

    assert fact.at == MONDAY_NINE + timedelta(minutes=48)


def test_what_shows_only_after_a_later_look_happened_as_late_as_its_stamp_allows() -> None:
    begun, jump, looked = (WALL + timedelta(seconds=seconds) for seconds in (10, 10.4, 11.2))
    tomorrow = utc("2026-11-24 08:00")
    timeline = a_timeline().jumped(jump, tomorrow)

    (merge,) = placed(an_observation(begun, kind=FactKind.PULL_REQUEST_MERGED), timeline=timeline, seen_until=looked)

    assert tomorrow <= merge.at < tomorrow + timedelta(minutes=1)


def test_a_clock_that_runs_ahead_puts_nothing_into_the_future() -> None:
    now = WALL + timedelta(seconds=30)

    (fact,) = placed(an_observation(WALL + timedelta(days=3)), now=now)

    assert fact.at == a_timeline().simulated(now)
    assert fact.recorded_at == WALL + timedelta(days=3)


def test_what_happened_before_the_run_is_at_its_beginning() -> None:
    (fact,) = placed(an_observation(WALL - timedelta(days=30)))

    assert fact.at == MONDAY_NINE


def test_an_observation_told_twice_is_one_fact() -> None:
    assert len(placed(an_observation(), an_observation())) == 1


INSTANTS = st.floats(min_value=-100, max_value=4000).map(lambda s: WALL + timedelta(seconds=round(s, 3)))
OBSERVATIONS = st.lists(
    st.builds(
        an_observation,
        INSTANTS,
        number=st.integers(1, 30),
        precision_s=st.sampled_from([0.0, 0.001, 1.0]),
    ),
    max_size=20,
)


@given(OBSERVATIONS, INSTANTS, INSTANTS)
def test_no_fact_is_later_than_now(observations: list[Observation], seen_until: datetime, now: datetime) -> None:
    facts = placed(*observations, seen_until=seen_until, now=now)

    assert all(fact.at <= a_timeline().simulated(now) for fact in facts)


@given(OBSERVATIONS, INSTANTS)
def test_placing_again_gives_the_same_facts_in_the_same_order(
    observations: list[Observation], seen_until: datetime
) -> None:
    once = placed(*observations, seen_until=seen_until)

    assert placed(*observations, *observations, seen_until=seen_until) == once
    assert [f.source_id for f in once] == list(dict.fromkeys(o.source_id for o in observations))


@given(OBSERVATIONS, INSTANTS)
def test_times_of_one_precision_keep_their_order(observations: list[Observation], seen_until: datetime) -> None:
    seconds = sorted((o for o in observations if o.precision_s == 1.0), key=lambda o: o.recorded_at)
    instants = [happened(o, seen_until=seen_until) for o in seconds]

    assert instants == sorted(instants)


@given(INSTANTS, INSTANTS, st.sampled_from([0.0, 0.001, 1.0]))
def test_the_instant_lies_within_the_stamp(at: datetime, seen_until: datetime, precision_s: float) -> None:
    found = happened(an_observation(at, precision_s=precision_s), seen_until=seen_until)

    assert at <= found <= at + timedelta(seconds=precision_s)
