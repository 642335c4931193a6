"""Which findings of a scorecard a page shows: by group of rules and by what became of them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

_MOST = 100
SHOWS = {
    "open": "To mend",
    "mended": "Mended",
    "waived": "Waived",
    "waiting": "Judged later",
    "pass": "Well done",
    "other": "Not judged",
    "all": "All",
}
"""What can be asked for, and its words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The findings to show, with what was asked for and how many there are of each kind."""

    show: str
    group: str
    listed: tuple[Mapping[str, Any], ...]
    left_out: int
    shows: Mapping[str, int]
    groups: Mapping[str, int]


def choose(findings: Iterable[Mapping[str, Any]], asked: Mapping[str, str]) -> Chosen:
    """The findings that `show` and `group` of a query ask for; unknown words ask for open findings of all groups."""
    every = tuple(findings)
    show = asked.get("show", "") if asked.get("show") in SHOWS else "open"
    group = asked.get("group", "").upper()[:2]
    group = group if any(group_of(finding) == group for finding in every) else ""
    in_group = [finding for finding in every if not group or group_of(finding) == group]
    shown = [finding for finding in every if _is(finding, show)]
    items = [finding for finding in in_group if _is(finding, show)]
    return Chosen(
        show=show,
        group=group,
        listed=tuple(items[:_MOST]),
        left_out=max(0, len(items) - _MOST),
        shows={name: sum(_is(finding, name) for finding in in_group) for name in SHOWS},
        groups=_counts(every, shown),
    )


def group_of(finding: Mapping[str, Any]) -> str:
    """The group of a finding's rule, such as BR."""
    return str(finding["rule"])[:2]


def kind_of(finding: Mapping[str, Any]) -> str:
    """Open, mended, waived, waiting, pass or other."""
    if finding.get("waiting"):
        return "waiting"
    if finding["outcome"] == "breach":
        return "open" if finding["open"] else "waived" if finding.get("waived") else "mended"
    return "pass" if finding["outcome"] == "pass" else "other"


def _is(finding: Mapping[str, Any], show: str) -> bool:
    return show == "all" or kind_of(finding) == show


def _counts(every: Iterable[Mapping[str, Any]], shown: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    counts = dict.fromkeys(sorted({group_of(finding) for finding in every}), 0)
    for finding in shown:
        counts[group_of(finding)] += 1
    return counts
