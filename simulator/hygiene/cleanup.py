"""Commits that are steps of the work and no part of the story: fixups, unfinished work, answers to a review.

Refuses to judge.
"""

from __future__ import annotations

from simulator.hygiene.headers import description_of
from simulator.hygiene.words import answers_review, folding_mark, unfinished_term


def cleanup_words(header: str) -> str | None:
    """What makes a header that of a commit to be folded away, in words; None for others."""
    mark = folding_mark(header)
    if mark:
        return f"begins with {mark}"
    description = description_of(header)
    term = unfinished_term(header) or unfinished_term(description)
    if term:
        return f"says {term}"
    return "only says that a review was answered" if answers_review(description) else None
