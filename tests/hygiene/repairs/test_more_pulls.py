"""Advice on pull requests of another shape than most: empty, force-pushed, breaking, planned too large."""

from __future__ import annotations

from simulator.model.hygiene import Finding
from tests.hygiene.repairs.desk import Desk
from tests.hygiene.repairs.mending import mended
from tests.hygiene.repairs.test_pulls import BODY, BRANCH, WHY, show


def test_an_empty_one_is_closed(desk: Desk) -> None:
    desk.branch(BRANCH)
    desk.commit("chore: begin\n\nRefs: PAY-1")
    desk.push()
    desk.pull_request(BRANCH, "feat: refund a part (PAY-1)", BODY)

    mended(desk, "PR-09", lambda found: desk.follow(found.how_to_fix))


def test_a_change_of_what_was_reviewed_is_told(desk: Desk) -> None:
    number = show(desk)
    desk.at("day 1 12:00")
    desk.rita.get_pull(number).create_review(event="COMMENT", body="I read the half of it: the names are clear.")
    desk.at("day 1 14:00")
    desk.git("commit", "-q", "--amend", "-m", f"feat: refund a part of it{WHY}\n\nRefs: PAY-1")
    desk.git("push", "-q", "--force-with-lease", "origin", "HEAD")

    def tell(_: Finding) -> None:
        desk.repository.get_issue(number).create_comment("I changed only the message of the commit, see range-diff.")
        desk.repository.get_pull(number).create_review_request(reviewers=["rita"])

    mended(desk, "PR-15", tell)


def test_files_all_over_the_place_go_into_several(desk: Desk) -> None:
    desk.branch(BRANCH)
    desk.write({f"{area}/part_{n}.py": f"PART = {n}\n" for area in "abcdefgh" for n in range(6)})
    desk.commit(f"feat: refund a part{WHY}\n\nRefs: PAY-1")
    desk.push()
    desk.pull_request(BRANCH, "feat: refund a part (PAY-1)", BODY)

    def fewer(_: Finding) -> None:
        desk.git("reset", "-q", "--hard", "origin/main")
        desk.commit(f"feat: refund a part{WHY}\n\nRefs: PAY-1", **{"a/part__py": "PART = 1\n" * 20})
        desk.git("push", "-q", "--force-with-lease", "origin", "HEAD")

    mended(desk, "PR-05", fewer)


def test_what_breaks_is_marked(desk: Desk) -> None:
    number = show(desk)
    desk.repository.create_label("breaking", "d73a4a")
    desk.repository.get_pull(number).add_to_labels("breaking")

    mended(desk, "CM-14", lambda found: desk.follow(found.how_to_fix))
