"""The protection of branches as GitHub writes it, as a whole and in parts.

A part that is not required is left out, never null: clients take a null for a present part.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulator.emulators.github.payloads.branches import branch_path
from simulator.emulators.github.payloads.teams import team_payloads
from simulator.emulators.github.payloads.users import simple_user
from simulator.emulators.github.state.actors import Actors
from simulator.emulators.github.state.protections import Protection
from simulator.emulators.github.state.teams import teams_by_slugs
from simulator.emulators.github.state.users import by_logins
from simulator.emulators.github.state.work import Place
from simulator.emulators.kit.urls import Urls


def full_protection(place: Place, protection: Protection, urls: Urls) -> dict[str, Any]:
    """A branch's whole protection."""
    body: dict[str, Any] = {"url": _url(place, protection, urls)}
    if protection.checks is not None:
        body["required_status_checks"] = required_checks(place, protection, urls)
    if protection.reviews is not None:
        body["required_pull_request_reviews"] = required_reviews(place, protection, urls)
    if protection.pushers is not None:
        body["restrictions"] = restrictions(place, protection, urls)
    switches = {
        "required_linear_history": protection.linear_history,
        "allow_force_pushes": protection.allow_force_pushes,
        "allow_deletions": protection.allow_deletions,
        "block_creations": protection.block_creations,
        "required_conversation_resolution": protection.conversation_resolution,
        "lock_branch": protection.lock_branch,
        "allow_fork_syncing": protection.allow_fork_syncing,
    }
    return {
        **body,
        "required_signatures": switch(place, protection, "required_signatures", protection.signatures, urls),
        "enforce_admins": switch(place, protection, "enforce_admins", protection.enforce_admins, urls),
        **{name: {"enabled": enabled} for name, enabled in switches.items()},
    }


def switch(place: Place, protection: Protection, name: str, enabled: bool, urls: Urls) -> dict[str, Any]:
    """A part with an address of its own that is on or off."""
    return {"url": f"{_url(place, protection, urls)}/{name}", "enabled": enabled}


def required_checks(place: Place, protection: Protection, urls: Urls) -> dict[str, Any]:
    """The checks that have to pass."""
    url, names = _url(place, protection, urls), protection.checks or ()
    return {
        "url": f"{url}/required_status_checks",
        "strict": protection.strict,
        "contexts": list(names),
        "contexts_url": f"{url}/required_status_checks/contexts",
        "checks": [{"context": name, "app_id": None} for name in names],
    }


def required_reviews(place: Place, protection: Protection, urls: Urls) -> dict[str, Any]:
    """The reviews that are needed."""
    reviews, url = protection.reviews, _url(place, protection, urls)
    assert reviews is not None
    body: dict[str, Any] = {
        "url": f"{url}/required_pull_request_reviews",
        "dismiss_stale_reviews": reviews.dismiss_stale,
        "require_code_owner_reviews": reviews.code_owners,
        "require_last_push_approval": reviews.last_push_approval,
        "required_approving_review_count": reviews.approvals,
    }
    if reviews.dismissers is not None:
        own = f"{url}/dismissal_restrictions"
        links = {"url": own, "users_url": f"{own}/users", "teams_url": f"{own}/teams"}
        body["dismissal_restrictions"] = links | _actors(place, reviews.dismissers, urls)
    if reviews.bypassers is not None:
        body["bypass_pull_request_allowances"] = _actors(place, reviews.bypassers, urls)
    return body


def restrictions(place: Place, protection: Protection, urls: Urls) -> dict[str, Any]:
    """Who may push."""
    own = f"{_url(place, protection, urls)}/restrictions"
    links = {"url": own, "users_url": f"{own}/users", "teams_url": f"{own}/teams", "apps_url": f"{own}/apps"}
    return links | _actors(place, protection.pushers or Actors(), urls)


def people(place: Place, logins: Sequence[str], urls: Urls) -> list[dict[str, Any]]:
    """The people of these logins who exist."""
    known = by_logins(place.connection, place.site, logins)
    return [simple_user(known[login.lower()], urls) for login in logins if login.lower() in known]


def teams(place: Place, slugs: Sequence[str], urls: Urls) -> list[dict[str, Any]]:
    """The organization's teams of these slugs that exist."""
    known = teams_by_slugs(place.connection, place.repository.owner, slugs)
    return team_payloads(place.connection, list(known.values()), urls)


def _actors(place: Place, actors: Actors, urls: Urls) -> dict[str, Any]:
    return {"users": people(place, actors.users, urls), "teams": teams(place, actors.teams, urls), "apps": []}


def _url(place: Place, protection: Protection, urls: Urls) -> str:
    return f"{urls.api(branch_path(place.repository, protection.branch))}/protection"
