"""What rules will say of a branch's commits once it is a pull request: said while its author can still amend them at no cost.

Refuses to say anything of the pull request itself, which nobody has written yet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from simulator.hygiene.findings import finding_of, place_of
from simulator.hygiene.judging import Judge
from simulator.hygiene.rule import Rule
from simulator.hygiene.subjects.kind import Source
from simulator.hygiene.waivers import NO_WAIVERS, Waivers
from simulator.model.history import Branch, Commit, Head, History, PullRequest
from simulator.model.hygiene import Finding
from simulator.model.keys import SeatId

_NO_NUMBER = 0
_OF_COMMITS = {Source.PULLS, Source.ALONE}


def foreseen(
    history: History, name: str, *, rules: Iterable[Rule], seat: SeatId, waivers: Waivers = NO_WAIVERS
) -> tuple[Finding, ...]:
    """The open findings on a seat's commits of a branch without a pull request, as if one were opened now; none for others.

    They cost nothing yet, and stand on no scorecard.
    """
    branch = history.branches.get(name)
    commits = _not_yet_asked_for(branch, history) if branch else ()
    if branch is None or not commits:
        return ()
    wanted = replace(history, pulls={_NO_NUMBER: _as_pull(branch, commits, history)})
    asked = [rule for rule in rules if all(place.source in _OF_COMMITS for place in rule.about.places)]
    judged = Judge(asked).judge(wanted)
    names = {f"commit:{commit.sha}" for commit in commits}
    mine = [
        one
        for found in judged.values()
        for one in found
        if seat in one.opportunity.seats and one.opportunity.name in names and not waivers.on(one)
    ]
    findings = sorted((finding_of(one, (seat,)) for one in mine), key=place_of)
    return tuple(finding for finding in findings if finding.open and f"#{_NO_NUMBER}" not in finding.message)


def _not_yet_asked_for(branch: Branch, history: History) -> tuple[Commit, ...]:
    """The commits of a branch that no pull request has brought anywhere; none when one is open."""
    pulls = [pull for pull in history.pulls.values() if pull.head == branch.name]
    if branch.deleted_at or any(pull.merged_at is None and pull.closed_at is None for pull in pulls):
        return ()
    known = {commit.sha for pull in pulls for commit in pull.commits} | {landed.sha for landed in history.landings}
    return tuple(commit for commit in branch.commits if commit.sha not in known)


def _as_pull(branch: Branch, commits: tuple[Commit, ...], history: History) -> PullRequest:
    tip = branch.tips[-1] if branch.tips else commits[-1].sha
    files = tuple(file for commit in commits for file in commit.files)
    lines = sum(commit.lines for commit in commits)
    head = Head(at=history.now, sha=tip, commits=tuple(c.sha for c in commits), files=files, lines=lines)
    return PullRequest(
        number=_NO_NUMBER,
        url=branch.url,
        author=branch.author,
        item=branch.item,
        titles=((history.now, ""),),
        bodies=((history.now, ""),),
        head=branch.name,
        base=history.default_branch,
        opened_at=history.now,
        draft=True,
        ready_at=None,
        heads=(head,),
        mergeable=(),
        commits=commits,
        reviews=(),
        requests=(),
        comments=(),
        merged_at=None,
        merged_by=None,
        merge_sha=None,
        closed_at=None,
    )
