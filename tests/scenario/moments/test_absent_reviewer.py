"""The reviewer is away: asking who stands in, and leaving the absent one in peace."""

from __future__ import annotations

from simulator.model.actions import ChangeAvailability, CommentOnPullRequest, PostNote
from simulator.plan.compile import ScenarioStage
from simulator.scenario.moments.absent_reviewer import AbsentReviewer
from simulator.scenario.moments.moment import Sign
from simulator.testing.story import instant
from tests.scenario.moments.builders import Told, a_moment, a_scenario, a_scene, a_seat, seen, told

BRANCH = "feature/PAY-1-x"
MOMENT = a_moment(
    AbsentReviewer, who="rita", delegate="tom", back="day 9 09:00", reply="I'm away until day 9; ask Tom."
)


def _away() -> Told:
    """Ada's pull request 1 waits for Rita, who is away from day 7 at 10:00 on."""
    return told().at("7 09:00").push(BRANCH).open(BRANCH).ask(1, reviewer="rita").at("7 11:00")


def _seen(story: Told, now: str = "7 17:00", **about: str) -> tuple[set[str], set[str]]:
    return seen(MOMENT, a_scene(story, opened="7 10:00", now=now, **about))


def test_asking_the_one_who_stands_in_or_somebody_else_counts() -> None:
    assert _seen(_away().ask(1, reviewer="tom")) == ({"asked_the_delegate"}, set())
    assert _seen(_away().ask(1, reviewer="ben"), pull="1") == ({"asked_another"}, set())
    assert _seen(_away().ask(1, reviewer="rita")) == (set(), set())


def test_words_to_the_one_who_stands_in_or_to_the_team_count() -> None:
    assert _seen(_away().comment(1, body="Tom, have you got half an hour for this?")) == ({"asked_in_words"}, set())
    assert _seen(_away().note("Who can review #1 while Rita is away?")) == ({"asked_the_team"}, set())
    assert _seen(_away().note("Tomorrow I will look at the review tools")) == (set(), set())


def test_waiting_a_day_is_a_slip_unless_somebody_was_asked_or_has_read_it() -> None:
    assert _seen(_away(), "8 11:00") == (set(), {"waited"})
    assert _seen(_away().ask(1, reviewer="tom"), "8 11:00")[1] == set()
    assert _seen(_away().review(1, by="tom", state="COMMENTED", body="Reading it"), "8 11:00")[1] == set()
    assert _seen(_away().close(1), "8 11:00")[1] == set()


def test_the_third_word_to_somebody_who_is_away_is_a_slip() -> None:
    twice = _away().comment(1, body="@rita ping").note("Rita, could you look at my change?")

    assert _seen(twice) == (set(), set())
    assert _seen(twice.comment(1, body="any news?")) == (set(), {"chased"})


def test_merging_what_nobody_has_read_is_a_slip() -> None:
    assert _seen(_away().merge(1)) == (set(), {"merged_unseen"})
    assert _seen(_away().review(1, by="tom").merge(1)) == (set(), set())
    assert "#1" in MOMENT.task(a_scene(_away(), opened="7 10:00"))
    assert MOMENT.task(a_scene(_away().merge(1), opened="7 10:00")) == ""


def test_the_absence_names_the_delegate_and_answers_on_the_pull_request() -> None:
    away, note, comment = MOMENT.acts(ScenarioStage(a_scenario(), 1), {"pull": "1"})

    assert away == ChangeAvailability(actor=MOMENT.seat, away=True, until=instant("9 09:00"), delegate=a_seat("tom"))
    assert isinstance(note, PostNote)
    assert isinstance(comment, CommentOnPullRequest)
    assert comment.pull == "#1"
    assert len(MOMENT.acts(ScenarioStage(a_scenario(), 1), {})) == 2


def test_the_delegate_offers_help_later_and_at_once_to_who_chases_the_absent_one() -> None:
    scene = a_scene(_away(), opened="7 10:00")

    ((offer,), (again,)) = (
        MOMENT.consequences(scene, Sign(way=way, at=instant("8 10:00"))) for way in ("waited", "chased")
    )

    assert offer.actions == again.actions
    assert offer.actions[0].actor == "tom"
    assert again.after < offer.after
    assert MOMENT.consequences(scene, Sign(way="merged_unseen", at=instant("8 10:00"))) == ()


def test_short_answers_to_remarks_and_naming_somebody_in_passing_chase_nobody() -> None:
    story = _away().review(1, by="tom", state="COMMENTED", body="Some remarks")
    for _ in range(3):
        story.remark(1, path="a.py", body="Done", by="ada").comment(1, body="fixed").note("Rita is away until day 9")

    assert _seen(story)[1] == set()


def test_asking_the_absent_one_again_by_the_button_is_a_word_too() -> None:
    story = _away()
    for _ in range(3):
        story.withdraw(1).ask(1)

    assert _seen(story)[1] == {"chased"}


def test_whoever_had_asked_somebody_else_before_does_not_wait() -> None:
    story = told().at("7 09:00").push(BRANCH).open(BRANCH).ask(1, reviewer="rita").ask(1, reviewer="tom").at("7 11:00")

    assert _seen(story, "8 11:00")[1] == set()
