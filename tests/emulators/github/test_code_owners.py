"""Code owners: who they are, that they are asked, that their approval is waited for."""

from __future__ import annotations

import pytest
from github import GithubException

from simulator.emulators.github import code_owner_file
from simulator.emulators.github.state import pulls
from simulator.emulators.github.state.pull_rows import find_pull
from tests.emulators.conftest import Site
from tests.emulators.github.description import flaws
from tests.emulators.github.pulls import a_collaborator, a_commit, a_pull, a_repository, a_work, refusal, seen_by

FILE = """\
# everything
*            @alice
*.js         @carol  # scripts
/docs/       carol@example.com
docs/*       @nobody
apps/        @acme/payments-team
build/logs/
"""


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("*", "a/b/c.txt", True),
        ("*.js", "a/b.js", True),
        ("*.js", "a/b.jsx", False),
        ("/build/logs/", "build/logs/x/y", True),
        ("/build/logs/", "a/build/logs/x", False),
        ("docs/*", "docs/a.md", True),
        ("docs/*", "docs/deep/a.md", False),
        ("docs/*", "x/docs/a.md", False),
        ("apps/", "x/apps/y/z", True),
        ("apps/", "apps", False),
        ("/docs", "docs/deep/a.md", True),
        ("**/logs", "a/b/logs/c", True),
        ("**/logs", "logs", True),
        ("a/**/z", "a/z", True),
        ("a/**/z", "a/b/c/z", True),
        ("a/**", "a/b/c", True),
        ("path\\ with/x", "path with/x", True),
        ("READ?E.md", "README.md", True),
        ("readme.md", "README.md", False),
    ],
)
def test_patterns_match_as_the_documentation_says(pattern: str, path: str, matches: bool) -> None:
    lines = code_owner_file.parsed(f"{pattern} @alice")

    assert bool(code_owner_file.owners_of(lines, path)) is matches


def test_the_last_line_that_matches_counts_and_may_leave_a_path_to_nobody() -> None:
    lines = code_owner_file.parsed(FILE)

    def names(path: str) -> list[str]:
        return [owner.name for owner in code_owner_file.owners_of(lines, path)]

    assert names("README.md") == ["@alice"]
    assert names("src/x.js") == ["@carol"]
    assert names("docs/deep/x.md") == ["carol@example.com"]
    assert names("docs/x.md") == ["@nobody"]
    assert names("build/logs/x.js") == []


def test_faults_are_told_with_their_place(site: Site) -> None:
    content = "***/*.rb @alice\n*.txt docs@ @nobody\n![x] @bob\n/ok @acme/no-team\n"
    a_commit(site, "main", {".github/CODEOWNERS": content}, login="alice")
    address = f"{site.api_url}/repos/acme/payments/codeowners/errors"

    reply = site.session("carol").get(address)

    assert not flaws("GET", "/repos/{owner}/{repo}/codeowners/errors", 200, reply.json())
    found = [(error["line"], error["column"], error["kind"]) for error in reply.json()["errors"]]
    assert found == [
        (1, 1, "Invalid pattern"),
        (2, 7, "Invalid owner"),
        (2, 13, "Unknown owner"),
        (3, 1, "Invalid pattern"),
        (4, 5, "Unknown owner"),
    ]
    first = reply.json()["errors"][0]
    assert (first["suggestion"], first["path"]) == ("Did you mean `**/*.rb`?", ".github/CODEOWNERS")
    assert first["message"].endswith("\n\n  ***/*.rb @alice\n  ^")
    assert site.session().get(f"{address}?ref=nowhere").status_code == 404


def test_owners_are_asked_and_their_approval_is_waited_for(site: Site) -> None:
    a_collaborator(site, "carol")
    a_commit(site, "main", {"CODEOWNERS": "* @alice @bob\n*.js @carol\n"}, login="alice")
    a_repository(site).get_branch("main").edit_protection(
        required_approving_review_count=1, require_code_owner_reviews=True, enforce_admins=True
    )
    pull = a_pull(site, files={"a.txt": "x", "b.js": "y"})

    assert {person.login for person in seen_by(site, "bob", pull).requested_reviewers} == {"alice", "carol"}
    seen_by(site, "alice", pull).create_review(event="APPROVE")
    with pytest.raises(GithubException) as caught:
        pull.merge()
    assert refusal(caught.value)[:2] == (405, "Waiting on code owner review from carol.")
    assert seen_by(site, "bob", pull).mergeable_state == "blocked"
    a_commit(site, "feature", {"c.txt": "z"})
    assert [person.login for person in seen_by(site, "bob", pull).requested_reviewers] == ["carol"]
    seen_by(site, "carol", pull).create_review(event="APPROVE")
    assert pull.merge().merged


def test_owners_of_a_draft_are_asked_when_it_is_ready_and_teams_stand_for_their_members(site: Site) -> None:
    organization = site.github().get_organization("acme")
    team = organization.create_team("Reviewers", privacy="closed")
    team.add_membership(site.github().get_user("alice"))
    team.update_team_repository(a_repository(site), "push")
    a_commit(site, "main", {"docs/CODEOWNERS": "* @acme/reviewers\n"}, login="alice")
    a_repository(site).get_branch("main").edit_protection(
        required_approving_review_count=0, require_code_owner_reviews=True, enforce_admins=True
    )
    pull = a_pull(site, draft=True)

    assert pull.raw_data["requested_teams"] == []
    with site.emulators.instance.database.writing() as connection:
        work = a_work(site, connection, "bob")
        draft = find_pull(work, pull.number)
        assert draft is not None
        pulls.set_draft(work, draft, False)
    assert [each["slug"] for each in seen_by(site, "bob", pull).raw_data["requested_teams"]] == ["reviewers"]
    with pytest.raises(GithubException) as caught:
        pull.merge()
    assert refusal(caught.value)[1] == "Waiting on code owner review from acme/reviewers."
    seen_by(site, "alice", pull).create_review(event="APPROVE")
    assert pull.merge().merged
