"""What words do: whether they ask, whether there is anything in them, whether they are about something.

Tolerant of how people write: no question mark, another order, another language. A stock phrase or an empty gesture has no
substance. Refuses to understand: it counts and looks for marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_LONGEST_READ = 5_000
_ASKING = re.compile(
    r"\b(?:what|which|who|whom|whose|when|where|why|how|should|shall|could|can|may|does|do (?:we|you|i|they)"
    r"|is (?:it|this|that|there)|are (?:there|these|those|we|you)|did|would|please (?:explain|clarify|tell|say|confirm|specify)"
    r"|let me know|need to know|i wonder|not sure|unsure|unclear|not clear|can't tell|cannot tell|help me understand|clarify"
    r"|i don'?t (?:know|understand)|missing (?:is|are)|need (?:your|an?) (?:input|decision|answer|example|criteria))\b",
    re.IGNORECASE,
)
_LOOK = re.compile(
    r"\b(?:(?:have|take|another|quick|second) (?:an?(?:other)? )?(?:quick |second )?look|look at (?:it|this) again|re-?review"
    r"|ptal|please review|ready for (?:a |another )?review)\b",
    re.IGNORECASE,
)
_QUESTION_MARK = re.compile(r"[?\uFF1F\u061F\u037E]")
_LINK = re.compile(r"https?://\S+|@[\w.-]+|\[~[^\]]*\]|\b[A-Z][A-Z0-9]+-\d+\b|#\d+")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*|\d+(?:[.,]\d+)*")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")  # scripts that write without spaces
_EMPTY = frozenset(
    _WORD.findall(
        """a an and the it its is are be was were been to of in on for with at by this that these those i we you he she they my
        our your me us them so just very really please thanks thank thx ty ok okay k yes yep yeah no nope sure done fixed fine
        good great nice cool perfect lgtm ack noted agreed agree will do did resolved updated changed addressed looks look all
        now again hi hello hey everyone team bump ping ptal any question questions wip asap"""
    )
)


@lru_cache(maxsize=2_048)
def substance(text: str) -> int:
    """How many different words with a meaning there are in a text; names, keys, links and stock phrases are none."""
    bare = _LINK.sub(" ", text[:_LONGEST_READ])
    words = {word.lower() for word in _WORD.findall(_WIDE.sub(" ", bare))} - _EMPTY
    return len(words) + len(_WIDE.findall(bare)) // 2


def is_question(text: str, *, least: int = 2) -> bool:
    """Whether a text asks something that can be answered: `least` words with a meaning, and a mark or a word of asking."""
    text = text[:_LONGEST_READ]
    asking = _QUESTION_MARK.search(_LINK.sub(" ", text)) or _ASKING.search(text)
    return asking is not None and substance(text) >= least


def asks_for_a_look(text: str) -> bool:
    """Whether a text asks for a review and for nothing else."""
    return _LOOK.search(text[:_LONGEST_READ]) is not None


def is_about(text: str, words: Iterable[str]) -> bool:
    """Whether one of some words, or a word that begins with it, stands in a text; case does not matter."""
    wanted = _beginnings(tuple(words))
    return wanted is not None and wanted.search(text[:_LONGEST_READ]) is not None


@lru_cache(maxsize=256)
def _beginnings(words: tuple[str, ...]) -> re.Pattern[str] | None:
    """What finds any of some words at the beginning of a word, None for no words."""
    meant = [re.escape(word.strip()) for word in words if word.strip()]
    return re.compile(rf"(?<!\w)(?:{'|'.join(meant)})", re.IGNORECASE) if meant else None


def telling_words(text: str) -> tuple[str, ...]:
    """The words of a text by which another one that is about the same thing may be known, each of at least four letters."""
    words = (word.lower() for word in _WORD.findall(text[:_LONGEST_READ]))
    return tuple(dict.fromkeys(word for word in words if len(word) > 3 and word not in _EMPTY))


def listed_points(text: str) -> int:
    """How many points a text lists: bullets, numbers, or Given/When/Then lines."""
    return len(re.findall(r"(?mi)^\s*(?:[-*+\u2022]|\d+[.)]|h\d\.|given\b|when\b|then\b)\s*\S", text[:_LONGEST_READ]))
