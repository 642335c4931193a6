from __future__ import annotations

import re

from flask.testing import FlaskClient

from tests.web.served import Served


def test_every_route_is_described_with_its_parameters(house: Served, client: FlaskClient) -> None:
    described = client.get("/api/openapi.json").get_json()

    assert described["openapi"] == "3.1.0"
    for rule in house.app.url_map.iter_rules():
        if not rule.endpoint.startswith("api.") or rule.endpoint == "api.unknown":
            continue
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        for method in (rule.methods or set()) & {"GET", "POST"}:
            operation = described["paths"][path][method.lower()]
            assert operation["summary"]
            assert rule.arguments <= {parameter["name"] for parameter in operation["parameters"]}


def test_bodies_name_what_is_needed(client: FlaskClient) -> None:
    start = client.get("/api/openapi.json").get_json()["paths"]["/api/v1/runs"]["post"]

    assert start["requestBody"]["required"]
    assert start["requestBody"]["content"]["application/json"]["schema"]["required"] == ["scenario"]
