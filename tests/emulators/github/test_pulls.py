"""Pull requests: opening, reading, editing, closing, and following their branches."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from github import GithubException

from simulator.emulators.github.state.pull_rows import find_pull
from simulator.emulators.github.state.pulls import set_draft
from simulator.emulators.gitserver import store
from simulator.emulators.gitserver.writing import commit_tree, edit_tree, signature
from tests.emulators.conftest import Site
from tests.emulators.github.pulls import a_clone, a_commit, a_pull, a_repository, a_work, git, refusal, seen_by


def test_the_answer_to_opening_one_does_not_say_yet_whether_it_can_be_merged(site: Site) -> None:
    a_commit(site, "feature", {"a.txt": "1\n"})
    made = a_repository(site, "bob").create_pull(base="main", head="feature", title="Add a feature")

    assert (made.mergeable, made.rebaseable, made.mergeable_state) == (None, None, "unknown")
    assert made.merge_commit_sha is None
    assert a_repository(site).get_pull(made.number).mergeable is True


def test_a_pull_request_is_opened_with_its_counts(site: Site) -> None:
    pull = a_pull(site, files={"a.txt": "1\n2\n", "README.md": "# Payments\n\nMore.\n"})

    assert pull.number == 1
    assert (pull.state, pull.draft, pull.merged) == ("open", False, False)
    assert (pull.commits, pull.changed_files, pull.additions, pull.deletions) == (1, 2, 4, 0)
    assert (pull.mergeable, pull.rebaseable, pull.mergeable_state) == (True, True, "clean")
    assert pull.head.label == "acme:feature"
    assert pull.user.login == "bob"


def test_commits_and_files_are_those_of_the_branch(site: Site) -> None:
    a_commit(site, "feature", {"a.txt": "one\n"}, message="feat: a")
    a_commit(site, "feature", {"README.md": None, "READ.md": "# Payments\n"}, message="feat: rename")
    a_commit(site, "main", {"elsewhere.txt": "x\n"}, login="alice")

    pull = a_repository(site, "bob").create_pull(base="main", head="feature", title="Two commits")

    assert [commit.commit.message for commit in pull.get_commits()] == ["feat: a", "feat: rename"]
    files = {file.filename: file for file in pull.get_files()}
    assert set(files) == {"a.txt", "READ.md"}
    assert files["a.txt"].patch == "@@ -0,0 +1 @@\n+one"
    assert (files["READ.md"].status, files["READ.md"].previous_filename) == ("renamed", "README.md")


def test_what_cannot_be_opened_is_422_with_the_reason(site: Site) -> None:
    a_pull(site)
    repository = a_repository(site, "bob")
    repository.create_git_ref("refs/heads/empty", repository.get_branch("main").commit.sha)

    def reason(head: str, base: str = "main") -> object:
        with pytest.raises(GithubException) as caught:
            repository.create_pull(base=base, head=head, title="x")
        status, message, errors = refusal(caught.value)
        assert (status, message) == (422, "Validation Failed")
        return errors[0]

    about = {"resource": "PullRequest"}
    assert reason("gone") == about | {"field": "head", "code": "invalid"}
    assert reason("feature", "gone") == about | {"field": "base", "code": "invalid"}
    assert reason("bob:feature") == about | {"field": "head", "code": "invalid"}
    assert reason("empty") == about | {"code": "custom", "message": "No commits between main and empty"}
    existing = "A pull request already exists for acme:feature."
    assert reason("acme:feature") == about | {"code": "custom", "message": existing}


def test_a_branch_without_common_history_is_refused(site: Site) -> None:
    opened = store.opened(site.emulators.instance.repository_path(site.key, 1))
    who = signature("Bob", "bob@example.com", site.clock())
    root = commit_tree(opened, edit_tree(opened, None, {"x": b"x"}), parents=[], message="x", author=who, committer=who)
    a_repository(site, "bob").create_git_ref("refs/heads/orphan", root)

    with pytest.raises(GithubException, match="no history in common"):
        a_repository(site, "bob").create_pull(base="main", head="orphan", title="x")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"head": "feature", "base": "main"}, '"title" wasn\'t supplied'),
        ({"title": 7, "head": "feature", "base": "main"}, "is not a string"),
        ({"title": "x", "base": "main"}, '"head" wasn\'t supplied'),
        ({"title": "x", "head": "feature", "base": "main", "draft": "yes"}, "is not a boolean"),
        ({"title": "x", "head": "feature", "base": "main", "body": "y" * 65_537}, "Validation Failed"),
        ({"title": "x" * 257, "head": "feature", "base": "main"}, "Validation Failed"),
        ({"title": "  ", "head": "feature", "base": "main"}, "Validation Failed"),
    ],
)
def test_a_wrong_body_is_422(site: Site, body: dict[str, object], message: str) -> None:
    reply = site.session("bob").post(f"{site.api_url}/repos/acme/payments/pulls", json=body)

    assert reply.status_code == 422
    assert message in reply.json()["message"]


def test_strangers_see_public_pull_requests_but_open_none(site: Site) -> None:
    pull = a_pull(site)
    a_commit(site, "other", {"b.txt": "b\n"})

    assert seen_by(site, "carol", pull).title == "Add a feature"
    with pytest.raises(GithubException, match="must be a collaborator"):
        a_repository(site, "carol").create_pull(base="main", head="other", title="x")
    with pytest.raises(GithubException) as caught:
        seen_by(site, "carol", pull).edit(title="Mine")
    assert caught.value.status == 403
    anonymous = site.session(None)
    assert anonymous.get(pull.url).status_code == 200
    assert anonymous.patch(pull.url, json={"title": "x"}).status_code == 401


def test_a_private_repository_hides_its_pull_requests(site: Site) -> None:
    pull = a_pull(site)
    a_repository(site).edit(private=True)

    assert site.session("carol").get(pull.url).status_code == 404
    assert site.session(None).get(f"{site.api_url}/repos/acme/payments/pulls").status_code == 404
    assert site.session("bob").get(pull.url).status_code == 200


def test_editing_changes_title_body_and_base_and_is_in_the_timeline(site: Site) -> None:
    a_repository(site).create_git_ref("refs/heads/release", a_repository(site).get_branch("main").commit.sha)
    pull = a_pull(site)

    pull.edit(title="Better: <b>ü</b> 🚀", body="Why\r\n\r\nBecause ☃", base="release")

    again = seen_by(site, "alice", pull)
    assert (again.title, again.body) == ("Better: <b>ü</b> 🚀", "Why\r\n\r\nBecause ☃")
    assert again.base.ref == "release"
    kinds = [event.event for event in pull.as_issue().get_timeline()]
    assert kinds == ["committed", "renamed", "base_ref_changed"]


def test_closing_and_reopening(site: Site) -> None:
    pull = a_pull(site)

    pull.edit(state="closed")
    closed = seen_by(site, "alice", pull)
    assert (closed.state, closed.merged, closed.mergeable, closed.mergeable_state) == ("closed", False, None, "unknown")
    a_commit(site, "feature", {"later.txt": "x\n"})
    pull.edit(state="open")

    again = seen_by(site, "alice", pull)
    assert (again.state, again.commits, again.closed_at) == ("open", 2, None)
    assert [event.event for event in pull.as_issue().get_events()] == ["closed", "reopened"]


def test_a_pull_request_whose_branch_was_recreated_cannot_be_reopened(site: Site) -> None:
    pull = a_pull(site)
    pull.edit(state="closed")
    a_commit(site, "feature", {"other.txt": "x\n"}, onto=pull.base.sha)

    with pytest.raises(GithubException, match="force-pushed or recreated"):
        pull.edit(state="open")


def test_lists_filter_and_sort(site: Site) -> None:
    first, second, third = (a_pull(site, f"f{n}", title=f"Number {n}") for n in (1, 2, 3))
    second.edit(state="closed")
    first.create_issue_comment("bump")
    repository = a_repository(site)

    def numbers(**wanted: str) -> list[int]:
        return [pull.number for pull in repository.get_pulls(**wanted)]

    assert numbers() == [3, 1]
    assert numbers(direction="asc") == [1, 3]
    assert numbers(state="closed") == [2]
    assert numbers(state="all", sort="updated", direction="desc") == [1, 2, 3]
    assert numbers(state="all", head="acme:f3") == [3]
    assert numbers(state="all", head="carol:f3") == []
    assert numbers(base="release") == []
    page = site.session().get(f"{site.api_url}/repos/acme/payments/pulls?state=all&per_page=1&page=2")
    assert [each["number"] for each in page.json()] == [second.number]
    assert 'rel="next"' in page.headers["Link"]
    assert "state=all" in page.headers["Link"]
    assert third.number == 3


def test_diff_and_patch_are_sent_when_asked_for(site: Site) -> None:
    pull = a_pull(site, files={"a.txt": "one\n"})
    session = site.session()

    diff = session.get(pull.url, headers={"Accept": "application/vnd.github.v3.diff"})
    patch = session.get(pull.url, headers={"Accept": "application/vnd.github.patch"})

    assert diff.headers["Content-Type"] == "application/vnd.github.v3.diff; charset=utf-8"
    assert diff.text.startswith("diff --git a/a.txt b/a.txt\n")
    assert patch.text.startswith("From ")
    assert "Subject: [PATCH] feat: feature" in patch.text


def test_a_conflict_makes_it_dirty(site: Site) -> None:
    pull = a_pull(site, files={"README.md": "# Bob's\n"})
    a_commit(site, "main", {"README.md": "# Alice's\n"}, login="alice")

    again = seen_by(site, "alice", pull)

    assert (again.mergeable, again.rebaseable, again.mergeable_state) == (False, False, "dirty")


def test_checks_make_it_unstable(site: Site) -> None:
    pull = a_pull(site)
    commit = a_repository(site, "bob").get_commit(pull.head.sha)

    commit.create_status("failure", context="ci")
    assert seen_by(site, "alice", pull).mergeable_state == "unstable"
    commit.create_status("success", context="ci")
    assert seen_by(site, "alice", pull).mergeable_state == "clean"


def test_refs_of_the_pull_request_can_be_fetched(site: Site, tmp_path: Path) -> None:
    pull = a_pull(site)
    folder = a_clone(site, tmp_path)

    git(folder, "fetch", "-q", "origin", "refs/pull/1/head:pr", "refs/pull/1/merge:merged")

    assert git(folder, "rev-parse", "pr").strip() == pull.head.sha
    assert git(folder, "rev-parse", "merged").strip() == pull.merge_commit_sha
    assert git(folder, "rev-parse", "merged^1", "merged^2").split() == [pull.base.sha, pull.head.sha]


def test_pull_requests_of_a_commit(site: Site) -> None:
    pull = a_pull(site)
    a_pull(site, "unrelated")

    found = a_repository(site).get_commit(pull.head.sha).get_pulls()

    assert [each.number for each in found] == [1]
    assert list(a_repository(site).get_commit(pull.base.sha).get_pulls()) == []
    gone = site.session().get(f"{site.api_url}/repos/acme/payments/commits/{'f' * 40}/pulls")
    assert (gone.status_code, gone.json()["message"]) == (422, f"No commit found for SHA: {'f' * 40}")


def test_commits_that_a_rebase_made_belong_to_their_pull_request(site: Site) -> None:
    a_commit(site, "feature", {"a.txt": "1\n"})
    a_commit(site, "feature", {"b.txt": "2\n"})
    pull = a_repository(site, "bob").create_pull(base="main", head="feature", title="Two")
    a_commit(site, "main", {"main.txt": "x\n"}, login="alice")
    pull.merge(merge_method="rebase")

    landed = list(a_repository(site).get_commits())[:3]

    assert [[each.number for each in commit.get_pulls()] for commit in landed] == [[1], [1], []]


def test_eight_people_at_once_get_different_numbers(site: Site) -> None:
    for number in range(8):
        a_commit(site, f"f{number}", {f"{number}.txt": "x\n"})

    def opened(number: int) -> int:
        repository = a_repository(site, "bob")
        if number % 2:
            return repository.create_issue(f"Issue {number}").number
        return repository.create_pull(base="main", head=f"f{number}", title=f"Pull {number}").number

    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(opened, range(8)))

    assert sorted(numbers) == list(range(1, 9))


def test_two_sites_count_for_themselves(site: Site, other_site: Site) -> None:
    ours, theirs = a_pull(site), a_pull(other_site, title="Theirs")

    assert (ours.number, ours.id) == (theirs.number, theirs.id)
    assert seen_by(site, "alice", ours).title == "Add a feature"
    assert seen_by(other_site, "alice", theirs).title == "Theirs"


def test_addresses_of_diff_and_patch_answer(site: Site) -> None:
    pull = a_pull(site, files={"a.txt": "one\n"})
    session = site.session()

    assert session.get(pull.diff_url).text.startswith("diff --git a/a.txt b/a.txt\n")
    assert "Subject: [PATCH] feat: feature" in session.get(pull.patch_url).text
    assert session.get(pull.diff_url.replace("/1.diff", "/9.diff")).status_code == 404


def test_drafts_are_readied_and_taken_back(site: Site) -> None:
    pull = a_pull(site, draft=True)
    assert (pull.draft, pull.mergeable_state) == (True, "draft")

    for draft in (False, True, True):
        with site.emulators.instance.database.writing() as connection:
            work = a_work(site, connection, "bob")
            found = find_pull(work, 1)
            assert found is not None
            set_draft(work, found, draft)

    kinds = [event.event for event in pull.as_issue().get_events()]
    assert kinds == ["ready_for_review", "convert_to_draft"]
    assert seen_by(site, "alice", pull).draft
