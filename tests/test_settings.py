"""Settings: environment over file, file over defaults; and what is said of a wrong one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from simulator.errors import SetupError
from simulator.settings import Settings, read_settings


def _toml(folder: Path, text: str) -> Path:
    (folder / "sprintdojo.toml").write_text(text, encoding="utf-8")
    return folder


def _refusal(environment: dict[str, str], folder: Path) -> SetupError:
    with pytest.raises(SetupError) as refused:
        read_settings(environment, folder=folder)
    return refused.value


def test_without_anything_the_defaults_hold(tmp_path: Path) -> None:
    assert read_settings({}, folder=tmp_path) == Settings()


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    folder = _toml(tmp_path, 'port = 9000\nhost = "::1"\nlook_s = 2')

    settings = read_settings({"SPRINTDOJO_PORT": "9001", "SPRINTDOJO_LOG_LEVEL": "debug"}, folder=folder)

    assert (settings.port, settings.host, settings.look_s, settings.log_level) == (9001, "::1", 2.0, "DEBUG")


def test_an_empty_variable_is_as_good_as_none(tmp_path: Path) -> None:
    assert read_settings({"SPRINTDOJO_PORT": ""}, folder=tmp_path).port == 8000


def test_a_home_folder_is_spelled_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))

    assert read_settings({"SPRINTDOJO_DATA": "~/dojo"}, folder=tmp_path).data == tmp_path / "dojo"


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("PORT", "many", "port is 'many', not a whole number"),
        ("PORT", "80.5", "port is '80.5', not a whole number"),
        ("PORT", "65536", "port is '65536', not one of 0 to 65535"),
        ("PORT", "-1", "port is '-1', not one of 0 to 65535"),
        ("THREADS", "0", "threads is '0', not one of 2 to 500"),
        ("LOOK_S", "nan", "look_s is 'nan', not one of 0.05 to 3600"),
        ("LOOK_S", "0", "look_s is '0', not one of 0.05 to 3600"),
        ("WHILE_AWAY", "sleep", "while_away is 'sleep', not one of auto, catch-up, hold"),
        ("LOOK_REAL_S", "soon", "look_real_s is 'soon', not a number"),
        ("LOG_LEVEL", "chatty", "log_level is 'chatty', not one of DEBUG, INFO, WARNING, ERROR"),
        ("URL", "localhost:8000", "url is 'localhost:8000', not an address that begins with http:// or https://"),
        ("DATA", "~nobody-of-that-name/x", "data is '~nobody-of-that-name/x', not a text"),
    ],
)
def test_a_wrong_value_is_named_with_its_variable_and_the_default(
    name: str, value: str, why: str, tmp_path: Path
) -> None:
    error = _refusal({f"SPRINTDOJO_{name}": value}, tmp_path)

    assert error.what == why
    assert error.where == f"SPRINTDOJO_{name}"
    assert error.to_do == f"the default is {getattr(Settings(), name.lower())}"


@pytest.mark.parametrize("line", ["port = true", "port = 80.5", "host = 5", "data = 1", 'host = ""', "look_s = [1]"])
def test_a_wrong_kind_in_the_file_is_not_bent_into_the_right_one(line: str, tmp_path: Path) -> None:
    error = _refusal({}, _toml(tmp_path, line))

    assert error.what.startswith(f"{line.partition(' ')[0]} is ")
    assert error.where == str(tmp_path / "sprintdojo.toml")


def test_a_broken_file_is_told_with_its_line(tmp_path: Path) -> None:
    error = _refusal({}, _toml(tmp_path, "port = \n"))

    assert "sprintdojo.toml cannot be read" in error.what
    assert "line 1" in error.what
    assert error.where == str(tmp_path / "sprintdojo.toml")


def test_a_file_that_is_no_text_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "sprintdojo.toml").write_bytes(b"\xff\xfe\x00")

    assert "cannot be read" in _refusal({}, tmp_path).what


def test_unknown_settings_are_all_named_with_the_nearest(tmp_path: Path) -> None:
    error = _refusal({}, _toml(tmp_path, "prot = 1\ncolour = 2"))

    assert error.what == "unknown settings: prot, colour"
    assert error.to_do == "did you mean port?"


def test_an_unknown_setting_that_is_near_to_none_is_answered_with_all(tmp_path: Path) -> None:
    assert "look_real_s" in _refusal({}, _toml(tmp_path, "zzz = 1")).to_do


def test_a_password_shows_in_no_repr_and_no_error(tmp_path: Path) -> None:
    secret: dict[str, Any] = {"database": "postgresql+psycopg://u:geheim@h/d"}

    assert "geheim" not in repr(Settings(**secret))
    assert "geheim" not in str(_refusal({}, _toml(tmp_path, 'database = ["geheim"]')))
