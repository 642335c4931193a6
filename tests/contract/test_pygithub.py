"""A tour of the emulated GitHub with PyGithub, unmodified: people and repositories. What comes back is looked at."""

from __future__ import annotations

import pytest
from github import Auth, BadCredentialsException, Github, UnknownObjectException
from github.Repository import Repository

from tests.contract.pygithub_tour import a_pull, refusal
from tests.emulators.conftest import Site


def test_who_is_there(site: Site) -> None:
    hub = site.github("alice")

    me, bob, acme = hub.get_user(), hub.get_user("bob"), hub.get_organization("acme")

    assert (me.login, me.name, me.type) == ("alice", "Alice", "User")
    assert (bob.name, bob.html_url) == ("Bob", f"{site.html_url}/bob")
    assert [email.email for email in me.get_emails() if email.primary] == ["alice@example.com"]
    assert acme.type == "Organization"
    assert {member.login for member in acme.get_members()} == {"alice", "bob"}
    assert acme.has_in_members(bob)
    assert not acme.has_in_members(hub.get_user("carol"))
    assert {each.login for each in hub.get_users()} >= {"alice", "bob", "carol"}
    assert [each.login for each in me.get_orgs()] == ["acme"]
    refusal(404, hub.get_user, "nobody")
    assert hub.get_rate_limit().rate.limit >= 5000
    me.edit(bio="Payments", company="Acme")
    assert (hub.get_user("alice").bio, hub.get_user("alice").company) == ("Payments", "Acme")


def test_a_bad_token_gets_nothing(site: Site) -> None:
    stranger = Github(
        auth=Auth.Token("no-such-token"), base_url=site.api_url, retry=None, seconds_between_requests=None
    )

    with pytest.raises(BadCredentialsException) as caught:
        stranger.get_repo("acme/payments")

    assert caught.value.status == 401
    assert caught.value.data["message"] == "Bad credentials"


def test_a_repository_s_life(site: Site) -> None:
    hub = site.github("alice")

    made = hub.get_user().create_repo("tool", description="A tool", private=True, auto_init=True, has_wiki=False)

    assert (made.full_name, made.private, made.has_wiki, made.visibility) == ("alice/tool", True, False, "private")
    assert made.default_branch == "main"
    assert made.get_readme().decoded_content.startswith(b"# tool")
    assert made.owner.login == "alice"
    refusal(404, site.github("bob").get_repo, "alice/tool")
    made.edit(description="A better tool", private=False, homepage="https://example.com")
    again = site.github("bob").get_repo("alice/tool")
    assert (again.description, again.homepage, again.private) == ("A better tool", "https://example.com", False)
    assert again.permissions.admin is False
    taken = refusal(422, hub.get_user().create_repo, "tool")
    assert taken.data["errors"][0]["message"] == "name already exists on this account"
    made.replace_topics(["git", "payments"])
    assert made.get_topics() == ["git", "payments"]
    made.edit(name="instrument")
    assert hub.get_repo("alice/tool").full_name == "alice/instrument"
    assert {each.name for each in hub.get_user().get_repos(affiliation="owner")} == {"instrument"}
    hub.get_repo("alice/instrument").delete()
    refusal(404, hub.get_repo, "alice/instrument")


def test_people_of_a_repository(repo: Repository, site: Site) -> None:
    assert repo.get_collaborator_permission("alice") == "admin"
    assert repo.get_collaborator_permission("bob") == "write"
    assert {each.login for each in repo.get_collaborators()} >= {"alice", "bob"}

    repo.add_to_collaborators("carol", "triage")

    assert repo.has_in_collaborators("carol")
    assert repo.get_collaborator_role_name("carol") == "triage"
    carols = site.github("carol").get_repo("acme/payments")
    refusal(403, carols.create_file, "c.txt", "chore: c", "c")
    repo.remove_from_collaborators("carol")
    assert not repo.has_in_collaborators("carol")
    assert repo.has_in_assignees("bob")
    team = site.github("alice").get_organization("acme").create_team("Core Team", privacy="closed")
    team.add_membership(site.github("alice").get_user("bob"), role="member")
    team.update_team_repository(repo, "maintain")
    assert team.slug == "core-team"
    assert {each.login for each in team.get_members()} == {"alice", "bob"}  # who makes a team is its maintainer
    assert [each.name for each in repo.get_teams()] == ["Core Team"]
    assert repo.get_collaborator_role_name("bob") == "maintain"


def test_forks_and_hooks(repo: Repository, site: Site) -> None:
    fork = site.github("carol").get_repo("acme/payments").create_fork()
    fork.create_git_ref("refs/heads/mine", fork.get_branch("main").commit.sha)
    fork.create_file("mine.txt", "feat: mine", "mine\n", branch="mine")

    pull = (
        site.github("carol").get_repo("acme/payments").create_pull(base="main", head="carol:mine", title="feat: mine")
    )

    assert (fork.fork, fork.parent.full_name) == (True, "acme/payments")
    assert (pull.head.label, pull.head.repo.full_name) == ("carol:mine", "carol/payments")
    assert repo.get_pull(pull.number).merge().merged
    assert not isinstance(repo.get_contents("mine.txt"), list)
    assert [each.full_name for each in repo.get_forks()] == ["carol/payments"]
    hook = repo.create_hook("web", {"url": "http://127.0.0.1:9/", "content_type": "json", "secret": "s"}, ["push"])
    assert hook.config["secret"] == "********"
    assert [each.id for each in repo.get_hooks()] == [hook.id]
    hook.edit("web", {"url": "http://127.0.0.1:9/x"}, active=False)
    assert repo.get_hook(hook.id).active is False
    hook.delete()
    refusal(404, repo.get_hook, hook.id)


def test_what_happened_is_told(repo: Repository, site: Site) -> None:
    repo.create_issue("One")
    a_pull(repo)

    kinds = [event.type for event in repo.get_events()]

    assert kinds[0] == "PullRequestEvent"
    assert {"IssuesEvent", "PushEvent", "CreateEvent"} <= set(kinds)
    assert {event.type for event in site.github("alice").get_user("alice").get_events()} >= {"IssuesEvent"}
    assert [each.event for each in repo.get_issues_events()] == []
    with pytest.raises(UnknownObjectException):
        repo.get_issue(99)
