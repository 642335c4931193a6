"""What a reader can do on the page of a pull request: resolve conversations, commit suggestions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Blueprint, request
from werkzeug.wrappers import Response

from simulator.emulators.github.desk import named_pull, work_for
from simulator.emulators.github.errors import Forbidden, NotFound
from simulator.emulators.github.pages.desk import read_as
from simulator.emulators.github.state import review_comments, suggestions, threads
from simulator.emulators.github.state.pull_rows import Pull
from simulator.emulators.github.state.review_comments import ReviewComment
from simulator.emulators.github.state.work import Place, Work
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.locality import is_foreign_page
from simulator.emulators.kit.pages import SignInWanted

blueprint = Blueprint("pages_pull_deeds", __name__)

_LONGEST_NUMBER = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Deeds:
    """What the reader may do: where forms go, whether threads may be resolved, which comments' suggestions can be committed."""

    address: str
    may_resolve: bool
    suggestions: frozenset[int]
    resolved: frozenset[int]


def deeds_of(place: Place, pull: Pull, reader: Account | None, remarks: list[ReviewComment]) -> Deeds:
    """The deeds of a reader on a pull request with these remarks."""
    return Deeds(
        address=f"{request.script_root}/{place.repository.full_name}/pull/{pull.number}",
        may_resolve=reader is not None and threads.may_resolve(place, pull, reader),
        suggestions=frozenset(each.id for each in remarks if suggestions.can_apply(place, pull, each, reader)),
        resolved=frozenset(each.id for each in remarks if each.resolved_at is not None),
    )


@blueprint.post("/<owner:owner>/<name>/pull/<int:number>/threads")
def settle(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/graphql/reference/mutations#resolvereviewthread"""
    with deed(owner, name) as work:
        pull = named_pull(work, number)
        if not threads.may_resolve(work, pull, work.actor):
            raise Forbidden("Only the author and people with write access resolve conversations.")
        thread = threads.find_thread(work, _asked("thread"), viewer_id=work.actor.id)
        if thread is None or thread.pull_id != pull.id:
            raise NotFound
        change = threads.unresolve if request.form.get("to") == "unresolved" else threads.resolve
        change(work, thread)
    return _back(owner, name, number)


@blueprint.post("/<owner:owner>/<name>/pull/<int:number>/suggestions")
def commit_suggestion(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/reviewing-changes-in-pull-requests/incorporating-feedback-in-your-pull-request"""
    with deed(owner, name) as work:
        pull = named_pull(work, number)
        comment = review_comments.find(work, _asked("comment"), viewer_id=work.actor.id)
        if comment is None or comment.pull_id != pull.id:
            raise NotFound
        suggestions.apply_suggestions(work, pull, [comment])
    return _back(owner, name, number)


@contextmanager
def deed(owner: str, name: str, *, need: str = "pull") -> Iterator[Work]:
    """A repository for a form that its reader sent. Raises Forbidden for a form of another site, SignInWanted."""
    if is_foreign_page():
        raise Forbidden("That form was sent from another site.")
    if read_as() is None:
        raise SignInWanted
    with work_for(owner, name, need=need) as work:
        yield work


def _asked(field: str) -> int:
    value = request.form.get(field, "")
    if not value.isascii() or not value.isdigit() or len(value) > _LONGEST_NUMBER:
        raise NotFound
    return int(value)


def _back(owner: str, name: str, number: int) -> Response:
    return Response(status=303, headers={"Location": f"{request.script_root}/{owner}/{name}/pull/{number}"})
