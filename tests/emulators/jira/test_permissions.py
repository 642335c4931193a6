"""Who may do what: the important operations by everybody, from nobody to the administrator of the site."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import requests

from tests.emulators.conftest import Site
from tests.emulators.jira.conftest import Api

V3, AGILE = "/rest/api/3", "/rest/agile/1.0"
ADMINISTRATORS, MEMBER, VIEWER = 10002, 10003, 10004
PERSONAS = ("nobody", "stranger", "viewer", "member", "project administrator", "site administrator")
ROLES = {"viewer": VIEWER, "member": MEMBER, "project administrator": ADMINISTRATORS}
DOC = {"type": "doc", "version": 1, "content": [{"type": "paragraph", "content": [{"type": "text", "text": "x"}]}]}
FIELDS = {"project": {"key": "AUTOTEST"}, "issuetype": {"name": "Task"}, "summary": "x"}

TABLE: list[tuple[str, str, Any, tuple[int, ...]]] = [
    # nobody, stranger, viewer, member, project administrator, site administrator
    ("GET", f"{V3}/myself", None, (401, 200, 200, 200, 200, 200)),
    ("GET", f"{V3}/project/AUTOTEST", None, (401, 404, 200, 200, 200, 200)),
    ("GET", f"{V3}/project/AUTOTEST/statuses", None, (401, 404, 200, 200, 200, 200)),
    ("GET", f"{V3}/project/AUTOTEST/role", None, (401, 404, 404, 404, 200, 200)),
    ("GET", f"{V3}/project/AUTOTEST/permissionscheme", None, (401, 404, 403, 403, 200, 200)),
    ("GET", f"{V3}/notificationscheme/10000", None, (401, 404, 404, 404, 200, 200)),
    ("GET", f"{V3}/issuesecurityschemes", None, (401, 403, 403, 403, 403, 200)),
    ("GET", f"{V3}/statuses/search", None, (401, 403, 403, 403, 200, 200)),
    ("GET", f"{V3}/workflow/search", None, (401, 403, 403, 403, 403, 200)),
    ("GET", f"{V3}/events", None, (401, 403, 403, 403, 403, 200)),
    ("GET", f"{V3}/role", None, (401, 403, 403, 403, 403, 200)),
    ("GET", f"{V3}/permissions", None, (401, 403, 403, 403, 403, 200)),
    ("GET", f"{V3}/applicationrole", None, (401, 403, 403, 403, 403, 200)),
    ("GET", "/rest/webhooks/1.0/webhook", None, (401, 403, 403, 403, 403, 200)),
    ("GET", f"{V3}/webhook", None, (401, 403, 403, 403, 403, 403)),
    ("GET", f"{AGILE}/board/1", None, (401, 404, 200, 200, 200, 200)),
    ("GET", f"{V3}/issue/AUTOTEST-1", None, (401, 404, 200, 200, 200, 200)),
    ("POST", f"{V3}/issue", {"fields": FIELDS}, (401, 400, 400, 201, 201, 201)),
    ("PUT", f"{V3}/issue/AUTOTEST-1", {"fields": {"summary": "y"}}, (401, 404, 403, 204, 204, 204)),
    ("POST", f"{V3}/issue/AUTOTEST-1/comment", {"body": DOC}, (401, 404, 201, 201, 201, 201)),
    ("POST", f"{V3}/issue/AUTOTEST-1/transitions", {"transition": {"id": "21"}}, (401, 404, 400, 204, 204, 204)),
    ("PUT", f"{V3}/issue/AUTOTEST-1/properties/p", {"a": 1}, (401, 404, 403, 201, 201, 201)),
    ("POST", f"{AGILE}/sprint", {"name": "s", "originBoardId": 1}, (401, 404, 403, 201, 201, 201)),
    ("PUT", f"{V3}/project/AUTOTEST", {"description": "d"}, (401, 404, 403, 403, 200, 200)),
    ("PUT", f"{V3}/project/AUTOTEST/properties/p", {"a": 1}, (401, 404, 403, 403, 201, 201)),
    ("POST", f"{V3}/version", {"name": "1", "project": "AUTOTEST"}, (401, 404, 404, 404, 201, 201)),
    ("POST", f"{V3}/component", {"name": "c", "project": "AUTOTEST"}, (401, 404, 403, 403, 201, 201)),
    ("PUT", f"{V3}/project/AUTOTEST/permissionscheme", {"id": 0}, (401, 404, 403, 403, 403, 200)),
    ("POST", f"{V3}/permissionscheme/0/permission", {"a": 1}, (401, 403, 403, 403, 403, 400)),
    ("POST", f"{V3}/group", {"name": "Testers"}, (401, 403, 403, 403, 403, 201)),
    ("POST", f"{V3}/user", {}, (401, 403, 403, 403, 403, 400)),
    ("POST", f"{V3}/role", {"name": "Tester"}, (401, 403, 403, 403, 403, 200)),
    ("POST", f"{V3}/project", {"key": "NEW", "name": "New"}, (401, 403, 403, 403, 403, 201)),
    ("POST", f"{V3}/project/AUTOTEST/restore", {}, (401, 404, 403, 403, 403, 400)),
    ("POST", f"{V3}/issue/bulkfetch", {"nothing": 1}, (401, 400, 400, 400, 400, 400)),
    ("POST", f"{V3}/search/jql", b"{", (401, 400, 400, 400, 400, 400)),
    ("DELETE", f"{V3}/issue/AUTOTEST-1", None, (401, 404, 403, 403, 204, 204)),
    ("DELETE", f"{V3}/project/AUTOTEST", None, (401, 404, 403, 403, 403, 204)),
]


@pytest.mark.parametrize("persona", PERSONAS)
def test_each_is_answered_as_far_as_the_permissions_go(
    persona: str, api: Api, site: Site, account_ids: dict[str, str]
) -> None:
    api.issue()
    api.delete(f"{V3}/project/AUTOTEST/role/{MEMBER}?group=jira-software-users")
    if role := ROLES.get(persona):
        api.post(f"{V3}/project/AUTOTEST/role/{role}", {"user": [account_ids["bob"]]}, status=200)
    session = api.session if persona == "site administrator" else site.jira_session("bob")
    asking = replace(api, session=requests.Session() if persona == "nobody" else session)

    for method, path, body, statuses in TABLE:
        sent: dict[str, Any] = {"data": body} if isinstance(body, bytes) else {"json": body}
        status = statuses[PERSONAS.index(persona)]
        answer = asking(method, path, status=status, **sent)
        assert status < 300 or answer["errorMessages"] or answer["errors"], path
