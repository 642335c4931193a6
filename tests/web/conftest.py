"""One served house with a first sprint that stands still, for all tests of a worker; they leave it as it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from simulator.model.runs import Run
from tests.web.served import Served, served


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("house")) as house:
        yield house


@pytest.fixture(scope="session")
def run(house: Served) -> Run:
    """A prepared first sprint whose clock stands still."""
    return house.begin()


@pytest.fixture
def client(house: Served) -> FlaskClient:
    return house.app.test_client()


@pytest.fixture
def token(client: FlaskClient) -> str:
    """The token that the forms of this client's session carry."""
    client.get("/")
    with client.session_transaction() as session:
        return str(session["csrf"])
