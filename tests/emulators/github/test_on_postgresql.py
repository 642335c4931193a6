"""The repository part on PostgreSQL: the same doors, another database."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from github.PullRequest import PullRequest

from tests.emulators.browsing import Browser
from tests.emulators.conftest import Site, a_seed
from tests.emulators.github import (
    searching,
    test_actions,
    test_collaborators,
    test_feeds,
    test_hooks,
    test_limits,
    test_notifications,
    test_organizations,
    test_search,
    test_teams,
)
from tests.emulators.github.graphql import test_pull_mutations, test_reading
from tests.emulators.github.pages import test_links
from tests.emulators.github.worktree import Clone

_BOTH = (("alice", "acme/payments"), ("bob", "bob/payments"))


def test_a_repository_is_worked_on_as_on_sqlite(postgresql_site: Site, tmp_path: Path) -> None:
    site = postgresql_site
    repository = site.github().get_repo("acme/payments")
    repository.create_file("a.txt", "feat: a", "1")
    repository.create_label("new", "ffffff")
    repository.create_hook("web", {"url": "http://127.0.0.1:9/", "content_type": "json"}, ["*"])
    repository.get_branch("main").edit_protection(strict=False, checks=["ci"], required_approving_review_count=1)
    clone = Clone(site, tmp_path / "clone")
    sha = clone.commit("b.txt", "2")

    refused = clone.push("main", "main:topic")
    repository.get_commit(sha).create_status("success", context="ci")
    repository.create_check_run("lint", sha, status="completed", conclusion="success")

    assert "protected branch hook declined" in refused.stderr
    assert repository.get_commit("topic").get_combined_status().state == "success"
    activity = site.session().get(f"{repository.url}/activity").json()
    assert [each["activity_type"] for each in activity] == ["branch_creation", "push", "branch_creation"]
    repository.delete()
    assert site.session().get(repository.url).status_code == 404


def test_numbers_and_refs_are_given_once_under_load(postgresql_site: Site) -> None:
    site = postgresql_site
    repository = site.github().get_repo("acme/payments")
    sha = repository.get_branch("main").commit.sha

    def make(number: int) -> tuple[int, int]:
        session = site.session("bob")
        label = session.post(f"{repository.url}/labels", json={"name": f"l{number}", "color": "ffffff"}).json()
        ref = session.post(f"{repository.url}/git/refs", json={"ref": "refs/heads/one", "sha": sha})
        same = session.post(f"{repository.url}/labels", json={"name": "same", "color": "ffffff"})
        repo = session.post(f"{site.api_url}/user/repos", json={"name": "same"})
        assert {same.status_code, repo.status_code} <= {201, 422}
        return label["id"], ref.status_code

    with ThreadPoolExecutor(6) as threads:
        made = list(threads.map(make, range(12)))

    assert len({label for label, _ in made}) == 12
    assert sorted(status for _, status in made) == [201] + [422] * 11


def test_pushes_at_once_in_a_fork_and_its_parent_never_wait_for_each_other(
    postgresql_site: Site, tmp_path: Path
) -> None:
    site = postgresql_site
    site.github("bob").get_repo("acme/payments").create_fork()
    clones = [Clone(site, tmp_path / name, name, repository) for name, repository in _BOTH]
    for clone in clones:
        clone.commit("start.txt", clone.folder.name)
        clone.push("HEAD:refs/heads/topic")
    parent, fork = (site.github("bob").get_repo(repository) for _, repository in _BOTH)
    pulls = [
        parent.create_pull(title="in", head="bob:topic", base="main"),
        fork.create_pull(title="out", head="acme:topic", base="main"),
    ]

    def push(clone: Clone) -> list[int]:
        codes = []
        for number in range(6):
            clone.commit("more.txt", f"{clone.folder.name} {number}", f"feat: {number} as in #1")
            codes.append(clone.push("HEAD:refs/heads/topic").returncode)
        return codes

    def talk(pull: PullRequest) -> list[str]:
        return [pull.create_issue_comment(f"{number}, acme/payments#1, bob/payments#1").body for number in range(8)]

    with ThreadPoolExecutor(4) as threads:
        pushed = [threads.submit(push, clone) for clone in clones]
        talked = [threads.submit(talk, each) for each in pulls]

        assert [each.result() for each in pushed] == [[0] * 6] * 2
        assert [len(each.result()) for each in talked] == [8, 8]
    assert parent.get_pull(1).head.sha == clones[1].tip()
    assert fork.get_pull(1).head.sha == clones[0].tip()


def test_teams_and_organizations_are_the_same_as_on_sqlite(postgresql_site: Site) -> None:
    journeys = (
        test_teams.test_a_team_is_made_found_edited_and_deleted,
        test_teams.test_a_team_s_members_may_do_what_the_team_may,
        test_teams.test_a_team_is_asked_for_a_review_and_a_member_s_review_answers,
        test_organizations.test_owners_let_people_in_and_send_them_away,
        test_organizations.test_the_organization_says_what_members_may_do_in_its_repositories,
        test_collaborators.test_lists_of_collaborators_are_chosen_by_affiliation_and_permission,
        test_limits.test_requests_are_counted_and_then_refused_until_the_hour_is_over,
    )
    for number, journey in enumerate(journeys):
        site = Site(f"pg-{number}", postgresql_site.server)
        site.emulators.create_site(site.key, a_seed())

        journey(site)


def test_issues_are_searched_and_told_of_as_on_sqlite(postgresql_site: Site) -> None:
    server = postgresql_site.server
    for key in ("pg-feed", "pg-threads"):
        server.emulators.create_site(key, a_seed())

    test_search.finds_what_it_says(searching.lived_in(postgresql_site))
    test_feeds.lives(Site("pg-feed", server))
    test_notifications.concerns_people(Site("pg-threads", server))


def test_builds_and_deliveries_as_on_sqlite(postgresql_site: Site) -> None:
    repository = postgresql_site.github().get_repo("acme/payments")
    hook = repository.create_hook("web", {"url": "http://127.0.0.1:9/", "content_type": "json"}, ["label"])
    repository.create_label("new", "ffffff")

    test_actions.test_a_run_is_run_again_whole_or_where_it_failed_and_is_cancelled(postgresql_site)

    assert test_hooks.settled(postgresql_site, hook, "ping")["status"] == "failed to connect to host"


def test_graphql_answers_as_on_sqlite(postgresql_site: Site) -> None:
    test_pull_mutations.test_a_pull_request_merges_by_itself_once_it_may(postgresql_site)
    test_reading.test_comments_are_paged_within_a_list_of_issues(postgresql_site)


def test_pages_are_read_as_well(postgresql_site: Site) -> None:
    test_links.test_the_tabs_lead_everywhere(postgresql_site, Browser(postgresql_site))
