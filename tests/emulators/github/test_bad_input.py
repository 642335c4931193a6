"""Nonsense in the fields of issues, pull requests, reviews and comments: refused, never a failure of the server."""

from __future__ import annotations

import pytest

from tests.emulators.conftest import Site
from tests.emulators.github.pulls import a_pull

NONSENSE: list[object] = [
    None,
    -1,
    10**20,
    1.5,
    True,
    "",
    "x" * 70_000,
    ["x"],
    [None],
    [{}],
    {"a": {}},
    "../..",
    "a b~^:",
]
SENSE = {"title": "t", "head": "feature", "base": "main", "body": "b", "path": "a.txt", "line": 1}
ROUTES = {
    "POST /issues": ("title", "body", "labels", "assignees", "assignee", "milestone"),
    "PATCH /issues/2": ("title", "body", "labels", "assignees", "state", "state_reason"),
    "POST /issues/2/labels": ("labels",),
    "DELETE /issues/2/assignees": ("assignees",),
    "POST /pulls": ("title", "body", "head", "base", "draft", "maintainer_can_modify"),
    "PATCH /pulls/1": ("title", "body", "base", "state", "maintainer_can_modify"),
    "PUT /pulls/1/update-branch": ("expected_head_sha",),
    "POST /merges": ("base", "head", "commit_message"),
    "POST /pulls/1/requested_reviewers": ("reviewers", "team_reviewers"),
    "POST /pulls/1/reviews": ("commit_id", "body", "event", "comments"),
    "POST /pulls/1/comments": ("body", "path", "line", "side", "start_line", "position", "commit_id", "in_reply_to"),
}
ARGUMENTS = {
    "/issues": (
        "state",
        "labels",
        "assignee",
        "creator",
        "mentioned",
        "milestone",
        "since",
        "sort",
        "page",
        "per_page",
    ),
    "/pulls": ("state", "head", "base", "sort", "direction", "page", "per_page"),
    "/issues/comments": ("since", "sort", "direction"),
    "/pulls/comments": ("since", "sort", "direction"),
    "/issues/1/timeline": ("page",),
}
WORDS = ("", "é", "-1", "9" * 20, ":", "*", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", ",")


@pytest.mark.parametrize("route", ROUTES)
def test_a_field_that_makes_no_sense_breaks_nothing(site: Site, route: str) -> None:
    pull = a_pull(site, files={"a.txt": "1\n"})
    session = site.session("alice")
    root = f"{site.api_url}/repos/acme/payments"
    session.post(f"{root}/issues", json={"title": "Two"})
    method, path = route.split()
    body = {name: value for name, value in SENSE.items() if name in ROUTES[route]} | {"commit_id": pull.head.sha}

    for name in ROUTES[route]:
        for value in NONSENSE:
            reply = session.request(method, root + path, json=body | {name: value})
            assert reply.status_code < 500, (name, value, reply.text)


def test_an_argument_that_makes_no_sense_breaks_nothing(site: Site) -> None:
    a_pull(site)

    for path, names in ARGUMENTS.items():
        for name in names:
            for word in WORDS:
                reply = site.session().get(f"{site.api_url}/repos/acme/payments{path}", params={name: word})
                assert reply.status_code < 500, (path, name, word)
