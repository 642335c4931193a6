"""One served house with a first sprint that stands still, for all tests of a worker; they leave it as it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from simulator.model.runs import Run
from tests.web.objecting import done
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


@pytest.fixture(scope="module")
def sloppy(house: Served) -> Run:
    """A first sprint that a sloppy learner has played for three days; its clock stands still."""
    run = house.begin(seed=3)
    done(house, run, house.office.play(run, "sloppy", "day 4").number)
    return house.office.find(run.id)


@pytest.fixture
def code(house: Served) -> str:
    return house.office.key.trainer_code()


@pytest.fixture
def trainer(client: FlaskClient, token: str, code: str) -> Iterator[FlaskClient]:
    """A browser on which the trainer is signed in."""
    client.post("/trainer", data={"csrf_token": token, "name": "Tina", "code": code})
    yield client
    client.post("/trainer/leave", data={"csrf_token": token})
