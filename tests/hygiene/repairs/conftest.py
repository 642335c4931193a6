"""One house for a module, and a desk for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hygiene.repairs.desk import Desk
from tests.hygiene.repairs.house import House, a_house

_NEEDED = all(shutil.which(tool) for tool in ("bash", "curl", "git"))


@pytest.fixture(scope="package")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The emulated services."""
    if not _NEEDED:
        pytest.skip("bash, curl and git are needed")
    with a_house(tmp_path_factory.mktemp("house")) as house:
        yield house


@pytest.fixture
def desk(house: House, tmp_path: Path) -> Desk:
    """A learner's place on day 1 at ten, with PAY-1 in hand."""
    desk = Desk(house, tmp_path)
    desk.at("day 1 10:00")
    desk.jira.assign_issue("PAY-1", desk.account("ada"))
    desk.move("PAY-1", "In Progress")
    return desk
