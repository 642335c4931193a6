from __future__ import annotations

import http.client
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from github import BadCredentialsException, UnknownObjectException
from jira import JIRAError
from sqlalchemy import select

from simulator.emulators.kit.sites import BadSiteKey
from simulator.emulators.kit.tables import metadata
from simulator.emulators.server import Emulators
from tests.emulators.conftest import Server, Site, TickingClock, a_seed
from tests.tables import file_with_tables


@pytest.fixture(params=["sqlite", "postgresql"])
def emulators(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Emulators]:
    """Emulators of the test's own, without threads, on both databases."""
    sqlite = request.param == "sqlite"
    url = (
        file_with_tables(tmp_path / "emulators.db") if sqlite else request.getfixturevalue("postgresql_url_with_tables")
    )
    made = Emulators(database_url=url, folder=tmp_path, now=TickingClock(), deliver=False)
    yield made
    made.close()


def rows_of(emulators: Emulators, site: str) -> dict[str, list[Any]]:
    with emulators.database.reading() as connection:
        tables = {t.name: list(connection.execute(select(t).where(t.c.site == site))) for t in metadata.sorted_tables}
    return {name: rows for name, rows in tables.items() if rows}


def count_of(emulators: Emulators, site: str) -> int:
    return sum(len(rows) for rows in rows_of(emulators, site).values())


def test_planting_twice_changes_nothing(emulators: Emulators) -> None:
    emulators.create_site("one", a_seed())
    first = rows_of(emulators, "one")

    emulators.create_site("one", a_seed())

    assert rows_of(emulators, "one") == first
    assert len(list((emulators.instance.repositories / "one").iterdir())) == 1


def test_two_sites_of_one_seed_have_the_same_ids(emulators: Emulators) -> None:
    for site in ("one", "two"):
        emulators.create_site(site, a_seed())

    numbered = ("em_accounts", "em_tokens", "gh_repositories", "gh_members", "gh_collaborators", "gh_labels")
    keys = [
        {name: [row[1:3] for row in rows] for name, rows in rows_of(emulators, site).items() if name in numbered}
        for site in ("one", "two")
    ]

    assert keys[0] == keys[1]
    assert set(keys[0]) == set(numbered)


def test_a_deleted_site_leaves_nothing_and_its_neighbour_alone(emulators: Emulators) -> None:
    for site in ("one", "two"):
        emulators.create_site(site, a_seed())
    neighbour = rows_of(emulators, "two")

    emulators.delete_site("one")

    assert rows_of(emulators, "one") == {}
    assert rows_of(emulators, "two") == neighbour
    assert [folder.name for folder in emulators.instance.repositories.iterdir()] == ["two"]


def test_a_site_can_be_made_again_after_its_deletion(emulators: Emulators) -> None:
    emulators.create_site("one", a_seed())
    first = count_of(emulators, "one")
    emulators.delete_site("one")

    emulators.create_site("one", a_seed())

    assert count_of(emulators, "one") == first


def test_deleting_what_is_not_there_changes_nothing(emulators: Emulators) -> None:
    emulators.create_site("one", a_seed())
    before = rows_of(emulators, "one")

    emulators.delete_site("none")

    assert rows_of(emulators, "one") == before


@pytest.mark.parametrize("key", ["..", "a/b", "", "A", "one\n"])
def test_a_site_key_that_could_be_a_path_is_refused(emulator_server: Server, key: str) -> None:
    emulators = emulator_server.emulators

    with pytest.raises(BadSiteKey):
        emulators.create_site(key, a_seed())
    with pytest.raises(BadSiteKey):
        emulators.delete_site(key)
    with pytest.raises(BadSiteKey):
        emulators.reset_site(key)


def test_a_reset_brings_back_people_tokens_and_ids(emulators: Emulators) -> None:
    emulators.create_site("one", a_seed())
    first = {name: [row[:3] for row in rows] for name, rows in rows_of(emulators, "one").items()}

    emulators.reset_site("one")

    again = {name: [row[:3] for row in rows] for name, rows in rows_of(emulators, "one").items()}
    assert set(again) == set(first)
    assert again["em_tokens"] == first["em_tokens"]
    assert again["gh_repositories"] == first["gh_repositories"]
    assert len(list((emulators.instance.repositories / "one").iterdir())) == 1
    assert list((emulators.instance.repositories / ".aside").iterdir()) == []


def test_resetting_an_unknown_site_is_an_error(emulators: Emulators) -> None:
    with pytest.raises(LookupError):
        emulators.reset_site("none")


