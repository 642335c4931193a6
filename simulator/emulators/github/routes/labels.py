"""A repository's labels."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response

from simulator.emulators.github.announce import announce_now
from simulator.emulators.github.auth import repository_for, signed_in
from simulator.emulators.github.errors import NotFound, already_exists, invalid
from simulator.emulators.github.fields import Fields
from simulator.emulators.github.pagination import asked_page, cut, page_reply
from simulator.emulators.github.payloads.labels import label_payload
from simulator.emulators.github.state import labels
from simulator.emulators.github.state.labels import Label
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import json_body, reply

blueprint = Blueprint("labels", __name__, url_prefix="/api/v3/repos/<owner>/<name>/labels")

_COLOR = re.compile(r"[0-9a-fA-F]{6}\Z")
_LONGEST_NAME = 50
_LONGEST_DESCRIPTION = 100
_USUAL_COLOR = "ededed"


@blueprint.get("")
def list_labels(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/issues/labels#list-labels-for-a-repository"""
    page, urls = asked_page(), Urls.of_request()
    with instance().database.reading() as connection:
        repository = repository_for(connection, owner, name)
        found = labels.list_labels(connection, repository.site, repository.id)
    bodies = [label_payload(repository, label, urls) for label in cut(found, page)]
    return page_reply(bodies, page=page, total=len(found))


@blueprint.post("")
def create_label(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/issues/labels#create-a-label"""
    fields = Fields(json_body(), "Label")
    title, color = _name(fields, "name", fields.required("name")), _color(fields) or _USUAL_COLOR
    with instance().database.writing() as connection:
        repository = repository_for(connection, owner, name, need="push")
        if labels.find_label(connection, repository.site, repository.id, title):
            raise already_exists("Label", "name")
        label = labels.create_label(
            connection, repository.site, repository.id, name=title, color=color, description=_description(fields)
        )
        _tell(connection, repository, "created", label)
    return reply(label_payload(repository, label, Urls.of_request()), 201)


@blueprint.get("/<path:label_name>")
def get_label(owner: str, name: str, label_name: str) -> Response:
    """https://docs.github.com/en/rest/issues/labels#get-a-label"""
    with instance().database.reading() as connection:
        repository = repository_for(connection, owner, name)
        label = _named(connection, repository, label_name)
    return reply(label_payload(repository, label, Urls.of_request()))


@blueprint.patch("/<path:label_name>")
def edit_label(owner: str, name: str, label_name: str) -> Response:
    """https://docs.github.com/en/rest/issues/labels#update-a-label"""
    fields = Fields(json_body(), "Label")
    with instance().database.writing() as connection:
        repository = repository_for(connection, owner, name, need="push")
        label = _named(connection, repository, label_name)
        given = fields.text("new_name") or fields.text("name")
        title = _name(fields, "name", given) if given else label.name
        other = labels.find_label(connection, repository.site, repository.id, title)
        if other and other.id != label.id:
            raise already_exists("Label", "name")
        edited = labels.edit_label(
            connection,
            repository.site,
            repository.id,
            label,
            name=title,
            color=_color(fields) or label.color,
            description=_description(fields) if "description" in fields else label.description,
        )
        _tell(connection, repository, "edited", edited, changes=_changes(label, edited))
    return reply(label_payload(repository, edited, Urls.of_request()))


@blueprint.delete("/<path:label_name>")
def delete_label(owner: str, name: str, label_name: str) -> Response:
    """https://docs.github.com/en/rest/issues/labels#delete-a-label"""
    with instance().database.writing() as connection:
        repository = repository_for(connection, owner, name, need="push")
        label = _named(connection, repository, label_name)
        labels.delete_label(connection, repository.site, repository.id, label)
        _tell(connection, repository, "deleted", label)
    return reply(None, 204)


def _named(connection: Connection, repository: Repository, name: str) -> Label:
    label = labels.find_label(connection, repository.site, repository.id, name)
    if label is None:
        raise NotFound
    return label


def _tell(connection: Connection, repository: Repository, action: str, label: Label, **more: Mapping[str, Any]) -> None:
    actor = signed_in(connection)
    announce_now(connection, instance(), repository, actor, "label", action, label=label, **more)


def _changes(before: Label, after: Label) -> dict[str, Any]:
    return {
        field: {"from": getattr(before, field)}
        for field in ("name", "color", "description")
        if getattr(before, field) != getattr(after, field)
    }


def _name(fields: Fields, field: str, value: str) -> str:
    if not value.strip():
        raise fields.failed(field, "missing_field")
    if len(value.strip()) > _LONGEST_NAME:
        raise fields.failed(field, "custom", f"{field} is too long (maximum is {_LONGEST_NAME} characters)")
    return value.strip()


def _color(fields: Fields) -> str | None:
    color = fields.text("color")
    if color is not None and not _COLOR.match(color):
        raise invalid("Label", "color")
    return color


def _description(fields: Fields) -> str | None:
    return fields.text("description", limit=_LONGEST_DESCRIPTION)
