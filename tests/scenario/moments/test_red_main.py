"""Main is red: a revert or a fix within the hour, a word to the team, and no words about fault."""

from __future__ import annotations

import pytest

from simulator.scenario.moments.red_main import RedMain
from tests.scenario.moments.builders import Told, a_file, a_moment, a_scene, a_view, seen, told
from tests.scenario.moments.steps import check, landed

BRANCH = "feature/PAY-1-x"
PATH = "payments/refunds.py"
MOMENT = a_moment(RedMain, news="Main is red since the last merge.")


def _red() -> Told:
    """Ada's pull request 1 was merged on day 8 at 10:00, and main is red."""
    commits = [{"message": "feat: x", "files": {PATH: a_file("x = 1")}}]
    story = told().at("8 09:00").push(BRANCH, commits=commits).open(BRANCH).at("8 10:00").merge(1)
    return check(story, landed(story), "failure").at("8 10:30")


def _opened(story: Told, branch: str, *, title: str, path: str = PATH, at: str = "8 10:40", base: str = "main") -> Told:
    story.at(at).push(branch, commits=[{"message": title, "files": {path: a_file("y = 2")}}])
    return story.open(branch, title=title, base=base)


def _seen(story: Told, now: str = "8 17:00", seat: str = "ada") -> tuple[set[str], set[str]]:
    return seen(MOMENT, a_scene(story, opened="8 10:10", now=now, seat=seat))


def test_a_revert_within_the_hour_counts_and_a_later_one_does_not() -> None:
    assert _seen(_opened(_red(), "revert-1", title='Revert "feat: x"')) == ({"reverted"}, set())
    assert _seen(_opened(_red(), "revert-1", title='Revert "feat: x"', at="8 13:00")) == (set(), set())


def test_a_fix_counts_and_another_feature_does_not() -> None:
    assert _seen(_opened(_red(), "fix/a", title="fix: the rename broke main", path="a.py")) == ({"mended"}, set())
    assert _seen(_opened(_red(), "fix/b", title="fix: call it by its new name")) == ({"mended"}, set())
    assert _seen(_opened(_red(), "feature/PAY-2-y", title="feat: filters", path="b.py")) == (set(), set())


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Main is red since my merge, I'm looking at it", ({"told_the_team"}, set())),
        ("main ist rot wegen meinem Merge, schaue es an", ({"told_the_team"}, set())),
        ("oh no", (set(), set())),
        ("I will reduce the list of filters on main today", (set(), set())),
        ("The build is red because Tom renamed it, not my problem", (set(), {"blamed"})),
    ],
)
def test_words_to_the_team_count_and_words_about_fault_are_a_slip(
    words: str, expected: tuple[set[str], set[str]]
) -> None:
    assert _seen(_red().note(words)) == expected


def test_green_again_on_the_same_day_counts() -> None:
    story = _opened(_red(), "fix/a", title="fix: the rename broke main").at("8 14:00").merge(2)

    assert _seen(check(story, landed(story), "success")) == ({"mended", "green_again"}, set())


def test_red_overnight_is_a_slip_unless_something_is_on_its_way() -> None:
    assert _seen(_red(), "9 09:30") == (set(), {"red_overnight"})
    under_way = _opened(_red(), "revert-1", title="Revert it", at="8 16:00")
    assert _seen(under_way, "9 09:30") == (set(), set())
    mended = _red().at("8 15:00")
    assert _seen(check(mended, landed(mended), "success", by="tom"), "9 09:30")[1] == set()


def test_merging_something_else_on_top_is_a_slip() -> None:
    story = _opened(_red(), "feature/PAY-2-y", title="feat: filters", path="b.py").at("8 11:00").merge(2)

    assert _seen(story) == (set(), {"merged_on_top"})


def test_it_is_the_moment_of_whoever_merged_and_does_not_open_on_green() -> None:
    story = _red()

    assert MOMENT.concerns(a_scene(story, opened="8 10:10"))
    assert not MOMENT.concerns(a_scene(story, opened="8 10:10", seat="ben"))
    assert "your merge" in MOMENT.task(a_scene(story, opened="8 10:10"))
    assert MOMENT.obstacle(a_view(story), {}) == ""
    green = check(story, landed(story), "success")
    assert "green" in MOMENT.obstacle(a_view(green), {})
    assert MOMENT.task(a_scene(green, opened="8 10:10")) == ""


@pytest.mark.parametrize("words", ["No blame on you, Tom: I revert", "That is not your fault, my merge broke main"])
def test_words_that_take_the_blame_off_somebody_are_no_slip(words: str) -> None:
    assert _seen(_red().note(words))[1] == set()


def test_a_colleague_s_merge_is_nobody_else_s_to_mend() -> None:
    story = told().at("8 09:00").push("toms", by="tom").open("toms", by="tom").at("8 10:00").merge(1, by="tom")
    scene = a_scene(check(story, landed(story), "failure"), opened="8 10:10", now="8 17:00")

    assert not MOMENT.concerns(scene)
