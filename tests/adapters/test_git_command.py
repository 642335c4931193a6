from __future__ import annotations

from pathlib import Path

import pytest

from simulator.adapters.git_command import Git, check_git
from simulator.errors import AdapterError, SetupError


def _a_git(folder: Path, script: str) -> None:
    program = folder / "git"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)


def test_this_machines_git_is_new_enough() -> None:
    check_git()


def test_an_old_git_is_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _a_git(tmp_path, "echo git version 2.30.1")
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(SetupError) as caught:
        check_git()
    assert "git version 2.30.1" in caught.value.what
    assert "2.38" in caught.value.to_do


def test_no_git_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(SetupError, match="not installed"):
        check_git()


def test_the_persons_own_configuration_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".gitconfig").write_text("[user]\n\tname = Somebody\n", encoding="utf-8")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    git = Git(folder=tmp_path / "r.git")
    git.run(["init", "--quiet", "--bare", str(tmp_path / "r.git")])

    with pytest.raises(AdapterError):
        git.run(["config", "user.name"])


@pytest.mark.parametrize(
    ("words", "kind", "retryable"),
    [
        ("fatal: unable to access 'http://h/': Failed to connect to h port 1", "AdapterError", True),
        ("fatal: unable to access 'http://h/': The requested URL returned error: 502", "AdapterError", True),
        ("fatal: unable to access 'http://h/': The requested URL returned error: 429", "AdapterError", True),
        ("fatal: unable to access 'http://h/': Empty reply from server", "AdapterError", True),
        ("fatal: unable to access 'http://h/': Recv failure: Connection reset by peer", "AdapterError", True),
        ("fatal: the remote end hung up unexpectedly", "AdapterError", True),
        ("returned error: 403\nfatal: the remote end hung up unexpectedly", "AuthenticationFailed", False),
        ("fatal: Authentication failed for 'http://h/'", "AuthenticationFailed", False),
        ("fatal: unable to access 'http://h/': The requested URL returned error: 403", "AuthenticationFailed", False),
        ("remote: Repository not found.", "NotFound", False),
        ("! [remote rejected] main -> main (protected branch hook declined)", "Conflict", False),
        ("fatal: something else", "AdapterError", False),
    ],
)
def test_gits_words_become_the_fitting_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, kind: str, retryable: bool
) -> None:
    _a_git(tmp_path, f'echo "{words} s3cret" >&2; exit 1')
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")

    with pytest.raises(AdapterError) as caught:
        Git(folder=tmp_path, secrets=("s3cret",)).run(["push"], doing="the push")

    assert type(caught.value).__name__ == kind
    assert caught.value.retryable is retryable
    assert "s3cret" not in caught.value.what
