"""What is another than before, when somebody asks for another look: repaired, new, still open, waiting. Pure.

Compares two scorecards as JSON values, as everybody sees them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Card = Mapping[str, Any]  # JSON values
_MOST = 8


def changes(before: Card, after: Card) -> list[str]:
    """A line for each thing worth telling; the first says how the score moved."""
    was, now = _open(before), _open(after)
    repaired = [_repaired(finding, after) for key, finding in was.items() if key not in now]
    new = [f"{_name(finding)}: new, {_points(-_cost(finding))}: {finding['message']}" for finding in _left(now, was)]
    still = [f"{_name(finding)}: still open: {finding['message']}" for key, finding in now.items() if key in was]
    waits = [f"{_name(finding)}: waits: {finding['message']}" for finding in waiting(after)]
    return [_moved(before, after), *_few(repaired), *_few(new), *_few(still), *_few(waits)]


def waiting(card: Card) -> list[Mapping[str, Any]]:
    """The findings of a card that it is too early for, the latest first."""
    found = [finding for finding in card.get("findings", ()) if finding.get("waiting")]
    return sorted(found, key=lambda finding: str(finding["at"]), reverse=True)


def about(subject: str) -> str:
    """What a finding is about, in a few words: `pull:3` is #3."""
    kind, _, name = subject.partition(":")
    name = name.partition("/")[0] if kind in ("pull", "issue") else name
    return {"pull": f"#{name}", "commit": f"commit {name[:7]}", "issue": name}.get(kind, f"{kind} {name}")


def _moved(before: Card, after: Card) -> str:
    by = after["score"] - before["score"]
    if abs(by) < 0.05:
        return f"The score is still {after['score']:.1f}."
    return f"The score went from {before['score']:.1f} to {after['score']:.1f} ({_points(by)})."


def _open(card: Card) -> dict[tuple[str, str], Mapping[str, Any]]:
    return {(one["rule"], one["subject"]): one for one in card.get("findings", ()) if one["open"]}


def _left(
    now: Mapping[tuple[str, str], Mapping[str, Any]], was: Mapping[tuple[str, str], Mapping[str, Any]]
) -> Iterator[Mapping[str, Any]]:
    return (finding for key, finding in now.items() if key not in was)


def _repaired(finding: Mapping[str, Any], after: Card) -> str:
    same = (one for one in after["findings"] if (one["rule"], one["subject"]) == (finding["rule"], finding["subject"]))
    left = next(same, None)
    if left is None:
        return f"{_name(finding)}: gone, {_points(_cost(finding))}"
    word = "waived" if left.get("waived") else "waits now" if left.get("waiting") else "repaired"
    return f"{_name(finding)}: {word}, {_points(_cost(finding) - _cost(left))}"


def _name(finding: Mapping[str, Any]) -> str:
    return f"{finding['rule']} on {about(str(finding['subject']))}"


def _cost(finding: Mapping[str, Any]) -> float:
    return float(finding["points_lost"])


def _points(by: float) -> str:
    by = round(by, 1) + 0.0  # never minus nothing
    sign = "+" if by > 0 else "−" if by < 0 else "±"
    return f"{sign}{abs(by):.1f} {'point' if abs(by) == 1 else 'points'}"


def _few(lines: Sequence[str]) -> list[str]:
    left = len(lines) - _MOST
    return [*lines[:_MOST], *([f"… and {left} more like that"] if left > 0 else [])]
