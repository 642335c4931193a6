"""GraphQL: one address, one method, always a token."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from simulator.emulators.github.auth import caller
from simulator.emulators.github.errors import GitHubError, RequiresAuthentication
from simulator.emulators.kit.app import instance
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import BadBody, json_body, reply, site

blueprint = Blueprint("graphql", __name__, url_prefix="/api")

_GUIDE = "https://docs.github.com/graphql/guides/forming-calls-with-graphql#authenticating-with-graphql"
_DOCUMENTATION = "https://docs.github.com/graphql"
_NO_QUERY = "A query attribute must be specified and must be a string."
_NO_VARIABLES = "Variables must be an object."


class _TokenNeeded(RequiresAuthentication):
    """401: GraphQL is never answered without a token."""

    message = "This endpoint requires you to be authenticated."

    def __init__(self) -> None:
        super().__init__()
        self.documentation_url = _GUIDE


@blueprint.post("/graphql")
def graphql() -> Response:
    """https://docs.github.com/en/graphql/guides/forming-calls-with-graphql"""
    # The library takes a fifth of a second to load, and most sites never see a query.
    from simulator.emulators.github.graphql.execution import Asked, answer  # noqa: PLC0415
    from simulator.emulators.github.graphql.reading import Reader  # noqa: PLC0415

    here = instance()
    with here.database.reading() as connection:
        known = caller(connection)
    if known is None:
        raise _TokenNeeded
    body = json_body()
    flaw = _flaw(body)
    if flaw:
        return reply({"errors": [{"message": flaw}]})
    asked = Asked(body["query"], body.get("operationName") or None, body.get("variables") or {})
    with Reader(here, site=site(), urls=Urls.of_request(), caller=known) as reader:
        return reply(answer(reader, asked))


@blueprint.errorhandler(GitHubError)
def _refuse(error: GitHubError) -> Response:
    return reply({"message": error.message, "documentation_url": error.documentation_url}, error.status)


@blueprint.errorhandler(BadBody)
def _refuse_body(error: BadBody) -> Response:
    return reply({"message": error.what, "documentation_url": _DOCUMENTATION}, error.status)


def _flaw(body: dict[str, Any]) -> str | None:
    if not isinstance(body.get("query"), str) or not body["query"].strip():
        return _NO_QUERY
    if not isinstance(body.get("variables") or {}, dict):
        return _NO_VARIABLES
    if not isinstance(body.get("operationName") or "", str):
        return "Operation name must be a string."
    return None
