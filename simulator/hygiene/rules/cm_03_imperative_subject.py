"""CM-03: commit headers use the imperative."""

from __future__ import annotations

import re

from simulator.hygiene.header_verdict import HeaderRule, header_verdict
from simulator.hygiene.headers import description_start, without_number
from simulator.hygiene.rule import NoOptions, rule
from simulator.hygiene.subjects import COMMITS, JudgedCommit
from simulator.hygiene.verbs import imperative_of
from simulator.model.history import History
from simulator.model.hygiene import Severity, Verdict

_FIRST_WORD = re.compile(
    r"(?:\[?[A-Z][A-Z0-9]+-[0-9]+\]?[:,]?\s+)*(?P<word>[A-Za-z]{2,30})(?:[\s,]+(?P<next>\w*)|\Z)", re.ASCII
)
_BEHIND_NOUNS = """
are at between by can do for from has have if in is may must of on per should that to under via was were when which will with
without
"""


@rule(
    code="CM-03",
    name="imperative-subject",
    about=COMMITS,
    severity=Severity.LOW,
    target=0.8,
    quota=0,
    options=NoOptions(),
)
def imperative_subject(commit: JudgedCommit, _history: History, _: NoOptions) -> Verdict:
    """A commit's description is in the imperative mood.

    What it checks
    --------------
    The first word of the description, behind type, scope and issue key: no past form (“added”), no third person (“adds”) and no
    “adding” of the verbs that headers commonly begin with. Other words, and other languages, pass. After a squash merge only the
    squash commit counts.

    Why it matters
    --------------
    A header completes “if applied, this commit will …”, as git's own “Merge branch” and “Revert” do; a log in one voice reads
    faster.

    Example
    -------
    Good: `feat(refunds): add a limit`, `fix: round half up`

    Bad: `feat(refunds): added a limit`, `Fixes rounding`

    How to fix
    ----------
    Before the merge, give the commit another message: `git commit --amend` for the last one, `git rebase -i` for others. A good
    title at the squash merge earns 0.8 for the lines whose own messages were not good.

    References
    ----------
    - https://cbea.ms/git-commit/
    - https://tbaggery.com/2008/04/19/a-note-about-git-commit-messages.html
    """
    of_headers = HeaderRule(
        problem=_problem,
        better=_better,
        next_time="Write the next title as what it does when applied: “add”, not “added”.",
    )
    return header_verdict(commit, of_headers, {"header": commit.header[:200], "first word": _first_word(commit.header)})


def _first_word(header: str) -> str:
    found = _FIRST_WORD.match(header, description_start(header))
    return found["word"] if found else ""


def _problem(header: str) -> str | None:
    found = _FIRST_WORD.match(header, description_start(header))
    if found is None or (found["word"].endswith("s") and (found["next"] or "").lower() in _BEHIND_NOUNS.split()):
        return None
    verb = imperative_of(found["word"])
    return f"“{found['word']}” is no imperative, “{verb}” is" if verb else None


def _better(header: str) -> str:
    word = _first_word(header)
    verb = imperative_of(word) or word
    place = header.index(word, description_start(header))
    kept = verb.capitalize() if word[0].isupper() else verb
    return without_number(header[:place] + kept + header[place + len(word) :])
