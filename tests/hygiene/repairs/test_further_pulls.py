"""Advice on pull requests with more than one purpose, on their boxes, their checks, and the protection of the default branch."""

from __future__ import annotations

import os
from typing import Any

from simulator.model.hygiene import Finding
from tests.hygiene.repairs.desk import Desk
from tests.hygiene.repairs.mending import mended
from tests.hygiene.repairs.test_pulls import BODY, BRANCH, WHY, show

PART = "".join(f"def part_{n}(amount):\n    return amount - {n}\n\n\n" for n in range(8))
CODES = "".join(f"def code_{n}(answer):\n    return answer + {n}\n\n\n" for n in range(8))


def two_in_one(desk: Desk, *, second: str, key: str) -> int:
    """A pull request of two commits, of which the second is another thing."""
    desk.branch(BRANCH)
    desk.commit(f"feat: refund a part{WHY}\n\nRefs: PAY-1", **{"payments/part__py": PART})
    desk.commit(f"{second}{WHY}\n\nRefs: {key}", **{"payments/codes__py": CODES})
    desk.push()
    return desk.pull_request(BRANCH, "feat: refund a part (PAY-1)", BODY).number


def split_off(desk: Desk, advice: str) -> None:
    """The commands that are advised; in the list of the rebase, the commits that they name are dropped."""
    dropped = advice.rpartition("write drop before ")[2].rstrip(".").split()
    assert dropped
    desk.editor(rebases=";".join(f"s/^pick {sha[:7]}/drop {sha[:7]}/" for sha in dropped))
    desk.follow(advice)


def checked(client: Any, sha: str, conclusion: str) -> None:
    """The check `tests` ended on a commit."""
    client.create_check_run("tests", sha, status="completed", conclusion=conclusion)


def landed_red(desk: Desk) -> str:
    """The learner's pull request was merged, and broke the default branch: the sha of the merge."""
    number = show(desk)
    checked(desk.rita, desk.repository.get_pull(number).head.sha, "success")
    desk.look_around()
    merge = desk.repository.get_pull(number).merge(merge_method="squash")
    desk.tick()
    checked(desk.rita, merge.sha, "failure")
    desk.look_around()
    return str(merge.sha)


def test_commits_of_another_issue_move_to_a_branch_of_their_own(desk: Desk) -> None:
    two_in_one(desk, second="feat: tell why a card was declined (PAY-2)", key="PAY-2")

    mended(desk, "BR-10", lambda found: split_off(desk, found.how_to_fix))


def test_a_second_purpose_moves_to_a_branch_of_its_own(desk: Desk) -> None:
    two_in_one(desk, second="fix: round half a cent up", key="PAY-1")

    mended(desk, "PR-06", lambda found: split_off(desk, found.how_to_fix))


def test_a_large_file_is_taken_out_of_the_commit_that_added_it(desk: Desk) -> None:
    desk.branch(BRANCH)
    desk.write({"payments/part.py": PART})
    (desk.folder / "demo.mp4").write_bytes(os.urandom(700_000))
    desk.commit(f"feat: refund a part{WHY}\n\nRefs: PAY-1")
    desk.push()
    desk.pull_request(BRANCH, "feat: refund a part (PAY-1)", BODY)

    def take_out(found: Finding) -> None:
        desk.editor(rebases="s/^pick/edit/")
        desk.follow(found.how_to_fix)

    mended(desk, "CI-02", take_out)


def test_a_box_left_open_is_ticked_after_the_merge(desk: Desk) -> None:
    number = show(desk, body=f"{BODY}\n\n- [x] tests\n- [ ] the manual")
    desk.look()
    desk.repository.get_pull(number).merge(merge_method="squash")
    desk.at("day 1 14:00")

    mended(
        desk, "PR-03", lambda _: desk.repository.get_pull(number).edit(body=f"{BODY}\n\n- [x] tests\n- [x] the manual")
    )


def test_a_default_branch_that_a_merge_broke_is_green_again(desk: Desk) -> None:
    sha = landed_red(desk)

    mended(desk, "CI-04", lambda _: _green_again(desk, sha))


def test_a_default_branch_that_has_been_red_for_long_is_green_again(desk: Desk) -> None:
    sha = landed_red(desk)
    desk.at("day 2 12:00")

    mended(desk, "CI-05", lambda _: _green_again(desk, sha))


def _green_again(desk: Desk, sha: str) -> None:
    desk.tick()
    checked(desk.rita, sha, "success")
    desk.look_around()


def test_checks_that_a_commit_skipped_run_after_the_merge(desk: Desk) -> None:
    checked(desk.rita, desk.rita.get_branch("main").commit.sha, "success")  # there is a build
    desk.branch(BRANCH)
    desk.commit(f"feat: refund a part [skip ci]{WHY}\n\nRefs: PAY-1", **{"payments/part__py": PART})
    desk.push()
    number = desk.pull_request(BRANCH, "feat: refund a part (PAY-1)", BODY).number
    desk.look_around()
    merge = desk.repository.get_pull(number).merge(merge_method="squash", commit_title="feat: refund a part (PAY-1)")
    desk.at("day 1 12:00")

    mended(desk, "CI-06", lambda _: _green_again(desk, merge.sha))


def test_one_that_was_merged_red_is_mended_on_a_branch_within_the_hour(desk: Desk) -> None:
    number = show(desk)
    checked(desk.rita, desk.repository.get_pull(number).head.sha, "failure")
    desk.look_around()
    desk.repository.get_pull(number).merge(merge_method="squash")
    desk.tick()

    def mend(found: Finding) -> None:
        desk.follow(found.how_to_fix)
        desk.commit(f"fix: return the rest of a part{WHY}\n\nRefs: PAY-1", **{"payments/rest__py": PART})
        desk.push()
        second = desk.pull_request("fix/green-main", "fix: return the rest of a part (PAY-1)", BODY).number
        checked(desk.rita, desk.repository.get_pull(second).head.sha, "success")
        desk.look_around()
        desk.rita.get_pull(second).create_review(event="APPROVE", body="I read the rest and tried two amounts of it.")
        merge = desk.repository.get_pull(second).merge(merge_method="squash")
        desk.tick()
        _green_again(desk, merge.sha)

    mended(desk, "PR-12", mend)


def test_the_default_branch_is_protected(desk: Desk) -> None:
    def protect(_: Finding) -> None:
        desk.repository.get_branch("main").edit_protection(required_approving_review_count=1)
        desk.look_around()

    desk.look_around()

    mended(desk, "CI-07", protect, subject="branch:main/protection-1")
