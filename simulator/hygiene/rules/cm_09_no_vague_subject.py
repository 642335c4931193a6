"""CM-09: commit headers say what changes."""

from __future__ import annotations

from simulator.hygiene.header_verdict import HeaderRule, header_verdict
from simulator.hygiene.headers import better_header, vague_problem
from simulator.hygiene.rule import NoOptions, rule
from simulator.hygiene.subjects import COMMITS, JudgedCommit
from simulator.model.history import History
from simulator.model.hygiene import Severity, Verdict


@rule(
    code="CM-09",
    name="no-vague-subject",
    about=COMMITS,
    severity=Severity.MEDIUM,
    target=0.9,
    quota=1,
    essential=True,
    options=NoOptions(),
)
def no_vague_subject(commit: JudgedCommit, history: History, _: NoOptions) -> Verdict:
    """A commit's description carries information.

    What it checks
    --------------
    What stands behind type, scope and issue key is not a phrase that fits any change (“fix”, “some updates”, “final version”),
    not a bare issue key, not only a file's name, and has at least three words or 15 characters, or two words that both say
    something. Of scripts that set no blanks
    between words two signs count as a word. After a squash merge only the squash commit counts.

    Why it matters
    --------------
    A log is searched by its words; where they say nothing, everybody has to open every diff.

    Example
    -------
    Good: `fix(refunds): round half up`

    Bad: `fix: fix`, `chore: some changes`, `PAY-3`, `fix: api.py`

    How to fix
    ----------
    Say what is different afterwards, for those who use it: before the merge with `git commit --amend`, or `git rebase -i` for an
    older commit. A good title at the squash merge earns 0.8 for the lines whose own headers said nothing.

    References
    ----------
    - https://google.github.io/eng-practices/review/developer/cl-descriptions.html
    - https://tbaggery.com/2008/04/19/a-note-about-git-commit-messages.html
    - https://docs.github.com/en/get-started/using-github/github-flow
    """
    of_headers = HeaderRule(
        problem=vague_problem,
        better=lambda header: better_header(header, history, commit.item),
        next_time="Say in the title what is different afterwards.",
    )
    return header_verdict(commit, of_headers, {"header": commit.header[:200]})
