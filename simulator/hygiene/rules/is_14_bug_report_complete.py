"""IS-14: a bug report has what is needed to find the bug."""

from __future__ import annotations

from pydantic import Field

from simulator.hygiene.bug_report import parts_of_report
from simulator.hygiene.rule import Options, rule
from simulator.hygiene.subjects import FILED_BUGS
from simulator.model.history import History, Issue
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Verdict

_WORDS = {
    "steps": "Steps to reproduce\n1. …",
    "expected": "Expected\n…",
    "actual": "Actual\n…",
    "environment": "Environment\nversion, browser, system",
    "priority": "and set its priority",
}


class ReportOptions(Options):
    """What may be set."""

    least_parts: int = Field(default=4, ge=1, le=5, description="parts of five that a report must have")


@rule(
    code="IS-14",
    name="bug-report-complete",
    about=FILED_BUGS,
    severity=Severity.MEDIUM,
    target=0.9,
    quota=0,
    options=ReportOptions(),
)
def bug_report_complete(issue: Issue, _: History, options: ReportOptions) -> Verdict:
    """A bug report says how to see the bug, what should happen, what happens instead, where, and how urgent it is.

    What it checks
    --------------
    Four of five: steps to reproduce (a heading or a numbered list), what was expected, what happens, the environment (the
    field, or a version, browser or system in the text), and a priority. Headings are not needed; English and German prose is
    understood.

    Why it matters
    --------------
    Whoever gets a report without them asks, waits, and asks again: the bug lives for days longer than its repair takes.

    Example
    -------
    Good: “Steps: 1. pay 10.00 2. refund 3.33. Expected: 6.67 left. Actual: 6.66. Staging, 2.4.1”

    Bad: “Refunds are wrong sometimes”

    How to fix
    ----------
    Add what is missing to the description. A completed report earns full credit at any time.

    References
    ----------
    - https://repository.bilkent.edu.tr/items/a630e151-9df9-4f40-bea9-1b991065de3e
    """
    state = issue.state
    parts = parts_of_report(f"{state.summary}\n{state.description}")
    parts["environment"] = parts["environment"] or bool(state.environment.strip())
    parts["priority"] = bool(state.priority.strip())
    missing = [name for name, is_there in parts.items() if not is_there]
    evidence: Measures = {
        "parts": len(parts) - len(missing),
        "least": options.least_parts,
        "missing": ", ".join(missing),
    }
    if len(parts) - len(missing) >= options.least_parts:
        return Pass(message=f"{issue.key} has {len(parts) - len(missing)} of 5 parts of a report", evidence=evidence)
    wanted = "\n".join(_WORDS[name] for name in missing)
    return Breach(
        message=f"{issue.key} “{state.summary[:60]}” has {len(parts) - len(missing)} of 5 parts of a bug report, "
        f"{options.least_parts} are needed: without {', '.join(missing)}.",
        how_to_fix=f"Add to the description of {issue.url}:\n{wanted}",
        repair=Repair.SAFE,
        evidence=evidence,
    )
