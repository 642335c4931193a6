"""Credit curves: how much a measured value is worth.

Log-normal, as Lighthouse scores its metrics: https://github.com/GoogleChrome/lighthouse/blob/main/shared/statistics.js
"""

from __future__ import annotations

import math
from functools import lru_cache
from statistics import NormalDist

_NORMAL = NormalDist()
_Z_GOOD = _NORMAL.inv_cdf(0.9)


@lru_cache(maxsize=4096)  # lines and days are few different numbers
def curve(value: float, *, good: float, mid: float) -> float:
    """Credit of a value where less is better: 0.9 at `good`, 0.5 at `mid`, falling from 1 to 0. Needs 0 < good < mid."""
    if value <= 0:
        return 1.0
    if value == good:
        return 0.9
    spread = (math.log(mid) - math.log(good)) / _Z_GOOD
    return 1.0 - _NORMAL.cdf((math.log(value) - math.log(mid)) / spread)
