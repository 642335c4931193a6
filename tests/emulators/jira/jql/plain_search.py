"""A slow and plain evaluator of queries over issues as Python objects: the database's answers are held against it.

It knows the fields that `test_equal_answers` makes queries of, and goes by the documentation only: every issue is looked at,
every moment of its history is replayed. Shares the parser with the emulator, nothing else.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from simulator.emulators.jira.jql.parser import parse
from simulator.emulators.jira.jql.tree import (
    And,
    Changed,
    Clause,
    Compare,
    Empty,
    Function,
    Items,
    Not,
    Or,
    Predicate,
    Value,
    Was,
)

ENDINGS = ("ing", "ed", "s")
PRIORITIES = ["Lowest", "Low", "Medium", "High", "Highest"]
ORDERING: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
INVERSE = {
    "=": "!=",
    "in": "not in",
    "is": "is not",
    "~": "!~",
    "<": ">=",
    ">": "<=",
    "was": "was not",
    "was in": "was not in",
}
INVERSE |= {after: before for before, after in INVERSE.items()}


@dataclass(frozen=True)
class Step:
    """One change of one field; sprints are lists of names."""

    field: str
    before: Any
    after: Any
    by: str
    at: datetime


@dataclass
class Plain:
    """An issue as it is now, with all that ever happened to it."""

    key: str
    values: dict[str, Any]
    creator: str
    created: datetime
    history: list[Step] = field(default_factory=list)


@dataclass(frozen=True)
class World:
    """All issues, and what functions mean."""

    issues: list[Plain]
    user: str
    now: datetime
    sprints: dict[str, str]  # name → state

    def search(self, jql: str) -> set[str]:
        """The keys of what a query finds."""
        where = parse(jql).where
        assert where is not None
        return {issue.key for issue in self.issues if self._fits(issue, where)}

    def _fits(self, issue: Plain, clause: Clause, *, opposite: bool = False) -> bool:
        match clause:
            case And(clauses) | Or(clauses):
                every = isinstance(clause, And) != opposite
                return (all if every else any)(self._fits(issue, inner, opposite=opposite) for inner in clauses)
            case Not(inner):
                return self._fits(issue, inner, opposite=not opposite)
            case Compare(named, sign, operand):
                return self._compare(issue, named.name, INVERSE[sign] if opposite else sign, operand)
            case Was(named, sign, operand, predicates):
                wanted, negated = self._wanted(operand), ("not" in sign) != opposite
                return self._was(issue, named.name, wanted, predicates) != negated
            case Changed(named, predicates):
                return self._changed(issue, named.name, predicates) != opposite
        raise AssertionError(clause)

    def _compare(self, issue: Plain, name: str, sign: str, operand: Any) -> bool:
        value = issue.values[name]
        if sign in ("~", "!~"):
            return has_words(value, operand.text) != (sign == "!~")
        if name == "duedate" and not isinstance(operand, Empty):
            return value is not None and of_days(sign)(value, date.fromisoformat(operand.text))
        present = listed(value)
        if sign in ORDERING:
            (wanted,) = self._wanted(operand)
            rank = PRIORITIES.index if name == "priority" else float
            return bool(present) and ORDERING[sign](rank(present[0]), rank(wanted))
        among = self._wanted(operand)
        if sign in ("=", "in", "is"):
            return any(one in among for one in present) or (not present and None in among)
        return bool(present) and not any(one in among for one in present)

    def _wanted(self, operand: Any) -> list[Any]:
        match operand:
            case Empty():
                return [None]
            case Value(text):
                return [float(text) if re.fullmatch(r"\d+", text) else text]
            case Function("currentUser"):
                return [self.user]
            case Function(name):
                state = {"openSprints": "active", "closedSprints": "closed", "futureSprints": "future"}[name]
                return [sprint for sprint, own in self.sprints.items() if own == state]
            case Items(operands):
                return [one for inner in operands for one in self._wanted(inner)]
        raise AssertionError(operand)

    def _was(self, issue: Plain, name: str, wanted: list[Any], predicates: tuple[Predicate, ...]) -> bool:
        for value, start, end, author in spans(issue, name):
            if value in wanted and all(self._span_fits(p, start, end, author) for p in predicates):
                return True
        return False

    def _changed(self, issue: Plain, name: str, predicates: tuple[Predicate, ...]) -> bool:
        return any(all(self._step_fits(step, p) for p in predicates) for step in issue.history if step.field == name)

    def _span_fits(self, predicate: Predicate, start: datetime, end: datetime | None, author: str) -> bool:
        if predicate.operator == "by":
            return author in self._wanted(predicate.operand)
        low, high = self._times(predicate)
        return (low is None or end is None or end > low) and (high is None or start < high)

    def _step_fits(self, step: Step, predicate: Predicate) -> bool:
        if predicate.operator == "by":
            return step.by in self._wanted(predicate.operand)
        if predicate.operator in ("from", "to"):
            sides = (step.before, step.after) if predicate.operator == "from" else (step.after, step.before)
            return left(*map(listed, sides), wanted=self._wanted(predicate.operand))
        low, high = self._times(predicate)
        return (low is None or step.at >= low) and (high is None or step.at < high)

    def _times(self, predicate: Predicate) -> tuple[datetime | None, datetime | None]:
        if predicate.operator == "during":
            assert isinstance(predicate.operand, Items)
            low, high = (self._instant(one) for one in predicate.operand.operands)
            return low, high
        at = self._instant(predicate.operand)
        if predicate.operator == "on":
            day = at.replace(hour=0, minute=0, second=0, microsecond=0)
            return day, day + timedelta(days=1)
        return (at, None) if predicate.operator == "after" else (None, at)

    def _instant(self, operand: Any) -> datetime:
        relative = re.fullmatch(r"-(\d+)h", operand.text)
        if relative:
            return self.now - timedelta(hours=int(relative[1]))
        return datetime.fromisoformat(operand.text).replace(tzinfo=self.now.tzinfo)


def of_days(sign: str) -> Callable[[Any, Any], bool]:
    """What an operator does with days."""
    return ORDERING.get(sign) or {"=": operator.eq, "!=": operator.ne}[sign]


def spans(issue: Plain, name: str) -> list[tuple[Any, datetime, datetime | None, str]]:
    """Each value that a field ever had, None for nothing: from when, until when (None: still), and who gave it."""
    steps = [step for step in issue.history if step.field == name]
    found: list[tuple[Any, datetime, datetime | None, str]] = []
    held = dict.fromkeys(ones(steps[0].before if steps else issue.values[name]), (issue.created, issue.creator))
    for step in steps:
        for one in held.keys() - ones(step.after):
            start, author = held.pop(one)
            found.append((one, start, step.at, author))
        held |= {one: (step.at, step.by) for one in ones(step.after) if one not in held}
    return found + [(one, start, None, author) for one, (start, author) in held.items()]


def listed(value: Any) -> list[Any]:
    """The values of a field, be it of one or of many."""
    return value if isinstance(value, list) else [] if value is None else [value]


def ones(value: Any) -> list[Any]:
    """The same, with None when there are none."""
    return listed(value) or [None]


def left(before: list[Any], after: list[Any], *, wanted: list[Any]) -> bool:
    """Whether a change took something that is asked for, or began with nothing and that is asked for."""
    return any(one in wanted for one in before if one not in after) or (not before and None in wanted)


def has_words(text: str, asked: str) -> bool:
    """Whether a text has every word by its stem, every phrase, every beginning."""
    stems = [stem(word) for word in text.split()]
    for quoted, word in re.findall(r'"([^"]+)"|(\S+)', asked):
        if quoted:
            row = [stem(one) for one in quoted.split()]
            if not any(stems[at : at + len(row)] == row for at in range(len(stems))):
                return False
        elif word.endswith("*"):
            if not any(one.startswith(word[:-1]) for one in stems):
                return False
        elif stem(word) not in stems:
            return False
    return True


def stem(word: str) -> str:
    """A word of the tests' vocabulary without its ending."""
    ending = next((one for one in ENDINGS if word.endswith(one) and len(word) > len(one) + 3), "")
    return word.removesuffix(ending)
