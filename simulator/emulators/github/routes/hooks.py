"""Webhooks of a repository and what they were sent. Only its administrators know of them: to others it is 404."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Blueprint, Response

from simulator.emulators.github.announce import announce_to
from simulator.emulators.github.auth import repository_for
from simulator.emulators.github.delivery_request import deliveries_reply
from simulator.emulators.github.desk import work_for
from simulator.emulators.github.errors import Forbidden, NotFound, ValidationFailed
from simulator.emulators.github.fields import Fields
from simulator.emulators.github.hook_request import read_changes, read_new
from simulator.emulators.github.pagination import asked_page, cut, page_reply
from simulator.emulators.github.payloads.hooks import config_payload, hook_payload, whole_delivery_payload
from simulator.emulators.github.state import deliveries, hooks
from simulator.emulators.github.state.activity import Movement
from simulator.emulators.github.state.deliveries import Delivery
from simulator.emulators.github.state.hooks import Hook
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.work import Work
from simulator.emulators.gitserver import history, refs
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.database import Connection
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import json_body, reply

blueprint = Blueprint("hooks", __name__, url_prefix="/api/v3/repos/<owner>/<name>/hooks")


@blueprint.get("")
def list_hooks(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/repos/webhooks#list-repository-webhooks"""
    page, urls = asked_page(), Urls.of_request()
    with _looking(owner, name) as (connection, repository):
        found = hooks.list_hooks(connection, repository)
        shown = cut(found, page)
        last = deliveries.last_answered(connection, repository.site, [hook.id for hook in shown])
    bodies = [hook_payload(hook, repository, urls, last=last.get(hook.id)) for hook in shown]
    return page_reply(bodies, page=page, total=len(found))


@blueprint.post("")
def create_hook(owner: str, name: str) -> Response:
    """https://docs.github.com/en/rest/repos/webhooks#create-a-repository-webhook"""
    fields = Fields(json_body(), "Hook")
    with _changing(owner, name) as work:
        wanted = read_new(work.connection, work.repository, fields, at=work.at)
        hook = hooks.create_hook(work.connection, work.repository, wanted)
        announce_to(work, hook, "ping", None)
    return reply(hook_payload(hook, work.repository, Urls.of_request()), 201)


@blueprint.get("/<int:hook_id>")
def get_hook(owner: str, name: str, hook_id: int) -> Response:
    """https://docs.github.com/en/rest/repos/webhooks#get-a-repository-webhook"""
    with _looking(owner, name) as (connection, repository):
        return reply(_body(connection, repository, _found(connection, repository, hook_id)))


@blueprint.patch("/<int:hook_id>")
def edit_hook(owner: str, name: str, hook_id: int) -> Response:
    """https://docs.github.com/en/rest/repos/webhooks#update-a-repository-webhook"""
    fields = Fields(json_body(), "Hook")
    with _changing(owner, name) as work:
        before = _found(work.connection, work.repository, hook_id)
        hook = read_changes(work.connection, work.repository, before, fields, at=work.at)
        hooks.change_hook(work.connection, work.repository, hook)
        return reply(_body(work.connection, work.repository, hook))


@blueprint.delete("/<int:hook_id>")
def delete_hook(owner: str, name: str, hook_id: int) -> Response:
    """https://docs.github.com/en/rest/repos/webhooks#delete-a-repository-webhook"""
    with _changing(owner, name) as work:
        hook = _found(work.connection, work.repository, hook_id)
        hooks.delete_hook(work.connection, work.repository, hook)
        deliveries.forget(work.connection, work.site, hook)
        if hook.hears("meta"):
            announce_to(work, hook, "meta", "deleted")
    return reply(None, 204)


@blueprint.get("/<int:hook_id>/config")
def get_config(owner: str, name: str, hook_id: int) -> Response:
    """https://docs.github.com/en/rest/repos/webhooks#get-a-webhook-configuration-for-a-repository"""
    with _looking(owner, name) as (connection, repository):
        return reply(config_payload(_found(connection, repository, hook_id)))


