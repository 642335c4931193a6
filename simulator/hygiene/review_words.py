"""What reviewers say, without the phrases that could stand under any change: LGTM, ship it, 👍.

English, German and Japanese; of other languages every word counts. Refuses to judge what is said. Linear in the text, of which
no more than a page is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from simulator.hygiene.words import count_words
from simulator.model.history import Comment, PullRequest
from simulator.model.keys import SeatId

LEAST_WORDS = 5
_MOST = 2_000
_STOCK = re.compile(
    r"\b(?:lgtm\w?|sgtm|r\+|looks? (?:all )?(?:very |really |pretty |so )?(?:good|great|fine|ok(?:ay)?|nice|solid|clean|right)"
    r"|seems? (?:good|fine|ok(?:ay)?|right)|sounds good|(?:i )?approv(?:e|ed|ing)|ship ?it|all (?:good|fine|clear|set)"
    r"|(?:very |really |so )?(?:nice|great|good|excellent|awesome|amazing|fantastic|perfect|super|cool|clean|solid|lovely)"
    r"(?: (?:work|job|stuff|one|change|changes|code|catch|pr|going))?|well done|way to go|keep it up"
    r"|(?:many )?thanks?(?: (?:you|a lot))?|thx|ty|cheers"
    r"|(?:no|without) (?:further )?(?:comments?|remarks?|issues?|concerns?|objections?|notes?|complaints?|problems?)"
    r"|nothing to (?:add|say|complain)|nothing (?:stands|jumps) out"
    r"|fine (?:by|with|for) me|works for me|ok(?:ay)?|yes|yep|yup|sure|done"
    r"|go (?:ahead|for it)|(?:good|ready) to (?:go|merge|ship)"
    r"|merge (?:it|away|when ready|at will)|let['’]?s (?:go|merge|ship)(?: it)?"
    r"|sieht (?:sehr )?(?:gut|super) aus|passt(?: (?:so|für mich))?|freigegeben|genehmigt|gut gemacht"
    r"|(?:vielen )?dank|danke(?: dir)?|alles (?:gut|klar|bestens)|von mir aus|gute arbeit|in ordnung"
    r"|keine (?:anmerkungen|einwände|kommentare))\b"
    r"|問題(?:ありません|ないです|なし)|承認(?:します|しました|です)?|(?:良|よ)さそう(?:です)?|いいと思います|いいですね|いいね"
    r"|確認しました|ありがとうございます?|お疲れ様です|大丈夫です|よろしくお願いします|\+1|:[a-z_+0-9]{1,30}:"
)
_FILLERS_TEXT = """
a all an and any as at be by can change changes code diff everything for from go good great here i in is it just looks me merge
mine my now of on once our out overall please pr pull request review side so team that the then there these they this to too up us
very was we will with work you your really again also both
das dem den der die dir du es für gut hier ich im ist mir mit sehr so und von wir zu zum
"""
_FILLERS = frozenset(_FILLERS_TEXT.split())
_LETTERS = re.compile(r"[^\W\d_]+")


def own_words(text: str) -> int:
    """How many words of a text are more than a stock phrase; none when only filling words are left of it."""
    rest = _STOCK.sub(" ", " ".join(text[:_MOST].lower().split()))
    found = _LETTERS.findall(rest)
    if all(word in _FILLERS for word in found):
        return 0
    return count_words(" ".join(re.sub(r"[^\w\s'’-]+", " ", rest).split()))


def says_something(text: str) -> bool:
    """Whether five words or more are more than a stock phrase."""
    return own_words(text) >= LEAST_WORDS


def remarks_of(pull: PullRequest, seat: SeatId | None) -> Iterator[Comment]:
    """What somebody remarked on lines of a pull request, in their own words, oldest first."""
    return (each for each in pull.comments if each.author == seat and each.path is not None and own_words(each.body))


def contents_of(pull: PullRequest, seat: SeatId | None) -> list[datetime]:
    """When somebody said something in a review of a pull request or on a line of it, oldest first."""
    reviews = (each.at for each in pull.reviews if each.author == seat and says_something(each.body))
    return sorted([*reviews, *(remark.at for remark in remarks_of(pull, seat))])
