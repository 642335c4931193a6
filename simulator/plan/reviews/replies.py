"""What a reply says: gives a reason, claims that it is done, asks something, agrees, or none of that.

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
    r"\b(?:i(?:['’]ll| will| am going to|['’]m going to)|will (?:do|fix|change|look|add|remove|see to)|later|tomorrow"
    r"|next (?:time|week|sprint)|in a (?:minute|bit|moment)|soon|on it|working on (?:it|this|that)|let me (?:fix|change|see)"
    r"|mach(?:e)? ich|wird gemacht|später|morgen|je m['’]en occupe|lo har[eé])\b",
    re.IGNORECASE,
)
_CLAIM = re.compile(
    r"\b(?:done|fixed|changed|removed|deleted|added|addressed|updated|resolved|renamed|moved|pushed|extracted|split|corrected"
    r"|reverted|cleaned up|dropped|should be (?:ok|fine|better|good) now"
    r"|erledigt|behoben|geändert|gemacht|gefixt|entfernt|ist (?:jetzt )?(?:weg|raus|drin)"
    r"|fait|corrigé|supprimé|hecho|arreglado|quitado|fatto|gedaan|zrobione|исправлено|готово)\b",
    re.IGNORECASE,
)
# A reply that begins so says what was done, whatever reasons it goes on to give: `Removed, because nobody reads it.`
_CLAIM_FIRST = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|yes|right|sure|good (?:point|catch|idea)|thanks?(?: you)?|true|agreed|oops|sorry|my bad)\W+){0,3}"
    r"(?:(?:i(?:['’]ve| have)?|just|now|it is|is|all|both|that is)\s+){0,3}"
    r"(?:done|fixed|removed|deleted|addressed|corrected|reverted|cleaned up|dropped|erledigt|behoben|entfernt|gefixt)\b",
    re.IGNORECASE,
)
_AGREES = re.compile(
    r"^\W*(?:(?:oh|ah|hm+|well|very|ups|ach)\W+){0,2}(?:yes|yep|yeah|ok(?:ay)?|sure|agreed?|good (?:point|catch|idea|call)"
    r"|(?:you|ur)(?:['’]re| are) right|right|true|indeed|makes sense|fair(?: enough| point)?|oops|my bad|sorry"
    r"|missed (?:it|that)|will do|on it|noted|ack"
    r"|ja|stimmt|gute idee|alles klar|oui|d['’]accord|vale|s[ií]|de acuerdo|va bene|prima|klar)\b",
    re.IGNORECASE,
)
_REFUSES = re.compile(r"(?:\bwill|['’]ll|going to) (?:not|never)\b|\bwon['’]t\b|\bnicht\b|\bbut\b", re.IGNORECASE)
_NOT_DONE = re.compile(r"\b(?:not|cannot|never|nothing|nicht|n['’]t)\b|n['’]t\b", re.IGNORECASE)
_AGAINST = re.compile(r"\b(?:but|not|no|n['’]t|disagree|aber|nicht|nein|mais|pas|pero)\b|n['’]t\b", re.IGNORECASE)
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


_PRAISE = re.compile(
    r"^\W*(?:(?:very|really|so|what a|this is|that is|that's|oh)\s+){0,2}(?:nice|great|good|love(?:ly| it| this| that)?|cool|neat"
    r"|elegant|clever|perfect|beautiful|well done|i (?:really )?(?:like|love)|schön|super|toll|gut)\b|👍|❤|🎉|👏",
    re.IGNORECASE,
)
_WISHES = re.compile(
    r"\b(?:should|could|would|please|needs?|missing|instead|rather|to have|why|bitte|fehlt)\b", re.IGNORECASE
)


class Reply(StrEnum):
    """What a reply amounts to."""

    REASON = "reason"
    CLAIM = "claim"
    QUESTION = "question"
    AGREES = "agrees"
    OTHER = "other"


def read_reply(text: str) -> Reply:
    """What a reply to a remark amounts to. A question that gives a reason is one; a promise is none, and neither is "no".

    Who says yes, thanks, or that they will, has agreed; who says what they have done claims it, reasons or not.
    """
    text = without_quotes(text)[:_LONGEST_READ]
    if _CLAIM_FIRST.match(text) and not _ASKING_BACK.search(text):
        return Reply.CLAIM
    if _gives_a_reason(text):
        return Reply.REASON
    if _ASKING_BACK.search(text):
        return Reply.QUESTION
    if _agrees(text):
        return Reply.AGREES
    return Reply.CLAIM if _CLAIM.search(text) and not _NOT_DONE.search(text) else Reply.OTHER


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


def is_praise(text: str) -> bool:
    """Whether a remark says that something is good, and asks for nothing."""
    text = without_quotes(text)[:_LONGEST_READ]
    asks = _ASKING_BACK.search(text) or _AGAINST.search(text) or _WISHES.search(text)
    return asks is None and (_PRAISE.search(text) is not None or is_thanks(text))


def without_quotes(text: str) -> str:
    """The text without lines quoted from somebody else."""
    return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith(">")).strip()


def _agrees(text: str) -> bool:
    """Whether it says yes, or promises, or is nothing but a sign of it, such as a thumb."""
    if not any(letter.isalnum() for letter in text):
        return bool(text) and "👎" not in text
    if _CLAIM.search(text):
        return False
    promises = _PROMISE.search(text) is not None and not _REFUSES.search(text)
    return promises or (not _AGAINST.search(text) and (is_thanks(text) or _AGREES.match(text) is not None))


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
