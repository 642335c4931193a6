"""Commands are imported when they are asked for."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest

from simulator.cli.later import Later
from simulator.cli.main import cli
from simulator.cli.scenario import scenario

_HEAVY = ("alembic", "apscheduler", "flask", "github", "jira", "pygit2", "sqlalchemy")


@pytest.mark.parametrize("name", ["status", "score", "rules", "scenario"])
def test_what_needs_no_server_loads_none(name: str) -> None:
    asked = f"import sys; from simulator.cli.main import cli; cli.commands[{name!r}]; print(*sys.modules)"

    loaded = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout.split()

    assert set(_HEAVY).isdisjoint(loaded)


@pytest.mark.parametrize("group", [cli, scenario])
def test_each_command_is_where_it_is_said_to_be(group: click.Group) -> None:
    assert {name: command.name for name, command in group.commands.items()} == {name: name for name in group.commands}


def test_an_unknown_command_is_none() -> None:
    later = Later({"rules": "simulator.cli.rules:rules"})

    assert later.get("rulez") is None
    assert "rulez" not in later
    assert later["rules"] is later["rules"]
