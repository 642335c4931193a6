"""People and organizations through PyGithub."""

from __future__ import annotations

import pytest
from github import UnknownObjectException

from tests.emulators.conftest import Site


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


def test_who_is_not_there_is_404(site: Site) -> None:
    for ask in (
        lambda: site.github().get_user("nobody"),
        lambda: site.github().get_organization("bob"),
        lambda: site.github().get_organization("nobody"),
    ):
        with pytest.raises(UnknownObjectException):
            ask()
