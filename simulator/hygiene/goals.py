"""What a sprint's goal says, and whether an issue serves it.

Refuses to weigh how good a goal is: it must say something besides keys, and something in the sprint must belong to it.
"""

from __future__ import annotations

import re

from simulator.hygiene.chatter import specific_words
from simulator.hygiene.words import length_of
from simulator.model.history.tracker import IssueState
from simulator.model.keys import IssueKey, issue_keys_in

_MOST = 2_000
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9]{1,30}-[0-9]{1,9}|#?[0-9]{1,9}", re.ASCII)
_WORD = re.compile(r"[^\W\d_]{2,60}")
_LIST_WORDS_TEXT = """
sprint goal goals issue issues story stories task tasks bug bugs ticket tickets item items point points all the of and or plus
with also then finish complete close do done deliver resolve work on get to in our we for from through till until up rest ship
merge first next last this backlog board jira key keys only open sowie bis von der die das ziel alle und oder mit fertig machen
abschließen erledigen vorgang vorgänge aufgaben wir weiterarbeiten wie besprochen et tout les y todos los terminer finir terminar
velocity capacity development continue continued bug-fixing bugfixing fixing bugfixes refactoring improvement improvements various
"""
_LIST_WORDS = frozenset(_LIST_WORDS_TEXT.split())
_COMMON_TEXT = """
the and can for are our all has had not who see get one two new any its out how why was use way day now per via you but
set may add let own off too der die das und ein mit von für auf ist wir les des une sur por con los las que del this
that with from have they them their when what which where every sprint goal work works make made makes more less than
into over under able will would should could must know knows need needs without again some each other team users user
customer customers people whoever before after first also only does done been being were there here your ours eine einen
einer unsere nicht haben wird werden können kann oder auch
"""
_COMMON = frozenset(_COMMON_TEXT.split())
_ANY_SPRINT = frozenset(
    """
backlog board bug bugs development everything fixing improvement improvements issue issues item items points possible
refactoring sprint stories story task tasks ticket tickets aufgaben verbesserungen vorgänge weiterarbeiten tareas tâches
""".split()  # noqa: SIM905 - read as a list of words
)
_ALL_ISSUES = re.compile(r"(?:すべて|全て|全部)の(?:チケット|課題|タスク)|完成所有(?:任务|工单)")
_LEAST_OWN_WORDS = 3
_LEAST_OWN_LETTERS = 12
_STEM = 5
_LEAST_LETTERS = 3
_IDEOGRAPHS = re.compile(r"[\u30a0-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]{2,60}")


def is_list_of_keys(goal: str) -> bool:
    """Whether a goal names issues and says nothing besides."""
    text = goal[:_MOST]
    if not _KEY.search(text):
        return False
    rest = _KEY.sub(" ", text)
    own = {word.lower() for word in _WORD.findall(rest)} - _LIST_WORDS
    return len(own) < _LEAST_OWN_WORDS and length_of("".join(own)) < _LEAST_OWN_LETTERS


def says_nothing(goal: str) -> bool:
    """Whether a goal could stand over any sprint: “finish all open tickets”, “bug fixing and refactoring”."""
    text = goal[:_MOST]
    is_about_issues = not _ANY_SPRINT.isdisjoint(word.lower() for word in _WORD.findall(text))
    return (is_about_issues and not specific_words(text) - _LIST_WORDS) or _ALL_ISSUES.search(text) is not None


def serves(key: IssueKey, state: IssueState, goal: str, *, label: str) -> bool:
    """Whether an issue bears the goal's label, is named by the goal (or its parent is), or shares a word of meaning with it."""
    if label.lower() in {name.lower() for name in state.labels}:
        return True
    named = issue_keys_in(goal)
    if key in named or state.parent in named:
        return True
    return not _meanings(goal).isdisjoint(_meanings(f"{state.summary} {' '.join(sorted(state.labels))}"))


def _meanings(text: str) -> set[str]:
    """Beginnings of the words that carry meaning; of scripts without blanks every two neighbouring signs."""
    bounded = text[:_MOST]
    words = {word.lower() for word in _WORD.findall(bounded) if len(word) >= _LEAST_LETTERS} - _COMMON
    pairs = {run[at : at + 2] for run in _IDEOGRAPHS.findall(bounded) for at in range(len(run) - 1)}
    return {word[:_STEM] for word in words if word.isascii() or not _IDEOGRAPHS.search(word)} | pairs