@blueprint.post("/<int:hook_id>/pings")
def ping_hook(owner: str, name: str, hook_id: int) -> Response:
    """https://docs.github.com/en/rest/repos/webhooks#ping-a-repository-webhook"""
    with _changing(owner, name) as work:
        announce_to(work, _active(_found(work.connection, work.repository, hook_id)), "ping", None)
    return reply(None, 204)


@blueprint.post("/<int:hook_id>/tests")
@blueprint.post("/<int:hook_id>/test")
def test_hook(owner: str, name: str, hook_id: int) -> Response:
    """https://docs.github.com/en/rest/repos/webhooks#test-the-push-repository-webhook"""
    with _changing(owner, name) as work:
        hook = _active(_found(work.connection, work.repository, hook_id))
        movement = _latest_push(work)
        if movement is not None and hook.hears("push"):
            announce_to(work, hook, "push", None, movement=movement)
    return reply(None, 204)


@blueprint.get("/<int:hook_id>/deliveries")
def list_deliveries(owner: str, name: str, hook_id: int) -> Response:
    """https://docs.github.com/en/rest/repos/webhooks#list-deliveries-for-a-repository-webhook"""
    with _looking(owner, name) as (connection, repository):
        return deliveries_reply(connection, repository.site, _found(connection, repository, hook_id))


@blueprint.get("/<int:hook_id>/deliveries/<int:delivery_id>")
def get_delivery(owner: str, name: str, hook_id: int, delivery_id: int) -> Response:
    """https://docs.github.com/en/rest/repos/webhooks#get-a-delivery-for-a-repository-webhook"""
    with _looking(owner, name) as (connection, repository):
        delivery = _delivery(connection, _found(connection, repository, hook_id), delivery_id, repository.site)
        exchange = deliveries.exchange_of(connection, repository.site, delivery)
    return reply(whole_delivery_payload(delivery, exchange))


@blueprint.post("/<int:hook_id>/deliveries/<int:delivery_id>/attempts")
def redeliver(owner: str, name: str, hook_id: int, delivery_id: int) -> Response:
    """https://docs.github.com/en/rest/repos/webhooks#redeliver-a-delivery-for-a-repository-webhook"""
    with _changing(owner, name) as work:
        hook = _found(work.connection, work.repository, hook_id)
        delivery = _delivery(work.connection, hook, delivery_id, work.site)
        deliveries.redeliver(work.connection, work.instance, work.site, hook, delivery)
    return reply({}, 202)


@contextmanager
def _looking(owner: str, name: str) -> Iterator[tuple[Connection, Repository]]:
    with instance().database.reading() as connection:
        try:
            repository = repository_for(connection, owner, name, need="admin")
        except Forbidden as exc:
            raise NotFound from exc
        yield connection, repository


@contextmanager
def _changing(owner: str, name: str) -> Iterator[Work]:
    with instance().database.reading() as connection:  # who may not know of hooks is told nothing of archives either
        try:
            repository_for(connection, owner, name, need="admin")
        except Forbidden as exc:
            raise NotFound from exc
    with work_for(owner, name, need="admin") as work:
        yield work


def _found(connection: Connection, repository: Repository, hook_id: int) -> Hook:
    hook = hooks.find_hook(connection, repository, hook_id)
    if hook is None:
        raise NotFound
    return hook


def _active(hook: Hook) -> Hook:
    if not hook.active:
        raise ValidationFailed(["The hook is not active"])
    return hook


def _delivery(connection: Connection, hook: Hook, delivery_id: int, site: str) -> Delivery:
    delivery = deliveries.find_delivery(connection, site, hook, delivery_id)
    if delivery is None:
        raise NotFound
    return delivery


def _body(connection: Connection, repository: Repository, hook: Hook) -> dict[str, object]:
    last = deliveries.last_answered(connection, repository.site, [hook.id])
    return hook_payload(hook, repository, Urls.of_request(), last=last.get(hook.id))


def _latest_push(work: Work) -> Movement | None:
    git = work.git
    ref = f"refs/heads/{work.repository.default_branch}"
    tip = refs.read_ref(git, ref)
    if tip is None:
        return None
    parents = history.commit(git, tip).parent_ids
    return Movement(kind="push", ref=ref, before=str(parents[0]) if parents else refs.ZERO, after=tip)
