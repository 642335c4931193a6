"""Words of commit messages and titles that say nothing, or that say that the work is not finished.

English and German; other languages are given the benefit of the doubt. Refuses to know what a header is. Linear in the
text, of which no more than a line's length is looked at.
"""

from __future__ import annotations

import re
from functools import lru_cache

_MOST = 300
_LETTERS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
_FILE_NAME = re.compile(r"(?=[^\s]*\.)[\w./-]+\.[A-Za-z]\w{0,4}\Z", re.ASCII)
_VERSION = re.compile(r"\d\.\d", re.ASCII)
_SIGNS = re.compile(r"[^\w\s'’-]+")
_LEAST_WORDS = 3
_LEAST_CHARACTERS = 15
_LEAST_LETTERS = 4
_WIDE_COUNTS_AS = 3

_EMPTY_SENTENCES_TEXT = """
first commit; initial commit; second commit; last commit; new commit; commit; first draft; it works; works; works now; it
works now; works on my machine; now it works; this should work; final; final version; final final; the end; done; finished;
ready; complete; completed; asdf; asd; qwerty; foo; foo bar; bar; baz; blah; bla; bla bla; xxx; yyy; lorem ipsum; tmp; temp;
wip; oops; ups; damn; hello; hello world; please work; try again; one more try; add files; add files via upload; upload
files; as discussed; see issue; see jira; see ticket; erste version; endversion; fertig; läuft; läuft jetzt; geht jetzt;
diverse kleinigkeiten; fehler behoben; fehler korrigiert; bugs behoben; bug behoben; code aufgeräumt; aufgeräumt; 修正; 更新;
変更; 修改; 提交; テスト; バグ修正; 不具合修正; 微修正; 小修正; いろいろ; 修复; 修复bug;
fix conflicts; fix merge conflicts; fix merge conflict; resolve conflicts; resolve merge conflicts
"""
_EMPTY_SENTENCES = frozenset(" ".join(_EMPTY_SENTENCES_TEXT.split()).split("; "))
"""Whole descriptions that could stand over any change."""

_EMPTY_WORDS_TEXT = """
fix fixes fixed fixing bugfix bugfixes hotfix repair solve solved resolve update updates updated updating change changes
changed changing edit edits edited modify modified modification modifications tweak tweaks tweaked adjust adjustments
improve improved improvement improvements refactor refactoring refactored cleanup cleanups clean work works working progress
stuff thing things misc miscellaneous bug bugs issue issues error errors problem problems mistake mistakes glitch code file
files project task tasks ticket tickets story feature features test tests testing add added adding make made do did done
commit commits review feedback comments wip patch patches implement implemented implementation anpassung anpassungen
änderung änderungen korrektur korrekturen verbesserung verbesserungen aktualisierung aktualisiert angepasst geändert behoben
korrigiert fehler diverses kleinigkeiten kleinigkeit sonstiges
"""
_EMPTY_WORDS = frozenset(_EMPTY_WORDS_TEXT.split())
"""Words that tell what is done to code, or that it is code, and nothing of what changes."""

_FILLERS_TEXT = """
the a an some more few several many various other another all any last small minor little tiny quick big major new old
simple final general first and or in on of to for with up it this that these my our again just also now here there out
things please finally really multiple different kleine kleiner kleinere kleines einige diverse verschiedene weitere und noch
mehr ein eine der die das im am
"""
_FILLERS = frozenset(_FILLERS_TEXT.split())

_FEEDBACK = r"(?:comments?|feedback|remarks?|suggestions?|findings?|notes?|nits?|points?|requests?|changes|issues)"
_REVIEW = r"(?:(?:code[ -]?)?review(?:er)?(?:['’]?s)?|pr|pull request|mr)"
_CLEANUP = re.compile(
    rf"(?:(?:address|apply|incorporate|implement|integrate|resolve|fix|handle|work in|act on|react to|respond to)"
    rf"(?:e?s|e?d|ing)? (?:all |some |more |the |my |remaining |last |other ){{0,2}}"
    rf"(?:{_REVIEW} {_FEEDBACK}|{_FEEDBACK} (?:from|of|in|after) (?:the )?{_REVIEW}|review|feedback))\Z"
    rf"|(?:address|apply|incorporate)(?:e?s|e?d|ing)? {_REVIEW} (?:comments?|feedback|remarks?|suggestions?)\b"
    rf"|(?:address|apply|incorporate)(?:e?s|e?d|ing)? (?:@?[\w-]{{1,39}}['’]s? )?(?:comments?|feedback|remarks?|suggestions?)\Z"
    rf"|apply suggestions? from (?:code review|@[\w-]{{1,39}})"
    rf"|レビュー(?:指摘|コメント)?(?:に)?(?:対応|修正|反映)"
    rf"|(?:{_REVIEW} )(?:comments?|feedback|remarks?|suggestions?|nits?|fixes|changes|fixups?)\Z"
    rf"|(?:fixes|changes|fixups?|updates|more fixes) (?:after|from|for|of) (?:the )?{_REVIEW}\Z"
    rf"|(?:review|feedback|anmerkungen|kommentare) (?:eingearbeitet|umgesetzt|berücksichtigt)\Z"
    rf"|review-?(?:anmerkungen|kommentare|feedback)(?: (?:eingearbeitet|umgesetzt|berücksichtigt|einarbeiten|umsetzen))?\Z"
)
_FOLDED_AWAY = re.compile(r"(?P<mark>fixup|squash|amend)!(?:\s|\Z)")
_UNFINISHED = (
    r"(?:wip|work[ -]in[ -]progress|do[ -]not[ -]merge(?!\s+[^\W\d](?!et\b))|draft(?=\s*[:\])}>])|in progress(?=\s*[\])}>])"
    r"|not ready(?: yet)?(?=\s*(?:[:\])}>]|\Z))|in arbeit|作業中)"
)
_LEADS = re.compile(
    rf"[\[({{<*#\s]*(?P<term>{_UNFINISHED}|🚧)(?![\w-])(?!\s+(?:limit|column|rule|cap|board|count|age|policy|report|chart|app|item|work)s?\b)"
)
_IN_BRACKETS = re.compile(rf"[\[({{<]\s*(?P<term>{_UNFINISHED}|🚧)\s*[\])}}>]")
_ENDS = re.compile(rf"(?:\s[-–—:,;|/]\s?|[:,;]\s|…\s?|\.\s)(?P<term>{_UNFINISHED}|🚧)\W*\Z|(?P<sign>🚧)\s*\Z")
_MAKESHIFT_TEXT = """
tmp; temp; temporary; temporary commit; temp commit; tmp commit; checkpoint; save; save work; save progress; saving
progress; save point; savepoint; backup; oops; not done yet; unfinished; zwischenstand; sicherung; zwischenspeichern; 途中; 仮
"""
_MAKESHIFT = frozenset(" ".join(_MAKESHIFT_TEXT.split()).split("; "))

