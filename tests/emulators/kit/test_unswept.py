from __future__ import annotations

import gc

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
