"""Whether the rules of the base let somebody merge a pull request in a certain way: the sentences that GitHub refuses with."""

from __future__ import annotations

from simulator.emulators.github.state import changes, commit_rules, demands, requirements
from simulator.emulators.github.state.actors import includes
from simulator.emulators.github.state.demands import Demands
from simulator.emulators.github.state.holding import Holding, holding_for_branch, is_exempt, may_bypass
from simulator.emulators.github.state.permissions import allows, permission_of
from simulator.emulators.github.state.protections import Protection
from simulator.emulators.github.state.pull_rows import Pull
from simulator.emulators.github.state.violations import rule_message
from simulator.emulators.github.state.work import Work
from simulator.emulators.gitserver import history

_NOT_AUTHORIZED = "You're not authorized to push to this branch."
_SWITCHED_OFF = {
    "merge": "Merge commits are not allowed on this repository.",
    "squash": "Squash merges are not allowed on this repository.",
    "rebase": "Rebase merges are not allowed on this repository.",
}


def switched_off(work: Work, method: str) -> str | None:
    """Why the repository's settings forbid a method, None when they allow it."""
    repository = work.repository
    allowed = {
        "merge": repository.allow_merge_commit,
        "squash": repository.allow_squash_merge,
        "rebase": repository.allow_rebase_merge,
    }
    return None if allowed[method] else _SWITCHED_OFF[method]


def refusal(work: Work, pull: Pull, method: str) -> str | None:
    """Why the actor may not merge now in this way, None when protection and rulesets allow it."""
    holding = holding_for_branch(work, pull.row.base_ref)
    protection = holding.protection
    if protection is not None and not is_exempt(work, protection, work.actor):
        reasons = _missing(work, pull, demands.of_protection(protection), method)
        if not _may_push(work, protection):
            reasons.append(_NOT_AUTHORIZED)
        if reasons:
            return " ".join(reasons)
    strict = _binding(work, holding)
    reasons = _missing(work, pull, strict, method)
    return rule_message(reasons) if reasons else None


def refusal_of_result(work: Work, pull: Pull, base: str, made: str) -> str | None:
    """Why rulesets forbid the commits that a merge would bring to the base, by what they say of messages and addresses."""
    holding = holding_for_branch(work, pull.row.base_ref)
    binding = [each for each in holding.rulesets if not may_bypass(work, each, work.actor, through_pull=True)]
    if not binding:
        return None
    commits = history.commits_beyond(changes.git(work), [base], made)
    found = [broken for ruleset in binding for broken in commit_rules.broken_patterns(ruleset, commits)]
    return rule_message(broken.reason for broken in found) if found else None


def _binding(work: Work, holding: Holding) -> Demands:
    binding = (each for each in holding.rulesets if not may_bypass(work, each, work.actor, through_pull=True))
    return demands.together(demands.of_ruleset(ruleset) for ruleset in binding)


def _missing(work: Work, pull: Pull, wanted: Demands, method: str) -> list[str]:
    reasons = requirements.unmet(work, pull, wanted)
    if wanted.linear_history and method == "merge":
        reasons.append(commit_rules.NOT_LINEAR)
    if wanted.signatures and method != "squash":  # a squash is GitHub's own commit, and signed by it
        reasons.append(commit_rules.NOT_SIGNED)
    if method not in wanted.methods:
        left = ", ".join(sorted(wanted.methods)) or "none"
        reasons.append(f"This branch does not take the merge method {method}; allowed: {left}.")
    return reasons


def _may_push(work: Work, protection: Protection) -> bool:
    if protection.pushers is None or includes(work, protection.pushers, work.actor):
        return True
    return allows(permission_of(work.connection, work.repository, work.actor), "admin")
