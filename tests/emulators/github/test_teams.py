"""Teams through PyGithub: nested ones, secret ones, what they may do, and reviews that are asked of them."""

from __future__ import annotations

from typing import Any

import pytest
from github import GithubException, UnknownObjectException

from tests.emulators.conftest import Site
from tests.emulators.github.description import flaws
from tests.emulators.github.pulls import a_commit


def teams_of(site: Site, login: str) -> list[str]:
    return [team.slug for team in site.github(login).get_organization("acme").get_teams()]


def test_a_team_is_made_found_edited_and_deleted(site: Site) -> None:
    organization = site.github().get_organization("acme")

    team = organization.create_team("My TEam Näme", privacy="closed", description="Those who know")
    again = organization.create_team("My Team! Name", privacy="closed")

    assert (team.slug, again.slug) == ("my-team-name", "my-team-name-1")
    assert organization.get_team_by_slug("MY-TEAM-NAME").id == organization.get_team(team.id).id == team.id
    assert (team.members_count, team.repos_count, team.organization.login) == (1, 0, "acme")
    team.edit("Pay", description="", privacy="secret")
    assert organization.get_team_by_slug("pay").privacy == "secret"
    assert [each.slug for each in site.github().get_user().get_teams()] == ["my-team-name-1", "pay"]
    team.delete()
    with pytest.raises(UnknownObjectException):
        organization.get_team_by_slug("pay")


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({"name": "CORE"}, 422, "name"),
        ({"name": " "}, 422, "name"),
        ({"name": 7}, 422, None),
        ({}, 422, None),
        ({"name": "x" * 256}, 422, "name"),
        ({"name": "x", "privacy": "open"}, 422, None),
        ({"name": "x", "parent_team_id": 999}, 422, "parent_team_id"),
        ({"name": "x", "parent_team_id": 1, "privacy": "secret"}, 422, "privacy"),
        ({"name": "x", "maintainers": ["carol"]}, 422, "maintainers"),
        ({"name": "x", "repo_names": ["bob/x"]}, 422, "repo_names"),
        ({"name": "x", "repo_names": "acme/payments"}, 422, None),
    ],
)
def test_a_team_that_will_not_do_is_422(site: Site, body: dict[str, Any], status: int, field: str | None) -> None:
    site.github().get_organization("acme").create_team("Core", privacy="closed")

    answer = site.session().post(f"{site.api_url}/orgs/acme/teams", json=body)

    assert answer.status_code == status
    assert [error["field"] for error in answer.json().get("errors", [])] == ([field] if field else [])
    assert teams_of(site, "alice") == ["core"]


def test_secret_teams_are_known_to_their_members_and_to_owners_only(site: Site) -> None:
    organization = site.github().get_organization("acme")
    secret = organization.create_team("Secret")
    organization.create_team("Open", privacy="closed")

    assert teams_of(site, "alice") == ["open", "secret"]
    assert teams_of(site, "bob") == ["open"]
    with pytest.raises(GithubException) as stranger:
        teams_of(site, "carol")
    assert stranger.value.status == 403
    for login in ("bob", "carol"):
        with pytest.raises(UnknownObjectException):
            site.github(login).get_organization("acme").get_team_by_slug("secret")
    secret.add_membership(site.github().get_user("bob"), role="member")
    assert teams_of(site, "bob") == ["open", "secret"]


def test_whoever_is_let_in_belongs_at_once(site: Site) -> None:
    organization = site.github().get_organization("acme")
    team = organization.create_team("Core", privacy="closed")
    bob, carol = (site.github().get_user(login) for login in ("bob", "carol"))

    team.add_membership(bob, role="maintainer")
    team.add_membership(carol)

    assert team.get_team_membership("bob").role == "maintainer"
    assert team.get_team_membership("carol").state == "active"
    assert organization.has_in_members(carol)
    assert [each.login for each in team.get_members()] == ["alice", "bob", "carol"]
    assert [each.login for each in team.get_members(role="maintainer")] == ["alice", "bob"]
    assert team.has_in_members(carol)
    site.github("bob").get_organization("acme").get_team_by_slug("core").remove_membership(carol)
    assert not team.has_in_members(carol)


