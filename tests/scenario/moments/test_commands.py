"""The commands of the last hints: of this run, quoted, and none where there is nothing to be done by commands."""

from __future__ import annotations

from simulator.scenario.moments.absent_reviewer import AbsentReviewer
from simulator.scenario.moments.conflicting_merge import ConflictingMerge
from simulator.scenario.moments.first_branch import FirstBranch
from simulator.scenario.moments.large_pull_request import LargePullRequest
from simulator.scenario.moments.moment import Moment
from simulator.scenario.moments.over_commitment import OverCommitment
from simulator.scenario.moments.red_main import RedMain
from tests.scenario.moments.builders import Told, a_moment, a_scene, told
from tests.scenario.moments.steps import check, landed, take

BRANCH = "feature/PAY-1-x"


def _commands(moment: Moment, story: Told, opened: str = "2 12:00", **about: str) -> tuple[str, ...]:
    return moment.commands(a_scene(story, opened=opened, now=opened, **about))


def test_a_first_branch_is_named_by_the_issue_that_is_next() -> None:
    moment, start = (
        a_moment(FirstBranch),
        "git switch --no-track -c feature/PAY-1-refund-a-captured-payment origin/main",
    )

    assert _commands(moment, told()) == ("git fetch origin", start)
    assert "PAY-2-" in _commands(moment, take(told().at("1 10:00"), "PAY-2"))[1]


def test_a_large_pull_request_is_taken_back_and_its_first_piece_comes_on_its_own() -> None:
    commits = [{"message": "feat: x", "files": {"a file.py": 900}}]
    story = told().at("2 10:00").push(BRANCH, commits=commits).open(BRANCH)

    back, _, branch, part, *_ = _commands(a_moment(LargePullRequest), story, pull="1")

    assert back == "gh pr ready 1 --undo"
    assert branch.endswith(f"-c {BRANCH}-1 origin/main")
    assert part == f"git checkout origin/{BRANCH} -- 'a file.py'"
    assert _commands(a_moment(LargePullRequest), told()) == ()


def test_a_request_goes_to_whoever_stands_in() -> None:
    story = told().at("2 09:00").push(BRANCH).open(BRANCH).ask(1, reviewer="rita")
    moment = a_moment(AbsentReviewer, who="rita", delegate="tom", reply="Ask Tom.")

    assert _commands(moment, story) == ("gh pr edit 1 --add-reviewer tom",)


def test_a_revert_names_the_commit_that_broke_main() -> None:
    story = told().at("2 09:00").push(BRANCH).open(BRANCH).at("2 10:00").merge(1)
    sha = landed(story)
    commands = _commands(a_moment(RedMain, news="Red."), check(story, sha, "failure"))

    assert any(line.startswith("git revert --no-edit ") and line.endswith(sha[:12]) for line in commands)
    assert commands[-1] == "gh pr create --fill"


def test_there_are_none_where_nothing_is_left_to_do() -> None:
    assert _commands(a_moment(OverCommitment, sprint="sprint-1", capacity=50), told()) == ()
    assert "11 points" in _commands(a_moment(OverCommitment, sprint="sprint-1", capacity=5), told())[0]
    assert _commands(a_moment(ConflictingMerge, pull="toms"), told()) == ()
