"""Less usual ways in which work reaches a default branch: tags, reverts, long-lived branches, requests of more than one host."""

from __future__ import annotations

from datetime import timedelta

import pytest

from simulator.model.facts import FactKind
from simulator.model.past import Told
from tests.lint.workshop import MONDAY, Workshop, told


def _pulls(workshop: Workshop) -> dict[str, str]:
    return {seen.subject: seen.detail["title"] for seen in told(workshop.past(), FactKind.PULL_REQUEST_OPENED)}


def _landed(workshop: Workshop) -> dict[str, list[int]]:
    return {
        seen.detail["message"].split("\n")[0]: seen.detail["pulls"] for seen in told(workshop.past(), FactKind.LANDED)
    }


def test_a_clone_tells_of_commits_and_merges_and_of_nothing_else(workshop: Workshop) -> None:
    workshop.commit("chore: begin")

    assert workshop.past().tells == {Told.COMMITS, Told.MERGES}


def test_the_merge_of_a_tag_brings_commits_and_no_branch(workshop: Workshop) -> None:
    workshop.commit("chore: begin")
    workshop.branch("release", "fix: for the release")
    workshop.git("tag", "-a", "-m", "v1.0", "v1.0")
    workshop.merge("v1.0", message="Merge tag 'v1.0'")

    past = workshop.past()

    assert _pulls(workshop) == {}
    assert told(past, FactKind.BRANCH_CREATED) == []
    assert _landed(workshop) == {"chore: begin": [], "fix: for the release": [], "Merge tag 'v1.0'": []}
    assert {seen.detail["branch"] for seen in told(past, FactKind.COMMITTED)} == {"main"}


def test_a_revert_is_a_pull_request_of_its_own_number(workshop: Workshop) -> None:
    workshop.commit("feat: refunds (#7)")
    workshop.commit('Revert "feat: refunds (#7)" (#8)\n\nThis reverts commit 1234567.', lines=1)
    workshop.commit('Revert "feat: refunds (#7)"\n\nThis reverts commit 1234567.', lines=1)

    assert _pulls(workshop) == {"pull:7": "feat: refunds", "pull:8": 'Revert "feat: refunds (#7)"'}
    assert _landed(workshop)['Revert "feat: refunds (#7)"'] == []


@pytest.mark.parametrize("message", ["fix: see (#12) there", "fix: (#0)", "fix: (#x12)", "fix: it (#12", "#12"])
def test_a_number_that_stands_elsewhere_is_no_squash(workshop: Workshop, message: str) -> None:
    workshop.commit(message)

    assert _pulls(workshop) == {}


def test_a_number_that_comes_again_leaves_the_later_commit_by_itself(workshop: Workshop) -> None:
    workshop.commit("feat: refunds (#7)")
    workshop.commit("feat: the second commit of a rebase (#7)")

    assert _pulls(workshop) == {"pull:7": "feat: refunds"}
    assert _landed(workshop) == {"feat: refunds (#7)": [7], "feat: the second commit of a rebase (#7)": []}


def test_a_long_lived_branch_that_is_merged_again_brings_what_is_new(workshop: Workshop) -> None:
    workshop.commit("chore: begin")
    workshop.branch("develop", "feat: one")
    workshop.merge("develop", message="Merge pull request #1 from acme/develop\n\nfeat: one")
    workshop.git("checkout", "-q", "develop")
    workshop.git("merge", "-q", "--no-ff", "-m", "Merge branch 'main' into develop", "main")
    workshop.commit("feat: two")
    workshop.merge("develop", message="Merge pull request #2 from acme/develop\n\nfeat: two")

    heads = {seen.subject: len(seen.detail["commits"]) for seen in told(workshop.past(), FactKind.PULL_REQUEST_HEAD)}

    assert heads == {"pull:1": 1, "pull:2": 2}
    assert _landed(workshop)["feat: two"] == [2]


def test_a_remote_tracking_branch_bears_its_name_without_the_remote(workshop: Workshop) -> None:
    workshop.commit("chore: begin")
    workshop.branch("mine", "feat: one")
    workshop.merge("mine", message="Merge remote-tracking branch 'origin/fix-rounding'\n\nSee merge request !7")

    opened = told(workshop.past(), FactKind.PULL_REQUEST_OPENED)[0]

    assert (opened.subject, opened.detail["head"]) == ("pull:7", "fix-rounding")


def test_a_merge_that_brings_nothing_is_no_pull_request(workshop: Workshop) -> None:
    head = workshop.commit("chore: begin")
    tree = workshop.git("write-tree")
    merge = workshop.git(
        "commit-tree", tree, "-p", head, "-p", head, "-m", "Merge pull request #3 from acme/nothing\n\nnothing"
    )
    workshop.git("update-ref", "refs/heads/main", merge)

    assert _pulls(workshop) == {}


def test_a_commit_that_changes_nothing_is_told_without_files(workshop: Workshop) -> None:
    workshop.commit("chore: begin")
    workshop.commit("ci: run again", lines=0)

    last = told(workshop.past(), FactKind.COMMITTED)[-1]

    assert (last.detail["files"], last.detail["additions"], last.detail["deletions"]) == ([], 0, 0)


def test_a_clock_that_jumps_back_changes_neither_order_nor_merges(workshop: Workshop) -> None:
    workshop.commit("chore: begin")
    workshop.now = MONDAY + timedelta(days=20)
    workshop.branch("ahead", "feat: from tomorrow")
    workshop.now = MONDAY + timedelta(days=1)
    workshop.merge("ahead", message="Merge pull request #4 from acme/ahead\n\nfeat: from tomorrow")

    past = workshop.past()

    opened, merged = (told(past, kind)[0] for kind in (FactKind.PULL_REQUEST_OPENED, FactKind.PULL_REQUEST_MERGED))
    assert opened.recorded_at < merged.recorded_at
    assert _landed(workshop)["feat: from tomorrow"] == [4]


def test_who_committed_anothers_work_did_not_write_it(workshop: Workshop) -> None:
    workshop.write("a.py", "a = 1\n")
    workshop.git("commit", "-q", "-m", "feat: a", by="tom", env={"GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@x"})

    committed = told(workshop.past(), FactKind.COMMITTED)[0]

    assert (committed.account, committed.detail["author_name"]) == ("ada@x", "Ada")
