from __future__ import annotations

from pathlib import Path

import pytest

from simulator.model.actions import CommentOnIssue, CommentOnPullRequest
from simulator.model.facts import Fact, FactKind
from simulator.plan.react import react
from simulator.plan.reviews.replies import is_question
from simulator.plan.words.wordings import _SAYINGS
from simulator.scenario.loaded import LoadedScenario
from simulator.scenario.timed import TimedAction
from tests.plan.builders import ANSWERS, BINDINGS, a_fact, a_scenario, at, opened

ON_PULLS = """\
- id: mira-answers
  type: answer_questions
  who: mira
  within: 30m
  topics: [{about: [test], text: One a behaviour.}, {about: [split], text: By layers.}]
  otherwise: As you like.
"""


@pytest.fixture
def scenario(tmp_path: Path) -> LoadedScenario:
    return a_scenario(tmp_path, ANSWERS, ON_PULLS)


def after(scenario: LoadedScenario, *facts: Fact) -> tuple[TimedAction, ...]:
    return react(facts[-1], scenario=scenario, facts=facts, bindings=BINDINGS, seed=1)


def said_on_issue(body: str, *, hour: float = 10, actor: str = "learner", key: str = "PAY-2") -> Fact:
    return a_fact(FactKind.ISSUE_COMMENTED, f"issue:{key}", actor=actor, body=body, when=at(1, hour))


def said_on_pull(body: str, kind: FactKind = FactKind.PULL_REQUEST_COMMENTED, actor: str = "learner") -> Fact:
    return a_fact(kind, "pull:3", actor=actor, body=body, when=at(1, 11))


def started(hour: float = 10) -> Fact:
    return a_fact(
        FactKind.ISSUE_CHANGED,
        "issue:PAY-2",
        field="status",
        to_text="In Progress",
        category="indeterminate",
        when=at(1, hour),
    )


def bodies(timed: tuple[TimedAction, ...]) -> list[str]:
    actions = [t.action for t in timed]
    return [action.body for action in actions if isinstance(action, CommentOnIssue | CommentOnPullRequest)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Which messages do you mean?", True),
        ("What should they say instead, and by when", True),
        ("could you please explain the scope", True),
        ("?", False),
        ("ok?", False),
        ("I have written the criteria down.", False),
        ("", False),
    ],
)
def test_a_usable_question_is_one_that_can_be_answered(text: str, expected: bool) -> None:
    assert is_question(text) is expected


def test_who_answers_for_an_issue_answers_on_its_pull_request_too(scenario: LoadedScenario) -> None:
    of_it, of_another = opened(title="feat: clearer (PAY-2)"), opened(title="feat: refunds (PAY-1)")
    asked = said_on_pull("Which messages are in scope here?")

    assert bodies(after(scenario, of_it, asked)) == ["These three."]
    assert bodies(after(scenario, of_another, asked)) == ["As you like."]
    assert bodies(after(scenario, of_it, said_on_pull("Should this be blue or green?"))) == ["As you like."]


def test_what_was_answered_before_is_pointed_to_once(scenario: LoadedScenario) -> None:
    first = said_on_issue("Which messages are meant?")
    told = said_on_issue("These three.", hour=11, actor="anna")
    again = said_on_issue("But which messages do you mean?", hour=12)

    assert bodies(after(scenario, first, again)) == ["These three."]
    (word,) = after(scenario, first, told, again)
    (same,) = after(scenario, first, told, again, said_on_issue("So which ones is it?", hour=13))
    assert bodies((word,))[0] in _SAYINGS["said-above"].warm
    assert word.id == same.id
    assert bodies(after(scenario, first, told, said_on_issue("Is it blue or green?", hour=12))) == [
        "What would you like to know?"
    ]


def test_a_comment_that_is_edited_into_a_question_is_answered(scenario: LoadedScenario) -> None:
    edited = a_fact(
        FactKind.COMMENT_EDITED,
        "issue:PAY-2",
        id="1",
        on="issue-comment",
        body="Which messages are meant?",
        when=at(1, 11),
    )

    assert bodies(after(scenario, said_on_issue("I begin now."), edited)) == ["These three."]


@pytest.mark.parametrize(
    "text",
    ["Done, thanks. Mira, would you look again?", "Could you take another look, please?", "Re-review please, ok?"],
)
def test_a_plea_for_a_review_is_left_to_the_review(scenario: LoadedScenario, text: str) -> None:
    assert not after(scenario, opened(), said_on_pull(text))


