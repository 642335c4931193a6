"""Organizations through PyGithub: who belongs to them, how owners set them, what their webhooks hear."""

from __future__ import annotations

from typing import Any

import pytest
from github import GithubException, UnknownObjectException

from tests.emulators.conftest import Site
from tests.emulators.github.description import flaws
from tests.emulators.github.webhook_description import flaws as webhook_flaws


def change(site: Site, **settings: object) -> None:
    assert site.session().patch(f"{site.api_url}/orgs/acme", json=settings).status_code == 200


def test_strangers_see_public_members_only(site: Site) -> None:
    organization = site.github("bob").get_organization("acme")
    seen_by_carol = site.github("carol").get_organization("acme")

    assert [member.login for member in organization.get_members()] == ["alice", "bob"]
    assert list(seen_by_carol.get_members()) == []
    assert not seen_by_carol.has_in_members(site.github().get_user("bob"))
    organization.add_to_public_members(site.github().get_user("bob"))
    assert [member.login for member in seen_by_carol.get_members()] == ["bob"]
    assert seen_by_carol.has_in_members(site.github().get_user("bob"))
    assert [each.login for each in site.github("carol").get_user("bob").get_orgs()] == ["acme"]
    organization.remove_from_public_members(site.github().get_user("bob"))
    assert not seen_by_carol.has_in_public_members(site.github().get_user("bob"))
    with pytest.raises(GithubException) as other:
        organization.add_to_public_members(site.github().get_user("alice"))
    assert other.value.status == 403


def test_owners_let_people_in_and_send_them_away(site: Site) -> None:
    organization = site.github().get_organization("acme")
    carol = site.github().get_user("carol")

    organization.add_to_members(carol, role="member")

    membership = carol.get_organization_membership("acme")
    assert (membership.role, membership.state, membership.user.login) == ("member", "active", "carol")
    assert site.github("carol").get_user().get_organization_membership("acme").role == "member"
    organization.create_team("Core").add_membership(carol)
    site.github().get_repo("acme/payments").add_to_collaborators("carol", "admin")
    organization.remove_from_membership(carol)
    assert not organization.has_in_members(carol)
    assert not site.github("carol").get_repo("acme/payments").permissions.push
    assert site.github("carol").get_user().get_teams().totalCount == 0


def test_memberships_are_the_owners_business(site: Site) -> None:
    bob, carol, alice = site.session("bob"), site.session("carol"), site.session("alice")
    address = f"{site.api_url}/orgs/acme/memberships"

    assert bob.put(f"{address}/carol").status_code == 403
    assert bob.delete(f"{address}/alice").status_code == 403
    assert bob.get(f"{address}/carol").status_code == 404
    told = carol.get(f"{address}/bob")
    assert (told.status_code, told.json()["message"]) == (
        403,
        "You must be a member of acme to see membership information for bob.",
    )
    assert alice.put(f"{address}/nobody").status_code == 404
    assert alice.put(f"{address}/carol", json={"role": "king"}).status_code == 422
    assert alice.delete(f"{address}/alice").status_code == 403  # the last owner
    assert alice.put(f"{address}/alice", json={"role": "member"}).status_code == 403
    assert bob.delete(f"{address}/bob").status_code == 204  # everybody may leave


def test_the_organization_says_what_members_may_do_in_its_repositories(site: Site) -> None:
    organization = site.github().get_organization("acme")
    organization.create_repo("inner", private=True)
    bob = site.github("bob")
    assert bob.get_repo("acme/inner").permissions.push is False

    organization.edit(description="Pays", location="Bern")
    change(site, default_repository_permission="write")
    assert bob.get_repo("acme/inner").permissions.push
    assert [user.login for user in site.github().get_repo("acme/inner").get_collaborators()] == ["alice", "bob"]
    change(site, default_repository_permission="none", members_can_create_repositories=False)

    with pytest.raises(UnknownObjectException):
        bob.get_repo("acme/inner")
    assert "acme/inner" not in [each.full_name for each in bob.get_user().get_repos()]
    with pytest.raises(GithubException) as refused:
        bob.get_organization("acme").create_repo("mine")
    assert refused.value.status == 403
    seen = bob.get_organization("acme")
    assert (seen.description, seen.location, seen.default_repository_permission) == ("Pays", "Bern", "none")
    assert "default_repository_permission" not in site.github("carol").get_organization("acme").raw_data
    assert "billing_email" not in seen.raw_data
    assert organization.raw_data["plan"]["filled_seats"] == 2


