"""The history that facts tell of branches and pull requests."""

from __future__ import annotations

import dataclasses

from simulator.model.history import UNPLANNED, History
from simulator.model.keys import IssueKey, SeatId
from simulator.testing.story import Story, instant

ADA, RITA, TOM = SeatId("ada"), SeatId("rita"), SeatId("tom")
PAY_1, PAY_2, PAY_3 = IssueKey("PAY-1"), IssueKey("PAY-2"), IssueKey("PAY-3")


# --- branches ---------------------------------------------------------------------------------------------------


def test_a_renamed_branch_is_followed_with_its_commits() -> None:
    story = Story().issue("PAY-1").push("stuff").rename("stuff", to="feature/PAY-1-stuff")

    branches = story.history().branches

    assert branches["stuff"].replaced_by == "feature/PAY-1-stuff"
    assert branches["stuff"].item == "PAY-1"
    assert branches["feature/PAY-1-stuff"].commits == branches["stuff"].commits != ()


def test_a_branch_deleted_after_its_merge_was_not_renamed_by_one_stacked_on_it() -> None:
    story = Story().push("one").open("one")
    tip = story.history().branches["one"].tips[-1]
    story.merge(1).delete("one").push("two")
    story.facts = [
        dataclasses.replace(fact, detail={**fact.detail, "sha": tip})
        if fact.kind == "branch_created" and fact.subject == "branch:two"
        else fact
        for fact in story.facts
    ]

    assert story.history().branches["one"].replaced_by is None


def test_a_branch_starts_with_its_first_commit_when_that_is_older() -> None:
    story = Story().at("4 10:00").push("a", written="2 10:00")

    branch = story.history().branches["a"]

    assert branch.started_at == instant("2 10:00")
    assert branch.created_at == instant("4 10:00")


def test_a_work_item_is_an_existing_issue_or_nothing() -> None:
    story = Story().issue("PAY-1")
    story.push("feature/PAY-1-a").push("feature/PAY-9-a").push("feature/OPS-1-a")
    story.push("b", commits=[{"message": "feat: x\n\nRefs: pay-1", "lines": 3}])

    items = {name: branch.item for name, branch in story.history().branches.items()}

    assert items == {
        "feature/PAY-1-a": "PAY-1",
        "feature/PAY-9-a": UNPLANNED,
        "feature/OPS-1-a": UNPLANNED,
        "b": "PAY-1",
    }


# --- pull requests ----------------------------------------------------------------------------------------------


def test_a_pull_request_knows_its_titles_its_heads_and_its_state() -> None:
    story = Story().at("1 10:00").push("a", commits=[{"message": "feat: x", "lines": 10}])
    story.at("1 11:00").open("a", title="First", draft=True)
    story.at("2 11:00").retitle(1, title="Second").at("2 12:00").ready(1)
    story.at("3 10:00").push("a", commits=[{"message": "feat: y", "lines": 5}])

    pull = story.history().pulls[1]

    assert [pull.title_at(instant(day)) for day in ("1 09:00", "1 12:00", "2 11:00")] == ["First", "First", "Second"]
    assert pull.ready_at == instant("2 12:00")
    assert (pull.state, story.history("1 12:00").pulls[1].state) == ("open", "draft")
    assert [head.lines for head in pull.heads] == [10, 15]
    before = pull.head_at(instant("2"))
    assert before is not None
    assert before.lines == 10
    assert len(pull.commits) == 2


def test_closing_reopening_and_merging() -> None:
    story = Story().push("a").open("a").at("2").close(1)
    closed = story.history().pulls[1]
    story.at("3").reopen(1)
    open_again = story.history().pulls[1]
    story.at("4").merge(1, by="tom")
    merged = story.history().pulls[1]

    assert [(pull.state, pull.closed_at) for pull in (closed, open_again, merged)] == [
        ("closed", instant("2")),
        ("open", None),
        ("merged", None),
    ]
    assert (merged.merged_at, merged.merged_by) == (instant("4"), TOM)


def test_review_requests_come_in_turns() -> None:
    story = Story().at("1 10:00").push("a").open("a")
    story.at("1 11:00").ask(1).at("1 12:00").ask(1)
    story.at("1 13:00").review(1, state="CHANGES_REQUESTED", by="rita")
    story.at("2 10:00").ask(1).ask(1, reviewer="ada").ask(1, reviewer="a-bot")

    requests = story.history().pulls[1].requests

    assert [(r.reviewer, r.turn, r.at, r.answered_at) for r in requests] == [
        (RITA, 1, instant("1 11:00"), instant("1 13:00")),
        (RITA, 2, instant("2 10:00"), None),
    ]


def test_a_request_that_is_withdrawn_waits_no_longer() -> None:
    story = Story().at("1 10:00").push("a").open("a")
    story.at("1 11:00").ask(1).at("1 12:00").withdraw(1).at("2 10:00").ask(1)

    requests = story.history().pulls[1].requests

    assert [(r.turn, r.at, r.void_at) for r in requests] == [
        (1, instant("1 11:00"), instant("1 12:00")),
        (2, instant("2 10:00"), None),
    ]


def test_a_squash_is_told_from_other_merges() -> None:
    def merged(method: str) -> History:
        commits = [{"message": "feat: x", "lines": 3}, {"message": "feat: y", "lines": 3}]
        return Story().push("a", commits=commits).open("a").merge(1, method=method).history()

    squash, merge = merged("squash"), merged("merge")

    landed = squash.squashed(squash.pulls[1])
    assert landed is not None
    assert landed.message == "feat: one step (#1)"
    assert merge.squashed(merge.pulls[1]) is None


def test_all_that_wrote_a_pull_request_are_its_authors() -> None:
    story = Story().push("a", commits=[{"message": "feat: x", "lines": 3, "by": "tom"}]).open("a", by="ada")

    assert story.history().pulls[1].authors() == (ADA, TOM)
