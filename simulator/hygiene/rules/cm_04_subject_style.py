"""CM-04: commit headers are all written in one style."""

from __future__ import annotations

import re
from functools import lru_cache

from simulator.hygiene.capitals import begins_like_a_sentence, is_shouted
from simulator.hygiene.header_verdict import HeaderRule, header_verdict
from simulator.hygiene.headers import convention_problem, description_of, description_start, type_of, without_number
from simulator.hygiene.rule import NoOptions, rule
from simulator.hygiene.subjects import COMMITS, JudgedCommit
from simulator.model.history import History
from simulator.model.hygiene import Severity, Verdict

_STOPS = "?:!.,;。、！？"
_NUMBER = re.compile(r" ?\(#[0-9]+\)\Z", re.ASCII)


@rule(
    code="CM-04",
    name="subject-style",
    about=COMMITS,
    severity=Severity.LOW,
    target=0.9,
    quota=0,
    options=NoOptions(),
)
def subject_style(commit: JudgedCommit, history: History, _: NoOptions) -> Verdict:
    """A commit's header has no full stop, no SHOUTING, no blanks around it, and goes on in lower case behind the type.

    What it checks
    --------------
    The header, without the ` (#12)` that GitHub adds: no blank before or behind it, none of `. , ; : ! ?` at its end, not in
    capitals throughout, and behind a type no word with a capital letter that is neither a name nor an acronym nor an identifier.
    German descriptions may begin with a noun. After a squash merge only the squash commit counts.

    Why it matters
    --------------
    A log in one style reads faster, and a changelog can be made of it as it is.

    Example
    -------
    Good: `fix(refunds): round half up`, `docs: README names the port`

    Bad: `fix(refunds): Round half up.`, `FIX THE ROUNDING`

    How to fix
    ----------
    Before the merge, give the commit another message: `git commit --amend` for the last one, `git rebase -i` for others. A good
    title at the squash merge earns 0.8 for the lines whose own messages were not good.

    References
    ----------
    - https://github.com/conventional-changelog/commitlint/tree/master/%40commitlint/config-conventional
    - https://jorisroovers.com/gitlint/latest/rules/builtin_rules/
    """
    names = tuple([person.name for person in history.roster])

    def problem(header: str) -> str | None:
        return _problem(header, names)

    of_headers = HeaderRule(
        problem=problem,
        better=lambda header: _better(header, names),
        next_time="Write the next title in lower case behind the type, without a full stop.",
    )
    return header_verdict(commit, of_headers, {"header": commit.header[:200]})


@lru_cache(maxsize=8192)
def _problem(header: str, names: tuple[str, ...]) -> str | None:
    bare = _NUMBER.sub("", header)
    if bare != bare.strip():
        return f"a blank stands {'before' if bare[:1].isspace() else 'behind'} it"
    if bare.endswith(tuple(_STOPS)) and convention_problem(bare) != "nothing follows its type":
        return f"it ends with “{bare[-1]}”"
    if is_shouted(description_of(bare)):
        return "it is in capitals throughout"
    word = begins_like_a_sentence(description_of(bare), names=" ".join(names).split()) if type_of(bare) else None
    return f"“{word}” has a capital letter behind the type" if word else None


def _better(header: str, names: tuple[str, ...]) -> str:
    bare = without_number(header).strip().rstrip(_STOPS + " ")
    start = description_start(bare)
    words = bare[start:]
    if is_shouted(words):
        words = words.lower() if start else words.capitalize()
    elif type_of(bare) and begins_like_a_sentence(words, names=" ".join(names).split()):
        words = words[:1].lower() + words[1:]
    return bare[:start] + words
