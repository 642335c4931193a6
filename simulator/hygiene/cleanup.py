"""Commits that are steps of the work and no part of the story: fixups, unfinished work, answers to a review.

Refuses to judge.
"""

from __future__ import annotations

from simulator.hygiene.headers import description_of
from simulator.hygiene.words import answers_review, folding_mark, unfinished_term

_MOST = 300
_MENDS_TEXT = """
typo; typos; fix typo; fix typos; fix a typo; lint; linting; fix lint; fix linter; fix linting; lint fixes; fix lint errors;
fix formatting; fix format; formatting; fix test; fix tests; fix the tests; fix failing test; fix failing tests; fix broken tests;
fix build; fix the build; fix ci; fix pipeline; forgot a file; forgot file; forgotten file; add missing file; add forgotten file;
missing file; debug; debugging; remove debug output; more debugging; fix merge; tippfehler; tests repariert; vergessene datei
"""
_MENDS = frozenset(" ".join(_MENDS_TEXT.split()).split("; "))


def cleanup_words(header: str, *, is_alone: bool = False) -> str | None:
    """What makes a header that of a commit to be folded away, in words; None for others.

    `is_alone`: no other commit came with it that it could mend, so a typo is mended for its own sake.
    """
    mark = folding_mark(header)
    if mark:
        return f"begins with {mark}"
    description = description_of(header)
    term = unfinished_term(header) or unfinished_term(description)
    if term:
        return f"says {term}"
    if answers_review(description):
        return "only says that a review was answered"
    bare = " ".join(description[:_MOST].lower().split()).strip(" .!").removesuffix(" again")
    return "only mends a commit before it" if bare in _MENDS and not is_alone else None
