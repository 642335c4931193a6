"""Pull requests: the list, the conversation, the commits, the files."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from simulator.emulators.github.desk import named_pull
from simulator.emulators.github.pages.commits import as_text, bodies_of
from simulator.emulators.github.pages.conversation import Thread, conversation_of, remarks_on, threads_of
from simulator.emulators.github.pages.desk import place_of, show_in
from simulator.emulators.github.pages.diffs import diff_of
from simulator.emulators.github.pages.pull_deeds import deeds_of
from simulator.emulators.github.payloads.pulls import pull_payload
from simulator.emulators.github.state import changes, requirements
from simulator.emulators.github.state.holding import demands_on
from simulator.emulators.github.state.people import load_people
from simulator.emulators.github.state.pull_rows import Pull, list_pulls
from simulator.emulators.github.state.reviews import last_words
from simulator.emulators.github.state.surroundings import surroundings_of
from simulator.emulators.github.state.verdicts import verdicts_on
from simulator.emulators.github.state.work import Place
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.pages import reader
from simulator.emulators.kit.pages_lists import SIZE, offset, sheet
from simulator.emulators.kit.urls import Urls

blueprint = Blueprint("pages_pulls", __name__)

_STATES = {
    "clean": "This branch has no conflicts with the base, and every requirement is met.",
    "unstable": "This branch can be merged, though not all checks have passed.",
    "behind": "The base has commits that this branch lacks; it has to be brought up to date first.",
    "blocked": "Merging is blocked.",
    "draft": "This pull request is still a draft.",
    "dirty": "This branch has conflicts with the base. Resolve them on the command line and push.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """The last word of one reviewer."""

    reviewer: Account
    state: str


@blueprint.get("/<owner:owner>/<name>/pulls")
def list_(owner: str, name: str) -> Response:
    """https://docs.github.com/en/issues/tracking-your-work-with-issues/using-issues/filtering-and-searching-issues-and-pull-requests"""
    state = "closed" if request.args.get("state") == "closed" else "open"
    with place_of(owner, name) as place:
        found, total = list_pulls(
            place, state=state, head=None, base=None, sort="created", direction="desc", offset=offset(), limit=SIZE
        )
        around = surroundings_of(place, [pull.issue for pull in found])
        return show_in(
            place, "github/pulls.html", tab="pulls", state=state, pulls=found, around=around, sheet=sheet(total)
        )


@blueprint.get("/<owner:owner>/<name>/pull/<int:number>")
def conversation(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/proposing-changes-to-your-work-with-pull-requests/about-pull-requests"""
    with place_of(owner, name) as place:
        pull = named_pull(place, number)
        talk = conversation_of(place, pull.issue, Urls.of_request())
        remarks = [remark for group in talk.threads.values() for thread in group for remark in thread.remarks]
        return _pull_page(
            place,
            pull,
            "github/pull.html",
            deeds=deeds_of(place, pull, reader(), remarks),
            part="conversation",
            talk=talk,
            checks=verdicts_on(place, pull.row.head_sha),
            opinions=_opinions(place, pull),
            reasons=_reasons(place, pull),
        )


@blueprint.get("/<owner:owner>/<name>/pull/<int:number>/commits")
def commits(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/rest/pulls/pulls#list-commits-on-a-pull-request"""
    with place_of(owner, name) as place:
        pull = named_pull(place, number)
        found = changes.commits_of(place, pull)[: changes.MOST_COMMITS]
        bodies = bodies_of(place, found[offset() : offset() + SIZE])
        return _pull_page(
            place, pull, "github/pull_commits.html", part="commits", commits=bodies, sheet=sheet(len(found))
        )


@blueprint.get("/<owner:owner>/<name>/pull/<int:number>/checks")
def checks(owner: str, name: str, number: int) -> AnyResponse:
    """https://docs.github.com/en/graphql/reference/objects#pullrequest (`checksUrl`): they stand beside the conversation."""
    with place_of(owner, name) as place:
        pull = named_pull(place, number)
        return redirect(f"{request.script_root}/{place.repository.full_name}/pull/{pull.number}#checks")


@blueprint.get("/<owner:owner>/<name>/pull/<int:number>/files")
@blueprint.get("/<owner:owner>/<name>/pull/<int:number>/changes")
def files(owner: str, name: str, number: int) -> Response:
    """https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/reviewing-changes-in-pull-requests"""
    with place_of(owner, name) as place:
        pull = named_pull(place, number)
        remarks = remarks_on(place, pull.id)
        return _pull_page(
            place,
            pull,
            "github/pull_files.html",
            part="files",
            diff=diff_of(changes.files_of(place, pull)),
            threads=_by_path(threads_of(remarks)),
            people=load_people(place, {remark.author_id for remark in remarks}),
        )


@blueprint.get("/<owner:owner>/<name>/pull/<int:number>.diff", defaults={"form": "diff"})
@blueprint.get("/<owner:owner>/<name>/pull/<int:number>.patch", defaults={"form": "patch"})
def as_plain(owner: str, name: str, number: int, form: str) -> AnyResponse:
    """https://docs.github.com/en/rest/using-the-rest-api/getting-started-with-the-rest-api#media-types"""
    with place_of(owner, name) as place:
        pull = named_pull(place, number)
        return as_text(changes.diff_of(place, pull) if form == "diff" else changes.patch_of(place, pull))


def _pull_page(place: Place, pull: Pull, template: str, **values: object) -> Response:
    body = pull_payload(place, pull, Urls.of_request())
    said = _STATES.get(body["mergeable_state"], "") if pull.is_open else ""
    return show_in(place, template, tab="pulls", pull=pull, body=body, said=said, **values)


def _reasons(place: Place, pull: Pull) -> list[str]:
    return requirements.unmet(place, pull, demands_on(place, pull)) if pull.is_open else []


def _opinions(place: Place, pull: Pull) -> list[Opinion]:
    words = last_words(place, pull.id)
    people = load_people(place, words)
    found = ((people.get(account_id), review) for account_id, review in words.items())
    return [Opinion(reviewer=account, state=review.state.lower()) for account, review in found if account]


def _by_path(threads: list[Thread]) -> dict[str, list[Thread]]:
    found: dict[str, list[Thread]] = {}
    for thread in threads:
        found.setdefault(thread.path, []).append(thread)
    return found
