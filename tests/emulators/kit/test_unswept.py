from __future__ import annotations

import gc
import weakref

import pytest

from simulator.emulators.kit.unswept import unswept


@unswept()
def fail() -> None:
    with unswept():
        assert not gc.isenabled()
    assert not gc.isenabled()
    raise OSError("disk full")


def test_garbage_is_looked_for_again_after_the_outermost_block_even_when_it_fails() -> None:
    with pytest.raises(OSError, match="disk full"):
        fail()

    assert gc.isenabled()


def test_what_was_made_in_the_block_counts_among_the_old_and_garbage_is_still_found() -> None:
    class Knot:
        def __init__(self) -> None:
            self.itself = self

    with unswept():
        kept = [[] for _ in range(200_000)]
        tied = weakref.ref(Knot())

    assert gc.get_count()[0] < 100_000
    assert len(kept) == 200_000
    if gc.get_freeze_count() == 0:
        gc.collect()
        assert tied() is None
