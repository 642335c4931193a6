"""The forms of a run's page in a browser: nobody loses what they typed, and everybody is told what became of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from simulator.model.runs import Run
from tests.browser.axe import serious
from tests.web.served import Served, eventually
from tests.web.talk import begin_talk, go_to

Visit = Callable[..., Any]

PLAN = "#prompt-plan-lea"
STAYS_OUT = f"{PLAN} [name=field-left_out]"
ENDLESS = "W" * 150
MORE = f"""\
  - {{id: daily, type: stand_up, who: priya}}
  - id: endless
    type: script
    at: day 1 09:30
    who: priya
    do: [{{do: ask, id: endless, of: [lea], title: {ENDLESS}, choices: [{{answer: {ENDLESS}}}, {{answer: b}}]}}]
"""


@pytest.fixture(scope="module")
def talk(house: Served, tmp_path_factory: pytest.TempPathFactory) -> Run:
    return begin_talk(house, tmp_path_factory.mktemp("talk"), more=MORE)


@pytest.mark.usefixtures("libraries")
def test_a_learner_answers_by_keyboard_on_a_phone_and_loses_no_word(visit: Visit, talk: Run, house: Served) -> None:
    page = visit(f"/runs/{talk.id}", width=390, clock=True)

    _plan_while_something_else_is_answered(page, talk, house)
    _answer_elsewhere_while_typing(page, talk, house)
    _answer_for_points(page)
    _talk_to_a_server_that_refuses_and_goes_away(page)
    _type_until_it_is_too_late(page, talk, house)
    _speak_at_the_stand_up(page)


def _look(page: Any, seen: Any) -> None:
    """Let the page refresh itself until something is seen."""
    eventually(lambda: page.clock.fast_forward(1_100) or seen.is_visible())


def _plan_while_something_else_is_answered(page: Any, talk: Run, house: Served) -> None:
    assert page.title().startswith("(3) Talk")
    page.locator(f"{PLAN} [value='PAY-2']").focus()
    page.keyboard.press("Space")
    page.locator(STAYS_OUT).focus()
    page.keyboard.type("no rom")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert serious(page) == []

    house.office.answer(talk, "lea", "endless:lea", {"choice": "b"})
    _look(page, page.locator("#prompt-endless-lea").get_by_text("Answered"))
    page.keyboard.type("o")

    assert page.locator(STAYS_OUT).input_value() == "no room"
    assert not page.locator(f"{PLAN} [value='PAY-2']").is_checked()
    page.locator(f"{PLAN} button").press("Enter")
    _look(page, page.locator(PLAN).get_by_text("Answered; you can change it"))
    assert page.evaluate("document.activeElement.textContent") == "Change the answer"
    assert not page.locator(".kept").count()


def _answer_for_points(page: Any) -> None:
    page.locator("#prompt-first-thing-lea input[type=radio]").first.focus()
    for key in ("Space", "Tab", "Enter"):
        page.keyboard.press(key)

    _look(page, page.locator("#prompts-closed").get_by_text("They know about"))

    assert page.evaluate("document.activeElement.textContent").startswith("What do you do")


def _answer_elsewhere_while_typing(page: Any, talk: Run, house: Served) -> None:
    page.keyboard.press("Enter")
    page.locator(STAYS_OUT).fill("on second thoughts")
    house.office.answer(talk, "lea", "plan:lea", {"issues": "PAY-1,PAY-2", "left_out": "nothing"})

    kept = page.locator(".kept")
    _look(page, kept)

    assert "on second thoughts" in kept.locator("textarea").input_value()
    assert page.locator(STAYS_OUT).input_value() == "nothing"
    kept.get_by_role("button").click()
    assert not page.locator(".kept").count()


def _talk_to_a_server_that_refuses_and_goes_away(page: Any) -> None:
    line, refusal = page.locator("#say-text"), page.locator("#say .refusal")
    send = page.locator("#say").get_by_role("button")
    line.fill("   ")
    send.press("Enter")
    refusal.get_by_text("a message has 1 to 2000 characters").wait_for()
    assert line.input_value() == "   "

    line.fill("Is anybody there?")
    page.context.set_offline(True)
    send.press("Enter")
    refusal.get_by_text("What you typed is still here").wait_for()
    page.context.set_offline(False)
    page.context.clear_cookies()
    with page.expect_response(lambda reply: reply.url.endswith("/say") and reply.ok):
        send.press("Enter")

    _look(page, page.locator("#feed .feed__note", has_text="Is anybody there?"))
    assert (line.input_value(), refusal.is_visible()) == ("", False)


def _type_until_it_is_too_late(page: Any, talk: Run, house: Served) -> None:
    page.locator(STAYS_OUT).fill("one more thing")
    go_to(house, talk, "day 2 09:20")

    _look(page, page.locator(".kept"))

    assert "What stays out, and why: one more thing" in page.locator(".kept textarea").input_value()
    assert "Planning" in page.locator(".kept__title").inner_text()


def _speak_at_the_stand_up(page: Any) -> None:
    page.locator("#prompts textarea").first.focus()
    page.keyboard.type("I did <b>nothing</b>")
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    _look(page, page.locator("#prompts article").first.get_by_text("Answered; you can change it"))

    assert page.evaluate("document.documentElement.scrollWidth") <= 390
