"""A colleague's merge touches the learner's branch: catching up in any way counts."""

from __future__ import annotations

from simulator.scenario.moments.conflicting_merge import ConflictingMerge
from tests.scenario.moments.builders import K, Told, a_file, a_moment, a_scene, a_view, seen, told

MOMENT = a_moment(ConflictingMerge, pull="toms", who="tom", keep={"path": "payments/*.py", "find": "settle"})
MINE = [{"message": "feat: refunds", "files": {"payments/hooks.py": a_file("def refund():", "    pay()")}}]


def _merged(mine: str = "payments/hooks.py", *, before: bool = True) -> Told:
    """Tom's pull request 7 was merged on day 3 at 10:00; Ada's branch was begun on day 2."""
    story = told().at("2 09:30")
    for number in range(6):
        story.push(f"other-{number}", by="tom").open(f"other-{number}", by="tom")
    story.push("rename", commits=[{"message": "refactor: settle", "files": {"payments/hooks.py": 12}}], by="tom").open(
        "rename", by="tom"
    )
    if before:
        commit = {"message": "feat: refunds", "files": {mine: a_file("def refund():", "    pay()")}}
        story.at("2 11:00").push("feature/PAY-1-x", commits=[commit]).open("feature/PAY-1-x")
    return story.at("3 10:00").merge(7, by="tom")


def _seen(story: Told, now: str = "10 17:00") -> tuple[set[str], set[str]]:
    scene = a_scene(story, opened="3 10:00", now=now)
    assert MOMENT.concerns(scene)
    return seen(MOMENT, scene)


def test_merging_the_default_branch_in_counts() -> None:
    commit = {"message": "Merge branch main", "files": {}, "parents": 2}

    assert _seen(_merged().at("3 12:00").push("feature/PAY-1-x", commits=[commit])) == ({"merged_main_in"}, set())


def test_rebasing_one_s_own_branch_counts() -> None:
    story = _merged().at("3 12:00").push("feature/PAY-1-x", commits=MINE, force=True)

    assert _seen(story) == ({"rebased"}, set())


def test_starting_afresh_from_the_new_state_counts() -> None:
    story = _merged().at("3 12:00").push("feature/PAY-1-again", commits=MINE)

    assert _seen(story) == ({"started_afresh"}, set())


def test_telling_the_colleague_counts_as_good_but_does_not_keep_the_branch_from_ageing() -> None:
    story = _merged().at("3 12:00").note("Tom, I work on the hooks too, your rename collides with my refunds")

    assert _seen(story, now="4 12:00") == ({"talked"}, set())
    assert _seen(story) == ({"talked"}, {"left_behind"})


def test_a_push_that_does_not_catch_up_is_none() -> None:
    story = _merged().at("3 12:00").push("feature/PAY-1-x", commits=[{"message": "feat: more", "lines": 5}])

    assert _seen(story) == (set(), {"left_behind"})


def test_a_force_push_over_somebody_else_s_commits_is_a_slip() -> None:
    story = _merged().at("3 11:00").push("feature/PAY-1-x", by="ben", commits=[{"message": "fix: ben's", "lines": 5}])
    story.at("3 12:00").push("feature/PAY-1-x", commits=MINE, force=True)

    assert _seen(story, now="4 09:00") == (set(), {"forced_over_others"})


def test_throwing_the_colleague_s_lines_away_is_a_slip() -> None:
    lost = {"status": "modified", "additions": 1, "deletions": 1, "patch": "@@ -1,1 +1,1 @@\n-    settle()\n+    pay()"}
    commit = {"message": "Merge branch main", "files": {"payments/hooks.py": lost}}

    assert _seen(_merged().at("3 12:00").push("feature/PAY-1-x", commits=[commit], force=True), now="4 09:00") == (
        set(),
        {"lost_their_lines"},
    )


def test_it_concerns_nobody_whose_branch_touches_other_files() -> None:
    assert not MOMENT.concerns(a_scene(_merged("payments/refunds.py"), opened="3 10:00"))
    assert not MOMENT.concerns(a_scene(_merged(before=False), opened="3 10:00"))
    assert not MOMENT.concerns(a_scene(_merged(), opened="3 10:00", seat="ben"))


def test_nothing_is_seen_while_the_merge_is_refused() -> None:
    story = _merged()
    story.facts = [fact for fact in story.facts if fact.subject != "pull:7" or fact.kind is not K.PULL_REQUEST_MERGED]

    assert _seen(story) == (set(), set())


def test_it_does_not_open_when_the_pull_request_is_closed() -> None:
    assert "not there" in MOMENT.obstacle(a_view(told()), {})


def test_a_branch_that_merges_cleanly_need_not_catch_up() -> None:
    def told_that(*, mergeable: bool) -> Told:
        story = _merged().at("3 10:05")
        tip = next(f.detail["head_sha"] for f in reversed(story.facts) if f.kind is K.PULL_REQUEST_HEAD)
        return story.fact(K.PULL_REQUEST_MERGEABLE, "pull:8", head_sha=tip, mergeable=mergeable)

    assert _seen(told_that(mergeable=True)) == (set(), set())
    assert _seen(told_that(mergeable=False)) == (set(), {"left_behind"})
