"""What holds for a branch or tag: its classic protection and every active ruleset that covers it, and who may pass them by.

This is the one place that says so: merges, pushes, writes through the API and `mergeable_state` all ask here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from simulator.emulators.github.state import demands, rulesets
from simulator.emulators.github.state.demands import Demands
from simulator.emulators.github.state.permissions import allows, permission_of
from simulator.emulators.github.state.protections import Protection, find_protection, protected_branches
from simulator.emulators.github.state.pull_rows import Pull
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.rulesets import Ruleset
from simulator.emulators.github.state.teams import team_ids_of_account
from simulator.emulators.github.state.users import role_in
from simulator.emulators.github.state.work import Place
from simulator.emulators.kit.accounts import Account

_BRANCHES = "refs/heads/"
_ROLES = {1: "pull", 2: "maintain", 3: "triage", 4: "push", 5: "admin"}
"""GitHub's numbers of the roles of a repository, as bypass actors name them."""


@dataclass(frozen=True, slots=True)
class Holding:
    """What holds for one ref."""

    protection: Protection | None
    rulesets: tuple[Ruleset, ...]

    @property
    def is_any(self) -> bool:
        """Whether there is anything at all: such a branch is a protected one."""
        return self.protection is not None or bool(self.rulesets)

    @property
    def demands(self) -> Demands:
        """What all of it together asks of a pull request."""
        found = [demands.of_protection(self.protection)] if self.protection else []
        return demands.together([*found, *(demands.of_ruleset(each) for each in self.rulesets)])


@dataclass(frozen=True, slots=True)
class Rulebook:
    """What holds in a repository, loaded once for many refs."""

    repository: Repository
    protections: Mapping[str, Protection]
    rulesets: tuple[Ruleset, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is forbidden at all."""
        return not self.protections and not self.rulesets

    def holding(self, ref: str) -> Holding:
        """What holds for a full ref name."""
        default = self.repository.default_branch
        covering = tuple(each for each in self.rulesets if each.covers(ref, default_branch=default))
        branch = ref.removeprefix(_BRANCHES) if ref.startswith(_BRANCHES) else ""
        return Holding(self.protections.get(branch), covering)


def rulebook(connection: Connection, repository: Repository) -> Rulebook:
    """All protections and active rulesets of a repository."""
    protections = protected_branches(connection, repository.site, repository.id)
    return Rulebook(repository, protections, tuple(rulesets.in_force(connection, repository)))


def holding_for_branch(place: Place, branch: str) -> Holding:
    """What holds for one branch, by its short name."""
    protection = find_protection(place.connection, place.site, place.repository.id, branch)
    found = rulesets.in_force(place.connection, place.repository)
    default = place.repository.default_branch
    covering = tuple(each for each in found if each.covers(_BRANCHES + branch, default_branch=default))
    return Holding(protection, covering)


def demands_on(place: Place, pull: Pull) -> Demands:
    """What the base of a pull request asks of it."""
    return holding_for_branch(place, pull.row.base_ref).demands


def is_exempt(place: Place, protection: Protection, account: Account) -> bool:
    """Whether an account need not care about a classic protection: administrators, unless it includes them."""
    return not protection.enforce_admins and allows(permission_of(place.connection, place.repository, account), "admin")


def may_bypass(place: Place, ruleset: Ruleset, account: Account | None, *, through_pull: bool) -> bool:
    """Whether an account may pass a ruleset by, with a push or (`through_pull`) by merging a pull request."""
    modes = bypass_modes(place, ruleset, account)
    return bool(modes & ({"always", "exempt", "pull_request"} if through_pull else {"always", "exempt"}))


def bypass_modes(place: Place, ruleset: Ruleset, account: Account | None) -> set[str]:
    """How an account may pass a ruleset by: some of always, exempt, pull_request."""
    if account is None:
        return set()
    return {
        str(actor.get("bypass_mode") or "always") for actor in ruleset.bypass_actors if is_actor(place, actor, account)
    }


def is_actor(place: Place, actor: Mapping[str, Any], account: Account) -> bool:
    """Whether an account is meant by one of a ruleset's actors, by itself, by its role or as a member of a team."""
    connection, actor_id = place.connection, actor.get("actor_id")
    match actor["actor_type"]:
        case "RepositoryRole":
            need = _ROLES.get(actor_id or 0)
            return need is not None and allows(permission_of(connection, place.repository, account), need)
        case "OrganizationAdmin":
            owner = place.repository.owner
            return owner.kind == "organization" and role_in(connection, owner, account) == "admin"
        case "Team":
            return actor_id in team_ids_of_account(connection, account)
        case "User":
            return bool(actor_id == account.id)
    return False  # apps and deploy keys: there are none here
