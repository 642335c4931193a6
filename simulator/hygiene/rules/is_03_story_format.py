"""IS-03: a story says who wants what, and why."""

from __future__ import annotations

from simulator.hygiene.rule import NoOptions, rule
from simulator.hygiene.story_format import what_is_off
from simulator.hygiene.subjects import STORIES
from simulator.model.history import History, Issue
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Verdict


@rule(
    code="IS-03",
    name="story-format",
    about=STORIES,
    severity=Severity.INFO,
    target=0.8,
    quota=0,
    options=NoOptions(),
)
def story_format(issue: Issue, _: History, __: NoOptions) -> Verdict:
    """A story names a role, one goal and its benefit. Told, not scored.

    What it checks
    --------------
    The summary, or the description of an issue of the type Story, says “As a …, I want …”, with or without “so that …” (German:
    “Als …, möchte ich …, damit …”), one action only, and no remark in brackets behind it.

    Why it matters
    --------------
    The role tells whom to ask, the goal when it is done, and the benefit what to leave out when time is short.

    Example
    -------
    Good: “As a merchant, I want to refund a part of a payment, so that I need not cancel the order”

    Bad: “Refund endpoint (see wiki)”

    How to fix
    ----------
    Begin the description with who wants it, what they want to do, and what for. Two actions are two stories.

    References
    ----------
    - https://doi.org/10.1007/s00766-016-0250-x
    """
    state = issue.state
    off = [what_is_off(text) for text in (state.summary, state.description)]
    evidence: Measures = {"role and goal": None in off, "off": off[1] or ""}
    if None in off:
        return Pass(message=f"{issue.key} says who wants what", evidence=evidence)
    said = next((words for words in off if words and not words.startswith("does not say")), off[1])
    return Breach(
        message=f"{issue.key} “{state.summary[:60]}” {said}.",
        how_to_fix=f"Begin the description with “As a …, I want …, so that …”, one action only: {issue.url}",
        repair=Repair.SAFE,
        evidence=evidence,
    )
