"""What helped while one was at work and stayed behind: prints, breakpoints, conflict markers, to-dos, code put aside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from simulator.model.code import ChangedFile
from simulator.model.diff_lines import added_lines
from simulator.model.file_kinds import is_read, is_test
from simulator.model.keys import issue_keys_in
from simulator.plan.reviews.rules.point import Point, Reading, point_on

_LONGEST_LINE = 500
_BREAKPOINTS = re.compile(
    r"^\s*(?:breakpoint\(\)|(?:import\s+i?pdb\b|i?pdb\.set_trace\()|debugger\b\s*;?|binding\.pry\b|byebug\b|dd\()|\bvar_dump\("
)
_PRINTS = {
    ".py": re.compile(r"^\s*print\("),
    ".js": re.compile(r"^\s*console\.(?:log|debug)\("),
    ".go": re.compile(r"^\s*fmt\.Print(?:ln|f)?\("),
    ".java": re.compile(r"^\s*System\.(?:out|err)\.print"),
    ".rb": re.compile(r"^\s*(?:puts|pp)\s"),
    ".rs": re.compile(r"^\s*(?:dbg|println)!\("),
    ".php": re.compile(r"^\s*(?:print_r|var_dump)\("),
    ".cs": re.compile(r"^\s*Console\.Write"),
}
_SAME_AS = {".jsx": ".js", ".ts": ".js", ".tsx": ".js", ".mjs": ".js", ".kt": ".java"}
_MEANT_TO_PRINT = re.compile(
    r"(?:^|/)(?:__main__|cli|main|manage|demo|script)\b|(?:^|/)(?:scripts?|bin|examples?|tools?)/"
)
_MARKERS = re.compile(r"^(?:<{7} \S|>{7} \S|={7}$|\|{7} \S)")
_TO_DO = re.compile(r"(?:#|//|/\*|--|;)\s*(?:TODO|FIXME|XXX|HACK)\b", re.IGNORECASE)
_PUT_ASIDE = re.compile(
    r"^\s*(?:#|//)\s*(?:(?:if|for|while|elif|def|class|return|import|from|with|const|let|var|function)\b.*[:({;]\s*$"
    r"|return\s+\w+[\w.()]*\s*$|[\w.]+\s*=\s*[\w.\[\]'\"]+(?:\(.*\))?;?\s*$|[\w.]+\(.*\);?\s*$)"
)


def conflict_markers(reading: Reading) -> Iterator[Point]:
    """Marks of a merge that nobody finished."""
    for file in reading.files:
        marks = [(number, text) for number, text in added_lines(file) if _MARKERS.match(text[:_LONGEST_LINE])]
        if any(text.startswith(("<<<<<<<", ">>>>>>>")) for _, text in marks):
            number, text = marks[0]
            yield point_on(file, number, text, kind="conflict", occasion="conflict", arguable=False, certain=True)


def leftovers(reading: Reading) -> Iterator[Point]:
    """Prints and breakpoints outside of tests and scripts."""
    for file in reading.files:
        if is_read(file.path) and not is_test(file.path):
            for number, text in added_lines(file):
                line = text[:_LONGEST_LINE]
                if _BREAKPOINTS.search(line):
                    yield point_on(file, number, text, kind="leftover", occasion="breakpoint", arguable=False)
                elif _is_print(file, line):
                    yield point_on(file, number, text, kind="leftover", occasion="print")


def to_dos(reading: Reading) -> Iterator[Point]:
    """A to-do that names no issue, and code that was put aside: small things, none of them blocks."""
    for file in reading.files:
        if is_read(file.path):
            for number, text in added_lines(file):
                line = text[:_LONGEST_LINE]
                if _TO_DO.search(line) and not issue_keys_in(line):
                    yield point_on(file, number, text, kind="to-do", occasion="to-do", nit=True)
                elif _suffix(file) in (*_PRINTS, ".sql") and _PUT_ASIDE.match(line):
                    yield point_on(file, number, text, kind="put-aside", occasion="put-aside", nit=True)


def _is_print(file: ChangedFile, line: str) -> bool:
    pattern = _PRINTS.get(_suffix(file))
    return pattern is not None and pattern.match(line) is not None and not _MEANT_TO_PRINT.search(file.path)


def _suffix(file: ChangedFile) -> str:
    suffix = PurePosixPath(file.path).suffix.lower()
    return _SAME_AS.get(suffix, suffix)
