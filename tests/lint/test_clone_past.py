"""What a clone tells of the ways in which work reaches its default branch."""

from __future__ import annotations

from datetime import timedelta

import pytest

from simulator.model.facts import FactKind
from tests.lint.workshop import MONDAY, Workshop, past_of, told


def _landed_by(workshop: Workshop) -> dict[str, list[int]]:
    return {
        seen.detail["message"].split("\n")[0]: seen.detail["pulls"] for seen in told(workshop.past(), FactKind.LANDED)
    }


def test_a_merge_of_github_is_a_pull_request_with_its_commits_title_and_branch(workshop: Workshop) -> None:
    workshop.commit("chore: begin")
    merge = workshop.pull(
        12, "feature/PAY-3-refunds", "feat: refund in part", "test: refund twice", title="feat: refunds"
    )

    past = workshop.past()

    opened, head, merged = (
        told(past, kind)[0]
        for kind in (FactKind.PULL_REQUEST_OPENED, FactKind.PULL_REQUEST_HEAD, FactKind.PULL_REQUEST_MERGED)
    )
    assert opened.subject == head.subject == merged.subject == "pull:12"
    assert opened.detail["title"] == "feat: refunds"
    assert opened.detail["head"] == "feature/PAY-3-refunds"
    assert opened.account == "ada@example.com"
    assert merged.account == "tom@example.com"
    assert merged.detail["merge_sha"] == merge
    assert len(head.detail["commits"]) == 2
    assert sum(file["additions"] for file in head.detail["files"]) == 6
    assert told(past, FactKind.BRANCH_CREATED)[0].subject == "branch:feature/PAY-3-refunds"


def test_each_commit_of_a_merge_lands_with_its_pull_request(workshop: Workshop) -> None:
    workshop.commit("chore: begin")
    workshop.pull(12, "a", "feat: one", "feat: two")

    assert _landed_by(workshop) == {
        "chore: begin": [],
        "feat: one": [12],
        "feat: two": [12],
        "Merge pull request #12 from acme/a": [12],
    }


def test_a_number_behind_a_header_is_a_squashed_pull_request(workshop: Workshop) -> None:
    workshop.commit("feat: refunds in part (#7)\n\n* one\n* two", by="tom")

    past = workshop.past()

    assert told(past, FactKind.PULL_REQUEST_OPENED)[0].detail["title"] == "feat: refunds in part"
    assert told(past, FactKind.PULL_REQUEST_HEAD)[0].detail["commits"] == []
    assert told(past, FactKind.LANDED)[0].detail["pulls"] == [7]
    assert told(past, FactKind.BRANCH_CREATED) == []


@pytest.mark.parametrize(
    ("message", "number"),
    [
        ("Merge branch 'fix-rounding' into 'main'\n\nFix the rounding\n\nSee merge request acme/payments!31", 31),
        ("Merged in fix-rounding (pull request #32)\n\nFix the rounding", 32),
        ("Merge pull request #33 in PAY/payments from fix-rounding to main", 33),
    ],
)
def test_other_hosts_merges_are_pull_requests_too(workshop: Workshop, message: str, number: int) -> None:
    workshop.commit("chore: begin")
    workshop.branch("fix-rounding", "fix: round half up")
    workshop.merge("fix-rounding", message=message)

    opened = told(workshop.past(), FactKind.PULL_REQUEST_OPENED)[0]
    assert (opened.subject, opened.detail["head"]) == (f"pull:{number}", "fix-rounding")


def test_a_merge_without_a_number_is_no_pull_request(workshop: Workshop) -> None:
    workshop.commit("chore: begin")
    workshop.branch("mine", "feat: one")
    workshop.merge("mine", message="Merge branch 'mine'")

    past = workshop.past()

    assert told(past, FactKind.PULL_REQUEST_OPENED) == told(past, FactKind.BRANCH_CREATED) == []
    assert _landed_by(workshop)["feat: one"] == []


