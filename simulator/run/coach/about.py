"""Which findings are about a branch, a pull request or an issue, most useful first. Pure; refuses to put them into words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from simulator.hygiene.linter import Scorer
from simulator.hygiene.registry import rule_named
from simulator.model.history import History, PullRequest
from simulator.model.hygiene import Finding, Repair, Scorecard
from simulator.model.keys import IssueKey, SeatId

BOARD_AGAINST_CODE = ("IS-07", "IS-08", "IS-09", "FL-04")
"""The rules by which an issue's status says otherwise than its code."""

Cards = Mapping[SeatId | None, Scorecard]
"""The scorecards of a run by seat, None being the team's."""
OpenFindings = Mapping[SeatId, Sequence[Finding]]
"""What is open for each seat."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A push to be spoken of: whose it is, and the tips of the branches that it moved."""

    seat: SeatId
    tips: Mapping[str, str]


def open_on(cards: Cards) -> OpenFindings:
    """The open findings of each seat's card."""
    return {seat: tuple(one for one in card.findings if one.open) for seat, card in cards.items() if seat is not None}


def of_push(asked: Asked, cards: Cards, history: History, *, scorer: Scorer | None, before: Cards) -> list[Finding]:
    """What a push brings or leaves open for whoever pushed: on its branches, their open pull requests and their commits.

    What was open on the cards `before` comes after what is new.
    """
    names: set[str] = set()
    early: list[Finding] = []
    for branch, tip in asked.tips.items():
        names |= {f"branch:{branch}", f"commit:{tip}"}
        for pull in history.pulls.values():
            if pull.head == branch and pull.merged_at is None and pull.closed_at is None:
                names |= _names_of(pull)
        early += scorer.foresee(history, branch, asked.seat) if scorer else ()
    known = {finding.id for finding in open_on(before).get(asked.seat, ())}
    found = [*_on(open_on(cards).get(asked.seat, ()), names), *early]
    return sorted(useful_first(found), key=lambda finding: finding.id in known)


def of_pull(pull: PullRequest, findings: OpenFindings) -> list[Finding]:
    """What is open of a pull request for whoever opened it."""
    return useful_first(_on(findings.get(pull.author, ()), _names_of(pull))) if pull.author else []


def of_issues(findings: OpenFindings) -> dict[IssueKey, list[Finding]]:
    """Where issues' statuses say otherwise than their code, whoever is to mend it; other issues are left out."""
    behind: dict[IssueKey, list[Finding]] = {}
    for finding in (one for of_seat in findings.values() for one in of_seat):
        kind, _, name = finding.subject.partition(":")
        if finding.rule in BOARD_AGAINST_CODE and kind == "issue":
            behind.setdefault(IssueKey(name.partition("/")[0]), []).append(finding)
    return {key: useful_first(found) for key, found in behind.items()}


def useful_first(findings: Iterable[Finding]) -> list[Finding]:
    """What can be mended first, then what costs most, then what weighs most; each rule and subject once."""
    once = {(finding.rule, finding.subject): finding for finding in findings}
    return sorted(once.values(), key=_place)


def _place(finding: Finding) -> tuple[bool, float, float, str, str]:
    weight = rule_named(finding.rule).severity.weight
    return finding.repairable is Repair.NONE, -finding.points_lost, -weight, finding.rule, finding.subject


def _names_of(pull: PullRequest) -> set[str]:
    commits = {f"commit:{commit.sha}" for commit in pull.commits}
    landed = {f"commit:{pull.merge_sha}"} if pull.merge_sha else set()
    return {f"pull:{pull.number}", f"branch:{pull.head}"} | commits | landed


def _on(findings: Iterable[Finding], names: Collection[str]) -> Iterable[Finding]:
    """The findings on things of these names, or on parts of them (`pull:3/reviews`)."""
    below = tuple(f"{name}/" for name in names)
    return (one for one in findings if one.subject in names or one.subject.startswith(below))
