"""Advice on branches and commits, followed: by git, as it is printed."""

from __future__ import annotations

import pytest

from simulator.model.hygiene import Finding
from tests.hygiene.repairs.desk import Desk
from tests.hygiene.repairs.mending import mended

WHY = "\n\nShops asked for it, since a parcel is seldom returned whole."
MANY = "".join(f"def part_{n}(amount):\n    return amount - {n}\n\n\n" for n in range(40))


def work(desk: Desk, *messages: str, branch: str = "feature/PAY-1-part", pull: bool = True) -> int:
    """A branch of the learner with a commit for each message, and with `pull` a pull request of it, whose number is given."""
    desk.branch(branch)
    for n, message in enumerate(messages):
        desk.commit(
            message, **{f"payments/part_{n}__py": f"PART = {n}\n\n\ndef part(amount):\n    return amount - PART\n"}
        )
    desk.push()
    return show(desk, branch) if pull else 0


def show(desk: Desk, branch: str = "feature/PAY-1-part") -> int:
    """Open a pull request of a branch: its number."""
    desk.push()
    body = "Why: shops asked for PAY-1. What: a part can be refunded. Tested: by hand, with the ledger's amounts."
    return desk.pull_request(branch, "feat: refund a part (PAY-1)", body).number


@pytest.mark.parametrize("rule", ["BR-01", "FL-01"])
def test_a_branch_is_renamed(desk: Desk, rule: str) -> None:
    work(desk, f"feat: refund a part{WHY}", branch="refund_part", pull=False)

    mended(desk, rule, lambda found: desk.follow(found.how_to_fix))

    assert "feature/PAY-1-refund-part" in {branch.name for branch in desk.repository.get_branches()}


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("CM-01", "refund a part of it"),
        ("CM-02", "feat: refund a part of an order to whoever paid for it with a card or with a voucher"),
        ("CM-03", f"feat: added refunds of a part{WHY}"),
        ("CM-04", f"feat: Refund a part.{WHY}"),
        ("CM-09", "feat: fixed"),
        ("CM-09", "wip"),
    ],
)
def test_a_header_is_written_again(desk: Desk, rule: str, message: str) -> None:
    work(desk, message)
    better = f"feat: refund a part of an order{WHY}"
    desk.editor(writes=better, rebases="1s/^pick/reword/")

    mended(desk, rule, lambda found: desk.follow(found.how_to_fix))


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("CM-05", "feat: refund a part\nShops asked for it, since a parcel is seldom returned whole."),
        ("CM-06", "feat: refund a part"),
        ("CM-07", f"feat: refund a part\n\nShops asked for it, {'since a parcel is seldom returned whole ' * 3}."),
    ],
)
def test_a_body_is_written_again(desk: Desk, rule: str, message: str) -> None:
    desk.branch("feature/PAY-1-part")
    desk.commit(message, **{"payments/many__py": MANY})
    show(desk)
    desk.editor(writes=f"feat: refund a part{WHY}", rebases="1s/^pick/reword/")

    mended(desk, rule, lambda found: desk.follow(found.how_to_fix))


@pytest.mark.parametrize(("rule", "message"), [("CM-01", "refund a part of it"), ("CM-06", "feat: refund a part")])
def test_an_older_commit_is_written_again(desk: Desk, rule: str, message: str) -> None:
    desk.branch("feature/PAY-1-part")
    desk.commit(message, **{"payments/many__py": MANY})
    desk.commit(f"feat: refund the rest of it{WHY}", **{"payments/rest__py": "REST = 1\n"})
    show(desk)
    desk.editor(writes=f"feat: refund a part of an order{WHY}", rebases="1s/^pick/reword/")

    mended(desk, rule, lambda found: desk.follow(found.how_to_fix))


def test_a_commit_of_another_address_gets_its_author_back(desk: Desk) -> None:
    desk.git("config", "--global", "user.email", "ada@laptop.local")
    work(desk, f"feat: refund a part{WHY}")

    mended(desk, "CM-12", lambda found: desk.follow(found.how_to_fix))


