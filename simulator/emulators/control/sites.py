"""`/emulator/sites`, `/emulator/reset`, `/emulator/snapshots`: separate worlds, and states of them to come back to."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, request

from simulator.emulators.control.wire import Refused, body_with, in_words, text_of
from simulator.emulators.control.worlds import SiteTaken, Worlds
from simulator.emulators.kit.seed import seed_of
from simulator.emulators.kit.snapshots import Snapshot
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import DEFAULT_SITE, json_body, reply, site, stamp_millis


def sites_part(worlds: Worlds) -> Blueprint:
    """Endpoints that make and drop sites. They belong to the site `default`, so its admins alone may use them from afar."""
    part = Blueprint("sites", __name__)

    @part.before_request
    def only_default() -> None:
        if site() != DEFAULT_SITE:
            raise Refused(404, "Sites are made and dropped at /emulator/sites, without a site")

    @part.get("/sites")
    def index() -> Response:
        """GET /emulator/sites."""
        rows = [{**_addresses(key), "created_at": stamp_millis(at)} for key, at in worlds.names()]
        return reply({"sites": rows})

    @part.post("/sites")
    def make() -> Response:
        """POST /emulator/sites {site, seed} or {site, copy_of, snapshot}."""
        body = body_with("site", "seed", "copy_of", "snapshot")
        key = text_of(body, "site")
        with in_words():
            _make(worlds, key, body)
        return reply(_addresses(key), 201)

    @part.delete("/sites/<key>")
    def drop(key: str) -> Response:
        """DELETE /emulator/sites/SITE."""
        if key == DEFAULT_SITE:
            raise Refused(409, "The site default is always there; it can be reset")
        if all(key != known for known, _ in worlds.names()):
            raise Refused(404, f"There is no site {key[:80]}")
        worlds.delete(key)
        return reply(None, 204)

    return part


def states_part(worlds: Worlds) -> Blueprint:
    """Endpoints that bring a site back to what it was."""
    part = Blueprint("states", __name__)

    @part.post("/seed")
    def add() -> Response:
        """POST /emulator/seed: what a seed file holds, to be added to the site and to what a reset goes back to."""
        with in_words():
            worlds.extend(site(), json_body())
        return reply({"site": site(), "state": "as seeded, and more"}, 201)

    @part.post("/reset")
    def reset() -> Response:
        """POST /emulator/reset: back to the seed."""
        worlds.reset(site())
        return reply({"site": site(), "state": "as seeded"})

    @part.get("/snapshots")
    def index() -> Response:
        """GET /emulator/snapshots."""
        return reply({"snapshots": [_shown(kept) for kept in worlds.snapshots(site())]})

    @part.put("/snapshots/<name>")
    def keep(name: str) -> Response:
        """PUT /emulator/snapshots/NAME: keep the present state, in place of an earlier one of that name."""
        with in_words():
            return reply(_shown(worlds.keep(site(), name)), 201)

    @part.post("/snapshots/<name>/restore")
    def restore(name: str) -> Response:
        """POST /emulator/snapshots/NAME/restore: bring that state back."""
        with in_words():
            return reply(_shown(worlds.restore(site(), name)))

    @part.delete("/snapshots/<name>")
    def drop(name: str) -> Response:
        """DELETE /emulator/snapshots/NAME."""
        with in_words():
            worlds.drop(site(), name)
        return reply(None, 204)

    return part


def _make(worlds: Worlds, key: str, body: Any) -> None:  # Any: the request's JSON
    try:
        if "copy_of" in body:
            if "seed" in body:
                raise Refused(422, "seed and copy_of exclude one another")
            snapshot = text_of(body, "snapshot") if "snapshot" in body else None
            worlds.branch(key, of=text_of(body, "copy_of"), snapshot=snapshot)
        else:
            worlds.create_new(key, seed_of(body.get("seed") or {}))
    except SiteTaken as exc:
        raise Refused(409, str(exc)) from exc


def _shown(kept: Snapshot) -> dict[str, Any]:
    return {"name": kept.name, "created_at": stamp_millis(kept.created_at)}


def _addresses(key: str) -> dict[str, Any]:
    urls = Urls.of_site(request.environ, key)
    github = {"api_url": urls.api(), "graphql_url": urls.graphql(), "html_url": urls.html()}
    return {"site": key, "github": github, "jira": {"url": urls.jira()}}
