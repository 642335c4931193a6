"""Whether a text begins with a capital letter for no other reason than to be a sentence, or is written in capitals.

Precision first: names, acronyms, identifiers, issue keys and German nouns have their capitals by right.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from simulator.hygiene.verbs import is_verb
from simulator.hygiene.words import is_german

_CAPITALISED = re.compile(r"[A-Z][a-z]+(?=[\s,;:]|\Z)", re.ASCII)
_KEY = re.compile(r"\b[A-Z][A-Z0-9]+-[0-9]+\b", re.ASCII)
_WORD = re.compile(r"[A-Za-z]+", re.ASCII)
_NAMES = frozenset(
    """
android ansible apache april atlassian august aws azure bash bitbucket black bootstrap chrome confluence css debian december
django docker dutch edge emacs english european excel express february firefox flask french friday german git github gitlab
go google gradle grafana gunicorn heroku helm http italian january java javascript jenkins jinja jira json july june kafka
kotlin kubernetes lambda linux lua mac march maven may mercurial microsoft monday mongo mozilla mypy mysql nginx node
november october oracle pandas paypal perl php poetry postgres postgresql prometheus pydantic pytest python rails react
redis ruby ruff rust safari sass saturday scala selenium september sentry slack spanish spring sqlite stripe sunday svelte
swagger swift terraform thursday tuesday twitter typescript ubuntu unicode unix vite vue wednesday windows
""".split()  # noqa: SIM905 - read as a list of names
)
_SMALL_WORDS = frozenset(
    ("a", "an", "and", "for", "from", "in", "into", "is", "it", "not", "of", "on", "the", "to", "when", "with")
)
_LEAST_SHOUTED = 12


def begins_like_a_sentence(text: str, *, names: Collection[str] = ()) -> str | None:
    """The capitalised word with which an English text begins for no reason of its own; None for other texts.

    `names` are those of people, which are written so.
    """
    found = _CAPITALISED.match(text)
    if found is None or is_german(text):
        return None
    word = found[0]
    others = {name.lower() for name in names}
    if word.lower() in _NAMES or word.lower() in others:
        return None
    return word


@lru_cache(maxsize=8192)
def is_shouted(text: str) -> bool:
    """Whether a text is in capitals throughout: a verb or a small word among them, or more than a few acronyms."""
    bare = _KEY.sub(" ", text[:300])
    words = _WORD.findall(bare)
    if len(words) < 2 or any(map(str.islower, bare)):
        return False
    if any(is_verb(word) or word.lower() in _SMALL_WORDS for word in words):
        return True
    return len(words) >= 3 and sum(map(len, words)) >= _LEAST_SHOUTED
