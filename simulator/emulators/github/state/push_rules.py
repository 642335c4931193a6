"""What a movement of a ref may not do, by the branch's protection and by each ruleset: the same for a push and for the API."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pygit2

from simulator.emulators.github.state import commit_rules, demands
from simulator.emulators.github.state.actors import includes
from simulator.emulators.github.state.demands import Demands
from simulator.emulators.github.state.holding import Holding, is_exempt, may_bypass
from simulator.emulators.github.state.permissions import allows, permission_of
from simulator.emulators.github.state.protections import Protection
from simulator.emulators.github.state.rulesets import Ruleset
from simulator.emulators.github.state.verdicts import Verdict, verdicts_on
from simulator.emulators.github.state.violations import Violation
from simulator.emulators.github.state.work import Place
from simulator.emulators.gitserver import history, refs
from simulator.emulators.gitserver.refs import RefUpdate
from simulator.emulators.kit.accounts import Account

THROUGH_PULL_REQUEST = "Changes must be made through a pull request."
NO_FORCE_PUSH = "Cannot force-push to this protected branch"
NO_DELETION = "Cannot delete this protected branch"
LOCKED = "This branch is locked: it is read-only."
NOT_AUTHORIZED = (
    "You're not authorized to push to this branch. Visit https://docs.github.com/repositories/"
    "configuring-branches-and-merges-in-your-repository/managing-protected-branches/about-protected-branches "
    "for more information."
)
_UPDATE_RESTRICTED = "Cannot update this protected ref."
_CREATION_RESTRICTED = "Cannot create ref due to creations being restricted."


@dataclass(frozen=True, eq=False)
class Movement:
    """One update as the rules look at it; `git` holds the new objects. What costs something is asked for once."""

    place: Place
    git: pygit2.Repository
    update: RefUpdate

    @property
    def is_creation(self) -> bool:
        """Whether the ref is new."""
        return self.update.before is None

    @property
    def is_deletion(self) -> bool:
        """Whether the ref goes away."""
        return self.update.after is None

    @cached_property
    def is_forced(self) -> bool:
        """Whether it leaves commits behind."""
        before, after = self.update.before, self.update.after
        return before is not None and after is not None and not history.is_ancestor(self.git, before, after)

    @cached_property
    def commits(self) -> list[pygit2.Commit]:
        """The commits that the ref gets, oldest first; a new ref gets those that no branch has.

        An updated one gets all of the range, also what other branches have. Source: "Require signed commits" in
        https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets
        """
        if self.update.after is None:
            return []
        known = [self.update.before] if self.update.before else list(refs.list_refs(self.git, "refs/heads/").values())
        return history.commits_beyond(self.git, known, self.update.after)

    @cached_property
    def passed(self) -> frozenset[str]:
        """The checks that the new commit has passed already."""
        if self.update.after is None:
            return frozenset()
        said = verdicts_on(self.place, self.update.after)
        return frozenset(name for name, verdict in said.items() if verdict is Verdict.PASSED)


def against_protection(movement: Movement, protection: Protection, account: Account) -> list[Violation]:
    """What the classic protection has against somebody's movement; force-pushes and deletions are forbidden to everybody."""
    if movement.is_deletion:
        return [] if protection.allow_deletions else [Violation("deletion", NO_DELETION)]
    if movement.is_creation and not protection.block_creations:
        return []  # a protected name may be created: docs.github.com/…/about-protected-branches#restrict-who-can-push
    found = [] if is_exempt(movement.place, protection, account) else _withheld(movement, protection, account)
    if movement.is_forced and not protection.allow_force_pushes:
        found.insert(0, Violation("non_fast_forward", NO_FORCE_PUSH))
    return found


def passed_over(movement: Movement, protection: Protection, account: Account) -> list[Violation]:
    """What an administrator, whom the protection does not include, has passed over with a push."""
    if movement.is_deletion or movement.is_creation or not is_exempt(movement.place, protection, account):
        return []
    return _withheld(movement, protection, account)


def against_rulesets(movement: Movement, holding: Holding, account: Account) -> list[Violation]:
    """What the rulesets have against somebody's movement, each sentence once."""
    found = [
        violation
        for ruleset in holding.rulesets
        if not may_bypass(movement.place, ruleset, account, through_pull=False)
        for violation in against_ruleset(movement, ruleset)
    ]
    return list(dict.fromkeys(found))


def against_ruleset(movement: Movement, ruleset: Ruleset) -> Iterator[Violation]:
    """What one ruleset has against a movement, whoever wants it."""
    if movement.is_deletion:
        if ruleset.rule("deletion") is not None:
            yield Violation("deletion", f"Cannot delete this {ruleset.target}")
        return
    if movement.is_forced and ruleset.rule("non_fast_forward") is not None:
        yield Violation("non_fast_forward", f"Cannot force-push to this {ruleset.target}")
    if movement.is_creation and ruleset.rule("creation") is not None:
        yield Violation("creation", _CREATION_RESTRICTED)
    if not movement.is_creation and ruleset.rule("update") is not None:
        yield Violation("update", _UPDATE_RESTRICTED)
    if not _is_new_and_excused(movement, ruleset.rule("required_status_checks")):
        yield from _against_checks(movement, demands.of_ruleset(ruleset))
    if not movement.is_creation and ruleset.rule("pull_request") is not None:
        yield Violation("pull_request", THROUGH_PULL_REQUEST)
    yield from commit_rules.broken(ruleset, movement.git, movement.update, movement.commits)


def _withheld(movement: Movement, protection: Protection, account: Account) -> list[Violation]:
    place, wanted = movement.place, demands.of_protection(protection)
    found = [Violation("locked", LOCKED)] if wanted.locked else []
    if wanted.reviews is not None and not includes(place, wanted.reviews.bypassers, account):
        found.append(Violation("pull_request", THROUGH_PULL_REQUEST))
    found += _against_checks(movement, wanted)
    if wanted.linear_history:
        found += commit_rules.not_linear(movement.commits)
    if wanted.signatures:
        found += commit_rules.not_signed(movement.commits)
    if not _may_push(place, protection, account):
        found.append(Violation("restrictions", NOT_AUTHORIZED))
    return found


def _may_push(place: Place, protection: Protection, account: Account) -> bool:
    if protection.pushers is None or includes(place, protection.pushers, account):
        return True
    return allows(permission_of(place.connection, place.repository, account), "admin")


def _against_checks(movement: Movement, wanted: Demands) -> list[Violation]:
    missing = [check for check in wanted.checks if check not in movement.passed]
    if not missing:
        return []
    one = f'Required status check "{missing[0]}" is expected.'
    several = f"{len(missing)} of {len(wanted.checks)} required status checks are expected."
    return [Violation("required_status_checks", one if len(missing) == 1 else several)]


def _is_new_and_excused(movement: Movement, checks: Mapping[str, Any] | None) -> bool:
    return movement.is_creation and bool(checks and checks.get("do_not_enforce_on_create"))
