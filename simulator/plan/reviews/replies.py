"""What a reply says: gives a reason, claims that it is done, asks something, or none of that.

Refuses to understand: it looks for the words by which people show what they mean, in a few languages.
"""

from __future__ import annotations

import re
from enum import StrEnum

_LONGEST_READ = 5_000
_FEWEST_WORDS_OF_A_REASON = 6
_FEWEST_WORDS_WITH_A_NUMBER = 8
_FEWEST_LETTERS_WITHOUT_SPACES = 12  # of languages that put no spaces between words

_REASON = re.compile(
    r"\b(?:because|since|so that|so as to|in order to|otherwise|due to|given that|as long as|therefore|hence|reason"
    r"|else (?:it|we|the)|would (?:break|fail|lose|change|be wrong|mean|need|hide|round)"
    r"|needs? (?:it|this|that) (?:to|for|when)|requires?|required by|criteri(?:on|a)|the issue (?:says|asks|wants)"
    r"|as (?:agreed|discussed|documented|asked|specified)|see (?:the )?(?:docs?|test|issue)"
    r"|weil|damit|sonst|deshalb|daher|denn|parce que|car|afin|sinon|puisque|porque|para que|ya que|perché|affinché|pois"
    r"|omdat|zodat|ponieważ|żeby|bo|потому|чтобы|иначе|так как)\b"
    r"|因为|所以|否则|ため|ので|から|때문"
    r"|https?://\S+|\b[A-Z][A-Z0-9]{1,9}-[1-9][0-9]*\b|\B#[1-9][0-9]*\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?<![\w.])[0-9]{1,9}(?:[.,][0-9]{1,9})?\s?(?:%|ms|s|kb|mb|lines?|times|x|cents?|eur|usd|calls?|requests?|rows?|bytes)?(?!\w)",
    re.IGNORECASE,
)
_PROMISE = re.compile(
    r"\b(?:i(?:'ll| will| am going to)|will (?:do|fix|change|look|add)|later|tomorrow|next (?:time|week|sprint)"
    r"|in a (?:minute|bit|moment)|soon|mache ich|später|morgen)\b",
    re.IGNORECASE,
)
_CLAIM = re.compile(
    r"\b(?:done|fixed|changed|removed|added|addressed|updated|resolved|renamed|moved|pushed|extracted|split|corrected"
    r"|erledigt|behoben|geändert|fait|corrigé|hecho|arreglado)\b",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"(?:^|[.!;:,\n]\s*)(?:(?:and|but|so|or)\s+)?(?:what|which|who|when|where|why|how|should|shall|could|can|may|does"
    r"|do (?:we|you|i)|is (?:it|this|that)|are (?:there|these|those|we|you)|would (?:you|it)"
    r"|please (?:explain|clarify|tell))\b"
    r"|\b(?:could|can|would) you\b|\b(?:and|but) (?:what about|how (?:about|do|does|many|much)|why|should|which)\b",
    re.IGNORECASE,
)
_ASKING_BACK = re.compile(r"[?？؟]")
_THANKS = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|great|perfect|super|cool|got it|understood|alright)\W+)*"
    r"(?:thanks?|thank you|thx|cheers|ta|danke|merci|gracias|great|perfect|got it|understood|ok(?:ay)?)\b",
    re.IGNORECASE,
)


class Reply(StrEnum):
    """What a reply amounts to."""

    REASON = "reason"
    CLAIM = "claim"
    QUESTION = "question"
    OTHER = "other"


def read_reply(text: str) -> Reply:
    """What a reply to a remark amounts to. A question that gives a reason is one; a promise is none, and neither is "no"."""
    text = without_quotes(text)[:_LONGEST_READ]
    if _gives_a_reason(text):
        return Reply.REASON
    if _ASKING_BACK.search(text):
        return Reply.QUESTION
    return Reply.CLAIM if _CLAIM.search(text) else Reply.OTHER


def is_question(text: str) -> bool:
    """Whether a comment asks something that can be answered: a question of at least three words. Thanks are none."""
    text = without_quotes(text)[:_LONGEST_READ]
    if not _has_words(text, 3):
        return False
    if _ASKING_BACK.search(text):
        return True
    return not is_thanks(text) and _ASKING.search(text) is not None


def is_thanks(text: str) -> bool:
    """Whether a comment says thank you or understood, and asks nothing."""
    return _THANKS.match(text[:200]) is not None and not _ASKING_BACK.search(text[:_LONGEST_READ])


def without_quotes(text: str) -> str:
    """The text without lines quoted from somebody else."""
    return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith(">")).strip()


def _gives_a_reason(text: str) -> bool:
    if not _has_words(text, _FEWEST_WORDS_OF_A_REASON):
        return False
    if _REASON.search(text):
        return not (_PROMISE.search(text) and len(text.split()) < 2 * _FEWEST_WORDS_OF_A_REASON)
    many = _has_words(text, _FEWEST_WORDS_WITH_A_NUMBER)
    return many and _NUMBER.search(text) is not None and not _PROMISE.search(text) and not _CLAIM.search(text)


def _has_words(text: str, fewest: int) -> bool:
    if len(text.split()) >= fewest:
        return True
    unspaced = sum(letter >= "\u3040" for letter in text)
    return unspaced >= _FEWEST_LETTERS_WITHOUT_SPACES * fewest / _FEWEST_WORDS_OF_A_REASON
