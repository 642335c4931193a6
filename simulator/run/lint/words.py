"""What a lint tells beside its score, in sentences: what there was to judge, what to know of it, what was not judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

_CODES_A_LINE = 12


def range_words(beside: Mapping[str, Any]) -> str:
    """From when to when, and how much of what by how many people."""
    last = datetime.fromisoformat(beside["until"]) - timedelta(microseconds=1)
    return f"{beside['since'][:10]} to {last:%Y-%m-%d} on {beside['branch']}: {_seen(beside['seen'])}"


def notes_words(beside: Mapping[str, Any]) -> Iterator[str]:
    """What to know before the score is believed, and what could not be read."""
    for words in (*beside["notes"], *(f"Not read: {sentence}" for sentence in beside["missing"])):
        yield f"{words.rstrip('.')}."


def not_judged_words(beside: Mapping[str, Any]) -> Sequence[str]:
    """How many rules were left out, then which ones by what would let them judge; empty when none was."""
    rules = beside["not_judged"]
    if not rules:
        return ()
    by_need: dict[str, list[str]] = {}
    for rule in rules:
        by_need.setdefault(" and ".join(rule["how"]), []).append(rule["rule"])
    lines = [f"{count(len(rules), 'rule was', 'rules were')} not judged, and cost nothing. To judge them, give:"]
    for how, codes in sorted(by_need.items(), key=lambda of: -len(of[1])):
        more = f" and {len(codes) - _CODES_A_LINE} more" if len(codes) > _CODES_A_LINE else ""
        lines.append(f"{how}: {' '.join(codes[:_CODES_A_LINE])}{more}")
    return lines


def count(number: int, one: str, many: str) -> str:
    """A number with its noun."""
    return f"{number:,} {one if number == 1 else many}"


def _seen(seen: Mapping[str, int]) -> str:
    words = [count(seen["commits"], "commit", "commits")]
    if seen["pull_requests"]:
        words.append(count(seen["merged"], "merged pull request", "merged pull requests"))
        still = seen["pull_requests"] - seen["merged"]
        words += [count(still, "other", "others")] if still else []
    words += [count(seen["issues"], "issue", "issues")] if seen["issues"] else []
    return f"{', '.join(words)} by {count(seen['people'], 'person', 'people')}"
