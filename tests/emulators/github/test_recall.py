"""Answers that are given again are never old, and never another's."""

from __future__ import annotations

import requests

from simulator.emulators.github.app import KEPT_RULES, create_app
from simulator.emulators.kit import accounts
from tests.emulators.conftest import Site
from tests.emulators.github.pulls import a_commit, a_pull, a_repository

ROOT = "repos/acme/payments"


def _get(site: Site, path: str = ROOT, login: str | None = "alice", **headers: str) -> requests.Response:
    return site.session(login).get(f"{site.api_url}/{path}", headers=headers)


def _same(first: requests.Response, second: requests.Response) -> bool:
    return (first.content, first.headers["ETag"]) == (second.content, second.headers["ETag"])


def test_an_answer_given_again_is_the_same_but_for_the_id_of_the_request(site: Site) -> None:
    first, second = _get(site), _get(site)

    assert _same(first, second)
    assert first.headers["X-GitHub-Request-Id"] != second.headers["X-GitHub-Request-Id"]
    assert {*first.headers} == {*second.headers}


def test_a_change_is_seen_at_once(site: Site) -> None:
    _get(site)
    a_repository(site).edit(description="changed")
    assert _get(site).json()["description"] == "changed"

    assert _get(site, f"{ROOT}/issues").json() == []
    a_repository(site).create_issue("New")
    assert [issue["title"] for issue in _get(site, f"{ROOT}/issues").json()] == ["New"]

    pull = a_pull(site)
    assert _get(site, f"{ROOT}/pulls/{pull.number}").json()["commits"] == 1
    a_commit(site, "feature", {"more.txt": "x\n"})
    assert _get(site, f"{ROOT}/pulls/{pull.number}").json()["commits"] == 2


def test_nobody_gets_what_was_meant_for_another(site: Site) -> None:
    assert _get(site).json()["permissions"]["admin"] is True
    assert _get(site, login="carol").json()["permissions"]["admin"] is False
    assert "permissions" not in _get(site, login=None).json()

    a_repository(site).edit(private=True)
    assert _get(site).status_code == 200
    assert _get(site, login="carol").status_code == 404
    assert _get(site, login=None).status_code == 404
    assert _get(site, Authorization="token nobody-knows-it").status_code == 401


def test_a_token_that_is_revoked_opens_nothing_any_more(site: Site) -> None:
    assert _get(site).status_code == 200
    with site.emulators.instance.database.writing() as connection:
        accounts.revoke_token(connection, site.key, token="alice-token", now=site.clock())

    assert _get(site).status_code == 401


def test_whoever_has_the_answer_already_is_told_so_again_and_again(site: Site) -> None:
    tag = _get(site).headers["ETag"]

    for _ in range(2):
        same = _get(site, **{"If-None-Match": tag})
        assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", tag)

    a_repository(site).edit(description="changed")
    assert _get(site, **{"If-None-Match": tag}).status_code == 200


def test_addresses_in_answers_are_those_that_were_asked(site: Site) -> None:
    url = f"{site.api_url}/{ROOT}"
    other = url.replace("127.0.0.1", "localhost")

    assert _get(site).json()["url"] == url
    assert site.session().get(other).json()["url"] == other


def test_the_limit_s_hour_goes_on_although_nothing_changes(site: Site) -> None:
    first = int(_get(site).headers["X-RateLimit-Reset"])
    site.clock.skip(3600)

    assert int(_get(site).headers["X-RateLimit-Reset"]) == first + 3600


def test_every_route_whose_answers_are_kept_exists(site: Site) -> None:
    rules = {each.rule for each in create_app(site.emulators.instance).url_map.iter_rules()}

    assert rules >= KEPT_RULES
