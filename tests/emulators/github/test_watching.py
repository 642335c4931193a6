"""Stars and subscriptions."""

from __future__ import annotations

from tests.emulators.conftest import Site
from tests.emulators.github.description import flaws
from tests.emulators.github.pulls import a_repository

ROOT = "/repos/acme/payments"


def test_repositories_are_starred_and_counted(site: Site) -> None:
    repository = a_repository(site, "bob")
    bob, carol = site.github("bob").get_user(), site.github("carol").get_user()

    bob.add_to_starred(repository)
    carol.add_to_starred(repository)
    carol.add_to_starred(repository)

    assert bob.has_in_starred(repository)
    assert [each.login for each in repository.get_stargazers()] == ["bob", "carol"]
    assert all(each.starred_at for each in repository.get_stargazers_with_dates())
    assert a_repository(site).stargazers_count == 2
    assert [each.full_name for each in bob.get_starred()] == ["acme/payments"]
    assert [each.full_name for each in site.github("alice").get_user("carol").get_starred()] == ["acme/payments"]
    bob.remove_from_starred(repository)
    assert not bob.has_in_starred(repository)
    assert a_repository(site).stargazers_count == 1


def test_repositories_are_watched(site: Site) -> None:
    repository = a_repository(site, "bob")
    bob, session = site.github("bob").get_user(), site.session("bob")

    assert session.get(f"{site.api_url}{ROOT}/subscription").status_code == 404
    bob.add_to_watched(repository)

    assert bob.has_in_watched(repository)
    assert [each.full_name for each in bob.get_watched()] == ["acme/payments"]
    people = session.get(f"{site.api_url}{ROOT}/subscribers").json()
    assert [each["login"] for each in people] == ["bob"]
    assert flaws("GET", f"{ROOT}/subscribers", 200, people) == []
    assert a_repository(site).subscribers_count == 1
    ignored = session.put(f"{site.api_url}{ROOT}/subscription", json={"ignored": True}).json()
    assert (ignored["subscribed"], ignored["ignored"]) == (False, True)
    assert session.delete(f"{site.api_url}{ROOT}/subscription").status_code == 204
    assert session.get(f"{site.api_url}{ROOT}/subscription").status_code == 404


def test_private_ones_are_not_there_for_strangers(site: Site) -> None:
    secret = site.github("alice").get_user().create_repo("secret", private=True)
    site.github("alice").get_user().add_to_starred(secret)

    assert site.session("bob").put(f"{site.api_url}/user/starred/alice/secret").status_code == 404
    assert site.session("bob").get(f"{site.api_url}/users/alice/starred").json() == []
    assert site.session(None).put(f"{site.api_url}/user/starred/acme/payments").status_code == 401
    assert site.session("bob").put(f"{site.api_url}{ROOT}/subscription", json={"subscribed": 1}).status_code == 422
