"""`sprintdojo doctor` on machines that lack something."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Said, Sprintdojo


def _checks(said: Said) -> dict[str, dict[str, Any]]:
    return {check["name"]: check for check in said.json["checks"]}


def _git(folder: Path, says: str) -> Path:
    """A folder with a git that only says its version."""
    folder.mkdir()
    (folder / "git").write_text(f"#!/bin/sh\necho '{says}'\n")
    (folder / "git").chmod(0o755)
    return folder


@pytest.fixture(autouse=True)
def nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """No server, and any port to begin one on."""
    monkeypatch.setenv("SPRINTDOJO_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("SPRINTDOJO_PORT", "0")


def test_a_machine_that_has_all_is_fine(sprintdojo: Sprintdojo, tmp_path: Path) -> None:
    said = sprintdojo("doctor", "--json")

    assert said.status == 0
    assert said.json["good"] is True
    assert _checks(said)["data folder"]["found"] == str(tmp_path / ".sprintdojo")
    assert not (tmp_path / ".sprintdojo").exists()


def test_every_setting_is_shown_with_its_variable(sprintdojo: Sprintdojo) -> None:
    out = sprintdojo("doctor").out

    for name in ("url", "host", "port", "data", "database", "look_s", "look_real_s", "threads", "log_level"):
        assert f"SPRINTDOJO_{name.upper()}" in out
    assert set(sprintdojo("doctor", "--json").json["settings"]) >= {"url", "data", "database"}


def test_git_that_is_missing_is_a_no_with_the_way_to_get_it(
    sprintdojo: Sprintdojo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    said = sprintdojo("doctor", "--json")

    assert said.status == 1
    assert _checks(said)["git"]["found"] == "not found"
    assert "install git" in _checks(said)["git"]["to_do"]
    assert "missing" in sprintdojo("doctor").out


@pytest.mark.parametrize(
    ("says", "status"),
    [("git version 2.20.1", 1), ("git version 2.39.3 (Apple Git-146)", 0), ("git version 10.0", 0), ("hello", 1)],
)
def test_git_is_judged_by_its_version(
    says: str, status: int, sprintdojo: Sprintdojo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(_git(tmp_path / "bin", says)))

    assert sprintdojo("doctor", "--json").status == status


def test_what_only_some_things_need_is_optional(
    sprintdojo: Sprintdojo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(_git(tmp_path / "bin", "git version 2.50.0")))

    said = sprintdojo("doctor")

    assert said.status == 0
    line = next(line for line in said.out.splitlines() if "chromium" in line)
    assert line.startswith("optional")
    assert line.endswith("apt install chromium")


def test_a_data_folder_below_a_file_is_a_no(
    sprintdojo: Sprintdojo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("SPRINTDOJO_DATA", "file/below")

    said = sprintdojo("doctor", "--json")

    assert said.status == 1
    assert _checks(said)["data folder"]["found"] == f"{tmp_path / 'file'} is a file"


def test_a_setting_that_cannot_be_read_does_not_hide_the_rest(
    sprintdojo: Sprintdojo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPRINTDOJO_PORT", "many")

    said = sprintdojo("doctor", "--json")

    assert said.status == 1
    assert _checks(said)["settings (SPRINTDOJO_PORT)"]["found"] == "port is 'many', not a whole number"
    assert "git" in _checks(said)


def test_a_variable_that_is_no_setting_is_pointed_out(sprintdojo: Sprintdojo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPRINTDOJO_PROT", "1")
    monkeypatch.setenv("SPRINTDOJO_GITHUB_TOKEN_LEARNER", "a-secret-token")
    monkeypatch.setenv("SPRINTDOJO_ACCESS_CODE", "a-secret-code")

    said = sprintdojo("doctor", "--json")

    assert said.status == 0
    assert _checks(said)["variable SPRINTDOJO_PROT"]["to_do"] == "did you mean SPRINTDOJO_PORT?"
    assert [name for name in _checks(said) if name.startswith("variable")] == ["variable SPRINTDOJO_PROT"]
    assert "a-secret" not in said.out + said.err


@pytest.mark.parametrize(
    "address",
    [
        "postgresql+psycopg://user:geheim@127.0.0.1:1/dojo",
        "postgresql+psycopg://user@127.0.0.1:1/dojo?password=geheim",
        "postgresql+psycopg://user:p@geheim@127.0.0.1:1/dojo",
        "mysql://user:geheim@host/dojo",
        "user:geheim@host",
    ],
)
def test_a_database_that_cannot_be_used_is_a_no_and_its_password_is_not_shown(
    address: str, sprintdojo: Sprintdojo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPRINTDOJO_DATABASE", address)

    for said in (sprintdojo("doctor"), sprintdojo("doctor", "--json"), sprintdojo("serve", "--port", "0")):
        assert said.status in (1, 2)
        assert "geheim" not in said.out + said.err


def test_a_database_that_answers_is_fine(
    sprintdojo: Sprintdojo, postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPRINTDOJO_DATABASE", postgresql_url)

    assert _checks(sprintdojo("doctor", "--json"))["database"]["good"] is True


def test_a_server_that_answers_is_named(sprintdojo: Sprintdojo, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPRINTDOJO_URL", url)

    checks = _checks(sprintdojo("doctor", "--json"))

    assert checks["server"]["found"] == f"answers at {url}"
    assert "port" not in checks


def test_a_port_that_somebody_else_has_is_pointed_out(
    sprintdojo: Sprintdojo, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPRINTDOJO_PORT", url.rpartition(":")[2])

    port = _checks(sprintdojo("doctor", "--json"))["port"]

    assert (port["good"], port["needed"]) == (False, False)
    assert "--port" in port["to_do"]


def test_json_is_one_document(sprintdojo: Sprintdojo) -> None:
    assert json.loads(sprintdojo("doctor", "--json").out)["checks"]
