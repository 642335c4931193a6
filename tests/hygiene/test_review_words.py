"""Own words of reviewers, without the phrases that could stand under any change."""

from __future__ import annotations

import pytest

from simulator.hygiene.review_words import own_words, says_something


@pytest.mark.parametrize(
    "text", ["", "LGTM", "Looks good to me, ship it! :shipit:", "👍 +1", "Sieht gut aus, danke dir", "承認します"]
)
def test_a_stock_phrase_has_no_words_of_its_own(text: str) -> None:
    assert own_words(text) == 0


def test_filling_words_around_a_stock_phrase_are_none_either() -> None:
    assert own_words("Thanks for the great work on this pull request, approved!") == 0


def test_what_is_left_of_a_stock_phrase_counts_in_full() -> None:
    assert own_words("LGTM, I checked the rounding by hand") == 6
    assert says_something("LGTM, I checked the rounding by hand")
    assert not says_something("LGTM, rounding checked")


def test_of_a_script_without_blanks_two_signs_are_a_word() -> None:
    assert says_something("端数処理を手で計算しました")


def test_no_more_than_a_page_is_read() -> None:
    assert own_words("cents " * 200_000) < 1_000
