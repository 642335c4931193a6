"""Pull requests as plain text: what `diff_url` and `patch_url` lead to."""

from __future__ import annotations

from flask import Blueprint, Response

from simulator.emulators.github.desk import named_pull, place_for
from simulator.emulators.github.state import changes

blueprint = Blueprint("pull_texts", __name__, url_prefix="/<owner>/<name>/pull")

_PLAIN = "text/plain; charset=utf-8"


@blueprint.get("/<int:number>.diff")
def diff(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/rest/pulls/pulls#get-a-pull-request, `diff_url`"""
    with place_for(owner, name) as place:
        return Response(changes.diff_of(place, named_pull(place, number)), content_type=_PLAIN)


@blueprint.get("/<int:number>.patch")
def patch(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/rest/pulls/pulls#get-a-pull-request, `patch_url`"""
    with place_for(owner, name) as place:
        return Response(changes.patch_of(place, named_pull(place, number)), content_type=_PLAIN)
