"""The rules of refs against writes through the API: refs made, moved and deleted, commits of one file, merged branches."""

from __future__ import annotations

from simulator.emulators.github.state import push_rules, workflow_files
from simulator.emulators.github.state.holding import rulebook
from simulator.emulators.github.state.push_rules import Movement
from simulator.emulators.github.state.violations import as_message
from simulator.emulators.github.state.work import Place
from simulator.emulators.gitserver.refs import RefUpdate
from simulator.emulators.kit.accounts import Account


def forbidden(place: Place, update: RefUpdate, account: Account, *, joined_by: str = " ") -> str | None:
    """Why this person may not move this ref, in GitHub's words and the same as for a push; None when nothing does.

    The place knows the scopes of the token: workflows take one of their own.
    """
    movement = Movement(place, place.git, update)
    holding = rulebook(place.connection, place.repository).holding(update.ref)
    against = push_rules.against_protection(movement, holding.protection, account) if holding.protection else []
    if against:
        return joined_by.join(each.reason for each in against)
    broken = push_rules.against_rulesets(movement, holding, account)
    return as_message(broken) if broken else workflow_files.refusal(place, update)
