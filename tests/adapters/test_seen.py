from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from simulator.adapters.seen import _RANK, in_order, instant
from simulator.model.facts import FactKind, Observation

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def seen(source_id: str, kind: FactKind = FactKind.PUSHED, at: datetime = AT) -> Observation:
    return Observation(source_id=source_id, kind=kind, subject="x:y", account=None, url="", recorded_at=at)


def test_stamps_of_both_services_are_read() -> None:
    assert instant("2026-03-02T08:00:00Z") == AT
    assert instant("2026-03-02T09:00:00.000+0100") == AT


OF_THE_RUN = {
    FactKind.EVENT_HAPPENED,
    FactKind.MOMENT_SEEN,
    FactKind.HINT_TAKEN,
    FactKind.PROMPT_POSTED,
    FactKind.PROMPT_ANSWERED,
    FactKind.AVAILABILITY_CHANGED,
    FactKind.PACE_CHANGED,
}


def test_every_kind_that_services_report_has_its_place_in_the_order() -> None:
    assert set(_RANK) == set(FactKind) - OF_THE_RUN


def test_causes_come_before_effects_of_the_same_second() -> None:
    merged, opened = seen("b", FactKind.PULL_REQUEST_MERGED), seen("z", FactKind.PULL_REQUEST_OPENED)

    assert in_order([merged, opened]) == [opened, merged]


def test_things_of_one_kind_and_second_stay_as_they_were_found() -> None:
    assert [o.source_id for o in in_order([seen("b"), seen("a"), seen("b")])] == ["b", "a"]


@given(st.lists(st.tuples(st.integers(0, 50), st.sampled_from(sorted(_RANK)), st.integers(0, 3))))
def test_nothing_comes_before_what_is_older(items: list[tuple[int, FactKind, int]]) -> None:
    found = in_order([seen(f"s:{n}:{kind}:{at}", kind, AT.replace(second=at)) for n, kind, at in items])

    assert [o.recorded_at for o in found] == sorted(o.recorded_at for o in found)
    assert len({o.source_id for o in found}) == len(found)
