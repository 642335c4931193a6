"""People and organizations through PyGithub."""

from __future__ import annotations

import pytest
from github import UnknownObjectException

from tests.emulators.conftest import Site
from tests.emulators.github.description import flaws


def test_one_sees_oneself_and_others(site: Site) -> None:
    me = site.github("bob").get_user()
    other = site.github("bob").get_user("ALICE")

    assert (me.login, me.name, me.email, me.id) == ("bob", "Bob", "bob@example.com", 2)
    assert (other.login, other.site_admin, other.type) == ("alice", True, "User")
    assert me.raw_data["two_factor_authentication"]
    assert "two_factor_authentication" not in other.raw_data


def test_numbers_of_repositories_are_what_the_caller_may_know(site: Site) -> None:
    site.github("bob").get_user().create_repo("open")
    site.github("bob").get_user().create_repo("closed", private=True)

    assert site.github("carol").get_user("bob").public_repos == 1
    assert site.github("bob").get_user().total_private_repos == 1


def test_an_organization_knows_its_members_and_owners(site: Site) -> None:
    organization = site.github("bob").get_organization("acme")

    assert [member.login for member in organization.get_members()] == ["alice", "bob"]
    assert [member.login for member in organization.get_members(role="admin")] == ["alice"]
    assert organization.has_in_members(site.github().get_user("bob"))
    assert not organization.has_in_members(site.github().get_user("carol"))
    assert [each.login for each in site.github("bob").get_user().get_orgs()] == ["acme"]
    assert site.github("carol").get_user("carol").get_orgs().totalCount == 0


def test_people_tell_of_themselves(site: Site) -> None:
    me = site.github("bob").get_user()

    site.clock.skip(2)
    me.edit(name="Bobby", blog="https://bob.example", bio="Pays", company="acme", hireable=True, location="Bern")

    seen = site.github().get_user("bob")
    assert (seen.name, seen.blog, seen.bio, seen.company, seen.hireable) == (
        "Bobby",
        "https://bob.example",
        "Pays",
        "acme",
        True,
    )
    assert seen.updated_at > seen.created_at
    me.edit(email="")
    assert site.github().get_user("bob").email is None
    shown = [(each.email, each.primary, each.visibility) for each in me.get_emails()]
    assert shown == [("bob@example.com", True, "private"), ("2+bob@users.noreply.github.com", False, None)]
    assert site.github().get_user_by_id(2).login == "bob"


@pytest.mark.parametrize(
    "body",
    [{"email": "carol@example.com"}, {"bio": "x" * 161}, {"name": 7}, {"hireable": "no"}, {"twitter_username": "@b"}],
)
def test_what_people_can_not_say_of_themselves_is_422(site: Site, body: dict[str, object]) -> None:
    assert site.session("bob").patch(f"{site.api_url}/user", json=body).status_code == 422
    assert site.session(None).patch(f"{site.api_url}/user", json={}).status_code == 401


def test_all_accounts_are_listed_by_number(site: Site) -> None:
    first = site.session().get(f"{site.api_url}/users?per_page=2")
    rest = site.session().get(first.links["next"]["url"])

    assert [each["login"] for each in first.json()] == ["alice", "bob"]
    assert [each["login"] for each in rest.json()] == ["carol", "acme"]
    assert site.session().get(f"{site.api_url}/users?since=x&per_page=100").json()[0]["login"] == "alice"


def test_bodies_of_people_are_as_github_describes_them(site: Site) -> None:
    session, base = site.session("bob"), site.api_url
    exchanges = [
        ("GET", "/user", session.get(f"{base}/user")),
        ("PATCH", "/user", session.patch(f"{base}/user", json={"bio": "Pays"})),
        ("GET", "/users", session.get(f"{base}/users")),
        ("GET", "/users/{username}", session.get(f"{base}/users/acme")),
        ("GET", "/user/emails", session.get(f"{base}/user/emails")),
        ("GET", "/user/repos", session.get(f"{base}/user/repos")),
    ]

    assert [flaws(method, path, answer.status_code, answer.json()) for method, path, answer in exchanges] == [[]] * 6


def test_who_is_not_there_is_404(site: Site) -> None:
    for ask in (
        lambda: site.github().get_user("nobody"),
        lambda: site.github().get_organization("bob"),
        lambda: site.github().get_organization("nobody"),
    ):
        with pytest.raises(UnknownObjectException):
            ask()
