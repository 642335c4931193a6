"""What work happens within: columns, limits, protection, the sprint's goal; and how big a binary file is."""

from __future__ import annotations

from simulator.model import actions as do
from simulator.model.facts import FactKind
from tests.adapters.builders import ALICE
from tests.adapters.conftest import Run
from tests.adapters.test_observer import SPRINT, going

__all__ = ["going"]


def test_the_board_and_the_protection_are_told_once_and_again_when_they_change(going: Run) -> None:
    for _ in range(30):
        going.look()
    told = [o for o in going.seen if o.kind in {FactKind.BOARD_SEEN, FactKind.PROTECTION_SEEN}]
    assert sorted(o.kind for o in told) == [FactKind.BOARD_SEEN, FactKind.PROTECTION_SEEN]
    (board,) = (o for o in told if o.kind is FactKind.BOARD_SEEN)
    (bare,) = (o for o in told if o.kind is FactKind.PROTECTION_SEEN)
    assert [column["statuses"] for column in board.detail["columns"]][:2] == [["To Do"], ["In Progress"]]
    assert (bare.detail["protected"], bare.detail["force_pushes"]) == (False, True)

    going.perform(do.ProtectBranch(actor=ALICE, branch="main", approvals=1, checks=("tests",)))
    (protection,) = going.look()

    assert protection.kind is FactKind.PROTECTION_SEEN
    assert protection.detail["checks"] == ["tests"]
    assert (protection.detail["reviews"], protection.detail["force_pushes"]) == (1, False)


def test_a_ruleset_counts_as_protection(going: Run) -> None:
    rules = [{"type": "pull_request", "parameters": PULL_REQUEST}, {"type": "non_fast_forward"}]
    conditions = {"ref_name": {"include": ["~DEFAULT_BRANCH"], "exclude": []}}
    body = {"name": "main", "target": "branch", "enforcement": "active", "conditions": conditions, "rules": rules}
    going.site.github("alice").get_repo("acme/shop").requester.requestJsonAndCheck(
        "POST", "/repos/acme/shop/rulesets", input=body
    )

    found = [o for _ in range(30) for o in going.look() if o.kind is FactKind.PROTECTION_SEEN]

    detail = found[-1].detail
    assert (detail["protected"], detail["reviews"], detail["conversations"]) == (True, 2, True)
    assert (detail["force_pushes"], detail["deletions"]) == (False, True)


def test_another_goal_of_a_sprint_is_seen(going: Run) -> None:
    going.look()
    going.perform(do.EditSprint(actor=ALICE, sprint=SPRINT.ref, goal="Refunds by Friday"))

    (changed,) = going.look_for(FactKind.SPRINT_CHANGED)

    assert changed.detail["goal"] == "Refunds by Friday"
    assert [o for _ in range(3) for o in going.look() if o.kind is FactKind.SPRINT_CHANGED] == []


def test_the_size_of_an_added_binary_file_is_known(going: Run) -> None:
    repository = going.site.github("bob").get_repo("acme/shop")
    repository.create_git_ref("refs/heads/logo", repository.get_branch("main").commit.sha)
    repository.create_file("logo.png", "feat: add a logo", b"\0\1" * 3000, branch="logo")

    (commit,) = going.look_for(FactKind.COMMITTED)

    (file,) = commit.detail["files"]
    assert (file["path"], file["patch"], file["size"]) == ("logo.png", None, 6000)
    assert commit.account == "bob"


PULL_REQUEST = {
    "required_approving_review_count": 2,
    "dismiss_stale_reviews_on_push": False,
    "require_code_owner_review": False,
    "require_last_push_approval": False,
    "required_review_thread_resolution": True,
}