def test_what_somebody_pulled_before_pushing_landed_by_itself(workshop: Workshop) -> None:
    workshop.commit("chore: begin")
    workshop.git("checkout", "-q", "-b", "theirs")
    workshop.commit("feat: theirs", by="tom")
    workshop.git("checkout", "-q", "main")
    workshop.commit("feat: mine")
    workshop.merge("theirs", message="Merge branch 'main' of https://github.com/acme/payments")

    past = workshop.past()

    assert {seen.account for seen in told(past, FactKind.COMMITTED)} == {"ada@example.com", "tom@example.com"}
    assert {seen.detail["branch"] for seen in told(past, FactKind.COMMITTED)} == {"main"}


def test_a_forks_default_branch_bears_its_owners_name(workshop: Workshop) -> None:
    workshop.commit("chore: begin")
    workshop.branch("fork", "feat: one")
    workshop.merge("fork", message="Merge pull request #4 from tomk/main\n\nfeat: one")

    assert told(workshop.past(), FactKind.PULL_REQUEST_OPENED)[0].detail["head"] == "tomk:main"


def test_a_branch_name_that_comes_again_is_another_branch(workshop: Workshop) -> None:
    workshop.commit("chore: begin")
    for number in (4, 5):
        workshop.branch(f"p{number}", f"fix: {number}")
        workshop.merge(
            f"p{number}", message=f"Merge pull request #{number} from somebody{number}/patch-1\n\nfix: {number}"
        )

    past = workshop.past()

    assert [seen.detail["head"] for seen in told(past, FactKind.PULL_REQUEST_OPENED)] == ["patch-1", "patch-1~5"]
    assert [seen.subject for seen in told(past, FactKind.BRANCH_CREATED)] == ["branch:patch-1"]


def test_an_octopus_with_five_parents_brings_all_of_them(workshop: Workshop) -> None:
    workshop.commit("chore: begin")
    names = [f"arm-{n}" for n in range(4)]
    for name in names:
        workshop.branch(name, f"feat: {name}")
    workshop.git("checkout", "-q", "main")
    workshop.merge(*names, message="Merge branches 'arm-0', 'arm-1', 'arm-2' and 'arm-3'")

    landed = _landed_by(workshop)

    assert {f"feat: {name}" for name in names} < set(landed)
    assert told(workshop.past(), FactKind.LANDED)[-1].detail["parents"] == 5


def test_merges_into_a_branch_are_commits_of_its_pull_request(workshop: Workshop) -> None:
    workshop.commit("chore: begin")
    workshop.branch("long", "feat: one")
    workshop.git("checkout", "-q", "main")
    workshop.commit("feat: meanwhile", by="tom")
    workshop.git("checkout", "-q", "long")
    workshop.git("merge", "-q", "--no-ff", "-m", "Merge branch 'main' into long", "main")
    workshop.merge("long", message="Merge pull request #9 from acme/long\n\nfeat: one")

    past = workshop.past()

    head = told(past, FactKind.PULL_REQUEST_HEAD)[0]
    parents = {seen.detail["sha"]: seen.detail["parents"] for seen in told(past, FactKind.COMMITTED)}
    assert [parents[sha] for sha in head.detail["commits"]] == [1, 2]
    assert _landed_by(workshop)["feat: meanwhile"] == []


def test_only_what_arrived_in_the_range_is_told(workshop: Workshop) -> None:
    workshop.commit("chore: begin")
    workshop.now = MONDAY + timedelta(days=7)
    workshop.pull(2, "a", "feat: two")
    workshop.now = MONDAY + timedelta(days=14)
    workshop.commit("feat: three")

    past = workshop.past(since=MONDAY + timedelta(days=6), until=MONDAY + timedelta(days=13))

    headers = [seen.detail["message"].split("\n")[0] for seen in told(past, FactKind.LANDED)]
    assert headers == ["feat: two", "Merge pull request #2 from acme/a"]