def test_a_plea_for_a_review_that_also_asks_gets_its_answer(scenario: LoadedScenario) -> None:
    timed = after(scenario, opened(), said_on_pull("Which test is missing? Please look again."))

    assert bodies(timed) == ["One a behaviour."]


def test_a_question_on_the_topic_gets_its_answer_within_the_hour(scenario: LoadedScenario) -> None:
    (timed,) = after(scenario, said_on_issue("Anna, which messages is this about?"))

    assert bodies((timed,)) == ["These three."]
    assert timed.at == at(1, 11)


def test_a_question_about_nothing_in_particular_is_asked_back(scenario: LoadedScenario) -> None:
    assert bodies(after(scenario, said_on_issue("How are you today, Anna?"))) == ["What would you like to know?"]


def test_what_is_no_question_is_met_with_an_offer_once(scenario: LoadedScenario) -> None:
    first = said_on_issue("This is unclear.")
    answer = said_on_issue("Ask me.", hour=11, actor="anna")

    assert bodies(after(scenario, first)) == ["Ask me."]
    assert after(scenario, first, answer, said_on_issue("Done, thanks.", hour=12)) == ()


def test_the_same_answer_is_not_given_twice(scenario: LoadedScenario) -> None:
    one = after(scenario, said_on_issue("Which messages do you mean?"))
    other = after(scenario, said_on_issue("And which fields are in scope?", hour=15))

    assert [t.id for t in one] == [t.id for t in other]


def test_starting_without_asking_is_remarked_on(scenario: LoadedScenario) -> None:
    assert bodies(after(scenario, started())) == ["Ask me first."]
    assert after(scenario, said_on_issue("Which ones do you mean?", hour=9.5), started()) == ()


def test_other_issues_and_colleagues_comments_get_none_of_its_answers(scenario: LoadedScenario) -> None:
    asked = after(scenario, said_on_issue("Which messages do you mean?", key="PAY-1"))
    assert [timed.id for timed in asked] == ["last-word:PAY-1"]
    assert after(scenario, said_on_issue("Which messages do you mean?", actor="tom")) == ()


def test_a_question_on_the_learners_pull_request_is_answered_there(scenario: LoadedScenario) -> None:
    mine = opened(when=at(1, 10))

    assert bodies(after(scenario, mine, said_on_pull("What kind of tests would you like?"))) == ["One a behaviour."]
    assert bodies(after(scenario, mine, said_on_pull("Is blue fine here?", FactKind.REVIEW_COMMENTED))) == [
        "As you like."
    ]
    assert after(scenario, mine, said_on_pull("I have added what you asked for.")) == ()


def test_a_question_to_somebody_else_is_left_to_them(scenario: LoadedScenario) -> None:
    mine = opened(when=at(1, 10))

    for text in ("Mira is away. Tom, which tests would you like?", "@tom which tests would you like?"):
        assert after(scenario, mine, said_on_pull(text)) == ()
    assert bodies(after(scenario, mine, said_on_pull("Tom, Mira: hm. Mira, which tests?"))) == ["One a behaviour."]


def test_words_of_a_topic_may_be_of_any_language(tmp_path: Path) -> None:
    topics = "topics: [{about: [范围], text: These three.}, {about: [Größe], text: Small.}]"
    scenario = a_scenario(tmp_path, ANSWERS.replace("topics: [{about: [which, scope], text: These three.}]", topics))

    assert bodies(after(scenario, said_on_issue("请问 这个 范围是什么？"))) == ["These three."]
    assert bodies(after(scenario, said_on_issue("Welche GRÖSSE hat das denn?"))) == ["Small."]


def test_a_bare_question_mark_is_asked_back_once(tmp_path: Path) -> None:
    scenario = a_scenario(tmp_path, ANSWERS.replace("  unclear: Ask me.\n", ""))

    (timed,) = after(scenario, said_on_issue("?"))

    assert timed.id.endswith("ask-back")
    assert after(scenario, said_on_issue("Thanks, clear.")) == ()


def test_a_question_on_a_colleagues_pull_request_is_for_its_author(scenario: LoadedScenario) -> None:
    assert after(scenario, opened(actor="tom", when=at(1, 10)), said_on_pull("Why is this a set here?")) == ()