def test_a_reset_that_fails_leaves_the_site_as_it_was(emulators: Emulators, monkeypatch: pytest.MonkeyPatch) -> None:
    emulators.create_site("one", a_seed())
    first = rows_of(emulators, "one")

    def fail(*_args: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("simulator.emulators.integration.planting._plant_project", fail)
    with pytest.raises(OSError, match="disk full"):
        emulators.reset_site("one")

    assert rows_of(emulators, "one") == first
    assert len(list((emulators.instance.repositories / "one").iterdir())) == 1


def test_everything_is_there_after_a_restart(tmp_path: Path) -> None:
    url = file_with_tables(tmp_path / "emulators.db")
    before = Emulators(database_url=url, folder=tmp_path, now=TickingClock(), deliver=False)
    before.create_site("one", a_seed())
    rows = rows_of(before, "one")
    before.close()

    after = Emulators(database_url=url, folder=tmp_path, now=TickingClock(), deliver=False)

    assert rows_of(after, "one") == rows
    after.close()


def test_both_clients_sign_in(site: Site) -> None:
    assert site.github("bob").get_user().login == "bob"
    assert site.jira("bob").myself()["emailAddress"] == "bob@example.com"


def test_both_clients_find_what_was_planted(site: Site) -> None:
    repository = site.github().get_repo("acme/payments")

    assert repository.get_readme().decoded_content == b"# Payments\n"
    assert repository.get_collaborator_permission("bob") == "write"
    assert [member.login for member in site.github().get_organization("acme").get_members()] == ["alice", "bob"]
    assert [project.key for project in site.jira().projects()] == ["AUTOTEST"]


def test_a_wrong_token_is_refused_by_both_in_their_own_shapes(site: Site) -> None:
    with pytest.raises(BadCredentialsException) as github:
        site.github("nobody").get_user().login  # noqa: B018 - PyGithub asks only when an attribute is read
    with pytest.raises(JIRAError) as jira:
        site.jira("nobody").myself()

    assert github.value.data["message"] == "Bad credentials"
    assert jira.value.status_code == 401


def test_two_sites_never_meet(site: Site, other_site: Site) -> None:
    site.github().get_repo("acme/payments").create_issue("Only here")
    fields = {"project": {"key": "AUTOTEST"}, "issuetype": {"name": "Task"}, "summary": "Only here"}
    issue = site.jira().create_issue(fields, prefetch=False)

    assert other_site.github().get_repo("acme/payments").get_issues().totalCount == 0
    assert issue.key == "AUTOTEST-1"
    with pytest.raises(JIRAError) as caught:
        other_site.jira().issue("AUTOTEST-1")
    assert caught.value.status_code == 404
    with pytest.raises(UnknownObjectException):
        other_site.github().get_repo("acme/payments").get_issue(1)


def test_what_is_not_emulated_is_501_in_each_shape_and_in_the_journal(site: Site) -> None:
    github = site.session().get(f"{site.api_url}/no/such/route")
    jira = site.jira_session().get(f"{site.jira_url}/rest/api/3/no/such/route")

    assert github.status_code == jira.status_code == 501
    assert "GET /api/v3/no/such/route" in github.json()["message"]
    assert "GET /rest/api/3/no/such/route" in jira.json()["errorMessages"][0]
    entries = requests.get(f"{site.url}/emulator/journal?status=501").json()["entries"]
    assert [(e["service"], e["path"]) for e in entries] == [
        ("jira", "/rest/api/3/no/such/route"),
        ("github", "/api/v3/no/such/route"),
    ]


@pytest.mark.parametrize(
    "body", [b"{", b"[]", b'{"a": "\xff"}', b'{"title": "x\\u0000"}', b"[" * 3000, b'{"a":' * 900 + b"1" + b"}" * 900]
)
def test_a_bad_body_is_400_in_each_shape(site: Site, body: bytes) -> None:
    github = site.session().post(f"{site.api_url}/repos/acme/payments/issues", data=body)
    jira = site.jira_session().post(
        f"{site.jira_url}/rest/api/3/issue", data=body, headers={"Content-Type": "application/json"}
    )

    assert github.status_code == jira.status_code == 400
    assert "message" in github.json()
    assert "errorMessages" in jira.json()


def test_a_huge_body_is_413_in_each_shape(site: Site) -> None:
    body = b'{"a": "' + b"x" * (5 * 1024 * 1024) + b'"}'

    github = site.session().post(f"{site.api_url}/repos/acme/payments/issues", data=body)
    jira = site.jira_session().post(f"{site.jira_url}/rest/api/3/issue", data=body)

    assert github.status_code == jira.status_code == 413
    assert "message" in github.json()
    assert "errorMessages" in jira.json()


def test_gh_s_absolute_request_targets_are_taken(site: Site) -> None:
    """With HTTP_PROXY set, `gh` sends the whole URL and its own Host to us; only the token says which site."""
    site.emulators.create_site(site.key, a_seed(users=[a_user("zoe", site.key)], github={}, jira={}))
    address = urlsplit(site.server.url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port)

    headers = {"Host": "api.github.localhost", "Authorization": f"token zoe-{site.key}-token"}
    connection.request("GET", "http://api.github.localhost/user", headers=headers)
    response = connection.getresponse()

    assert response.status == 200
    body = response.read().decode()
    assert '"login":"zoe"' in body
    assert '"url":"http://api.github.localhost/users/zoe"' in body
    connection.close()


def a_user(login: str, key: str) -> dict[str, Any]:
    return {"login": login, "email": f"{login}@example.com", "token": f"{login}-{key}-token"}


def test_a_reset_by_http_takes_the_learner_s_work_away(site: Site) -> None:
    site.github().get_repo("acme/payments").create_issue("To be forgotten")

    answer = requests.post(f"{site.url}/emulator/reset")

    assert answer.json() == {"site": site.key, "state": "as seeded"}
    assert site.github().get_repo("acme/payments").get_issues().totalCount == 0


def test_the_default_site_is_always_there(site: Site) -> None:
    assert requests.get(f"{site.server.url}/github/api/v3/user").status_code == 401
    assert requests.get(f"{site.server.url}/sites/none/github/api/v3/user").status_code == 404


def test_no_token_is_ever_logged_or_stored(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG"):
        site.session("carol").get(f"{site.api_url}/no/such/route?access_token=carol-token")

    stored = {name: rows for name, rows in rows_of(site.emulators, site.key).items() if name != "gh_labels"}
    assert "carol-token" not in str(stored)
    assert "carol-token" not in "".join(r.getMessage() for r in caplog.records if r.name.startswith("simulator"))
