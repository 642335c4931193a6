"""`sprintdojo env`: what is pasted into a shell works there, whatever the token looks like."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from simulator.run.shell import GitHubAccess, lines, variables
from tests.cli.conftest import Sprintdojo

SEED = """\
users:
  - {login: alice, email: alice@example.com, token: alice-token, admin: true}
  - {login: bob, email: bob@example.com, token: "b'o$b \\"`x` \\\\-token"}
github:
  repositories: [{name: alice/payments}]
"""
URL = "http://localhost:4010/"


@pytest.fixture
def seed(tmp_path: Path) -> Path:
    file = tmp_path / "seed.yaml"
    file.write_text(SEED)
    return file


def test_a_shell_takes_the_lines_whatever_the_token_holds(sprintdojo: Sprintdojo, seed: Path) -> None:
    said = sprintdojo("env", "--url", URL, "--seed", seed, "--login", "bob", "--shell", "sh")

    shown = subprocess.run(
        ["sh", "-c", f'{said.out}\nprintf "%s\\n" "$GH_TOKEN" "$GH_HOST" "$HTTP_PROXY" "$GITHUB_API_URL"'],
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()

    assert shown == [
        "b'o$b \"`x` \\-token",
        "github.localhost",
        "http://127.0.0.1:4010",
        "http://127.0.0.1:4010/github/api/v3",
    ]


def test_other_shells_have_their_own_quotes(seed: Path) -> None:
    tricky = {"NAME": "it's a \\ $x"}

    assert lines(tricky, "fish") == ["set -gx NAME 'it\\'s a \\\\ $x'"]
    assert lines(tricky, "powershell") == ["$env:NAME = 'it''s a \\ $x'"]
    if shutil.which("fish"):
        said = subprocess.run(
            ["fish", "-c", f"{lines(tricky, 'fish')[0]}; printf %s $NAME"],
            capture_output=True,
            text=True,
            check=True,
        )
        assert said.stdout == tricky["NAME"]


def test_json_holds_the_addresses_of_a_site_and_the_variables(sprintdojo: Sprintdojo, seed: Path) -> None:
    told = sprintdojo("env", "--url", URL, "--seed", seed, "--site", "class-7", "--json").json

    assert told["login"] == "alice"
    assert told["clone_url"] == "http://127.0.0.1:4010/sites/class-7/github/alice/payments.git"
    assert told["variables"]["GH_TOKEN"] == "alice-token"
    assert told["variables"]["NO_PROXY"] == "127.0.0.1"


def test_hints_hold_no_token(sprintdojo: Sprintdojo, seed: Path) -> None:
    said = sprintdojo("env", "--url", URL, "--seed", seed)

    comments = [line for line in said.out.splitlines() if line.startswith("#")]
    assert any("gh repo clone alice/payments" in line for line in comments)
    assert not any("alice-token" in line for line in comments)


def test_without_a_seed_the_token_is_the_environment_s(sprintdojo: Sprintdojo, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GH_TOKEN", "GITHUB_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    without = sprintdojo("env", "--url", URL)
    monkeypatch.setenv("SPRINTDOJO_GITHUB_TOKEN", "some-token")

    assert without.status == 2
    assert "no token is known" in without.err
    assert sprintdojo("env", "--url", URL, "--json").json["variables"]["GH_TOKEN"] == "some-token"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--login", "bob"), "belong to --url"),
        (("--url", URL, "--seed", "seed.yaml", "--login", "eve"), "nobody with a token is called eve"),
        (("--url", URL, "--seed", "none.yaml"), "cannot be read"),
        (("--shell", "cmd"), "'cmd' is not one of"),
    ],
)
def test_wrong_use_is_said(sprintdojo: Sprintdojo, seed: Path, words: tuple[str, ...], said: str) -> None:
    answer = sprintdojo("env", *words)

    assert answer.status == 2
    assert said in answer.err


def test_git_keeps_the_token_to_the_emulated_host() -> None:
    access = GitHubAccess(
        api_url="http://127.0.0.1:1/github/api/v3", html_url="http://127.0.0.1:1/github", login="a", token="t"
    )
    settings = {**os.environ, **variables(access), "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}

    def header(url: str) -> str:
        command = ["git", "config", "--get-urlmatch", "http.extraHeader", url]
        return subprocess.run(command, env=settings, capture_output=True, text=True, check=False).stdout

    assert header("http://github.localhost/acme/x.git").startswith("Authorization: Basic ")
    assert header("http://127.0.0.1:1/github/acme/x.git").startswith("Authorization: Basic ")
    assert header("http://127.0.0.1:1/sites/other/github/acme/x.git") == ""
    assert header("https://github.com/acme/x.git") == ""


def test_the_current_run_is_meant_unless_said_otherwise(sprintdojo: Sprintdojo, server: str, sprint: Path) -> None:
    sprintdojo("start", sprint, "--paused")
    told = sprintdojo("env", "--json").json

    assert told["login"] == "robin"
    assert told["repository"] == "acme/payments"
    assert f"/sites/{sprintdojo('status', '--json').json['run']}/github/api/v3" in told["variables"]["GITHUB_API_URL"]