def test_only_maintainers_and_owners_change_a_team(site: Site) -> None:
    organization = site.github().get_organization("acme")
    team = organization.create_team("Core", privacy="closed")
    site.github("bob").get_organization("acme").create_team("Bob's own")
    address = f"{site.api_url}/orgs/acme/teams/core"
    bob = site.session("bob")

    answers = [
        bob.patch(address, json={"name": "Mine"}),
        bob.put(f"{address}/memberships/bob"),
        bob.put(f"{address}/repos/acme/payments", json={"permission": "admin"}),
        bob.delete(address),
    ]
    assert [answer.status_code for answer in answers] == [403] * 4
    team.add_membership(site.github().get_user("bob"), role="maintainer")
    assert bob.patch(address, json={"name": "Core"}).status_code == 200
    assert bob.patch(address, json={"description": "ours"}).status_code == 201
    assert bob.put(f"{address}/memberships/carol").status_code == 403  # no member, and bob is no owner
    assert bob.put(f"{address}/memberships/acme").status_code == 422


def test_a_team_s_members_may_do_what_the_team_may(site: Site) -> None:
    organization = site.github().get_organization("acme")
    secret = organization.create_repo("secret", private=True)
    site.session().patch(f"{site.api_url}/orgs/acme", json={"default_repository_permission": "none"})
    parent = organization.create_team("Everybody", privacy="closed")
    child = organization.create_team("Few", privacy="closed", parent_team_id=parent.id)
    grandchild = organization.create_team("Fewer", privacy="closed", parent_team_id=child.id)
    grandchild.add_membership(site.github().get_user("carol"))
    carol = site.github("carol")
    with pytest.raises(UnknownObjectException):
        carol.get_repo("acme/secret")

    parent.update_team_repository(secret, "pull")
    assert carol.get_repo("acme/secret").permissions.triage is False
    child.update_team_repository(secret, "maintain")

    seen = carol.get_repo("acme/secret")
    assert (seen.permissions.maintain, seen.permissions.admin) == (True, False)
    assert secret.get_collaborator_role_name("carol") == "maintain"
    assert "acme/secret" in [each.full_name for each in carol.get_user().get_repos()]
    seen.create_file("a.txt", "feat: a", "a")
    assert grandchild.get_repo_permission(secret).maintain
    assert [each.full_name for each in grandchild.get_repos()] == ["acme/secret"]
    assert [each.login for each in parent.get_members()] == ["alice", "carol"]
    assert [(each.slug, each.permission) for each in secret.get_teams()] == [("everybody", "pull"), ("few", "maintain")]
    assert site.session("carol").get(f"{site.api_url}/repos/acme/payments/teams").status_code == 404
    child.remove_from_repos(secret)
    assert not carol.get_repo("acme/secret").permissions.push
    assert parent.has_in_repos(secret)
    parent.delete()
    assert teams_of(site, "alice") == []
    with pytest.raises(UnknownObjectException):
        carol.get_repo("acme/secret")


def test_teams_are_not_nested_in_circles_and_secret_ones_not_at_all(site: Site) -> None:
    organization = site.github().get_organization("acme")
    parent = organization.create_team("Parent", privacy="closed")
    child = organization.create_team("Child", parent_team_id=parent.id)
    secret = organization.create_team("Secret")
    session = site.session()

    answers = [
        session.patch(f"{site.api_url}/orgs/acme/teams/parent", json={"parent_team_id": child.id}),
        session.patch(f"{site.api_url}/orgs/acme/teams/parent", json={"parent_team_id": parent.id}),
        session.patch(f"{site.api_url}/orgs/acme/teams/parent", json={"privacy": "secret"}),
        session.patch(f"{site.api_url}/orgs/acme/teams/child", json={"parent_team_id": secret.id}),
    ]

    assert [answer.status_code for answer in answers] == [422] * 4
    assert child.privacy == "closed"
    assert [each.slug for each in parent.get_teams()] == ["child"]
    freed = session.patch(f"{site.api_url}/orgs/acme/teams/child", json={"parent_team_id": None})
    assert (freed.status_code, freed.json()["parent"]) == (201, None)


