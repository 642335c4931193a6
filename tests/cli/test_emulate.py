"""`sprintdojo emulate`: the services alone, from a seed."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path

import requests

from tests.cli.conftest import Sprintdojo
from tests.journeys.conftest import Process

SEED = """\
users:
  - {login: alice, name: Alice, email: alice@example.com, token: alice-token, admin: true}
github:
  organizations: [{login: acme, members: [alice]}]
  repositories: [{name: acme/payments, private: true, files: {README.md: "# Payments\\n"}}]
jira:
  projects: [{key: AUTOTEST, name: Autotest, template: scrum, lead: alice}]
"""
FAULTY = """\
users:
  - {login: alice, emial: alice@example.com, token: alice-token}
  - {login: bob, email: bob@example.com, token: short}
github:
  repositories: [{name: payments}]
jira:
  projects: [{key: lower, name: Lower, lead: alice}]
"""


def _names(url: str) -> tuple[str, str]:
    """The repository and the project that the services have."""
    repository = requests.get(
        f"{url}/github/api/v3/repos/acme/payments", headers={"Authorization": "Bearer alice-token"}, timeout=10
    )
    project = requests.get(
        f"{url}/jira/rest/api/3/project/AUTOTEST", auth=("alice@example.com", "alice-token"), timeout=10
    )
    return repository.json()["full_name"], project.json()["name"]


def test_it_serves_what_the_seed_says_keeps_it_and_ends_cleanly(begin: Callable[..., Process], tmp_path: Path) -> None:
    (tmp_path / "seed.yaml").write_text(SEED)
    words = ("emulate", "--port", "0", "--data", "kept", "--seed", "seed.yaml")
    first = begin(*words)
    assert _names(first.url) == ("acme/payments", "Autotest")
    first._process.send_signal(signal.SIGTERM)
    assert first._process.wait(timeout=10) == 0, (tmp_path / "errors.log").read_text()

    again = begin(*words[:-2])

    assert _names(again.url) == ("acme/payments", "Autotest")
    assert (tmp_path / "errors.log").read_text() == ""


def test_beyond_this_machine_it_prints_a_word_of_caution(begin: Callable[..., Process]) -> None:
    process = begin("emulate", "--host", "0.0.0.0", "--port", "0")

    assert process._process.stdout is not None
    said = [next(process._process.stdout) for _ in range(4)]

    assert any(line.startswith("caution ") for line in said)


def test_all_faults_of_a_seed_are_said_at_once(sprintdojo: Sprintdojo, tmp_path: Path) -> None:
    (tmp_path / "seed.yaml").write_text(FAULTY)

    said = sprintdojo("emulate", "--port", "0", "--seed", "seed.yaml")

    assert said.status == 2
    assert said.lines[0] == "sprintdojo: the seed cannot be used:"
    for place in ("users[0].emial", "users[0].email", "users[1].token", "repositories[0].name", "projects[0].key"):
        assert any(place in line for line in said.lines), place
    assert "did you mean email?" in said.err
    assert said.lines[-2:] == [
        "  where: seed.yaml",
        "  to do: mend it; docs/guide/emulators.md shows what a seed may hold",
    ]
    assert "alice-token" not in said.err


def test_a_seed_that_is_not_there_or_no_yaml_is_said_to_be_so(sprintdojo: Sprintdojo, tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text("users: [\n")
    (tmp_path / "binary.yaml").write_bytes(b"\xff\xfe\x00\x01")

    for name in ("missing.yaml", "broken.yaml", "binary.yaml"):
        said = sprintdojo("emulate", "--port", "0", "--seed", name)
        assert said.status == 2
        assert name in said.err
