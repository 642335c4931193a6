from __future__ import annotations

import subprocess
import sys
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from simulator.plan.draws import drawn_length, pick, rng

KEYS = st.lists(st.text(max_size=12), min_size=1, max_size=4)


@given(seed=st.integers(0, 2**31), key=KEYS)
def test_the_same_question_gets_the_same_answer(seed: int, key: list[str]) -> None:
    assert rng(seed, *key).random() == rng(seed, *key).random()


@given(seed=st.integers(0, 2**31), one=KEYS, other=KEYS)
def test_other_questions_have_streams_of_their_own(seed: int, one: list[str], other: list[str]) -> None:
    same = rng(seed, *one).getrandbits(64) == rng(seed, *other).getrandbits(64)

    assert same == (one == other)


def test_parts_of_a_key_are_kept_apart() -> None:
    assert rng(1, "ab", "c").random() != rng(1, "a", "bc").random()


def test_draws_do_not_depend_on_the_process() -> None:
    code = "from simulator.plan.draws import rng; print(rng(7, 'review', '3').random())"

    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "99"}
    )

    assert float(said.stdout) == rng(7, "review", "3").random()


@given(seed=st.integers(0, 1000), low=st.integers(0, 600), more=st.integers(0, 600))
def test_a_drawn_length_is_within_its_bounds_and_in_whole_minutes(seed: int, low: int, more: int) -> None:
    shortest, longest = timedelta(minutes=low), timedelta(minutes=low + more)

    length = drawn_length(shortest, longest, seed, "x")

    assert shortest <= length <= longest
    assert length.total_seconds() % 60 == 0


def test_seeds_differ() -> None:
    words = ("a", "b", "c", "d", "e", "f", "g", "h")

    assert len({pick(words, seed, "x") for seed in range(40)}) > 4
