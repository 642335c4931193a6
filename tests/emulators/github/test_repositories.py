"""Repositories through PyGithub: making, finding, editing, deleting, and who sees what."""

from __future__ import annotations

import pytest
from github import GithubException, UnknownObjectException

from tests.emulators.conftest import Site
from tests.emulators.github.test_announce import NOWHERE, told


def refusal(caught: pytest.ExceptionInfo[GithubException]) -> tuple[int, str, list[object]]:
    """Status, message and errors of a refusal."""
    return caught.value.status, caught.value.data["message"], caught.value.data.get("errors", [])


def test_a_repository_says_what_it_is(site: Site) -> None:
    repository = site.github("bob").get_repo("Acme/PAYMENTS")

    assert repository.full_name == "acme/payments"
    assert repository.clone_url == f"{site.html_url}/acme/payments.git"
    assert repository.html_url == f"{site.html_url}/acme/payments"
    assert repository.organization.login == "acme"
    assert (repository.permissions.push, repository.permissions.admin) == (True, False)
    assert (repository.private, repository.visibility, repository.default_branch) == (False, "public", "main")
    assert repository.created_at is not None


def test_a_repository_is_made_for_oneself_and_in_an_organization(site: Site) -> None:
    own = site.github("bob").get_user().create_repo("tool", description="A tool", private=True, auto_init=True)
    shared = site.github("bob").get_organization("acme").create_repo("lib", has_wiki=False, delete_branch_on_merge=True)

    assert (own.full_name, own.private, own.description) == ("bob/tool", True, "A tool")
    assert own.get_readme().decoded_content == b"# tool\nA tool\n"
    assert (shared.full_name, shared.has_wiki, shared.delete_branch_on_merge) == ("acme/lib", False, True)
    assert {label.name for label in shared.get_labels()} >= {"bug", "good first issue", "wontfix"}
    assert {repo.full_name for repo in site.github("bob").get_user().get_repos()} == {
        "acme/lib",
        "acme/payments",
        "bob/tool",
    }


def test_a_name_that_is_taken_or_none_is_refused(site: Site) -> None:
    user = site.github("bob").get_user()
    user.create_repo("tool")

    for name, status in (("TOOL", 422), ("", 422), ("..", 422), ("x.git", 422), ("x" * 101, 422)):
        with pytest.raises(GithubException) as caught:
            user.create_repo(name)
        assert caught.value.status == status

    assert user.create_repo("my tool/2").name == "my-tool-2"


def test_strangers_do_not_see_private_repositories(site: Site) -> None:
    site.github("bob").get_user().create_repo("secret", private=True)

    with pytest.raises(UnknownObjectException):
        site.github("carol").get_repo("bob/secret")
    assert "bob/secret" not in {repo.full_name for repo in site.github("carol").get_user("bob").get_repos()}
    assert site.session(None).get(f"{site.api_url}/repos/bob/secret").status_code == 404
    assert site.github("bob").get_repo("bob/secret").private


def test_members_read_the_organization_s_private_repositories_and_owners_rule_them(site: Site) -> None:
    site.github("alice").get_organization("acme").create_repo("vault", private=True)

    member = site.github("bob").get_repo("acme/vault")

    assert (member.permissions.pull, member.permissions.push) == (True, False)
    assert site.github("alice").get_repo("acme/vault").permissions.admin
    with pytest.raises(UnknownObjectException):
        site.github("carol").get_repo("acme/vault")


def test_strangers_make_nothing_in_an_organization(site: Site) -> None:
    with pytest.raises(GithubException) as caught:
        site.github("carol").get_organization("acme").create_repo("mine")

    assert caught.value.status == 403


def test_an_edit_changes_what_it_names_and_nothing_else(site: Site) -> None:
    repository = site.github().get_repo("acme/payments")
    repository.create_git_ref("refs/heads/trunk", repository.get_branch("main").commit.sha)

    repository.edit(description="New", default_branch="trunk", allow_merge_commit=False, has_projects=False)

    again = site.github().get_repo("acme/payments")
    assert (again.description, again.default_branch, again.has_projects) == ("New", "trunk", False)
    assert (again.allow_merge_commit, again.allow_squash_merge) == (False, True)


def test_a_renamed_repository_keeps_its_files(site: Site) -> None:
    repository = site.github().get_repo("acme/payments")

    repository.edit(name="pay")

    assert site.github().get_repo("acme/pay").get_contents("README.md").decoded_content == b"# Payments\n"


