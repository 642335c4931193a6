"""No request that the description allows, and none that it does not, is answered with a fault of the server."""

from __future__ import annotations

import pytest
import requests

from tests.contract.exchanges import Recorder
from tests.contract.fuzzing import furnish, storm
from tests.emulators.conftest import Server, a_seed
from tests.emulators.github.description import FOLDER

PARTS = 4
EXAMPLES = 2


@pytest.mark.parametrize("part", range(PARTS))
def test_no_operation_fails_whatever_it_is_sent(recorder_and_server: tuple[Recorder, Server], part: int) -> None:
    description = FOLDER / "github.trim.json"
    if not description.is_file():
        pytest.skip("../shared/specs with GitHub's API description is not beside the project")
    recorder, server = recorder_and_server
    key = f"storm-{part}"
    server.emulators.create_site(key, a_seed())
    api_url = f"{server.url}/sites/{key}/github/api/v3"
    session = requests.Session()
    session.trust_env = False
    session.headers["Authorization"] = "token alice-token"
    furnish(session, api_url)

    faults = storm(session, api_url, description, part=part, parts=PARTS, examples=EXAMPLES)
    recorder.take(key)  # what is answered to nonsense is none of the description's business

    assert faults == []
