"""Webhooks of an organization: they hear what happens in it and in each of its repositories. For its owners only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Blueprint, Response

from simulator.emulators.github.announce import announce_to_organizations_hook
from simulator.emulators.github.delivery_request import deliveries_reply
from simulator.emulators.github.errors import NotFound, ValidationFailed
from simulator.emulators.github.fields import Fields
from simulator.emulators.github.hook_request import read_changes, read_new
from simulator.emulators.github.organization_desk import (
    OrganizationChange,
    OrganizationPlace,
    organization_change,
    organization_place,
)
from simulator.emulators.github.pagination import asked_page, cut, page_reply
from simulator.emulators.github.payloads.hooks import config_payload, hook_payload, whole_delivery_payload
from simulator.emulators.github.state import deliveries, hooks
from simulator.emulators.github.state.deliveries import Delivery
from simulator.emulators.github.state.hooks import Hook
from simulator.emulators.github.state.work import OrganizationWork
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import json_body, reply

blueprint = Blueprint("organization_hooks", __name__, url_prefix="/api/v3/orgs/<login>/hooks")


@blueprint.get("")
def list_hooks(login: str) -> Response:
    """https://docs.github.com/en/rest/orgs/webhooks#list-organization-webhooks"""
    page, urls = asked_page(), Urls.of_request()
    with _looking(login) as place:
        found = hooks.list_hooks(place.connection, place.organization)
        shown = cut(found, page)
        last = deliveries.last_answered(place.connection, place.organization.site, [hook.id for hook in shown])
    bodies = [hook_payload(hook, place.organization, urls, last=last.get(hook.id)) for hook in shown]
    return page_reply(bodies, page=page, total=len(found))


@blueprint.post("")
def create_hook(login: str) -> Response:
    """https://docs.github.com/en/rest/orgs/webhooks#create-an-organization-webhook"""
    fields = Fields(json_body(), "Hook")
    with _changing(login) as change:
        fields.required("name")
        wanted = read_new(change.connection, change.organization, fields, at=change.at)
        hook = hooks.create_hook(change.connection, change.organization, wanted)
        _ping(change, hook)
        return _answer(change, hook, 201)


@blueprint.get("/<int:hook_id>")
def get_hook(login: str, hook_id: int) -> Response:
    """https://docs.github.com/en/rest/orgs/webhooks#get-an-organization-webhook"""
    with _looking(login) as place:
        return _answer(place, _found(place, hook_id))


@blueprint.patch("/<int:hook_id>")
def edit_hook(login: str, hook_id: int) -> Response:
    """https://docs.github.com/en/rest/orgs/webhooks#update-an-organization-webhook"""
    fields = Fields(json_body(), "Hook")
    with _changing(login) as change:
        hook = read_changes(change.connection, change.organization, _found(change, hook_id), fields, at=change.at)
        hooks.change_hook(change.connection, change.organization, hook)
        return _answer(change, hook)


@blueprint.delete("/<int:hook_id>")
def delete_hook(login: str, hook_id: int) -> Response:
    """https://docs.github.com/en/rest/orgs/webhooks#delete-an-organization-webhook"""
    with _changing(login) as change:
        hook = _found(change, hook_id)
        hooks.delete_hook(change.connection, change.organization, hook)
        deliveries.forget(change.connection, change.organization.site, hook)
        if hook.hears("meta"):
            announce_to_organizations_hook(_work(change), hook, "meta", "deleted")
    return reply(None, 204)


@blueprint.get("/<int:hook_id>/config")
def get_config(login: str, hook_id: int) -> Response:
    """https://docs.github.com/en/rest/orgs/webhooks#get-a-webhook-configuration-for-an-organization"""
    with _looking(login) as place:
        return reply(config_payload(_found(place, hook_id)))


@blueprint.post("/<int:hook_id>/pings")
def ping_hook(login: str, hook_id: int) -> Response:
    """https://docs.github.com/en/rest/orgs/webhooks#ping-an-organization-webhook"""
    with _changing(login) as change:
        hook = _found(change, hook_id)
        if not hook.active:
            raise ValidationFailed(["The hook is not active"])
        _ping(change, hook)
    return reply(None, 204)


@blueprint.get("/<int:hook_id>/deliveries")
def list_deliveries(login: str, hook_id: int) -> Response:
    """https://docs.github.com/en/rest/orgs/webhooks#list-deliveries-for-an-organization-webhook"""
    with _looking(login) as place:
        return deliveries_reply(place.connection, place.organization.site, _found(place, hook_id))


@blueprint.get("/<int:hook_id>/deliveries/<int:delivery_id>")
def get_delivery(login: str, hook_id: int, delivery_id: int) -> Response:
    """https://docs.github.com/en/rest/orgs/webhooks#get-a-webhook-delivery-for-an-organization-webhook"""
    with _looking(login) as place:
        delivery = _delivery(place, _found(place, hook_id), delivery_id)
        exchange = deliveries.exchange_of(place.connection, place.organization.site, delivery)
    return reply(whole_delivery_payload(delivery, exchange))


@blueprint.post("/<int:hook_id>/deliveries/<int:delivery_id>/attempts")
def redeliver(login: str, hook_id: int, delivery_id: int) -> Response:
    """https://docs.github.com/en/rest/orgs/webhooks#redeliver-a-delivery-for-an-organization-webhook"""
    with _changing(login) as change:
        hook = _found(change, hook_id)
        delivery = _delivery(change, hook, delivery_id)
        deliveries.redeliver(change.connection, instance(), change.organization.site, hook, delivery)
    return reply({}, 202)


@contextmanager
def _looking(login: str) -> Iterator[OrganizationPlace]:
    with organization_place(login) as place:
        if place.role != "admin":
            raise NotFound
        yield place


@contextmanager
def _changing(login: str) -> Iterator[OrganizationChange]:
    with organization_change(login) as change:
        if not change.is_owner:
            raise NotFound
        yield change


def _found(place: OrganizationPlace, hook_id: int) -> Hook:
    hook = hooks.find_hook(place.connection, place.organization, hook_id)
    if hook is None:
        raise NotFound
    return hook


def _delivery(place: OrganizationPlace, hook: Hook, delivery_id: int) -> Delivery:
    delivery = deliveries.find_delivery(place.connection, place.organization.site, hook, delivery_id)
    if delivery is None:
        raise NotFound
    return delivery


def _ping(change: OrganizationChange, hook: Hook) -> None:
    announce_to_organizations_hook(_work(change), hook, "ping", None)


def _work(change: OrganizationChange) -> OrganizationWork:
    return OrganizationWork(
        connection=change.connection,
        instance=instance(),
        site=change.organization.site,
        organization=change.organization,
        actor=change.actor,
    )


def _answer(place: OrganizationPlace, hook: Hook, status: int = 200) -> Response:
    last = deliveries.last_answered(place.connection, place.organization.site, [hook.id])
    return reply(hook_payload(hook, place.organization, Urls.of_request(), last=last.get(hook.id)), status)
