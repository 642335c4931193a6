"""The coach's words: lines for a terminal, a comment in GitHub's Markdown, one in Jira's wiki markup. Pure.

What is wrong is said in the finding's own message, letter by letter the same in all places; what somebody wrote in it is neither
markup nor a call to anybody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from simulator.model.coach import MARK_ON_ISSUES, MARK_ON_PULLS
from simulator.model.hygiene import Finding, Repair

MOST_LINES = 5
_MOST_IN_A_COMMENT = 12
_LONGEST = 300
_MARKDOWN = re.compile(r"([\\`*_\[\]~])")
_WIKI = re.compile(r"([\\{}\[\]*_+^~|!])")
_CALL = re.compile(r"@(?=\w)")
_BROKEN_CALL = "@\u200b"  # shows as @, and calls nobody


def remote_lines(findings: Sequence[Finding], *, branches: Sequence[str], site: str, page: str) -> list[str]:
    """What a push is answered: a line for each finding, at most five in all; `site` has the rules' pages, `page` all findings."""
    if not findings:
        return [f"Sprintdojo: nothing to mend on {', '.join(branches[:3])}."]
    shown = findings if len(findings) <= MOST_LINES else findings[: MOST_LINES - 1]
    lines = [f"{one.rule} {_in_one_line(one.message)} See {site}/rules/{one.rule}" for one in shown]
    left = len(findings) - len(shown)
    return [*lines, f"… and {left} more: {page}#findings"] if left else lines


def pull_comment(findings: Sequence[Finding], *, site: str, page: str) -> str:
    """The one comment on a pull request."""
    if not findings:
        return f"{MARK_ON_PULLS}\n**Sprintdojo coach:** all well here. Nothing is left to mend.\n"
    items = [
        f"- **[{one.rule}]({site}/rules/{one.rule})** {_markdown(one.message)}{_chance(one)}" for one in _few(findings)
    ]
    return "\n".join(
        [
            MARK_ON_PULLS,
            f"**Sprintdojo coach:** {_counted(findings)}",
            "",
            *items,
            *_left(findings),
            "",
            f"[How to go about it, and why]({page}#findings). This comment follows what you do.",
            "",
        ]
    )


def issue_comment(findings: Sequence[Finding], *, page: str) -> str:
    """The one comment on an issue whose status says otherwise than its code."""
    if not findings:
        return f"{MARK_ON_ISSUES}\n\nBoard and code agree again."
    items = [f"* {one.rule} {_wiki(one.message)}" for one in _few(findings)]
    return "\n".join(
        [
            MARK_ON_ISSUES,
            "",
            "Board and code say different things:",
            "",
            *items,
            "",
            f"[How to go about it|{page}#findings]",
        ]
    )


def _few(findings: Sequence[Finding]) -> Sequence[Finding]:
    return findings[:_MOST_IN_A_COMMENT]


def _left(findings: Sequence[Finding]) -> list[str]:
    left = len(findings) - _MOST_IN_A_COMMENT
    return [f"- … and {left} more"] if left > 0 else []


def _counted(findings: Sequence[Finding]) -> str:
    open_ones = sum(finding.repairable is not Repair.NONE for finding in findings)
    if not open_ones:
        return "nothing here can be mended any more; this is for the next one."
    return f"{open_ones} {'thing' if open_ones == 1 else 'things'} to mend."


def _chance(finding: Finding) -> str:
    return "" if finding.repairable is not Repair.NONE else " *(stays; next time)*"


def _markdown(message: str) -> str:
    text = _MARKDOWN.sub(r"\\\1", _in_one_line(message))
    return _CALL.sub(_BROKEN_CALL, text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def _wiki(message: str) -> str:
    return _CALL.sub(_BROKEN_CALL, _WIKI.sub(r"\\\1", _in_one_line(message)))


def _in_one_line(message: str) -> str:
    words = " ".join(message.split())
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
