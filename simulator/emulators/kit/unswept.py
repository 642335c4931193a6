"""Much is loaded or built that stays: looking for garbage meanwhile finds none and takes a fifth of a start."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_MANY = 100_000
"""Objects made in a block, from which on looking through them once afterwards would be felt (60 ms for 300,000)."""


@contextmanager
def unswept() -> Iterator[None]:
    """Python does not look for garbage inside the block; afterwards it does again, if it did before.

    Of many objects that were made meanwhile it is taken for granted that they stay.
    """
    swept = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if swept:
            if gc.get_count()[0] > _MANY:
                _keep()
            gc.enable()


def _keep() -> None:
    """Count all objects there are among the old ones, without a look at each; where some were put out of reach of every search
    (`gc.freeze`), these as well.
    """
    were_put_away = gc.get_freeze_count() > 0
    gc.freeze()
    if not were_put_away:
        gc.unfreeze()
