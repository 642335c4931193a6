"""Pages of things as the platform's newer operations write them."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.emulators.jira.params import Page
from simulator.emulators.jira.payloads.shapes import Json


def paged(asked: Page, values: Sequence[object], *, total: int, address: str = "") -> Json:
    """A page of `total` things. `address` is the page's own, without its bounds, where it is to be named."""
    last = asked.start + len(values) >= total
    shape: Json = {"maxResults": asked.limit, "startAt": asked.start, "total": total, "isLast": last, "values": values}
    if not address:
        return shape
    base = f"{address}{'&' if '?' in address else '?'}maxResults={asked.limit}&startAt="
    shape["self"] = f"{base}{asked.start}"
    return shape if last or not asked.limit else shape | {"nextPage": f"{base}{asked.start + asked.limit}"}