def test_addresses_are_made_of_the_remote_and_never_hold_its_password(workshop: Workshop) -> None:
    workshop.git("remote", "add", "origin", "https://ada:hunter2@github.com/acme/payments.git")
    sha = workshop.commit("feat: one (#3)")

    past = workshop.past()

    assert told(past, FactKind.COMMITTED)[0].url == f"https://github.com/acme/payments/commit/{sha}"
    assert told(past, FactKind.PULL_REQUEST_OPENED)[0].url == "https://github.com/acme/payments/pull/3"
    assert "hunter2" not in repr(past)


@pytest.mark.parametrize(
    ("remote", "url"),
    [
        ("git@github.com:acme/payments.git", "https://github.com/acme/payments"),
        ("ssh://git@git.example.com:2222/acme/payments.git", "https://git.example.com/acme/payments"),
        (
            "http://127.0.0.1:8000/sites/x/github/acme/payments.git",
            "http://127.0.0.1:8000/sites/x/github/acme/payments",
        ),
        ("/srv/git/payments.git", ""),
        ("file:///srv/git/payments.git", ""),
        ("../payments", ""),
    ],
)
def test_a_remote_of_any_kind_leads_to_its_page_or_to_none(workshop: Workshop, remote: str, url: str) -> None:
    workshop.git("remote", "add", "origin", remote)
    sha = workshop.commit("feat: one")

    assert told(workshop.past(), FactKind.COMMITTED)[0].url == (f"{url}/commit/{sha}" if url else "")


@pytest.mark.parametrize(
    ("host", "commit", "pull"),
    [("gitlab.example.com", "-/commit", "-/merge_requests"), ("bitbucket.org", "commits", "pull-requests")],
)
def test_other_hosts_show_things_elsewhere(workshop: Workshop, host: str, commit: str, pull: str) -> None:
    workshop.git("remote", "add", "origin", f"git@{host}:acme/payments.git")
    sha = workshop.commit("feat: one (#3)")

    past = workshop.past()

    assert told(past, FactKind.COMMITTED)[0].url == f"https://{host}/acme/payments/{commit}/{sha}"
    assert told(past, FactKind.PULL_REQUEST_OPENED)[0].url == f"https://{host}/acme/payments/{pull}/3"


def test_people_are_those_of_the_mailmap_and_bots_are_marked(workshop: Workshop) -> None:
    workshop.write(".mailmap", "Ada Lovelace <ada@example.com> <old@example.com>\n")
    workshop.commit("chore: begin", by="old")
    workshop.commit("build: bump", by="dependabot[bot]")
    workshop.commit("docs: hello", by="12345+octo-cat")

    people = {person.name: person for person in workshop.past().people}

    assert "ada@example.com" in people["Ada Lovelace"].accounts
    assert people["dependabot[bot]"].is_bot


def test_githubs_hidden_address_tells_the_login(workshop: Workshop) -> None:
    hidden = {"GIT_AUTHOR_EMAIL": "12345+Octo-Cat@users.noreply.github.com"}
    workshop.write("a.py", "a = 1\n")
    workshop.git("commit", "-q", "-m", "feat: a", env=hidden)

    assert "octo-cat" in workshop.past().people[0].accounts


def test_the_remotes_branch_counts_where_it_goes_on_from_the_one_here(workshop: Workshop) -> None:
    workshop.commit("feat: one")
    ahead = workshop.commit("feat: two")
    workshop.git("update-ref", "refs/remotes/origin/main", ahead)
    workshop.git("reset", "-q", "--hard", "HEAD~1")

    assert "feat: two" in _landed_by(workshop)


def test_another_branch_can_be_named(workshop: Workshop) -> None:
    workshop.commit("feat: one")
    workshop.git("checkout", "-q", "-b", "release/1.0")
    workshop.commit("fix: for the release")

    past = past_of(workshop.folder, branch="release/1.0")

    assert past.default_branch == "release/1.0"
    assert len(told(past, FactKind.LANDED)) == 2
