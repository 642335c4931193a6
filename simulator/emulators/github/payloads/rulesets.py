"""Rulesets and single rules as GitHub writes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.emulators.github.payloads.users import node_id
from simulator.emulators.github.state.holding import bypass_modes
from simulator.emulators.github.state.permissions import allows, permission_of
from simulator.emulators.github.state.rulesets import Ruleset
from simulator.emulators.github.state.work import Place
from simulator.emulators.kit.accounts import Account
from simulator.emulators.kit.urls import Urls
from simulator.emulators.kit.web import stamp_seconds


def short_ruleset(place: Place, ruleset: Ruleset, urls: Urls) -> dict[str, Any]:
    """A ruleset as lists show it."""
    path = f"{place.repository.path}/rulesets/{ruleset.id}"
    html = urls.html(f"/{place.repository.full_name}/rules/{ruleset.id}")
    return {
        "id": ruleset.id,
        "name": ruleset.name,
        "target": ruleset.target,
        "source_type": "Repository",
        "source": place.repository.full_name,
        "enforcement": ruleset.enforcement,
        "node_id": node_id("RepositoryRuleset", ruleset.id),
        "_links": {"self": {"href": urls.api(path)}, "html": {"href": html}},
        "created_at": stamp_seconds(ruleset.created_at),
        "updated_at": stamp_seconds(ruleset.updated_at),
    }


def ruleset_payload(place: Place, ruleset: Ruleset, urls: Urls, *, viewer: Account | None) -> dict[str, Any]:
    """A ruleset by itself. Only people who could change it are shown who may pass it by, as on GitHub."""
    body = short_ruleset(place, ruleset, urls) | {
        "conditions": None if ruleset.target == "push" else dict(ruleset.conditions),
        "rules": [dict(rule) for rule in ruleset.rules],
        "current_user_can_bypass": _can_bypass(place, ruleset, viewer),
    }
    if allows(permission_of(place.connection, place.repository, viewer), "push"):
        body["bypass_actors"] = [dict(actor) for actor in ruleset.bypass_actors]
    return body


def rule_of_branch(place: Place, ruleset: Ruleset, rule: Mapping[str, Any]) -> dict[str, Any]:
    """One rule that holds for a branch, with the ruleset it comes from."""
    source = {
        "ruleset_source_type": "Repository",
        "ruleset_source": place.repository.full_name,
        "ruleset_id": ruleset.id,
    }
    return {"type": rule["type"], **source, **{key: rule[key] for key in ("parameters",) if key in rule}}


def _can_bypass(place: Place, ruleset: Ruleset, viewer: Account | None) -> str:
    modes = bypass_modes(place, ruleset, viewer)
    for mode, word in (("exempt", "exempt"), ("always", "always"), ("pull_request", "pull_requests_only")):
        if mode in modes:
            return word
    return "never"
