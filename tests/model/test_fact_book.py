"""A book of facts: however they come, it tells what their history tells."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.model.facts import Fact, FactKind
from simulator.model.history import FactBook, History
from simulator.testing.story import CALENDAR, Story, a_clean_sprint, instant

END = instant("10 17:00")


def a_busy_sprint() -> Story:
    """Clean work, and what makes later facts change what earlier ones came to."""
    story = a_clean_sprint()
    story.at("5 09:00").push("feature/PAY-77-late-key").open("feature/PAY-77-late-key", title="feat: PAY-77 one step")
    story.thread(7, name="t1").reply(7, to="t1").settle(7, remark="t1").label_pull(7, label="wip")
    story.check("feature/PAY-77-late-key").issue("PAY-77", by="ada").flag("PAY-77").link("PAY-77", words="blocks PAY-1")
    story.at("5 11:00").rename("feature/PAY-77-late-key", to="feature/PAY-77-better").aim("Refunds by Friday")
    story.at("6 12:00").push_main("oops").protect(reviews=1).board([{"name": "To Do", "statuses": ["To Do"]}])
    story.at("7 09:00").issue("PAY-50", by="ada").comment_on("PAY-50").drop("PAY-50").close_sprint()
    return story


STORY = a_busy_sprint()


def told(facts: list[Fact], *, book: FactBook | None = None, until: timedelta = timedelta(0)) -> History:
    return History.of(
        facts,
        roster=STORY.roster,
        project="PAY",
        default_branch="main",
        now=END - until,
        working_time=CALENDAR.working_time,
        sprint_start=instant("1"),
        sprint_end=END,
        book=book,
    )


@given(st.lists(st.integers(0, len(STORY.facts)), max_size=6))
@settings(max_examples=40, deadline=None)
def test_facts_that_come_bit_by_bit_tell_what_they_tell_at_once(stops: list[int]) -> None:
    book = FactBook(STORY.roster, project="PAY", default_branch="main")

    for stop in [*sorted(stops), len(STORY.facts)]:
        assert told(STORY.facts[:stop], book=book) == told(STORY.facts[:stop])


@given(st.permutations(STORY.facts), st.lists(st.integers(0, len(STORY.facts)), max_size=4))
@settings(max_examples=40, deadline=None)
def test_late_early_and_repeated_facts_make_no_difference_to_a_book(shuffled: list[Fact], stops: list[int]) -> None:
    book = FactBook(STORY.roster, project="PAY", default_branch="main")

    for stop in [*stops, len(shuffled)]:  # back and forth
        facts = shuffled[:stop] + shuffled[: stop // 3]
        assert told(facts, book=book) == told(facts)


def test_a_look_at_an_earlier_hour_and_back_tells_both() -> None:
    book = FactBook(STORY.roster, project="PAY", default_branch="main")

    for until in (timedelta(0), timedelta(days=5), timedelta(0), timedelta(days=9)):
        assert told(STORY.facts, book=book, until=until) == told(STORY.facts, until=until)


def test_of_two_heads_in_one_second_the_one_with_more_commits_is_the_later() -> None:
    story = Story().at("1 10:00").push("a").open("a")
    story.push("a", commits=[{"message": "feat: another step", "lines": 5}])  # in the same second
    heads = [fact for fact in story.facts if fact.kind is FactKind.PULL_REQUEST_HEAD]
    assert len({fact.at for fact in heads}) == 1

    for ids in (("x:1", "x:2"), ("x:2", "x:1")):
        named = dict(zip((fact.source_id for fact in heads), ids, strict=True))
        facts = [replace(fact, source_id=named.get(fact.source_id, fact.source_id)) for fact in story.facts]

        assert len(told(facts).pulls[1].commits) == 2