def test_only_the_organization_s_repositories_go_to_its_teams(site: Site) -> None:
    team = site.github().get_organization("acme").create_team("Core", privacy="closed")
    site.github("alice").get_user().create_repo("own")
    session = site.session()
    address = f"{site.api_url}/orgs/acme/teams/core/repos"

    assert session.put(f"{address}/alice/own").status_code == 422
    assert session.put(f"{address}/acme/payments", json={"permission": "rule"}).status_code == 422
    assert session.put(f"{address}/acme/nothing").status_code == 404
    assert session.get(f"{address}/acme/payments").status_code == 404
    assert session.put(f"{address}/acme/payments").status_code == 204
    assert session.get(f"{address}/acme/payments").status_code == 204
    assert team.get_repos().totalCount == 1


def test_a_team_is_asked_for_a_review_and_a_member_s_review_answers(site: Site) -> None:
    organization = site.github().get_organization("acme")
    team = organization.create_team("Core", privacy="closed")
    team.add_membership(site.github().get_user("carol"))
    team.add_to_repos(site.github().get_repo("acme/payments"))
    organization.create_team("Idle", privacy="closed")
    a_commit(site, "feature", {"a.txt": "a\n"})
    pull = site.github("bob").get_repo("acme/payments").create_pull("main", "feature", title="feat: a", body="")

    with pytest.raises(GithubException) as idle:
        pull.create_review_request(team_reviewers=["idle"])
    assert idle.value.status == 422
    pull.create_review_request(team_reviewers=["CORE"])

    assert [each.slug for each in pull.get_review_requests()[1]] == ["core"]
    assert [each.slug for each in site.github().get_repo("acme/payments").get_pull(1).requested_teams] == ["core"]
    asked = [each for each in pull.as_issue().get_timeline() if each.event == "review_requested"]
    assert asked[0].raw_data["requested_team"]["slug"] == "core"
    listed = site.session().get(f"{site.api_url}/repos/acme/payments/pulls")
    assert flaws("GET", "/repos/{owner}/{repo}/pulls", 200, listed.json()) == []
    site.github("carol").get_repo("acme/payments").get_pull(1).create_review(body="fine", event="APPROVE")
    assert list(pull.get_review_requests()[1]) == []
    pull.create_review_request(team_reviewers=["core"])
    pull.delete_review_request(team_reviewers=["core"])
    assert list(pull.get_review_requests()[1]) == []


def test_bodies_of_teams_are_as_github_describes_them(site: Site) -> None:
    session, organization = site.session(), site.github().get_organization("acme")
    parent = organization.create_team("Core", privacy="closed")
    base = f"{site.api_url}/orgs/acme/teams"
    here = "/orgs/{org}/teams"
    child = session.post(base, json={"name": "Child", "parent_team_id": parent.id, "repo_names": ["acme/payments"]})
    session.put(f"{base}/core/repos/acme/payments")
    as_repository = {"Accept": "application/vnd.github.v3.repository+json"}

    exchanges = [
        ("POST", here, child),
        ("GET", here, session.get(base)),
        ("GET", f"{here}/{{team_slug}}", session.get(f"{base}/child")),
        ("GET", f"{here}/{{team_slug}}/members", session.get(f"{base}/core/members")),
        ("GET", f"{here}/{{team_slug}}/memberships/{{username}}", session.get(f"{base}/core/memberships/alice")),
        ("PUT", f"{here}/{{team_slug}}/memberships/{{username}}", session.put(f"{base}/core/memberships/bob")),
        ("GET", f"{here}/{{team_slug}}/repos", session.get(f"{base}/core/repos")),
        (
            "GET",
            f"{here}/{{team_slug}}/repos/{{owner}}/{{repo}}",
            session.get(f"{base}/child/repos/acme/payments", headers=as_repository),
        ),
        ("GET", "/user/teams", session.get(f"{site.api_url}/user/teams")),
        ("GET", "/repos/{owner}/{repo}/teams", session.get(f"{site.api_url}/repos/acme/payments/teams")),
        ("PATCH", f"{here}/{{team_slug}}", session.patch(f"{base}/child", json={"name": "Kid"})),
    ]

    found = {
        f"{method} {path}": flaws(method, path, answer.status_code, answer.json()) for method, path, answer in exchanges
    }
    assert {what: wrong for what, wrong in found.items() if wrong} == {}
