"""What a rule must be told to judge a past that nobody simulated: without it the rule is left out, and costs nothing.

For `sprintdojo lint`. In a run of a scenario both services tell everything, and each rule says itself what was not available.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from simulator.hygiene.rule import Rule
from simulator.model.past import Told

_T = Told
_EVERYTHING = frozenset(Told)
_HISTORY = (_T.ISSUES, _T.ISSUE_HISTORY)
_PLANNED = (*_HISTORY, _T.SPRINTS)

_BY_NEED: Mapping[tuple[Told, ...], str] = {
    (_T.COMMITS,): "CM-01 CM-02 CM-03 CM-04 CM-05 CM-06 CM-07 CM-08 CM-09 CM-10 CM-11 CM-13 CI-01 CI-02 CI-03 CI-09",
    (_T.COMMITS, _T.ACCOUNTS): "CM-12",
    (_T.COMMITS, _T.ISSUES): "CM-15",
    (_T.MERGES,): "BR-01 BR-02 BR-09 CM-14 PR-01 PR-04 PR-05 PR-06 PR-08 CI-10",
    (_T.MERGES, _T.KEYS): "BR-10 FL-01 FL-02 FL-03 FL-06",
    (_T.PULL_REQUESTS,): "BR-04 PR-02 PR-03 PR-07 PR-09 PR-10 PR-16 PR-17 PR-18 PR-19 PR-20",
    (_T.PULL_REQUESTS, _T.PUSHES): "BR-03 BR-05 BR-06 BR-07 BR-08",
    (
        _T.PULL_REQUESTS,
        _T.REVIEWS,
    ): "PR-11 PR-14 RV-01 RV-02 RV-03 RV-04 RV-05 RV-06 RV-07 RV-08 RV-09 RV-10 RV-11 RV-13",
    (_T.PULL_REQUESTS, _T.REVIEWS, _T.PUSHES): "PR-15",
    (_T.PULL_REQUESTS, _T.REVIEWS, _T.THREADS): "PR-13",
    (_T.PULL_REQUESTS, _T.REVIEWS, _T.CHECKS): "RV-12",
    (_T.PULL_REQUESTS, _T.CHECKS): "PR-12 CI-04 CI-05 CI-06",
    (_T.PULL_REQUESTS, _T.CHECKS, _T.PUSHES): "CI-08",
    (_T.PROTECTION,): "CI-07",
    (_T.ISSUES,): "IS-01 IS-02 IS-03 IS-14",
    _HISTORY: "IS-04 IS-05 IS-06 IS-10 IS-11 IS-13 IS-15 IS-16 FL-07 FL-09 FL-10 SP-07",
    (*_HISTORY, _T.COMMITS): "IS-07 IS-09 IS-12",
    (*_HISTORY, _T.MERGES): "IS-08 FL-04",
    (*_HISTORY, _T.MERGES, _T.SPRINTS): "FL-05 SP-11",
    (*_HISTORY, _T.PULL_REQUESTS, _T.REVIEWS): "FL-11",
    (*_HISTORY, _T.BOARD): "FL-08",
    _PLANNED: "SP-01 SP-02 SP-03 SP-04 SP-05 SP-06 SP-08 SP-09",
    tuple(Told): "SP-10",  # a retrospective is held in a run, and nowhere else
}
NEEDS: Mapping[str, frozenset[Told]] = {
    code: frozenset(needs) for needs, codes in _BY_NEED.items() for code in codes.split()
}
"""Rule → what a past must tell. A rule of a package, which is not among them, needs everything."""

_FORGE = (
    *(_T.PULL_REQUESTS, _T.PUSHES, _T.BRANCHES, _T.REVIEWS, _T.THREADS, _T.CHECKS, _T.RELEASES, _T.PROTECTION),
    *(_T.COMMITS, _T.MERGES),
)


def lacking(rule: Rule, tells: Collection[Told]) -> tuple[Told, ...]:
    """What a rule needs and nobody told, in the order of `Told`."""
    needs = NEEDS.get(rule.code, _EVERYTHING)
    return tuple(told for told in Told if told in needs and told not in tells)


def how_to_tell(rule: Rule, lacks: Collection[Told]) -> tuple[str, ...]:
    """What to give so that it is told next time, each once; for a rule that no past can satisfy, that it takes a run."""
    if NEEDS.get(rule.code, _EVERYTHING) == _EVERYTHING:
        return ("play a scenario: no service keeps what it looks at",)
    if _T.BOARD in lacks:
        lacks = [told for told in lacks if told in _FORGE or told is _T.BOARD]
    return tuple(dict.fromkeys(map(_how, lacks)))


def _how(told: Told) -> str:
    if told in _FORGE:
        return "--github REPOSITORY"
    if told is _T.ACCOUNTS:
        return "--github REPOSITORY, or the people in a --mapping"
    if told is _T.KEYS:
        return "--project KEY"
    return "--jira URL" if told is _T.BOARD else "--jira URL, or issues in a --mapping"
