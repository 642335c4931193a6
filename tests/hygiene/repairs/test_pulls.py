"""Advice on pull requests and reviews, followed: by curl as it is printed, and by PyGithub where it is in words."""

from __future__ import annotations

from simulator.model.hygiene import Finding
from tests.hygiene.repairs.desk import Desk
from tests.hygiene.repairs.mending import mended

WHY = "\n\nShops asked for it, since a parcel is seldom returned whole."
BODY = "Why: shops asked for PAY-1. What: a part can be refunded. Tested: by hand, with the ledger's amounts."
BRANCH = "feature/PAY-1-part"


def show(desk: Desk, *, title: str = "feat: refund a part (PAY-1)", body: str = BODY, lines: int = 30) -> int:
    """A branch of the learner and its pull request: its number."""
    desk.branch(BRANCH)
    text = "".join(f"def part_{n}(amount):\n    return amount - {n}\n\n\n" for n in range(lines // 4))
    desk.commit(f"feat: refund a part{WHY}\n\nRefs: PAY-1", **{"payments/part__py": text})
    desk.push()
    return desk.pull_request(BRANCH, title, body).number


def toms(desk: Desk, *, lines: int = 30) -> int:
    """A pull request of Tom that the learner is asked to review."""
    base = desk.tom.get_branch("main").commit.sha
    desk.tom.create_git_ref("refs/heads/feature/PAY-2-codes", base)
    text = "".join(f"def code_{n}(answer):\n    return answer + {n}\n\n\n" for n in range(lines // 4))
    desk.tom.create_file("payments/codes.py", f"feat: tell why{WHY}\n\nRefs: PAY-2", text, branch="feature/PAY-2-codes")
    pull = desk.tom.create_pull(base="main", head="feature/PAY-2-codes", title="feat: tell why (PAY-2)", body=BODY)
    pull.create_review_request(reviewers=["ada"])
    desk.tick()
    return int(pull.number)


def test_a_title_is_written_again(desk: Desk) -> None:
    show(desk, title="Refund stuff")

    mended(desk, "PR-01", lambda found: desk.follow(found.how_to_fix))


def test_a_title_without_a_key_gets_it(desk: Desk) -> None:
    desk.branch("feature/part")
    desk.commit(f"feat: refund a part{WHY}", **{"payments/part__py": "PART = 1\n"})
    desk.push()
    desk.pull_request("feature/part", "feat: refund a part", "Why: shops asked. What: a part. Tested: by hand.")

    mended(desk, "FL-03", lambda found: desk.follow(found.how_to_fix))


def test_a_description_is_filled_in(desk: Desk) -> None:
    show(desk, body="")

    def fill(found: Finding) -> None:
        advice = found.how_to_fix.replace("WHO NEEDS IT (ISSUE)", "shops do, for PAY-1").replace(
            "WHAT CHANGES", "parts"
        )
        desk.follow(advice.replace("HOW YOU KNOW THAT IT WORKS", "by hand, with amounts of the ledger"))

    mended(desk, "PR-02", fill)


def test_a_reviewer_is_asked(desk: Desk) -> None:
    show(desk)
    desk.at("day 1 16:00")

    mended(desk, "PR-07", lambda found: desk.follow(found.how_to_fix))


def test_tests_are_written(desk: Desk) -> None:
    show(desk)

    def write(_: Finding) -> None:
        test = "from payments.part import part_1\n\n\ndef test_part():\n    assert part_1(1) == 0\n"
        desk.commit(f"test: refund a part{WHY}\n\nRefs: PAY-1", **{"tests/test_part__py": test * 3})
        desk.push()

    mended(desk, "PR-08", write)


def test_an_unfinished_one_becomes_a_draft(desk: Desk) -> None:
    number = show(desk, title="WIP: refund a part (PAY-1)")

    mended(desk, "PR-10", lambda _: desk.repository.get_pull(number).convert_to_draft())


def test_one_that_was_merged_unread_is_reviewed_later(desk: Desk) -> None:
    number = show(desk)
    desk.repository.get_pull(number).merge(merge_method="squash")
    desk.at("day 1 14:00")

    def ask(_: Finding) -> None:
        review = "I read the refund of a part and tried it with two amounts of the ledger."
        desk.rita.get_pull(number).create_review(event="APPROVE", body=review)

    mended(desk, "PR-11", ask)


def test_one_that_was_closed_without_a_word_gets_a_reason(desk: Desk) -> None:
    number = show(desk)
    desk.at("day 2 10:00")
    desk.repository.get_pull(number).edit(state="closed")
    desk.at("day 2 12:00")

    mended(
        desk,
        "PR-18",
        lambda found: desk.follow(found.how_to_fix.replace("WHY", "Closed: number seven does it, too")),
    )


def test_a_large_one_is_split(desk: Desk) -> None:
    number = show(desk, lines=900)

    def split(_: Finding) -> None:
        desk.git("reset", "-q", "--hard", "origin/main")
        desk.commit(f"feat: refund a part{WHY}\n\nRefs: PAY-1", **{"payments/part__py": "PART = 1\n" * 80})
        desk.git("push", "-q", "--force-with-lease", "origin", "HEAD")

    mended(desk, "PR-04", split)
    assert desk.repository.get_pull(number).additions == 80


def test_a_review_that_is_due_is_given(desk: Desk) -> None:
    number = toms(desk)
    desk.at("day 4 16:00")

    def review(_: Finding) -> None:
        said = "I read the codes: the third one is never answered, is that on purpose? The rest is clear."
        desk.repository.get_pull(number).create_review(event="COMMENT", body=said)

    mended(desk, "RV-01", review)


def test_one_of_the_others_is_reviewed(desk: Desk) -> None:
    toms(desk)
    desk.at("day 4 16:00")
    said = "I read the codes and tried the third one by hand: it is right"

    mended(desk, "RV-07", lambda found: desk.follow(found.how_to_fix.replace("WHAT YOU CHECKED", said)))


def test_a_rubber_stamp_is_made_good(desk: Desk) -> None:
    number = toms(desk, lines=400)
    desk.at("day 1 12:00")
    desk.repository.get_pull(number).create_review(event="APPROVE", body="")
    desk.look()
    desk.at("day 1 14:00")
    said = "I read the codes now and tried the third one by hand"

    mended(desk, "RV-03", lambda found: desk.follow(found.how_to_fix.replace("WHAT YOU CHECKED", said)))


def test_a_block_without_words_is_explained(desk: Desk) -> None:
    number = toms(desk)
    desk.at("day 1 12:00")
    desk.repository.get_pull(number).create_review(event="REQUEST_CHANGES", body="No.")
    said = "The third code is never answered: let it return None, and test that"

    mended(desk, "RV-09", lambda found: desk.follow(found.how_to_fix.replace("WHAT HAS TO CHANGE", said)))


def test_a_block_is_followed_up(desk: Desk) -> None:
    number = toms(desk)
    desk.at("day 1 12:00")
    said = "The third code is never answered: let it return None, and test that."
    desk.repository.get_pull(number).create_review(event="REQUEST_CHANGES", body=said)
    desk.at("day 1 14:00")
    tree = desk.tom.get_contents("payments/codes.py", ref="feature/PAY-2-codes")
    text = tree.decoded_content.decode() + "\n\nNONE = None\n"
    desk.tom.update_file(tree.path, f"fix: answer it{WHY}", text, tree.sha, branch="feature/PAY-2-codes")
    desk.tom.get_pull(number).create_review_request(reviewers=["ada"])
    desk.at("day 4 10:00")

    def approve(_: Finding) -> None:
        praise = "The third code answers now, I tried it with an empty answer."
        desk.repository.get_pull(number).create_review(event="APPROVE", body=praise)

    mended(desk, "RV-10", approve)


def test_feedback_is_answered(desk: Desk) -> None:
    number = show(desk)
    head = desk.rita.get_pull(number)
    remark = head.create_review_comment("Why minus, and not plus?", head.get_commits()[0], "payments/part.py", 2)
    desk.at("day 4 10:00")

    def answer(_: Finding) -> None:
        desk.repository.get_pull(number).create_review_comment_reply(
            remark.id, "A refund goes out, so it is taken off."
        )

    mended(desk, "RV-05", answer)


def test_a_review_is_asked_for_again(desk: Desk) -> None:
    number = show(desk)
    desk.repository.get_pull(number).create_review_request(reviewers=["rita"])
    desk.tick()
    said = "Minus should be plus here, I think."
    desk.rita.get_pull(number).create_review(event="REQUEST_CHANGES", body=said)
    desk.at("day 1 14:00")
    desk.commit(
        f"fix: add it{WHY}\n\nRefs: PAY-1", **{"payments/part__py": "def part(amount):\n    return amount + 1\n"}
    )
    desk.push()
    desk.at("day 3 14:00")

    mended(desk, "RV-06", lambda found: desk.follow(found.how_to_fix))


def test_a_dismissal_gets_its_reason(desk: Desk) -> None:
    number = show(desk)
    review = desk.rita.get_pull(number).create_review(
        event="REQUEST_CHANGES", body="Minus should be plus here, I think."
    )
    desk.at("day 1 14:00")
    desk.repository.get_pull(number).get_review(review.id).dismiss("no")

    mended(
        desk,
        "RV-13",
        lambda found: desk.follow(found.how_to_fix.replace('"WHY"', '"Rita and I agreed on minus by phone"')),
    )


def test_a_conversation_left_open_at_the_merge_is_answered(desk: Desk) -> None:
    number = show(desk)
    head = desk.rita.get_pull(number)
    remark = head.create_review_comment("Why minus, and not plus?", head.get_commits()[0], "payments/part.py", 2)
    desk.at("day 1 12:00")
    desk.repository.get_pull(number).merge(merge_method="squash")
    desk.at("day 1 14:00")

    def answer(_: Finding) -> None:
        desk.repository.get_pull(number).create_review_comment_reply(
            remark.id, "A refund goes out, so it is taken off."
        )

    mended(desk, "PR-13", answer)


def test_an_approval_on_red_is_taken_back(desk: Desk) -> None:
    number = toms(desk)
    sha = desk.repository.get_pull(number).head.sha
    desk.rita.create_check_run("tests", sha, status="completed", conclusion="failure")
    desk.look_around()
    desk.at("day 1 13:00")
    said = "I read the codes and tried the third one by hand."
    desk.repository.get_pull(number).create_review(event="APPROVE", body=said)

    mended(desk, "RV-12", lambda found: desk.follow(found.how_to_fix))


def test_an_approval_too_quick_to_have_read_is_made_good(desk: Desk) -> None:
    number = toms(desk, lines=400)
    desk.look()
    desk.repository.get_pull(number).create_review(event="APPROVE", body="I read it all, and it is right.")
    desk.at("day 1 14:00")
    said = "I read the codes now and tried the third one by hand"

    mended(desk, "RV-02", lambda found: desk.follow(found.how_to_fix.replace("WHAT YOU CHECKED", said)))


def test_one_that_nobody_moves_is_moved(desk: Desk) -> None:
    number = show(desk)
    desk.repository.get_pull(number).create_review_request(reviewers=["rita"])
    desk.at("day 1 14:00")
    desk.rita.get_pull(number).create_review(event="APPROVE", body="I read it and tried two amounts.")
    desk.at("day 8 10:00")

    mended(desk, "PR-16", lambda _: desk.repository.get_pull(number).merge(merge_method="squash"))
