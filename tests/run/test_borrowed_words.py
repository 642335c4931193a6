from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from simulator.errors import SetupError
from simulator.plan.words.wordings import Occasion, Table
from simulator.run.borrowed_words import BorrowedWords, installed_words

KEY = "AKIAQPLMZNXBVCRTYUWE"


@dataclass
class Source:
    """Words from elsewhere, as a function says them; what it was asked is written down."""

    answer: Callable[[Occasion], object]
    asked: list[Occasion] = field(default_factory=list)

    def say(self, occasion: Occasion) -> str:
        self.asked.append(occasion)
        return self.answer(occasion)  # type: ignore[return-value]


def an_occasion(name: str = "text:untested", said: str = "", key: str = "3", **fields: str) -> Occasion:
    return Occasion(name=name, tone="warm", fields=fields or {"path": "src/a.py"}, seed=1, key=("mira", key), said=said)


def test_words_from_elsewhere_are_said_and_said_again_after_a_restart(tmp_path: Path) -> None:
    told = iter(["Who tests src/a.py?", "And now?"])
    source = Source(lambda _: next(told))
    words = BorrowedWords(source, kept=tmp_path / "run" / "words.jsonl")

    first = words.say(an_occasion())

    assert first == words.say(an_occasion()) == "Who tests src/a.py?"
    (tmp_path / "run" / "words.jsonl").open("a").write('["cut of')
    assert BorrowedWords(source, kept=tmp_path / "run" / "words.jsonl").say(an_occasion()) == first


@pytest.mark.parametrize(
    "answer", [None, "", "  ", 7, "x" * 5_000, "No file is named.", f"src/a.py has {KEY}", "src/a.py \x1b[31m"]
)
def test_what_cannot_be_used_is_said_in_the_words_of_the_table(tmp_path: Path, answer: object) -> None:
    words = BorrowedWords(Source(lambda _: answer), kept=tmp_path / "words.jsonl")

    assert words.say(an_occasion()) == Table().say(an_occasion())


def test_a_nit_stays_one_and_lines_become_one(tmp_path: Path) -> None:
    words = BorrowedWords(Source(lambda _: "A name\n- would help."), kept=tmp_path / "words.jsonl")

    assert words.say(an_occasion("line:vague-name", length="3")) == "nit: A name - would help."


def test_secrets_that_somebody_wrote_are_shown_to_nobody(tmp_path: Path) -> None:
    source = Source(lambda _: "src/a.py?")

    BorrowedWords(source, kept=tmp_path / "words.jsonl").say(an_occasion(said=f"Fine.\nkey = '{KEY}'\nOk."))

    assert source.asked[0].said == "Fine.\n(left out)\nOk."


def test_who_is_late_or_fails_three_times_is_asked_no_more(tmp_path: Path) -> None:
    never = threading.Event()

    def fails(occasion: Occasion) -> object:
        return never.wait() if occasion.key[1] == "0" else {}["no such model"]

    source = Source(fails)
    words = BorrowedWords(source, kept=tmp_path / "words.jsonl", patience_s=0.05)

    said = [words.say(an_occasion(key=str(number))) for number in range(5)]
    never.set()

    assert said == [Table().say(an_occasion(key=str(number))) for number in range(5)]
    assert len(source.asked) == 3


def test_a_package_that_cannot_be_loaded_is_named() -> None:
    broken = EntryPoint(name="model", value="nowhere_at_all:make", group="sprintdojo.wordings")

    assert isinstance(installed_words([]), Table)
    with pytest.raises(SetupError) as refused:
        installed_words([broken])
    assert "model = nowhere_at_all:make" in str(refused.value.where)
