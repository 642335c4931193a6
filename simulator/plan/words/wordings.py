"""How colleagues find their words where the scenario gives none.

`Wordings` is the place where words could come from elsewhere, such as a language model: the composition root chooses one.
The only one that is shipped is the table. Refuses to decide anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from simulator.model.facts import Fact, FactKind
from simulator.plan.draws import rng
from simulator.plan.words.of_own_work import OF_OWN_WORK
from simulator.plan.words.of_points import IN_THE_TEXT
from simulator.plan.words.of_reviews import OF_REVIEWS
from simulator.plan.words.of_talks import OF_TALKS
from simulator.plan.words.on_lines import ON_THE_LINE
from simulator.plan.words.tones import Sayings
from simulator.scenario.people import Tone

_SAYINGS: Mapping[str, Sayings] = {
    **OF_REVIEWS,
    **OF_TALKS,
    **OF_OWN_WORK,
    **{f"text:{name}": sayings for name, sayings in IN_THE_TEXT.items()},
    **{f"line:{name}": sayings for name, sayings in ON_THE_LINE.items()},
}
_FIELD = re.compile(r"\{[a-z]+\}")
_WORDS = frozenset(
    {
        FactKind.PULL_REQUEST_COMMENTED,
        FactKind.REVIEW_COMMENTED,
        FactKind.REVIEW_SUBMITTED,
        FactKind.ISSUE_COMMENTED,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """Something that a colleague wants to say: what, in which tone, about what (`fields`), and what was said in the run before.

    The same `seed` and `key` ask for the same words.
    """

    name: str
    tone: Tone
    fields: Mapping[str, str]
    seed: int
    key: tuple[str, ...]
    said: str


class Wordings(Protocol):
    """Where words come from."""

    def say(self, occasion: Occasion) -> str:
        """The words. The same occasion gives the same ones, or a run cannot be played again."""
        ...


class Table:
    """Words from the tables in `plan/words`: drawn by the seed, none of them twice in a run as long as there are others."""

    def say(self, occasion: Occasion) -> str:
        """The first of the shuffled ways in the speaker's tone that nobody has used yet.

        When all were used: one with other numbers or names in it, else another tone's, else what was said longest ago.
        """
        sayings, said = _SAYINGS[occasion.name], occasion.said
        drawn = rng(occasion.seed, "words", occasion.name, *occasion.key)
        ways = list(sayings.of(occasion.tone))
        drawn.shuffle(ways)
        unused = next((way for way in ways if not _is_used(way, said)), None)
        if unused is not None:
            return unused.format_map(occasion.fields)
        texts = [way.format_map(occasion.fields) for way in (*ways, *sayings.every())]
        return next((text for text in texts if text not in said), None) or min(texts, key=said.rfind)


@dataclass(slots=True)
class Speaker:
    """A colleague who is about to speak, and remembers what they and others have said."""

    wordings: Wordings
    tone: Tone
    seed: int
    key: tuple[str, ...]
    said: str = field(repr=False)

    def say(self, name: str, /, *key: str, **fields: str) -> str:
        """The words for an occasion; `key` tells it from others of its kind."""
        occasion = Occasion(
            name=name, tone=self.tone, fields=fields, seed=self.seed, key=(*self.key, *key), said=self.said
        )
        words = self.wordings.say(occasion)
        self.said = f"{self.said}\n{words}"
        return words


def said_by_colleagues(facts: Iterable[Fact]) -> str:
    """Everything that was written in reviews and comments, as one text to look sentences up in."""
    return "\n".join(str(fact.detail.get("body") or "") for fact in facts if fact.kind in _WORDS)


def _is_used(way: str, said: str) -> bool:
    """Whether a way was used, with whatever in its fields: the longest piece between them tells."""
    return max(_FIELD.split(way), key=len) in said
