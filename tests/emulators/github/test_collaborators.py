"""Collaborators and invitations through PyGithub."""

from __future__ import annotations

import pytest
from github import GithubException, UnknownObjectException

from tests.emulators.conftest import Site


def test_all_who_have_access_are_listed_with_what_they_may_do(site: Site) -> None:
    found = {user.login: user for user in site.github().get_repo("acme/payments").get_collaborators()}

    assert set(found) == {"alice", "bob"}
    assert found["alice"].permissions.admin
    assert (found["bob"].permissions.push, found["bob"].permissions.admin) == (True, False)
    assert found["bob"].role_name == "write"


def test_the_owner_of_an_own_repository_is_listed(site: Site) -> None:
    repository = site.github("bob").get_user().create_repo("own")

    assert [user.login for user in repository.get_collaborators()] == ["bob"]
    assert repository.get_collaborator_permission("bob") == "admin"


def test_somebody_from_outside_is_invited_and_works_when_they_accept(site: Site) -> None:
    repository = site.github().get_repo("acme/payments")

    invitation = repository.add_to_collaborators("carol", "push")

    assert invitation is not None
    assert not repository.has_in_collaborators("carol")
    carol = site.github("carol")
    assert [each.repository.full_name for each in carol.get_user().get_invitations()] == ["acme/payments"]
    carol.get_user().accept_invitation(invitation)
    assert repository.has_in_collaborators("carol")
    assert repository.get_collaborator_permission("carol") == "write"
    carol.get_repo("acme/payments").create_file("a.txt", "m", "x")


def test_an_invitation_is_only_for_whom_it_names(site: Site) -> None:
    invitation = site.github().get_repo("acme/payments").add_to_collaborators("carol", "admin")
    address = f"{site.api_url}/user/repository_invitations/{invitation.id}"

    assert site.session("bob").patch(address).status_code == 404
    assert site.session("carol").delete(address).status_code == 204
    assert site.session("carol").patch(address).status_code == 404


def test_a_member_gets_access_at_once(site: Site) -> None:
    repository = site.github().get_repo("acme/payments")

    assert repository.add_to_collaborators("bob", "maintain") is None

    assert site.github("bob").get_repo("acme/payments").permissions.maintain


def test_access_is_taken_away(site: Site) -> None:
    repository = site.github().get_repo("acme/payments")
    repository.add_to_collaborators("carol", "push")

    repository.remove_from_collaborators("bob")
    repository.remove_from_collaborators("carol")

    assert not site.github("bob").get_repo("acme/payments").permissions.push
    assert site.session("carol").get(f"{site.api_url}/user/repository_invitations").json() == []


def test_nonsense_is_refused(site: Site) -> None:
    own = site.github("bob").get_user().create_repo("own")

    with pytest.raises(GithubException) as word:
        own.add_to_collaborators("carol", "rule")
    with pytest.raises(GithubException) as owner:
        own.add_to_collaborators("bob", "push")
    with pytest.raises(UnknownObjectException):
        own.add_to_collaborators("nobody", "push")
    with pytest.raises(GithubException) as reader:
        site.github("carol").get_repo("acme/payments").add_to_collaborators("carol", "admin")

    assert [caught.value.status for caught in (word, owner, reader)] == [422, 422, 403]