def test_an_empty_commit_is_taken_back(desk: Desk) -> None:
    desk.branch("feature/PAY-1-part")
    for n in range(2):
        desk.commit(f"feat: refund part {n}{WHY}", **{f"payments/part_{n}__py": MANY})
    desk.commit("chore: try the pipeline again")
    show(desk)

    mended(desk, "CM-13", lambda found: desk.follow(found.how_to_fix))


def test_an_empty_commit_beside_the_only_other_one_is_taken_back(desk: Desk) -> None:
    desk.branch("feature/PAY-1-part")
    desk.commit(f"feat: refund a part{WHY}\n\nRefs: PAY-1", **{"payments/part__py": MANY})
    desk.commit("chore: try the pipeline again (PAY-1)")
    show(desk)

    mended(desk, "CM-13", lambda found: desk.follow(found.how_to_fix))


def test_a_commit_of_many_things_is_split(desk: Desk) -> None:
    areas = ("payments", "tests", "docs", "web", "tools", "billing")
    desk.branch("feature/PAY-1-part")
    desk.write({f"{area}/amounts.py": "A = 1\n" * 15 for area in areas})
    desk.commit(f"feat: refund a part and rework the docs and the shop{WHY}")
    show(desk)

    def split(_: Finding) -> None:
        desk.git("reset", "-q", "HEAD~1")
        for area in areas:
            desk.git("add", area)
            kind = {"tests": "test", "docs": "docs"}.get(area, "feat")
            desk.git("commit", "-q", "-m", f"{kind}: refund a part in {area}{WHY}")
        desk.git("push", "-q", "--force-with-lease", "origin", "HEAD")

    mended(desk, "CM-10", split)


def test_a_type_that_is_not_true_is_changed(desk: Desk) -> None:
    work(desk, f"docs: refund a part{WHY}")

    mended(desk, "CM-11", lambda found: desk.follow(found.how_to_fix))


def test_a_commit_without_a_key_gets_it(desk: Desk) -> None:
    work(desk, f"feat: refund a part{WHY}")

    mended(desk, "FL-02", lambda found: desk.follow(found.how_to_fix))


@pytest.mark.parametrize("command", ["PAY-1 #time 2 hurs", "PAY-1 #coment it is ready"])
def test_a_smart_command_that_does_nothing_is_given_again(desk: Desk, command: str) -> None:
    work(desk, f"feat: refund a part{WHY}\n\n{command}")
    desk.at("day 1 15:00")

    def give_again(found: Finding) -> None:
        again = found.how_to_fix.rpartition("your next commit's message: ")[2]
        desk.commit(f"feat: refund the rest{WHY}\n\n{again}", **{"payments/rest__py": "REST = 1\n"})
        desk.push()

    mended(desk, "CM-15", give_again)


def test_a_smart_command_that_does_nothing_is_done_in_jira(desk: Desk) -> None:
    work(desk, f"feat: refund a part{WHY}\n\nPAY-1 #coment it is ready")
    desk.at("day 1 15:00")

    mended(desk, "CM-15", lambda _: desk.jira.add_comment("PAY-1", "It is ready"))


def test_a_merged_branch_is_deleted(desk: Desk) -> None:
    number = work(desk, f"feat: refund a part{WHY}")
    desk.repository.get_pull(number).merge(merge_method="squash")
    desk.at("day 3 10:00")

    mended(desk, "BR-05", lambda found: desk.follow(found.how_to_fix))


def test_a_branch_that_lies_there_is_let_go(desk: Desk) -> None:
    work(desk, f"feat: refund a part{WHY}", pull=False)
    desk.at("day 9 10:00")

    mended(desk, "BR-03", lambda found: desk.follow(found.how_to_fix))


