"""Whether a text states acceptance criteria. Linear in its length, which is bounded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from simulator.hygiene.verbs import is_verb
from simulator.hygiene.words import count_words, is_german, length_of

_MOST = 32_767  # Jira's own limit of a text field
_NAMES = (
    r"acceptance (?:criteri(?:a|on)|tests?|conditions?)|acceptance(?=[ \t]*:)|conditions of (?:satisfaction|acceptance)"
    r"|success criteria|exit criteria|definition of done|requirements(?=[ \t]*:)|done when|criteria(?=[ \t]*(?::|$))"
    r"|acs?(?=[ \t]*:)"
    r"|ac ?#?[0-9]{1,2}(?=[ \t]*[:.)])|akzeptanzkriterien|abnahmekriterien|kriterien|fertig,? wenn"
    r"|criterios de aceptación|critères d['’]acceptation|critérios de aceitação|criteri di accettazione"
    r"|受け?入れ?(?:条件|基準)|完了(?:条件|の定義)|验收(?:标准|条件)|驗收(?:標準|條件)|인수 ?(?:조건|기준)|수용 ?기준"
)
_HEADING = re.compile(
    rf"^[ \t]*(?:#{{1,6}}[ \t]*|h[1-6]\.[ \t]*|[*_]{{1,2}}|[-*+][ \t]+|\{{panel:title=)?(?:{_NAMES})"
    r"[*_}]{0,2}[ \t]*[:：]?[*_]{0,2}(?P<rest>[^\n]*)$",
    re.IGNORECASE | re.MULTILINE,
)
_IN_PROSE = re.compile(
    r"\b(?:(?:done|finished|complete|accepted|fertig|erledigt|abgenommen)\b[^\n.]{0,20}\b(?:when|once|as soon as|wenn|sobald)"
    r"|(?:acceptance criteria|akzeptanzkriterien) (?:are|sind))\b(?P<rest>[^\n]+)",
    re.IGNORECASE,
)
_LISTED = re.compile(r"^[ \t]*(?:[-*+•・#]|[0-9]{1,2}[.)])[ \t]*(?P<words>[^\s#][^\n]{0,300})", re.MULTILINE)
_LATER = re.compile(
    r"\b(?:tbd|todo|tba|to be (?:discussed|defined|decided|done|added)|will follow|folgt|folgen|noch offen|later"
    r"|later on|por definir)\b"
    r"|未定|待定",
    re.IGNORECASE,
)
_SHORT = 80
_CHECK_BOX = re.compile(r"^[ \t]*(?:[-*+][ \t]+)?\[[ xX]?\][ \t]+\S", re.MULTILINE)
_STEPS = tuple(
    tuple(re.compile(rf"\b(?:{word})\b", re.IGNORECASE) for word in words)
    for words in (
        ("given", "when", "then"),
        ("angenommen|gegeben", "wenn", "dann"),
        ("étant donné|soit", "quand|lorsque", "alors"),
        ("dado|dada|dados|dadas", "cuando|quando", "entonces|então"),
    )
)
_OPEN_BOX = re.compile(r"^[ \t]*(?:[-*+][ \t]+)?\[ ?\][ \t]+\S", re.MULTILINE)
_LEAST_WORDS = 3


@lru_cache(maxsize=4096)
def has_criteria(description: str, *, least_characters: int) -> bool:
    """Whether a description says what must be true: a filled part of that name, given/when/then in this order, two check boxes,
    or a list of statements; one of things to do is none.

    English, German, French, Spanish, Portuguese, Japanese, Chinese and Korean names are known. A sign of a script without
    blanks between words counts three of the least characters.
    """
    text = description[:_MOST].strip()
    if length_of(text) < least_characters:
        return False
    return (
        _has_filled_part(text)
        or _has_steps(text)
        or len(_CHECK_BOX.findall(text)) >= 2
        or _has_list_of_statements(text)
    )


@lru_cache(maxsize=1024)
def check_boxes(description: str) -> int:
    """How many check boxes a description has, ticked or not."""
    return len(_CHECK_BOX.findall(description[:_MOST]))


def open_boxes(description: str) -> int:
    """How many of its check boxes are not ticked."""
    return len(_OPEN_BOX.findall(description[:_MOST]))


def _has_filled_part(text: str) -> bool:
    """Whether something stands under a heading for criteria, or behind the words that introduce them."""
    for match in (_HEADING.search(text), _IN_PROSE.search(text)):
        rest = f"{match['rest']} {text[match.end() :]}".strip() if match else ""
        is_put_off = length_of(rest) < _SHORT and _LATER.search(rest) is not None
        if count_words(rest) >= _LEAST_WORDS and not is_put_off:
            return True
    return False


def _has_steps(text: str) -> bool:
    return any(_in_order(text, steps) for steps in _STEPS)


def _in_order(text: str, steps: Sequence[re.Pattern[str]]) -> bool:
    position = 0
    for step in steps:
        found = step.search(text, position)
        if found is None:
            return False
        position = found.end()
    return True


def _has_list_of_statements(text: str) -> bool:
    items = [found["words"].split() for found in _LISTED.finditer(text)]
    german = is_german(text)  # where nouns such as Link look like verbs of English
    told = [words for words in items if count_words(" ".join(words)) >= 2 and (german or not is_verb(words[0]))]
    return len(told) >= 2 and len(told) > len(items) / 2
