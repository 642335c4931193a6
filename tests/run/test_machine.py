"""What this machine must have: git, new enough, and a folder that can be written."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.errors import SetupError
from simulator.run.machine import folder_fault, is_new_enough, need_folder, need_git


def _git(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "git").write_text(f"#!/bin/sh\n{script}\n")
    (folder / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


@pytest.mark.parametrize("said", ["git version 2.38.0", "git version 2.39.3 (Apple Git-146)", "git version 3.0.rc1"])
def test_these_gits_will_do(said: str) -> None:
    assert is_new_enough(said)


@pytest.mark.parametrize("said", ["git version 2.37.9", "git version 1.99.windows.1", "", "a git"])
def test_these_will_not(said: str) -> None:
    assert not is_new_enough(said)


def test_the_git_of_this_machine_will_do() -> None:
    need_git()


@pytest.mark.parametrize(
    ("script", "what"),
    [("exit 3", "git does not work"), ("echo git version 2.20", "git is too old: git version 2.20")],
)
def test_a_git_that_will_not_do_is_named_with_its_place(
    script: str, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _git(tmp_path, script, monkeypatch)

    with pytest.raises(SetupError) as refused:
        need_git()

    assert refused.value.what == what
    assert refused.value.where == str(tmp_path / "git")


def test_a_machine_without_git_is_told_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(SetupError, match="git is not installed") as refused:
        need_git()

    assert "install git 2.38" in refused.value.to_do


def test_a_folder_is_made_with_those_above_it(tmp_path: Path) -> None:
    need_folder(tmp_path / "a" / "b")
    need_folder(tmp_path / "a" / "b")

    assert list((tmp_path / "a" / "b").iterdir()) == []


@pytest.mark.parametrize("path", ["file", "file/below"])
def test_a_folder_where_a_file_is_cannot_be_used(path: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(SetupError, match="the data folder cannot be used"):
        need_folder(tmp_path / path)

    assert folder_fault(tmp_path / path) == f"{tmp_path / 'file'} is a file"


def test_looking_at_a_folder_makes_nothing(tmp_path: Path) -> None:
    assert folder_fault(tmp_path / "a" / "b") == ""
    assert not (tmp_path / "a").exists()
