"""Fields that administrators add: made, listed, set on issues, shown, kept in the history; wrong values refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.emulators.jira.conftest import Api

TYPES = "com.atlassian.jira.plugin.system.customfieldtypes"


def add(api: Api, kind: str, name: str = "") -> str:
    body = {"name": name or kind, "type": f"{TYPES}:{kind}", "description": "ours"}
    return str(api.post("/rest/api/3/field", body, status=201)["id"])


def test_an_administrator_adds_a_field_that_every_list_then_has(api: Api, api_of: Callable[[str], Api]) -> None:
    field = add(api, "float", "Cost")

    listed = {one["id"]: one for one in api.get("/rest/api/3/field")}
    assert listed[field]["schema"] == {"type": "number", "custom": f"{TYPES}:float", "customId": int(field[12:])}
    assert listed[field]["clauseNames"] == [f"cf[{field[12:]}]", "Cost", "Cost[Number]"]
    assert [one["id"] for one in api.get("/rest/api/3/field/search", query="cost")["values"]] == [field]
    screen = api.get("/rest/api/3/issue/createmeta/AUTOTEST/issuetypes/10001", maxResults=200)["fields"]
    assert field in {one["fieldId"] for one in screen}
    body = {"name": "X", "type": f"{TYPES}:float"}
    api_of("bob").refused("POST", "/rest/api/3/field", 403, json=body)


@pytest.mark.parametrize(
    ("body", "at"),
    [
        ({"name": "", "type": f"{TYPES}:float"}, "name"),
        ({"name": "x" * 256, "type": f"{TYPES}:float"}, "name"),
        ({"name": "X", "type": "float"}, "type"),
        ({"name": "X", "type": f"{TYPES}:float", "searcherKey": f"{TYPES}:textsearcher"}, "searcherKey"),
        ({"name": 5, "type": f"{TYPES}:float"}, "name"),
    ],
)
def test_a_field_that_cannot_be_is_refused(api: Api, body: dict[str, Any], at: str) -> None:
    _, errors = api.refused("POST", "/rest/api/3/field", 400, json=body)

    assert list(errors) == [at]


def test_issues_hold_values_of_every_type_and_the_history_tells(api: Api, account_ids: dict[str, str]) -> None:
    alice, bob = {"accountId": account_ids["alice"]}, {"accountId": account_ids["bob"]}
    given: dict[str, Any] = {
        "textfield": "line", "textarea": "h1. T", "float": 2.5, "datepicker": "2026-03-02", "url": "https://a.example",
        "datetime": "2026-03-02T09:00:00.000+0100", "labels": ["b", "a"], "userpicker": bob, "multiuserpicker": [alice, bob],
    }  # fmt: skip
    ids = {kind: add(api, kind) for kind in given}

    key = api.issue(**{ids[kind]: value for kind, value in given.items()})
    fields = api.get(f"/rest/api/2/issue/{key}")["fields"]
    three = api.get(f"/rest/api/3/issue/{key}", fields=f"{ids['textarea']},{ids['float']}", expand="names")

    for kind in ("textfield", "textarea", "float", "datepicker", "url"):
        assert fields[ids[kind]] == given[kind]
    assert fields[ids["datetime"]] == "2026-03-02T08:00:00.000+0000"
    assert fields[ids["labels"]] == ["a", "b"]
    assert fields[ids["userpicker"]]["displayName"] == "Bob"
    assert [one["displayName"] for one in fields[ids["multiuserpicker"]]] == ["Alice", "Bob"]
    assert three["fields"][ids["textarea"]]["content"][0]["type"] == "heading"
    assert three["names"] == {ids["textarea"]: "textarea", ids["float"]: "float"}
    assert set(api.get(f"/rest/api/3/issue/{key}", fields=f"*all,-{ids['url']}")["fields"]) & set(ids.values()) == set(
        ids.values()
    ) - {ids["url"]}

    update = {ids["labels"]: [{"add": "c"}, {"remove": "a"}], ids["float"]: [{"set": None}]}
    api.put(f"/rest/api/2/issue/{key}", {"update": update}, status=204)
    assert sorted(api.changes(key)) == [("float", "2.5", None), ("labels", "a, b", "b, c")]
    assert api.get(f"/rest/api/2/issue/{key}")["fields"][ids["float"]] is None


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("textfield", 5), ("textfield", "a\nb"), ("textfield", "x" * 256), ("textarea", 5), ("textarea", "x" * 32_768),
        ("float", "5"), ("float", True), ("float", 1e20), ("datepicker", "2026-02-30"), ("datepicker", 5),
        ("datepicker", "2026-W01-1"), ("datetime", "2026-03-02"), ("datetime", "2026-03-02T09:00:00"), ("datetime", []),
        ("labels", "a"), ("labels", ["a b"]), ("url", "javascript:alert(1)"), ("userpicker", {"accountId": "nobody"}),
        ("userpicker", "alice"), ("multiuserpicker", {"accountId": "x"}), ("select", {"value": "x"}), ("select", "x"),
        ("multicheckboxes", [{"value": "x"}]),
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_kind_is_refused_and_nothing_is_written(api: Api, kind: str, value: object) -> None:
    field = add(api, kind)
    key = api.issue()

    _, errors = api.refused("PUT", f"/rest/api/2/issue/{key}", 400, json={"fields": {"summary": "new", field: value}})

    assert list(errors) == [field]
    assert api.get(f"/rest/api/2/issue/{key}")["fields"]["summary"] == "An issue"


def test_queries_ask_for_fields_of_the_site(api: Api, account_ids: dict[str, str]) -> None:
    bob = {"accountId": account_ids["bob"]}
    given: dict[str, Any] = {
        "textfield": "Big spender", "float": 10, "datepicker": "2026-03-02", "url": "https://a.example", "labels": ["b", "c"],
        "datetime": "2026-03-02T09:00:00.000+0000", "userpicker": bob, "multiuserpicker": [bob],
    }  # fmt: skip
    ids = {kind: add(api, kind, f"My {kind}") for kind in given}
    key = api.issue(**{ids[kind]: value for kind, value in given.items()})
    other = api.issue(**{ids["float"]: 9, ids["labels"]: ["bb"]})
    number = ids["float"][12:]

    for jql in (
        f"cf[{number}] > 9", '"My float" = 10', '"My float[Number]" in (10, 11)', '"My textfield" ~ "spend*"',
        '"My datepicker" <= 2026-03-02', '"My datetime" >= "2026-03-02 08:59"', '"My url" = "https://a.example"',
        '"My labels" = b', f'"My userpicker" = {account_ids["bob"]}', f'"My multiuserpicker" in ({account_ids["bob"]})',
        '"My userpicker" is not EMPTY',
    ):  # fmt: skip
        assert api.found(jql) == [key], jql
    assert api.found('"My labels" != b') == [other]
    assert api.found('"My datepicker" is EMPTY') == [other]
    api.refused("POST", "/rest/api/3/search/jql", 400, json={"jql": '"My float" = x'})


def test_nought_is_a_number_and_long_ones_keep_their_digits(api: Api) -> None:
    field = add(api, "float")
    key = api.issue()

    for value in (0, 1234567.25, 1e14, None, -0.5):
        api.put(f"/rest/api/3/issue/{key}", {"fields": {field: value}}, status=204)
        assert api.get(f"/rest/api/3/issue/{key}", fields=field)["fields"][field] == value

    assert [after for _, _, after in api.changes(key)] == ["0", "1234567.25", "100000000000000", None, "-0.5"]
