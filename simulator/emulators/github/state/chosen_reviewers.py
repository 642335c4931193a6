"""What is said of reviews beside their number: teams that have to approve certain files, and who may dismiss reviews.

Source: https://docs.github.com/en/rest/repos/rules#create-a-repository-ruleset, rule `pull_request`
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from simulator.emulators.github.state import changes, ref_patterns
from simulator.emulators.github.state.actors import includes
from simulator.emulators.github.state.holding import holding_for_branch, is_actor
from simulator.emulators.github.state.permissions import allows, permission_of
from simulator.emulators.github.state.pull_rows import Pull
from simulator.emulators.github.state.team_members import member_ids
from simulator.emulators.github.state.teams import teams_by_ids
from simulator.emulators.github.state.work import Place
from simulator.emulators.kit.accounts import Account


def waiting_for(
    place: Place, pull: Pull, required: Sequence[Mapping[str, Any]], approvers: Collection[int]
) -> Iterator[str]:
    """Names of teams that still have to approve, as `organization/team`. A team that is gone is waited for no longer."""
    if not required:
        return
    paths = [file.path for file in changes.files_of(place, pull, patches=False)]
    known = teams_by_ids(place.connection, place.site, (each["reviewer"]["id"] for each in required))
    for each in required:
        team = known.get(each["reviewer"]["id"])
        if team is None or not any(ref_patterns.matches_any(path, each["file_patterns"]) for path in paths):
            continue
        if len(member_ids(place.connection, team) & set(approvers)) < each["minimum_approvals"]:
            yield f"{place.repository.owner.login}/{team.slug}"


def may_dismiss(place: Place, pull: Pull, account: Account) -> bool:
    """Whether the protection and the rulesets of the base let an account with write access dismiss reviews."""
    holding = holding_for_branch(place, pull.row.base_ref)
    reviews = holding.protection.reviews if holding.protection else None
    chosen = reviews.dismissers if reviews is not None else None
    is_admin = allows(permission_of(place.connection, place.repository, account), "admin")
    if chosen is not None and not is_admin and not includes(place, chosen, account):
        return False
    for ruleset in holding.rulesets:
        restriction = (ruleset.rule("pull_request") or {}).get("dismissal_restriction") or {}
        if restriction.get("enabled") and not any(
            is_actor(place, {"actor_type": actor["type"], "actor_id": actor["id"]}, account)
            for actor in restriction.get("allowed_actors", ())
        ):
            return False
    return True