_UMLAUTS = frozenset("äöüß")
_GERMAN_ENDS = ("ungen", "rung", "lung", "dung", "tung", "heit", "keit", "schaft", "ieren")
_GERMAN_TEXT = """
der das und ein eine einer eines einen einem für mit von bei nicht zu zum zur im auf aus nach ohne wird werden ist sind wenn
damit hinzufügen entfernen ändern beheben anpassen erstellen prüfen dem den des vom
"""
_GERMAN = frozenset(_GERMAN_TEXT.split())


@lru_cache(maxsize=8192)
def empty_words(description: str) -> str | None:
    """What makes a description say nothing, in words; None when it says something. Issue keys are taken off before."""
    words = " ".join(description[:_MOST].lower().split()).strip(" .,;:!?…-–—()[]#*_\"'“”。！")
    if not words:
        return "there is no word in it"
    if words in _EMPTY_SENTENCES or _is_all_empty(words):
        return f"“{words[:60]}” could stand over any change"
    if _FILE_NAME.match(words):
        return "it only names a file"
    count, length = _size(words)
    if (
        count < _LEAST_WORDS
        and length < _LEAST_CHARACTERS
        and not _VERSION.search(words)
        and not _is_told_in_two(words)
    ):
        return (
            f"“{words}” is too short to say what changes, three words or {_LEAST_CHARACTERS} characters are the least"
        )
    return None


@lru_cache(maxsize=8192)
def unfinished_term(subject: str) -> str | None:
    """The words by which a subject or a title says that it is not finished, such as `wip`; None when it does not.

    They count at its beginning, in brackets, or set off at its end: a limit of work in progress is another matter.
    """
    text = " ".join(subject[:_MOST].lower().split())
    bare = text.strip(" .!-…()[]")
    if bare in _MAKESHIFT:
        return bare
    found = _LEADS.match(text) or _IN_BRACKETS.search(text) or _ENDS.search(text)
    if found is None:
        return None
    return next(term for term in found.groupdict().values() if term)


def folding_mark(header: str) -> str | None:
    """`fixup!`, `squash!` or `amend!` when git is to fold a commit into an earlier one, else None."""
    found = _FOLDED_AWAY.match(header)
    return f"{found['mark']}!" if found else None


def answers_review(description: str) -> bool:
    """Whether a description says only that a review was answered, and not what changes."""
    return _CLEANUP.match(" ".join(description[:_MOST].lower().split()).strip(" .!:-")) is not None


def length_of(text: str) -> int:
    """Characters of a text without the blanks around it; a sign of a script without blanks between words counts three."""
    return _size(text.strip())[1]


def count_words(text: str) -> int:
    """How many words a text has; of scripts without blanks, two signs are taken for a word."""
    return _size(text)[0]


def is_german(text: str) -> bool:
    """Whether a text looks German, where nouns begin with a capital letter."""
    words = _LETTERS.findall(text[:_MOST].lower())
    return any(word in _GERMAN or word.endswith(_GERMAN_ENDS) or not _UMLAUTS.isdisjoint(word) for word in words)


def _is_all_empty(words: str) -> bool:
    """Whether some words are nothing but fillers and what is done to code in general."""
    found = _LETTERS.findall(words)
    if not found or not all(word in _EMPTY_WORDS or word in _FILLERS for word in found):
        return False
    rest = _SIGNS.sub(" ", words).split()
    return not any(map(str.isdecimal, rest))


def _is_told_in_two(words: str) -> bool:
    """Whether two words of some length both say something, as “stream exports” does."""
    found = words.split()
    said = [word for word in found if word not in _EMPTY_WORDS and word not in _FILLERS and len(word) >= _LEAST_LETTERS]
    return len(found) == len(said) == 2


def _size(words: str) -> tuple[int, int]:
    """How many words and characters there are; of scripts without blanks, two signs are taken for a word."""
    wide = len(_WIDE.findall(words))
    return len(words.split()) + wide // 2, len(words) + wide * (_WIDE_COUNTS_AS - 1)
