"""Collaborators and invitations through PyGithub."""

from __future__ import annotations

import pytest
from github import GithubException, UnknownObjectException

from simulator.emulators.kit.seed import seed_of
from tests.emulators.conftest import Site
from tests.emulators.github.test_announce import NOWHERE, told


def inviting(site: Site) -> None:
    """Have collaborators invited, as on github.com."""
    site.emulators.create_site(site.key, seed_of({"github": {"invitations": True}}))


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


def test_somebody_from_outside_works_there_at_once(site: Site) -> None:
    repository = site.github().get_repo("acme/payments")

    assert repository.add_to_collaborators("carol", "push") is None

    assert repository.has_in_collaborators("carol")
    assert next(iter(repository.get_events())).type == "MemberEvent"
    assert repository.get_collaborator_permission("carol") == "write"
    site.github("carol").get_repo("acme/payments").create_file("a.txt", "m", "x")
    assert list(repository.get_pending_invitations()) == []


def test_as_on_github_com_somebody_from_outside_is_invited_and_works_when_they_accept(site: Site) -> None:
    inviting(site)
    repository = site.github().get_repo("acme/payments")
    repository.create_hook("web", {"url": NOWHERE, "content_type": "json"}, ["member"])

    invitation = repository.add_to_collaborators("carol", "push")

    assert invitation is not None
    assert "member" not in [event for event, _ in told(site)]
    assert not repository.has_in_collaborators("carol")
    carol = site.github("carol")
    assert [each.repository.full_name for each in carol.get_user().get_invitations()] == ["acme/payments"]
    carol.get_user().accept_invitation(invitation)
    assert repository.has_in_collaborators("carol")
    assert repository.get_collaborator_permission("carol") == "write"
    assert (next(iter(repository.get_events())).type, who_is_told_of(site)) == (
        "MemberEvent",
        [("added", "carol", "alice")],
    )
    carol.get_repo("acme/payments").create_file("a.txt", "m", "x")


def who_is_told_of(site: Site) -> list[tuple[str, str, str]]:
    """What hooks heard of members: what happened, to whom, and by whom."""
    heard = [payload for event, payload in told(site) if event == "member"]
    return [(each["action"], each["member"]["login"], each["sender"]["login"]) for each in heard]


def test_an_invitation_is_only_for_whom_it_names(site: Site) -> None:
    inviting(site)
    invitation = site.github().get_repo("acme/payments").add_to_collaborators("carol", "admin")
    assert invitation is not None
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
    inviting(site)
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


def test_lists_of_collaborators_are_chosen_by_affiliation_and_permission(site: Site) -> None:
    organization = site.github().get_organization("acme")
    repository = site.github().get_repo("acme/payments")
    organization.create_team("Core").update_team_repository(repository, "maintain")
    repository.add_to_collaborators("carol", "triage")

    def found(**wanted: str) -> list[str]:
        return [user.login for user in repository.get_collaborators(**wanted)]

    assert found() == ["alice", "bob", "carol"]
    assert (found(affiliation="direct"), found(affiliation="outside")) == (["bob", "carol"], ["carol"])
    assert found(permission="push") == ["alice", "bob"]
    assert found(permission="maintain") == ["alice"]
    assert [user.login for user in repository.get_collaborators().get_page(0)] == found()
    site.github("carol").get_repo("acme/payments").remove_from_collaborators("carol")  # everybody may leave
    assert found() == ["alice", "bob"]


def test_who_is_removed_is_unassigned_and_stars_no_more(site: Site) -> None:
    repository = site.github().get_repo("acme/payments")
    repository.add_to_collaborators("carol", "push")
    issue = repository.create_issue("Broken", assignee="carol")
    carol = site.github("carol").get_user()
    carol.add_to_starred(repository)

    repository.remove_from_collaborators("carol")

    assert [(each.event, each.assignee.login) for each in issue.get_events()][-1] == ("unassigned", "carol")
    assert repository.get_issue(issue.number).assignees == []
    assert not carol.has_in_starred(repository)
