"""Properties that programs keep on projects."""

from __future__ import annotations

from urllib.parse import quote

from flask import Blueprint, Response, request

from simulator.emulators.jira.errors import BadRequest
from simulator.emulators.jira.session import reading, writing
from simulator.emulators.jira.state import project_properties as properties
from simulator.emulators.kit.web import json_value, reply

platform = Blueprint("project_properties", __name__)


@platform.get("/project/<key>/properties")
def list_properties(key: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-properties/#api-rest-api-3-project-projectidorkey-properties-get"""
    with reading() as session:
        project = session.context.meta.project(key)
        base = session.rest(f"/project/{project.key}/properties/")
        names = properties.property_keys(session.context, project)
        return reply({"keys": [{"self": base + quote(name, safe=""), "key": name} for name in names]})


@platform.get("/project/<key>/properties/<name>")
def get_property(key: str, name: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-properties/#api-rest-api-3-project-projectidorkey-properties-propertykey-get"""
    with reading() as session:
        value = properties.find_property(session.context, session.context.meta.project(key), name)
        return reply({"key": name, "value": value})


@platform.put("/project/<key>/properties/<name>")
def put_property(key: str, name: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-properties/#api-rest-api-3-project-projectidorkey-properties-propertykey-put"""
    value = json_value()
    if not request.get_data(cache=True).strip():
        raise BadRequest("The property value must not be empty.")
    with writing() as session:
        new = properties.set_property(session.context, session.context.meta.project(key), name, value)
        return reply({}, 201 if new else 200)


@platform.delete("/project/<key>/properties/<name>")
def remove_property(key: str, name: str) -> Response:
    """https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-project-properties/#api-rest-api-3-project-projectidorkey-properties-propertykey-delete"""
    with writing() as session:
        properties.delete_property(session.context, session.context.meta.project(key), name)
        return reply(None, 204)
