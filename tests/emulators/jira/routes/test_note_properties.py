"""Properties that programs keep on comments and worklogs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import requests

from tests.emulators.jira.conftest import Api

V3 = "/rest/api/3"
BODIES: dict[str, dict[str, Any]] = {"comment": {"body": "said"}, "worklog": {"timeSpent": "1h"}}


def ask(api: Api, method: str, path: str, value: object = None) -> requests.Response:
    """A request that the description beside the project knows nothing of."""
    return api.session.request(method, f"{api.base}{V3}{path}", json=value)


def made(api: Api, kind: str, **more: Any) -> tuple[str, str, str]:
    """An issue with a comment or worklog: key, id, and where the properties are."""
    key = api.issue()
    number = api.post(f"/rest/api/2/issue/{key}/{kind}", BODIES[kind] | more, status=201)["id"]
    place = f"/comment/{number}" if kind == "comment" else f"/issue/{key}/worklog/{number}"
    return key, number, f"{place}/properties"


@pytest.mark.parametrize("kind", ["comment", "worklog"])
def test_properties_are_kept_listed_replaced_and_removed(api: Api, kind: str) -> None:
    given = [{"key": "b", "value": 1}, {"key": "a", "value": {"x": [None]}}, {"key": "b", "value": 2}]
    key, number, path = made(api, kind, properties=given)

    assert [one["key"] for one in ask(api, "GET", path).json()["keys"]] == ["a", "b"]
    assert ask(api, "GET", f"{path}/b").json() == {"key": "b", "value": 2}
    assert [ask(api, "PUT", f"{path}/{name}", "new").status_code for name in ("b", "c")] == [200, 201]
    assert [ask(api, "DELETE", f"{path}/a").status_code for _ in range(2)] == [204, 404]
    shown = api.post(f"{V3}/{kind}/list?expand=properties", {"ids": [int(number)]}, status=200)
    (one,) = shown["values"] if kind == "comment" else shown
    assert one["properties"] == [{"key": "b", "value": "new"}, {"key": "c", "value": "new"}]
    changed = BODIES[kind] | {"properties": [{"key": "c", "value": 3}]}
    api.put(f"/rest/api/2/issue/{key}/{kind}/{number}", changed, status=200)
    assert ask(api, "GET", f"{path}/c").json()["value"] == 3
    api.delete(f"{V3}/issue/{key}/{kind}/{number}")
    assert ask(api, "GET", path).status_code == 404


@pytest.mark.parametrize("kind", ["comment", "worklog"])
def test_properties_that_cannot_be_or_are_not_ones_own(api: Api, api_of: Callable[[str], Api], kind: str) -> None:
    key, _, path = made(api, kind)
    bob = api_of("bob")

    for bad in (5, [1], [{"value": 1}], [{"key": "", "value": 1}], [{"key": "x", "value": "y" * 32_768}]):
        api.refused("POST", f"/rest/api/2/issue/{key}/{kind}", 400, json=BODIES[kind] | {"properties": bad})
    assert api.get(f"/rest/api/2/issue/{key}/{kind}")["total"] == 1
    assert ask(api, "PUT", f"{path}/{'k' * 256}", 1).status_code == 400
    assert ask(bob, "PUT", f"{path}/a", 1).status_code == 400
    assert ask(bob, "GET", path).json() == {"keys": []}
