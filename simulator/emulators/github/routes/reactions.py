"""Reactions to issues and pull requests, to comments of all sorts, to releases."""

from __future__ import annotations

from flask import Blueprint, Response, request

from simulator.emulators.github.desk import may, place_for, work_for
from simulator.emulators.github.errors import Forbidden, InvalidRequest, NotFound
from simulator.emulators.github.fields import Fields
from simulator.emulators.github.pagination import asked_page, page_reply
from simulator.emulators.github.payloads.reactions import reaction_payloads
from simulator.emulators.github.state import locks, reactions
from simulator.emulators.github.state.issues import issue_by_id
from simulator.emulators.github.state.reactions import CONTENTS, Subject
from simulator.emulators.github.state.work import Place, Work
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import json_body, reply

blueprint = Blueprint("reactions", __name__, url_prefix="/api/v3/repos/<owner>/<name>")

_SUBJECTS = {
    reactions.ISSUE: "issues",
    reactions.COMMENT: "issues/comments",
    reactions.REVIEW_COMMENT: "pulls/comments",
    reactions.COMMIT_COMMENT: "comments",
    reactions.RELEASE: "releases",
}
_OF_RELEASES = tuple(content for content in CONTENTS if content not in ("-1", "confused"))


def list_(owner: str, name: str, kind: str, number: int) -> Response:
    """https://docs.github.com/en/rest/reactions/reactions#list-reactions-for-an-issue"""
    page, content = asked_page(), request.args.get("content")
    if content is not None and content not in CONTENTS:
        raise InvalidRequest(f"Invalid request.\n\n{content[:40]} is not a member of {list(CONTENTS)}.")
    with place_for(owner, name) as place:
        subject = _named(place, kind, number)
        found, total = reactions.list_reactions(place, subject, content=content, offset=page.offset, limit=page.size)
        bodies = reaction_payloads(place, found, Urls.of_request())
    return page_reply(bodies, page=page, total=total)


def create(owner: str, name: str, kind: str, number: int) -> Response:
    """https://docs.github.com/en/rest/reactions/reactions#create-reaction-for-an-issue"""
    fields = Fields(json_body(), "Reaction")
    fields.required("content")
    content = fields.choice("content", _OF_RELEASES if kind == reactions.RELEASE else CONTENTS) or ""
    with work_for(owner, name) as work:
        subject = _named(work, kind, number)
        _refuse_locked(work, subject)
        reaction, is_new = reactions.react(work, subject, content)
        [body] = reaction_payloads(work, [reaction], Urls.of_request())
    return reply(body, 201 if is_new else 200)


def delete(owner: str, name: str, kind: str, number: int, reaction_id: int) -> Response:
    """https://docs.github.com/en/rest/reactions/reactions#delete-an-issue-reaction"""
    with work_for(owner, name) as work:
        subject = _named(work, kind, number)
        reaction = reactions.find_reaction(work, subject, reaction_id)
        if reaction is None:
            raise NotFound
        if reaction.account_id != work.actor.id and not may(work, "admin"):
            raise Forbidden("Must have admin rights to Repository.")
        reactions.take_back(work, subject, reaction)
    return reply(None, 204)


for _kind, _path in _SUBJECTS.items():
    _rule, _kept = f"/{_path}/<int:number>/reactions", {"kind": _kind}
    blueprint.add_url_rule(_rule, f"list_{_kind}", list_, defaults=_kept, methods=["GET"])
    blueprint.add_url_rule(_rule, f"create_{_kind}", create, defaults=_kept, methods=["POST"])
    blueprint.add_url_rule(f"{_rule}/<int:reaction_id>", f"delete_{_kind}", delete, defaults=_kept, methods=["DELETE"])


def _named(place: Place, kind: str, number: int) -> Subject:
    found = reactions.subject_at(place, kind, number)
    if found is None:
        raise NotFound
    return found


def _refuse_locked(work: Work, subject: Subject) -> None:
    if subject.kind == reactions.ISSUE and locks.is_locked_for(work, issue_by_id(work, subject.id)):
        raise Forbidden("Unable to create reaction because issue is locked.")
