"""A tally that goes on from another one comes to that of all its evidence."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from simulator.hygiene.tally import Evidence, Tally

PIECES = st.builds(
    Evidence,
    rule=st.just("PR-04"),
    subject=st.sampled_from("abcdefgh"),
    item=st.sampled_from(["PAY-1", "PAY-2", "PAY-3"]),
    mass=st.sampled_from([0.0, 1.0, 20.0]),
    credit=st.sampled_from([0.0, 0.5, 1.0]),
    open=st.booleans(),
)


def told(tally: Tally) -> tuple[object, ...]:
    return tally.items, tally.is_open, tally.lacking, list(tally.lacks())


@given(st.lists(PIECES, max_size=8), st.lists(PIECES, max_size=4))
def test_more_evidence_comes_to_the_tally_of_all(before: list[Evidence], more: list[Evidence]) -> None:
    assert told(Tally(before).with_more(more)) == told(Tally([*before, *more]))


@given(st.lists(PIECES, max_size=8), st.lists(PIECES, max_size=8))
def test_the_tally_before_makes_no_difference(before: list[Evidence], pieces: list[Evidence]) -> None:
    assert told(Tally(pieces, Tally(before))) == told(Tally(pieces))
