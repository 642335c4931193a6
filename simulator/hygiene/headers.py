"""Commit headers: is it conventional, does it say anything, what would be better.

Shared by the rules on commits and titles. Patterns are linear and see bounded text. Sources: Conventional Commits 1.0.0
(https://www.conventionalcommits.org/en/v1.0.0/), the types and the ignored messages of commitlint
(https://github.com/conventional-changelog/commitlint).
"""

from __future__ import annotations

import re
from functools import lru_cache

from simulator.hygiene.capitals import begins_like_a_sentence
from simulator.hygiene.verbs import imperative_of
from simulator.hygiene.words import empty_words
from simulator.model.agile import IssueType
from simulator.model.history import History
from simulator.model.keys import IssueKey

TYPES = ("build", "chore", "ci", "docs", "feat", "fix", "perf", "refactor", "revert", "style", "test")
_HEADER = re.compile(r"(?P<type>\w+)(?:\([^()\n]*\))?(?P<breaking>!?):(?P<rest>.*)\Z", re.ASCII)
_IGNORED = re.compile(
    r"(?:Merge (?:pull request|branch|tag|remote-tracking branch)\b|Merge \S+ into |Merged? PR \d|Merged (?:\S+ )?(?:in|into) |"
    r"Automatic merge|Auto-merged |[Rr]evert |[Rr]eapply |(?:amend|fixup|squash)! |"
    r"(?:chore(?:\([^()\n]*\))?: )?v?\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?\Z)"
)
_LONGEST = 72
_MOST_KEPT = 8192
"""Headers of which it is remembered what is wrong with them: several rules ask of the same one."""
_KEY = re.compile(r"(?<![\w.-])[A-Z][A-Z0-9]+-[0-9]+(?![\w-]|\.\w)", re.ASCII)
_ONLY_A_KEY = re.compile(r"\W*[A-Za-z][A-Za-z0-9]+-[0-9]+\W*\Z", re.ASCII)
_LEAD = re.compile(r"\w+(?:\([^()\n]*\))?!?:\s*")
_NUMBER_AT_END = re.compile(r" \(#[0-9]+\)\Z", re.ASCII)


@lru_cache(maxsize=_MOST_KEPT)
def without_number(header: str) -> str:
    """The header without the pull request's number that GitHub puts behind it: ` (#12)`."""
    return _NUMBER_AT_END.sub("", header)


@lru_cache(maxsize=_MOST_KEPT)
def is_ignored(header: str) -> bool:
    """Whether a header is written by git or a release, or will be folded away: merges, reverts, fixups, bare versions."""
    return _IGNORED.match(header) is not None


@lru_cache(maxsize=_MOST_KEPT)
def convention_problem(header: str) -> str | None:
    """What keeps a header from being `type(scope)!: description`, in words; None when nothing does."""
    match = _HEADER.match(header)
    if match is None:
        return "it does not begin with a type and a colon"
    if match["type"] not in TYPES:
        lower = match["type"].lower()
        return f"its type must be lower case, {lower}" if lower in TYPES else f"{match['type']!r} is none of the types"
    if not match["rest"].strip():
        return "nothing follows its type"
    return None if match["rest"].startswith(" ") else "a blank is missing behind the colon"


@lru_cache(maxsize=_MOST_KEPT)
def type_of(header: str) -> str | None:
    """The type of a conventional header, None for other headers."""
    return header.partition(":")[0].partition("(")[0].rstrip("!") if convention_problem(header) is None else None


def marks_breaking(header: str) -> bool:
    """Whether a header has the `!` of a change that breaks something."""
    match = _HEADER.match(header)
    return match is not None and match["breaking"] == "!"


def marked_breaking(header: str) -> str:
    """A conventional header with a `!` before its colon; any other header as it is."""
    match = _HEADER.match(header)
    if match is None or match["breaking"]:
        return header
    colon = match.start("rest") - 1
    return f"{header[:colon]}!{header[colon:]}"


@lru_cache(maxsize=_MOST_KEPT)
def vague_problem(header: str) -> str | None:
    """What makes a description say nothing, in words; None when it says something."""
    description = description_of(header)
    words = _KEY.sub(" ", description)
    if _ONLY_A_KEY.match(description) or (words != description and not any(map(str.isalnum, words))):
        return "nothing but an issue key stands in it"
    return empty_words(words)


def description_of(header: str) -> str:
    """The header's words behind type and scope, without a pull request's number."""
    return without_number(header[description_start(header) :])


def description_start(header: str) -> int:
    """Where the words behind type and scope begin."""
    lead = _LEAD.match(header)
    return lead.end() if lead else 0


def better_header(header: str, history: History, item: str) -> str | None:
    """A header to start from: a type that fits the issue, and the old words, or the issue's summary when they say nothing.

    None when neither says anything: what changes only its author knows.

    A key that the old header names is kept, so that following this advice breaks no link.
    """
    issue = history.issues.get(IssueKey(item))
    kind = "fix" if issue and issue.type == IssueType.BUG else "feat"
    old = header.partition(":")[0].lower() if convention_problem(header) is None else ""
    words = description_of(header)
    if vague_problem(header):
        words = issue.state.summary if issue else ""
    words = " ".join(_KEY.sub(" ", words).replace("()", "").split()).strip(" .:-")
    if not words or empty_words(words):
        return None
    keys = history.keys_in(header)[:1]
    link = f" ({keys[0]})" if keys else ""
    return f"{old or kind}: {_as_description(words)}"[: _LONGEST - len(link)].rstrip() + link


def _as_description(words: str) -> str:
    """Some words as a description begins: with the imperative, and no capital letter that they have no right to."""
    first, _, rest = words.partition(" ")
    verb = imperative_of(first)
    if verb:
        return f"{verb} {rest}".rstrip()
    return words[0].lower() + words[1:] if begins_like_a_sentence(words) else words
