"""Words that say nothing or that say that work is not finished, verbs, capitals: what is found, and what is left alone."""

from __future__ import annotations

import pytest

from simulator.hygiene.capitals import begins_like_a_sentence, is_shouted
from simulator.hygiene.cleanup import cleanup_words
from simulator.hygiene.verbs import imperative_of, is_verb
from simulator.hygiene.words import answers_review, empty_words, folding_mark, is_german, length_of, unfinished_term


@pytest.mark.parametrize(
    "text", ["fix", "Some more changes!", "bug fixes and improvements", "api.py", "a b", "", "修正", "…"]
)
def test_words_that_say_nothing(text: str) -> None:
    assert empty_words(text)


@pytest.mark.parametrize(
    "text", ["round half up", "fix rounding of 0.5", "返金を追加する", "bump to 2.32.3", "see readme.md first"]
)
def test_words_that_say_something(text: str) -> None:
    assert empty_words(text) is None


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("WIP", "wip"),
        ("wip: refunds", "wip"),
        ("[Draft] [WIP] refunds", "draft"),
        ("Draft: refunds", "draft"),
        ("refunds [in progress]", "in progress"),
        ("draft orders can be kept", None),
        ("refunds - WIP", "wip"),
        ("Work in progress", "work in progress"),
        ("🚧 refunds", "🚧"),
        ("Do not merge!", "do not merge"),
        ("do not merge yet", "do not merge"),
        ("tmp", "tmp"),
        ("refunds", None),
        ("WIP limits for the board", None),
        ("wipe the cache", None),
        ("do not merge two carts", None),
        ("tmp folder is removed", None),
    ],
)
def test_what_is_not_finished_says_so(text: str, term: str | None) -> None:
    assert unfinished_term(text) == term


def test_what_is_to_be_folded_away() -> None:
    assert folding_mark("fixup! feat: a") == "fixup!"
    assert folding_mark("fixup feat: a") is None
    assert cleanup_words("fix: address review comments") == "only says that a review was answered"
    assert cleanup_words("feat: refund a payment") is None
    assert not answers_review("review requests for teams")


@pytest.mark.parametrize(
    ("form", "verb"),
    [
        *(
            ("added", "add"),
            ("Adds", "add"),
            ("adding", "add"),
            ("fixes", "fix"),
            ("dropped", "drop"),
            ("dropping", "drop"),
        ),
        *(("applies", "apply"), ("applied", "apply"), ("made", "make"), ("using", "use"), ("renamed", "rename")),
        *(("add", None), ("process", None), ("nested", None), ("settings", None), ("speed", None), ("string", None)),
        *(("hinzugefügt", None), ("", None)),
    ],
)
def test_forms_of_verbs(form: str, verb: str | None) -> None:
    assert imperative_of(form) == verb
    assert verb is None or is_verb(verb)


def test_capitals_by_right_are_left_alone() -> None:
    assert begins_like_a_sentence("Round half up") == "Round"
    for text in ("API answers", "PayPal", "Python 3.12", "Rundung für alle", "i18n", "", "Erstattungen"):
        assert begins_like_a_sentence(text) is None, text
    assert begins_like_a_sentence("Zoe is back", names=("Zoe",)) is None
    assert is_shouted("FIX THE ROUNDING")
    for text in ("JSON API", "README", "PAY-3 SEPA", "", "!!!", "返金"):
        assert not is_shouted(text), text


def test_german_and_the_length_of_scripts_without_blanks() -> None:
    assert is_german("Rundung der Beträge")
    assert not is_german("die on bad input")
    assert length_of(" abc ") == 3
    assert length_of("返金") == 6
