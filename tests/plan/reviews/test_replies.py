from __future__ import annotations

import pytest

from simulator.plan.reviews.replies import Reply, is_question, is_thanks, read_reply


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I kept the loop because the list is sorted by the caller already.", Reply.REASON),
        ("It has to stay a string, otherwise the shop loses the leading zero.", Reply.REASON),
        ("Criterion 3 asks for exactly this, see PAY-4 for the discussion there.", Reply.REASON),
        ("Das bleibt so, weil der Aufrufer die Liste schon sortiert hat.", Reply.REASON),
        ("Es necesario porque la tienda pierde el primer cero.", Reply.REASON),
        ("这里必须保留字符串，因为商店会丢失开头的零。", Reply.REASON),
        ("With a cache it takes 3 ms where it took 240 ms before.", Reply.REASON),
        ("no", Reply.OTHER),
        ("because", Reply.OTHER),
        ("I disagree with you about this whole thing here.", Reply.OTHER),
        ("I will do it later because I have no time now", Reply.AGREES),
        ("ok", Reply.AGREES),
        ("👍", Reply.AGREES),
        ("Will do!", Reply.AGREES),
        ("Oh, good catch. I'll fix it tomorrow.", Reply.AGREES),
        ("You are right, stimmt.", Reply.AGREES),
        ("Mache ich.", Reply.AGREES),
        ("Thanks, makes sense", Reply.AGREES),
        ("👎", Reply.OTHER),
        ("I will not do that", Reply.OTHER),
        ("This is right as it stands", Reply.OTHER),
        ("ok, but no", Reply.OTHER),
        ("Yes, done.", Reply.CLAIM),
        ("I have not changed it.", Reply.OTHER),
        ("I cannot split it, no time, sorry", Reply.OTHER),
        ("Removed it, because it was there for debugging only.", Reply.CLAIM),
        ("Good point, fixed now since the test would have caught it too.", Reply.CLAIM),
        ("Ist raus.", Reply.CLAIM),
        ("I changed nothing here, because the shop reads these lines.", Reply.REASON),
        ("I moved it here because the caller needs the lock first.", Reply.REASON),
        ("done", Reply.CLAIM),
        ("Fixed in the last commit, thanks.", Reply.CLAIM),
        ("What do you mean by that?", Reply.QUESTION),
        ("> because it is so and so in the whole wide world\nno", Reply.OTHER),
        ("", Reply.OTHER),
    ],
)
def test_a_reply_is_known_by_the_words_people_use(text: str, expected: Reply) -> None:
    assert read_reply(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thanks, that is what I needed to know when I start.", False),
        ("Thank you! And which fields are in scope?", True),
        ("I wrote down what we said and when it holds.", False),
        ("And what about the old messages", True),
        ("哪些 字段 在范围内？", True),
    ],
)
def test_thanks_and_statements_are_no_questions(text: str, expected: bool) -> None:
    assert is_question(text) is expected


def test_thanks_that_ask_something_are_more_than_thanks() -> None:
    assert is_thanks("Thanks, clear now.")
    assert not is_thanks("Thanks, but which one?")
