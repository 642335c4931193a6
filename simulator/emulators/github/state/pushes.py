"""What a push meets: the rules of the branches it moves, and what the person is told about it."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.emulators.github.state import repositories
from simulator.emulators.github.state.permissions import permission_of
from simulator.emulators.github.state.protections import (
    NO_DELETION,
    NO_FORCE_PUSH,
    Protection,
    protected_branches,
    push_refusals,
)
from simulator.emulators.github.state.refs import ref_updated
from simulator.emulators.github.state.verdicts import Verdict, verdicts_on
from simulator.emulators.github.state.work import Place
from simulator.emulators.gitserver import refs
from simulator.emulators.gitserver.receiving import RefRule
from simulator.emulators.gitserver.refs import RefUpdate
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.urls import Urls

_HEXADECIMAL = (
    "error: GH002: Sorry, branch or tag names consisting of 40 hex characters are not allowed.",
    'error: Invalid branch or tag name "{name}"',
)

_NO_UTF_8 = "error: The name of a branch or tag must be UTF-8."
_TOO_LONG = f"error: The full name of a branch or tag must not be longer than {refs.LONGEST_NAME} bytes."


def rules_for(place: Place, updates: Sequence[RefUpdate], account: Account) -> dict[str, RefRule]:
    """The rules that these updates meet if this person asks for them, by ref; an update without one may go through."""
    protections = protected_branches(place.connection, place.site, place.repository.id)
    rules = {}
    for update in updates:
        protection = protections.get(update.branch or "")
        rule = _name_rule(update) or (protection and _rule(place, update, protection, account))
        if rule:
            rules[update.ref] = rule
    return rules


def refusals(place: Place, update: RefUpdate, account: Account) -> list[str]:
    """Why this person may not move this branch, the same for a push and for the API; empty when nothing forbids it.

    Whether an update is forced is not looked at here.
    """
    protections = protected_branches(place.connection, place.site, place.repository.id)
    protection = protections.get(update.branch or "")
    return _refusals(place, update, protection, account) if protection else []


def pushed(place: Place, updates: Sequence[RefUpdate], account: Account, urls: Urls) -> list[str]:
    """Write down what a push has moved, let everything follow, and give the lines that the person sees."""
    followed = ref_updated(place.connection, place.instance, place.repository, updates, account)
    lines = [line for update in updates for line in _bypassed(place, update, account)]
    lines += [line for update in updates for line in _invitation(place, update, urls)]
    return [*lines, *followed]


def _rule(place: Place, update: RefUpdate, protection: Protection, account: Account) -> RefRule | None:
    head = f"error: GH006: Protected branch update failed for {update.ref}."
    reasons = _refusals(place, update, protection, account)
    if reasons:
        return RefRule((head, *(f"error: {reason}" for reason in reasons)))
    if update.before and update.after and not protection.allow_force_pushes:
        return RefRule((head, f"error: {NO_FORCE_PUSH}"), forced=True)
    return None


def _refusals(place: Place, update: RefUpdate, protection: Protection, account: Account) -> list[str]:
    if update.after is None:
        return [] if protection.allow_deletions else [NO_DELETION]
    if update.before is None and not protection.block_creations:
        return []  # a protected name may be created: github.com/…/about-protected-branches#restrict-who-can-push
    admin = permission_of(place.connection, place.repository, account) == "admin"
    return push_refusals(protection, admin=admin, login=account.login, passed=_passed(place, update.after))


def _passed(place: Place, sha: str) -> frozenset[str]:
    return frozenset(name for name, verdict in verdicts_on(place, sha).items() if verdict is Verdict.PASSED)


def _name_rule(update: RefUpdate) -> RefRule | None:
    name = update.ref.split("/", 2)[-1]
    if update.before is None and refs.is_sha(name):
        return RefRule(tuple(line.format(name=name) for line in _HEXADECIMAL))
    try:
        length = len(update.ref.encode())
    except UnicodeEncodeError:
        return RefRule((_NO_UTF_8,))
    return RefRule((_TOO_LONG,)) if length > refs.LONGEST_NAME else None


def _bypassed(place: Place, update: RefUpdate, account: Account) -> list[str]:
    # An administrator whom the protection does not include is told what was passed over, as on github.com.
    protection = protected_branches(place.connection, place.site, place.repository.id).get(update.branch or "")
    if protection is None or update.before is None or update.after is None or protection.enforce_admins:
        return []
    passed = _passed(place, update.after)
    over = push_refusals(protection, admin=False, login=account.login, passed=passed)
    told = [part for reason in over for part in (f"- {reason}", "")]
    return [f"Bypassed rule violations for {update.ref}:", "", *told] if over else []


def _invitation(place: Place, update: RefUpdate, urls: Urls) -> list[str]:
    branch = update.branch
    present = repositories.by_id(place.connection, place.site, place.repository.id) or place.repository
    if branch is None or update.before is not None or branch == present.default_branch:
        return []
    page = urls.html(f"/{present.full_name}/pull/new/{branch}")
    return ["", f"Create a pull request for '{branch}' on GitHub by visiting:", f"     {page}", ""]
