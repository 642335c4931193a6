"""The installation's key: made once, read by its owner only, and the tokens derived from it."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from simulator.errors import SetupError
from simulator.run.secrets import Key, open_key, same

KEY = Key(b"k" * 32)


def test_a_token_looks_like_githubs_and_is_another_for_each_run_and_login() -> None:
    tokens = {KEY.token(run, login) for run in ("a", "b") for login in ("robin", "mira")}

    assert len(tokens) == 4
    assert all(re.fullmatch(r"ghp_[0-9A-Za-z]{36}", token) for token in tokens)
    assert KEY.token("a", "robin") == KEY.token("a", "robin")


def test_names_run_together_do_not_give_one_token() -> None:
    assert KEY.token("ab", "c") != KEY.token("a", "bc")


def test_the_secrets_of_one_key_have_nothing_in_common() -> None:
    secrets = {KEY.access_code(), KEY.session_secret().hex()[:24], KEY.token("a", "b"), KEY.token("a", "c")}

    assert len(secrets) == 4
    assert re.fullmatch(r"[0-9a-f]{24}", KEY.access_code())


def test_a_key_does_not_show_itself() -> None:
    assert "kkkk" not in repr(KEY) + str(KEY)


def test_the_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    first = open_key(tmp_path / "house").access_code()

    file = tmp_path / "house" / "secret.key"
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["secret.key"]
    assert open_key(tmp_path / "house").access_code() == first


def test_a_key_that_everybody_could_read_is_closed_again(tmp_path: Path) -> None:
    open_key(tmp_path)
    (tmp_path / "secret.key").chmod(0o644)

    open_key(tmp_path)

    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600


def test_many_that_begin_at_once_have_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        codes = set(pool.map(lambda _: open_key(tmp_path).access_code(), range(64)))

    assert len(codes) == 1


@pytest.mark.parametrize("left", [b"", b"short", b"k" * 31, b"k" * 33])
def test_a_damaged_key_is_not_used_nor_replaced(left: bytes, tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_bytes(left)

    with pytest.raises(SetupError, match="the key is damaged") as refused:
        open_key(tmp_path)

    assert refused.value.where == str(tmp_path / "secret.key")
    assert (tmp_path / "secret.key").read_bytes() == left


def test_a_folder_in_the_keys_place_is_said_to_be_there(tmp_path: Path) -> None:
    (tmp_path / "secret.key").mkdir()

    with pytest.raises(SetupError, match="the key cannot be used"):
        open_key(tmp_path)


def test_secrets_are_compared_whatever_somebody_sends() -> None:
    assert same("abc", "abc")
    for given in ("", "ab", "abcd", "ABC", "grüße", "\ud800", "\0"):
        assert not same(given, "abc")
