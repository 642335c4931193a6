from __future__ import annotations

import re
import string
from dataclasses import replace

import pytest

from simulator.plan.words.wordings import _SAYINGS, Occasion, Speaker, Table

_FIELDS = {
    *("lines", "limit", "first", "path", "count", "names", "sha", "more", "name", "points", "paths", "what", "times"),
    *("length", "mine", "other", "wants", "main", "check", "key"),
}


def test_words_are_not_used_twice_while_there_are_others_and_then_those_said_longest_ago() -> None:
    speaker = Speaker(wordings=Table(), tone="terse", seed=1, key=("mira",), said="")
    every = len(_SAYINGS["settled"].every())

    words = [speaker.say("settled", str(n)) for n in range(every + 2)]

    assert len(set(words)) == every
    assert words[every] == words[0]
    assert words[every + 1] == words[1]


def test_a_tone_is_kept_as_long_as_other_names_make_it_new() -> None:
    speaker = Speaker(wordings=Table(), tone="formal", seed=1, key=("mira",), said="")
    openings = {way.partition("`")[0] for way in _SAYINGS["text:untested"].formal}

    said = [speaker.say("text:untested", path=f"src/m{n}.py") for n in range(12)]

    assert len(set(said)) == 12
    assert {text.partition("`")[0] for text in said} == openings


def test_another_number_in_the_same_sentence_is_the_same_sentence() -> None:
    speaker = Speaker(wordings=Table(), tone="terse", seed=1, key=("mira",), said="")

    first = speaker.say("text:size", lines="500", limit="400", first="a.py")
    second = speaker.say("text:size", lines="501", limit="400", first="a.py")

    assert second != first.replace("500", "501")


def test_a_tone_chooses_its_own_words_and_the_seed_among_them() -> None:
    occasion = Occasion(name="approved", tone="warm", fields={}, seed=1, key=("3",), said="")

    def drawn(tone: str) -> set[str]:
        return {Table().say(replace(occasion, tone=tone, seed=seed)) for seed in range(60)}  # type: ignore[arg-type]

    assert len(drawn("warm")) > 3
    assert not drawn("warm") & drawn("formal")
    assert Table().say(occasion) == Table().say(occasion)


@pytest.mark.parametrize("name", sorted(_SAYINGS))
def test_every_saying_is_plain_and_names_only_known_fields(name: str) -> None:
    for way in _SAYINGS[name].every():
        assert {field for _, field, _, _ in string.Formatter().parse(way) if field} <= _FIELDS
        assert not re.search(r"\b(utilise|leverage|simply|just do|obviously|wrong with you)\b", way, re.IGNORECASE)
        assert way == way.strip()


@pytest.mark.parametrize("name", sorted(_SAYINGS))
def test_each_tone_has_more_than_one_way_of_its_own(name: str) -> None:
    sayings = _SAYINGS[name]

    assert min(len(sayings.warm), len(sayings.terse), len(sayings.formal)) >= 2
    assert len(set(sayings.every())) == len(sayings.every())
