"""Tricks to get points without the work: none may score above what honest work of that size does.

The tricks are those of the rule book's design (empty pull requests, split commits, rubber stamps, a board tidied up at the end,
evidence deleted, …) and those that testers thought of. A story is told honestly and with the trick; the scores are compared.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable

import pytest

from simulator.hygiene.linter import score_run
from simulator.model.hygiene import Outcome, Scorecard
from simulator.model.keys import SeatId
from simulator.testing.cases import RuleCase
from simulator.testing.story import Story, a_clean_sprint
from tests.hygiene.test_cases import TABLES

ADA = SeatId("ada")
A_HAIR = 1e-6
CRITERIA = "Acceptance criteria\n- Given a paid order when it is refunded then the ledger shows it"
WANTED = f"As a shop, I want to refund a part.\n\n{CRITERIA}"
BODY = "Why: shops asked for it. What: adds a step of {key} to the refunds. Tested with the amounts of the ledger."


def _card(story: Story) -> Scorecard:
    return score_run(story.history(), seat=ADA, elapsed=1.0, hygiene={})


def _score(story: Story) -> float:
    return _card(story).score


def _credits(story: Story, code: str) -> list[float | None]:
    judged = (Outcome.PASS, Outcome.BREACH)
    return [found.credit for found in _card(story).findings if found.rule == code and found.outcome in judged]


def _with_issues(count: int, *, by: str = "ada") -> Story:
    story = Story()
    for number in range(1, count + 1):
        story.issue(f"PAY-{number}", assignee=by, summary=f"Shops refund part {number} of an order", description=WANTED)
    return story


def _one_more(story: Story, key: str, branch: str, *, day: int, lines: int = 40, merged: bool = True) -> int:
    """A pull request as it should be, on a day: its number."""
    message = f"feat: refund one more part\n\nShops asked for it since spring.\n\nRefs: {key}"
    files = {"payments/api.py": lines, "tests/test_api.py": lines // 2} if lines else {}
    story.at(f"{day} 10:00").push(branch, commits=[{"message": message, "files": files}])
    story.at(None).open(branch, title=f"feat: refund one more part ({key})", body=BODY.format(key=key))
    number = max(story.history().pulls)
    story.at(None).ask(number)
    if merged:
        story.at(f"{day} 13:00").review(number, by="rita")
        story.at(f"{day} 14:00").merge(number).delete(branch)
    return number


def _empty_pulls(story: Story) -> None:
    for number in range(12):
        _one_more(story, "PAY-1", f"feature/PAY-1-empty-{number}", day=8, lines=0)


def _trivial_pulls(story: Story) -> None:
    for number in range(12):
        _one_more(story, "PAY-1", f"feature/PAY-1-bit-{number}", day=8, lines=2)


def _unlinked_pulls(story: Story) -> None:
    for number in range(12):
        _one_more(story, "refunds", f"feature/bit-{number}", day=8)


def _praise_everywhere(story: Story) -> None:
    for number in (5, 6):
        for _ in range(15):
            story.at(None).comment(number, by="ada", body="Nice work!")
            story.at(None).review(number, by="ada", state="COMMENTED", body="LGTM 👍")


def _own_approvals(story: Story) -> None:
    for number in range(1, 5):
        story.at(None).review(number, by="ada")


def _busy_board(story: Story) -> None:
    for _ in range(6):
        for key in ("PAY-1", "PAY-2"):
            story.at(None).comment_on(key, body="Still on it")


@pytest.mark.parametrize(
    "trick", [_empty_pulls, _trivial_pulls, _unlinked_pulls, _praise_everywhere, _own_approvals, _busy_board]
)
def test_padding_adds_nothing_to_honest_work(trick: Callable[[Story], None]) -> None:
    honest, padded = a_clean_sprint(), a_clean_sprint()

    trick(padded)

    assert _score(padded) <= _score(honest) + A_HAIR


def test_splitting_a_commit_in_ten_changes_nothing() -> None:
    whole, split = _with_issues(1), _with_issues(1)
    header = "feat: refund a part of an order\n\nShops asked for it since spring.\n\nRefs: PAY-1"
    for story, commits in ((whole, [100]), (split, [10] * 10)):
        story.at("2 10:00").push("feature/PAY-1-part", commits=[{"message": header, "lines": n} for n in commits])
        story.at("2 11:00").open(
            "feature/PAY-1-part", title="feat: refund a part (PAY-1)", body=BODY.format(key="PAY-1")
        )
        story.at("2 13:00").ask(1).review(1, by="rita").merge(1, method="merge").delete("feature/PAY-1-part")

    for code in ("CM-01", "CM-02", "CM-09"):
        rate = {card.rule: card.rate for card in _card(whole).rules}[code]
        assert {card.rule: card.rate for card in _card(split).rules}[code] == pytest.approx(rate)


def test_only_the_easy_issue_is_less_than_all_of_them() -> None:
    easy = a_clean_sprint(issues=1)
    for number in (2, 3, 4):
        easy.at("1 09:00").issue(f"PAY-{number}", assignee="ada", summary="Shops refund a part", description=WANTED)

    assert _score(easy) < _score(a_clean_sprint()) - 10


def test_moving_cards_is_no_delivery() -> None:
    cards = _with_issues(4)
    for number in range(1, 5):
        cards.at(f"{number * 2} 09:30").move(f"PAY-{number}", to="In Progress")
        cards.at(f"{number * 2} 15:00").move(f"PAY-{number}", to="In Review")
        cards.at(f"{number * 2} 16:30").move(f"PAY-{number}", to="Done")

    assert set(_credits(cards, "SP-04")) == {0.0}
    assert set(_credits(cards, "FL-04")) == {0.0}
    assert _credits(cards, "FL-07") == []
    assert _credits(cards, "IS-02") == []
    assert _score(cards) < 20


def test_an_empty_pull_request_that_names_the_issue_is_no_delivery() -> None:
    story = _with_issues(2)
    for number in (1, 2):
        key = f"PAY-{number}"
        story.at(f"{number} 09:30").move(key, to="In Progress")
        _one_more(story, key, f"feature/{key}-empty", day=number, lines=0)
        story.at(f"{number} 15:00").move(key, to="Done")

    assert set(_credits(story, "SP-04")) == {0.0}
    assert _score(story) < 25


def test_calling_an_issue_no_code_on_the_last_day_is_no_delivery() -> None:
    story = _with_issues(1)
    story.at("10 10:00").label("PAY-1", labels=["no-code"]).move("PAY-1", to="Done")

    assert _credits(story, "SP-04") == [0.0]


def test_who_did_nothing_has_nothing() -> None:
    assigned = _with_issues(4)
    for number in range(1, 5):
        assigned.at(f"{number} 10:00").move(f"PAY-{number}", to="In Progress", by="rita")

    assert _score(assigned) == 0


def test_one_word_does_not_make_evidence_of_what_others_prepared() -> None:
    story = _with_issues(4)
    story.at("2 10:00").comment_on("PAY-1", body="Hello")

    assert _score(story) < 5


def test_a_rubber_stamp_is_worth_less_than_a_review() -> None:
    read, stamped = Story(), Story()
    for story, answered in ((read, "11:30"), (stamped, "10:01")):
        for day in (2, 3):
            story.at(f"{day} 09:30").push(f"a-{day}", by="tom", commits=[{"message": "feat: all", "lines": 400}])
            story.at(f"{day} 09:45").open(f"a-{day}", by="tom")
            story.at(f"{day} 10:00").ask(day - 1, reviewer="ada", by="tom")
            story.at(f"{day} {answered}").review(day - 1, by="ada", body="LGTM")

    assert _score(stamped) < _score(read)
    assert set(_credits(stamped, "RV-02")) == {0.0}
    assert set(_credits(stamped, "RV-07")) == {0.0}, "what nobody read is no share of the reviews"


@pytest.mark.parametrize("hide", ["delete", "close", "both"])
def test_deleting_the_evidence_hides_nothing(hide: str) -> None:
    shown, hidden = a_clean_sprint(), a_clean_sprint()
    for story in (shown, hidden):
        story.at("8 09:00").push("MyStuff", commits=[{"message": "stuff", "lines": 700}])
        story.at("8 10:00").open("MyStuff", title="stuff")
    number = max(hidden.history().pulls)
    if hide != "delete":
        hidden.at("8 10:30").close(number)
    if hide != "close":
        hidden.at("8 11:00").delete("MyStuff")

    assert _score(hidden) < _score(a_clean_sprint()) - 1
    for code in ("BR-01", "CM-01", "CM-09", "PR-01", "PR-02"):
        assert 0.0 in _credits(hidden, code), code


def test_a_board_that_is_tidied_up_on_the_last_day_is_worth_less() -> None:
    honest, tidied = _with_issues(4), _with_issues(4)
    for story, late in ((honest, False), (tidied, True)):
        for number in range(1, 5):
            key, day = f"PAY-{number}", number * 2 - 1
            if not late:
                story.at(f"{day} 09:50").move(key, to="In Progress")
            _one_more(story, key, f"feature/{key}-part", day=day)
            if not late:
                story.at(f"{day} 14:10").move(key, to="Done")
        if late:
            for number in range(1, 5):
                story.at("10 16:00").move(f"PAY-{number}", to="In Progress")
                story.at("10 16:01").move(f"PAY-{number}", to="Done")

    assert _score(tidied) < _score(honest) - 2


def test_asking_and_withdrawing_is_not_asking() -> None:
    story = _with_issues(1)
    story.at("2 10:00").push("feature/PAY-1-part").open("feature/PAY-1-part")
    story.at("2 10:05").ask(1).at("2 10:06").withdraw(1)

    assert _credits(story, "PR-07") == [0.0]


def test_deleting_the_check_list_is_not_ticking_it() -> None:
    story = _with_issues(1)
    story.at("2 10:00").push("feature/PAY-1-part").open("feature/PAY-1-part", body="- [ ] tests\n- [ ] changelog\n")
    story.at("2 10:05").describe_pull(1, body="Refunds").at("2 14:00").merge(1)

    assert _credits(story, "PR-03") == [0.0]


@pytest.mark.parametrize(
    ("code", "verb"),
    [
        ("PR-02", "describe"),
        ("RV-02", "review"),
        ("RV-03", "review"),
        ("PR-18", "say"),
        ("RV-09", "say"),
        ("RV-13", "say"),
    ],
)
def test_advice_that_is_pasted_without_its_blanks_filled_in_earns_nothing(code: str, verb: str) -> None:
    case = next(case for case in TABLES[code] if case.case.fix and "/api/v3/" in _advice_of(case))
    story = Story().tell(case.case.story)
    body = json.loads(shlex.split(_advice_of(case).splitlines()[-1].rpartition("curl ")[2])[-2])["body"]
    pasted = {
        "describe": lambda: story.at(None).describe_pull(1, body=body),
        "review": lambda: story.at(None).review(1, by="ada", state="COMMENTED", body=body),
        "say": lambda: story.at(None).comment(1, by="ada", body=body),
    }

    before = _credits(story, code)
    pasted[verb]()

    assert _credits(story, code) == before


def _advice_of(case: RuleCase) -> str:
    finding = case.finding()
    return finding.how_to_fix if finding else ""