@pytest.mark.parametrize(
    "body",
    [
        {"default_repository_permission": "all"},
        {"members_can_create_repositories": "yes"},
        {"email": "nowhere"},
        {"description": 7},
        {"location": "x" * 256},
        {"members_allowed_repository_creation_type": "some"},
    ],
)
def test_a_setting_that_will_not_do_is_422(site: Site, body: dict[str, Any]) -> None:
    assert site.session().patch(f"{site.api_url}/orgs/acme", json=body).status_code == 422
    assert site.session("bob").patch(f"{site.api_url}/orgs/acme", json={"name": "Mine"}).status_code == 403
    assert site.session(None).patch(f"{site.api_url}/orgs/acme", json={}).status_code == 401


def test_webhooks_of_an_organization_hear_what_happens_in_it_and_its_repositories(site: Site) -> None:
    organization = site.github().get_organization("acme")
    hook = organization.create_hook("web", {"url": "http://127.0.0.1:9/hook", "content_type": "json"}, ["*"], True)
    session, address = site.session(), f"{site.api_url}/orgs/acme/hooks/{hook.id}"

    team = organization.create_team("Core", privacy="closed")
    team.add_membership(site.github().get_user("carol"))
    team.update_team_repository(site.github().get_repo("acme/payments"), "push")
    team.update_team_repository(site.github().get_repo("acme/payments"), "admin")
    site.github().get_repo("acme/payments").add_to_collaborators("carol", "maintain")
    site.github("bob").get_repo("acme/payments").create_issue("Pay late")
    team.delete()

    deliveries = session.get(f"{address}/deliveries?per_page=50").json()
    heard = {(each["event"], each["action"]) for each in deliveries}
    assert heard >= {
        ("ping", None),
        ("team", "created"),
        ("organization", "member_added"),
        ("membership", "added"),
        ("team", "added_to_repository"),
        ("team_add", None),
        ("team", "edited"),
        ("member", "added"),
        ("issues", "opened"),
        ("team", "deleted"),
    }
    wrong = [
        flaw
        for each in deliveries
        for flaw in webhook_flaws(
            each["event"], session.get(f"{address}/deliveries/{each['id']}").json()["request"]["payload"]
        )
    ]
    assert wrong == []
    [edited] = [each["id"] for each in deliveries if (each["event"], each["action"]) == ("team", "edited")]
    payload = session.get(f"{address}/deliveries/{edited}").json()["request"]["payload"]
    assert payload["changes"]["repository"]["permissions"]["from"] == {"admin": False, "pull": True, "push": True}
    assert (payload["organization"]["login"], payload["sender"]["login"]) == ("acme", "alice")


def test_only_owners_keep_an_organization_s_webhooks(site: Site) -> None:
    session, address = site.session(), f"{site.api_url}/orgs/acme/hooks"
    made = session.post(address, json={"name": "web", "config": {"url": "http://127.0.0.1:9/", "secret": "hush hush"}})
    one = f"{address}/{made.json()['id']}"

    assert made.status_code == 201
    assert made.json()["config"]["secret"] == "********"
    assert flaws("POST", "/orgs/{org}/hooks", 201, made.json()) == []
    assert flaws("GET", "/orgs/{org}/hooks", 200, session.get(address).json()) == []
    assert session.patch(one, json={"events": ["team"], "active": False}).json()["events"] == ["team"]
    assert session.post(f"{one}/pings").status_code == 422
    assert session.post(address, json={"name": "web", "config": {"url": "nowhere"}}).status_code == 422
    assert session.post(address, json={"config": {"url": "http://127.0.0.1:9/2"}}).status_code == 422
    assert [site.session(login).get(one).status_code for login in ("bob", "carol")] == [404, 404]
    assert session.delete(one).status_code == 204
    assert session.get(one).status_code == 404


def test_bodies_of_organizations_are_as_github_describes_them(site: Site) -> None:
    session, base = site.session(), site.api_url
    exchanges = [
        ("GET", "/orgs/{org}", session.get(f"{base}/orgs/acme")),
        ("PATCH", "/orgs/{org}", session.patch(f"{base}/orgs/acme", json={"blog": "https://acme.example"})),
        ("GET", "/orgs/{org}/members", session.get(f"{base}/orgs/acme/members")),
        ("GET", "/orgs/{org}/memberships/{username}", session.get(f"{base}/orgs/acme/memberships/bob")),
        ("PUT", "/orgs/{org}/memberships/{username}", session.put(f"{base}/orgs/acme/memberships/carol")),
        ("GET", "/user/orgs", session.get(f"{base}/user/orgs")),
        ("GET", "/orgs/{org}/repos", session.get(f"{base}/orgs/acme/repos")),
        ("GET", "/orgs/{org}", site.session("carol").get(f"{base}/orgs/acme")),
    ]

    assert [flaws(method, path, answer.status_code, answer.json()) for method, path, answer in exchanges] == [[]] * 8
