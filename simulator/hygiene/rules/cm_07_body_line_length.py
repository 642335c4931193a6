"""CM-07: the lines of a commit's body are wrapped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pydantic import Field

from simulator.hygiene.advice import write_message
from simulator.hygiene.headers import is_ignored
from simulator.hygiene.messages import parts_of
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.squash import REPAIRED, squash_mended
from simulator.hygiene.subjects import COMMITS_WITH_BODY, JudgedCommit
from simulator.model.history import History
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Skip, Verdict

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]{1,20}://\S+", re.IGNORECASE | re.ASCII)
_FENCE = ("```", "~~~")
_QUOTED = (">", "    ", "\t", "|")
_HALF = 0.5


class LineLengthOptions(Options):
    """What may be set."""

    full: int = Field(default=72, ge=40, le=120, description="longest line with full credit, in characters")
    half: int = Field(default=100, ge=60, le=200, description="longest line with half credit, in characters")


@rule(
    code="CM-07",
    name="body-line-length",
    about=COMMITS_WITH_BODY,
    severity=Severity.INFO,
    target=0.9,
    quota=0,
    options=LineLengthOptions(),
)
def body_line_length(commit: JudgedCommit, _: History, options: LineLengthOptions) -> Verdict:
    """The lines of a commit's body are wrapped at 72 characters.

    What it checks
    --------------
    The longest line below the header: up to 72 characters is the aim, more than 100 is too much. Web addresses, quoted and
    indented blocks, code between fences, trailers, and lines that cannot be broken are left out. This is said and never scored.

    Why it matters
    --------------
    `git log` does not wrap lines: in a terminal of 80 columns long ones run out of the window.

    Example
    -------
    Good: a paragraph whose lines end before the 72nd column

    Bad: a paragraph of 300 characters in one line

    How to fix
    ----------
    Let the editor wrap it: `git commit --amend`, then in vim `gqip`. Set it for good with `git config core.editor`.

    References
    ----------
    - https://tbaggery.com/2008/04/19/a-note-about-git-commit-messages.html
    - https://github.com/conventional-changelog/commitlint/tree/master/%40commitlint/config-conventional
    """
    if is_ignored(commit.header):
        return Skip(reason="git, GitHub or a release wrote this message, or it will be folded away")
    longest = _longest(commit.message)
    evidence: Measures = {"longest line": len(longest), "limit": options.full}
    credit = _credit(len(longest), options)
    if credit < 1:
        return Breach(
            message=f"The body of “{commit.header[:60]}” has a line of {len(longest)} characters, {options.full} is the aim: "
            f"“{longest[:40]}…”.",
            how_to_fix=_how_to_fix(commit, options.full),
            credit=credit,
            repair=Repair.NONE if commit.merged else Repair.SAFE,
            evidence=evidence,
        )
    share = squash_mended(commit, lambda made: _credit(len(_longest(made.message)), options) < 1)
    if share < 1:
        return Breach(
            message=f"The body of “{commit.header[:60]}” is wrapped; some that it replaced were not, which earns {REPAIRED:g}.",
            how_to_fix=f"Wrap the next commits' bodies at {options.full} characters from the start.",
            credit=share,
            repaired=True,
            evidence=evidence,
        )
    return Pass(message=f"the longest line has {len(longest)} characters", evidence=evidence)


def _longest(message: str) -> str:
    """The longest line of the body that could be broken."""
    return max(_breakable(parts_of(message).body), key=len, default="")


def _breakable(lines: tuple[str, ...]) -> Iterator[str]:
    fenced = False
    for line in lines:
        if line.lstrip().startswith(_FENCE):
            fenced = not fenced
        elif not fenced and not line.startswith(_QUOTED) and " " in line.strip() and not _ADDRESS.search(line):
            yield line.rstrip()


def _credit(length: int, options: LineLengthOptions) -> float:
    if length <= options.full:
        return 1.0
    return _HALF if length <= options.half else 0.0


def _how_to_fix(commit: JudgedCommit, limit: int) -> str:
    if commit.merged:
        return f"It is merged and stays. Wrap the next body at {limit} characters."
    return write_message(commit.sha, f"wrap the body at {limit} characters (vim: gqip)", is_tip=commit.is_tip)
