"""No request that Jira's descriptions allow, and none that they do not, is answered with a fault of the server."""

from __future__ import annotations

import pytest
import requests

from tests.contract.exchanges import Recorder
from tests.contract.fuzzing import World, storm
from tests.emulators.conftest import Server, a_seed
from tests.emulators.github.description import FOLDER

DOCUMENT = {
    "type": "doc",
    "version": 1,
    "content": [{"type": "paragraph", "content": [{"type": "text", "text": "Hi"}]}],
}
JIRA = World(
    known={
        "issueIdOrKey": "AUTOTEST-1",
        "projectIdOrKey": "AUTOTEST",
        "projectKeyOrId": "AUTOTEST",
        "issueTypeId": "10001",
        "propertyKey": "seen",
        "idOrName": "Done",
        "boardId": 1,
        "sprintId": 1,
        "epicIdOrKey": "AUTOTEST-3",
        "linkId": "1",
        "issueLinkTypeId": "10000",
        "filterId": 1,
    },
    places=frozenset({"issueIdOrKey", "projectIdOrKey", "projectKeyOrId", "boardId", "epicIdOrKey"}),
    spared=frozenset(
        {
            ("DELETE", f"/rest/{path}")
            for path in (
                "api/2/project/{projectIdOrKey}",
                "api/3/project/{projectIdOrKey}",
                "api/2/issue/{issueIdOrKey}",
                "api/3/issue/{issueIdOrKey}",
                "agile/1.0/board/{boardId}",
            )
        }
    ),
)
STORMS = [(name, part, 4) for name in ("jira-platform-v3", "jira-platform-v2") for part in range(4)]
STORMS += [("jira-software", part, 2) for part in range(2)]


def furnish(session: requests.Session, url: str) -> None:
    """One of each thing, so that most names of a path exist."""
    api = f"{url}/rest/api/3"
    for kind in ("Story", "Story", "Epic"):
        fields = {"project": {"key": "AUTOTEST"}, "issuetype": {"name": kind}, "summary": kind, "description": DOCUMENT}
        _made(session.post(f"{api}/issue", json={"fields": fields}))
    _made(session.post(f"{api}/issue/AUTOTEST-1/comment", json={"body": DOCUMENT}))
    _made(session.put(f"{api}/issue/AUTOTEST-1/properties/seen", json=True))
    ends = {"inwardIssue": {"key": "AUTOTEST-1"}, "outwardIssue": {"key": "AUTOTEST-2"}}
    _made(session.post(f"{api}/issueLink", json={"type": {"name": "Blocks"}} | ends))
    _made(session.post(f"{url}/rest/agile/1.0/sprint", json={"name": "One", "originBoardId": 1}))


def _made(reply: requests.Response) -> None:
    assert reply.status_code < 300, f"{reply.request.method} {reply.url}: {reply.status_code} {reply.text[:300]}"


@pytest.mark.parametrize(("name", "part", "parts"), STORMS)
def test_no_operation_fails_whatever_it_is_sent(
    recorder_and_server: tuple[Recorder, Server], name: str, part: int, parts: int
) -> None:
    description = FOLDER / f"{name}.trim.json"
    if not description.is_file():
        pytest.skip("../shared/specs with Jira's API descriptions is not beside the project")
    recorder, server = recorder_and_server
    key = f"gale-{name}-{part}"
    server.emulators.create_site(key, a_seed())
    url = f"{server.url}/sites/{key}/jira"
    session = requests.Session()
    session.trust_env = False
    session.auth = ("alice@example.com", "alice-token")
    furnish(session, url)

    faults = storm(session, url, description, part=part, parts=parts, examples=1, world=JIRA)
    recorder.take(key)  # what is answered to nonsense is none of the description's business

    assert [
        fault for fault in faults if ": 501 " not in fault
    ] == []  # a gap that announces itself is on the coverage page