def test_a_direct_push_is_taken_back_and_brought_in_by_a_pull_request(desk: Desk) -> None:
    desk.git("switch", "-q", "main")
    desk.commit(f"feat: refund a part{WHY}\n\nRefs: PAY-1", **{"payments/a__py": "PART = 1\n"})
    sha = desk.git("rev-parse", "HEAD").strip()
    desk.push()

    def land(head: str, title: str) -> None:
        pull = desk.pull_request(
            head, title, "Why: it came without a review, see PAY-1. Tested: the trees are the same."
        )
        desk.rita.get_pull(pull.number).create_review(event="APPROVE", body="This is right, I compared the two trees.")
        desk.tick()
        pull.merge(merge_method="squash")
        desk.tick()

    def reland(found: Finding) -> None:
        desk.follow(found.how_to_fix, NUMBER="1")
        land(desk.git("branch", "--show-current").strip(), "revert: refund a part (PAY-1)")
        desk.branch("feature/PAY-1-again")
        desk.git("cherry-pick", sha)
        desk.push()
        land("feature/PAY-1-again", "feat: refund a part (PAY-1)")

    mended(desk, "BR-06", reland)


def test_what_a_forced_push_threw_away_on_a_shared_branch_comes_back(desk: Desk) -> None:
    work(desk, f"feat: refund a part{WHY}")
    desk.tom.create_file("payments/toms.py", f"feat: refund the rest{WHY}", "REST = 1\n", branch="feature/PAY-1-part")
    desk.look()
    desk.git("commit", "-q", "--amend", "-m", f"feat: refund a part of it{WHY}")
    desk.git("push", "-q", "--force", "origin", "HEAD")

    mended(desk, "BR-07", lambda found: desk.follow(found.how_to_fix))


def test_merges_of_main_into_a_branch_are_rebased_away(desk: Desk) -> None:
    work(desk, f"feat: refund a part{WHY}\n\nRefs: PAY-1", f"feat: refund the rest{WHY}\n\nRefs: PAY-1")
    for n in range(3):
        desk.tom.create_file(f"toms_{n}.py", f"feat: tom's {n}{WHY}", "X = 1\n", branch="main")
        desk.git("fetch", "-q", "origin")
        desk.git("merge", "-q", "--no-edit", "origin/main")
        desk.push()

    mended(desk, "BR-09", lambda found: desk.follow(found.how_to_fix))


def test_generated_files_are_taken_out(desk: Desk) -> None:
    desk.branch("feature/PAY-1-part")
    desk.write({"payments/__pycache__/a.cpython-311.pyc": "x"})
    desk.commit(f"feat: refund a part{WHY}", **{"payments/a__py": "X = 1\n"})
    show(desk)

    def take_out(found: Finding) -> None:
        desk.follow(found.how_to_fix)
        desk.commit(f"chore: ignore what Python compiles{WHY}", __gitignore="__pycache__/\n")
        desk.push()

    mended(desk, "CI-03", take_out)


def test_conflict_markers_are_taken_out(desk: Desk) -> None:
    desk.branch("feature/PAY-1-part")
    marked = "A = 1\n<<<<<<< HEAD\nB = 1\n=======\nB = 2\n>>>>>>> main\n"
    desk.commit(f"feat: refund a part{WHY}", **{"payments/a__py": marked})
    show(desk)

    def take_out(_: object) -> None:
        desk.write({"payments/a.py": "A = 1\nB = 2\n"})
        desk.git("commit", "-q", "-a", "--amend", "--no-edit")
        desk.git("push", "-q", "--force-with-lease", "origin", "HEAD")

    mended(desk, "CI-09", take_out)


def test_a_secret_is_taken_out_and_told(desk: Desk) -> None:
    desk.branch("feature/PAY-1-part")
    desk.commit(f"feat: call the bank{WHY}", **{"payments/a__py": 'KEY = "AKIA2E0A8F3B244C9986"\n'})
    desk.push()

    def purge(_: object) -> None:
        desk.write({"payments/a.py": "import os\n\nKEY = os.environ['KEY']\n"})
        desk.git("commit", "-q", "-a", "--amend", "--no-edit")
        desk.git("push", "--force-with-lease", "origin", "HEAD")
        fields = {
            "project": "PAY",
            "issuetype": "Task",
            "summary": "Incident: a key of the bank was pushed, and is revoked",
        }
        desk.jira.create_issue(fields=fields)

    mended(desk, "CI-01", purge)
