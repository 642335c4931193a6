"""What a reviewer finds against a pull request: too large, no tests, or something this reviewer never lets pass."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from simulator.model.actions import ReviewWhenRead
from simulator.model.code import ChangedFile, ReviewRemark
from simulator.plan import wordings
from simulator.plan.diffs import added_lines, is_code, is_read, is_test, lines_to_read
from simulator.plan.draws import pick
from simulator.plan.pulls import PullStanding
from simulator.scenario.people import Watch

_DEFINITION = re.compile(r"\s*(?:async\s+)?(?:def|class|function|func|fn|public|private|export)\b")
_LONGEST_LINE = 500
_MOST_REMARKS_OF_A_KIND = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """One thing that stands against a pull request: a point for the review's text, and remarks on lines."""

    point: str
    remarks: tuple[ReviewRemark, ...] = ()


def objections_to(
    pull: PullStanding, asked: ReviewWhenRead, *, watches: Sequence[Watch], seed: int
) -> tuple[Objection, ...]:
    """Everything against the pull request as it stands, the weightiest first."""
    key = (asked.actor, pull.number, str(len(pull.heads)))
    if pull.heads and not pull.files:
        return (Objection(point=pick(wordings.NOTHING_IN_IT, seed, "nothing in it", *key)),)
    return (*_size(pull, asked, seed, key), *_tests(pull, asked, seed, key), *_watched(pull, watches, seed, key))


def _size(pull: PullStanding, asked: ReviewWhenRead, seed: int, key: tuple[str, ...]) -> Iterator[Objection]:
    lines = lines_to_read(pull.files)
    if lines > asked.max_changed_lines:
        first = max(
            (file for file in pull.files if is_read(file.path)), key=lambda file: (is_code(file.path), file.additions)
        )
        words = pick(wordings.TOO_LARGE, seed, "too large", *key)
        yield Objection(point=words.format(lines=lines, limit=asked.max_changed_lines, first=f"`{first.path}`"))


def _tests(pull: PullStanding, asked: ReviewWhenRead, seed: int, key: tuple[str, ...]) -> Iterator[Objection]:
    code = [file for file in pull.files if is_code(file.path) and is_read(file.path) and file.additions]
    if not asked.tests_required or not code or any(is_test(file.path) for file in pull.files):
        return
    weightiest = max(code, key=lambda file: file.additions)
    words = pick(wordings.NO_TESTS, seed, "no tests", *key)
    yield Objection(
        point=words.format(path=weightiest.path),
        remarks=tuple(_remark_on_change(weightiest, pick(wordings.NO_TESTS_ON_LINE, seed, "no tests on line", *key))),
    )


def _remark_on_change(file: ChangedFile, words: str) -> Iterator[ReviewRemark]:
    added = [(number, text) for number, text in added_lines(file) if text.strip()]
    definitions = [line for line in added if _DEFINITION.match(line[1])]
    for number, _ in (definitions or added)[:1]:
        yield ReviewRemark(path=file.path, line=number, body=words)


def _watched(pull: PullStanding, watches: Sequence[Watch], seed: int, key: tuple[str, ...]) -> Iterator[Objection]:
    for place, watch in enumerate(watches):
        remarks = tuple(_matches(pull, watch))[:_MOST_REMARKS_OF_A_KIND]
        if remarks:
            words = pick(wordings.WATCHED, seed, "watched", str(place), *key)
            yield Objection(point=words.format(path=remarks[0].path), remarks=remarks)


def _matches(pull: PullStanding, watch: Watch) -> Iterator[ReviewRemark]:
    pattern = re.compile(watch.pattern)
    for file in pull.files:
        if fnmatchcase(file.path, watch.path):
            for number, text in added_lines(file):
                if pattern.search(text[:_LONGEST_LINE]):
                    yield ReviewRemark(path=file.path, line=number, body=watch.remark)