def test_edits_that_make_no_sense_are_422(site: Site) -> None:
    repository = site.github().get_repo("acme/payments")

    with pytest.raises(GithubException) as branch:
        repository.edit(default_branch="none")
    with pytest.raises(GithubException) as methods:
        repository.edit(allow_merge_commit=False, allow_squash_merge=False, allow_rebase_merge=False)

    assert refusal(branch)[2][0]["field"] == "default_branch"
    assert refusal(methods)[2][0]["message"].endswith("(no_merge_method)")


def test_only_administrators_edit_and_delete(site: Site) -> None:
    repository = site.github("bob").get_repo("acme/payments")

    for change in (lambda: repository.edit(description="x"), repository.delete):
        with pytest.raises(GithubException) as caught:
            change()
        assert refusal(caught)[:2] == (403, "Must have admin rights to Repository.")

    site.github("alice").get_repo("acme/payments").delete()
    with pytest.raises(UnknownObjectException):
        site.github("alice").get_repo("acme/payments")


def test_a_deleted_repository_leaves_no_trace_in_its_successor(site: Site) -> None:
    repository = site.github().get_repo("acme/payments")
    repository.create_issue("Old")
    repository.delete()

    again = site.github().get_organization("acme").create_repo("payments")

    assert again.get_issues().totalCount == 0
    assert again.id != repository.id
    assert site.session().get(f"{again.url}/commits").json()["message"] == "Git Repository is empty."


def test_an_archived_repository_is_read_only(site: Site) -> None:
    repository = site.github().get_repo("acme/payments")
    repository.edit(archived=True)

    with pytest.raises(GithubException) as caught:
        repository.create_file("a.txt", "m", "x")

    assert refusal(caught)[:2] == (403, "Repository was archived so is read-only.")


def test_a_repository_is_found_by_its_number(site: Site) -> None:
    repository = site.github().get_repo("acme/payments")

    assert site.github().get_repo(repository.id).full_name == "acme/payments"
    assert site.session().get(f"{site.api_url}/repositories/99").status_code == 404


def test_lists_are_sorted_and_filtered_as_asked(site: Site) -> None:
    user = site.github("carol").get_user()
    for name in ("b", "a", "c"):
        user.create_repo(name, private=name == "a")

    assert [repo.name for repo in user.get_repos(sort="created", direction="asc")] == ["b", "a", "c"]
    assert [repo.name for repo in user.get_repos(direction="desc")] == ["c", "b", "a"]
    assert [repo.name for repo in user.get_repos(visibility="private")] == ["a"]


def test_repositories_within_other_bodies_have_their_counts_too(site: Site) -> None:
    repository = site.github().get_repo("acme/payments")
    repository.create_hook("web", {"url": NOWHERE, "content_type": "json"}, ["push", "issues", "fork"])
    site.github("carol").get_user().add_to_starred(repository)
    repository.create_file("pay.py", "feat: pay", "print('paid')\n")
    repository.create_issue("Broken", assignee="alice")
    site.github("carol").get_user().create_fork(repository)
    team = site.github().get_organization("acme").create_team("core", privacy="closed")
    team.add_to_repos(repository)
    session = site.session()

    heard = dict(told(site))
    shown = [
        heard["push"]["repository"],
        heard["issues"]["repository"],
        session.get(f"{site.api_url}/issues").json()[0]["repository"],
        session.get(f"{site.api_url}/orgs/acme/teams/core/repos").json()[0],
    ]
    feed = session.get(f"{repository.url}/events").json()
    forks = [heard["fork"]["forkee"], next(each for each in feed if each["type"] == "ForkEvent")["payload"]["forkee"]]

    assert [(each["stargazers_count"], each["language"]) for each in shown] == [(1, "Python")] * 4
    assert [(each["stargazers_count"], each["language"]) for each in forks] == [(0, "Python")] * 2
    assert all(each["size"] for each in (*shown, *forks))


def test_a_template_that_is_not_there_is_refused_and_nothing_is_made(site: Site) -> None:
    session = site.session("bob")
    answer = session.post(f"{site.api_url}/user/repos", json={"name": "licensed", "license_template": "mit"})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "license_template"
    assert session.get(f"{site.api_url}/repos/bob/licensed").status_code == 404
