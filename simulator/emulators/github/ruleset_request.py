"""The body of a request for a ruleset, read as strictly as GitHub reads it.

Source: https://docs.github.com/en/rest/repos/rules#create-a-repository-ruleset
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simulator.emulators.github import expressions, rule_parameters
from simulator.emulators.github.errors import InvalidRequest
from simulator.emulators.github.fields import Fields
from simulator.emulators.github.rule_parameters import ruleset_fault

TARGETS = ("branch", "tag", "push")
_ENFORCEMENTS = ("disabled", "active", "evaluate")
_ACTORS = ("Integration", "OrganizationAdmin", "RepositoryRole", "Team", "DeployKey", "User")
_MODES = ("always", "pull_request", "exempt")
_LONGEST_NAME = 100
_LONGEST_PATTERN = 255
_MOST = 100
_PREFIXES = {"branch": "refs/heads/", "tag": "refs/tags/"}
_WILD = {"branch": ("~ALL", "~DEFAULT_BRANCH"), "tag": ("~ALL",)}


def read_ruleset(body: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a new ruleset. Raises InvalidRequest or ValidationFailed."""
    fields = Fields(body, "RepositoryRuleset")
    fields.required("name")
    fields.required("enforcement")
    target = fields.choice("target", TARGETS) or "branch"
    empty: dict[str, Any] = {"target": target, "bypass_actors": [], "conditions": {}, "rules": []}
    return empty | read_changes(body, target=target)


def read_changes(body: Mapping[str, Any], *, target: str) -> dict[str, Any]:
    """The values that a body gives to a ruleset of this target; a body that names another target changes it."""
    fields = Fields(body, "RepositoryRuleset")
    target = fields.choice("target", TARGETS) or target
    values: dict[str, Any] = {"target": target} if "target" in body else {}
    if "name" in body:
        values["name"] = _name(fields)
    if "enforcement" in body:
        values["enforcement"] = fields.choice("enforcement", _ENFORCEMENTS)
    if "bypass_actors" in body:
        values["bypass_actors"] = [_actor(each) for each in _some(fields, "bypass_actors")]
    if "conditions" in body:
        values["conditions"] = _conditions(body["conditions"], target)
    if "rules" in body:
        values["rules"] = _rules(_some(fields, "rules"), target)
    return values


def _name(fields: Fields) -> str:
    name = fields.required("name", limit=_LONGEST_NAME).strip()
    if not name:
        raise ruleset_fault("name", "Name can't be blank")
    return name


def _some(fields: Fields, name: str) -> list[dict[str, Any]]:
    found = fields.objects(name)
    if len(found) > _MOST:
        raise InvalidRequest(f"Invalid request.\n\nNo more than {_MOST} items are allowed in {name}.")
    return found


def _actor(actor: Mapping[str, Any]) -> dict[str, Any]:
    fields = Fields(actor, "RepositoryRulesetBypassActor")
    kind = fields.choice("actor_type", _ACTORS)
    if kind is None:
        raise InvalidRequest('Invalid request.\n\n"actor_type" wasn\'t supplied.')
    actor_id = 1 if kind == "OrganizationAdmin" else fields.number("actor_id")
    if kind == "DeployKey":
        actor_id = None
    elif actor_id is None:
        raise ruleset_fault("bypass_actors", f"actor_id is required for {kind}")
    return {"actor_id": actor_id, "actor_type": kind, "bypass_mode": fields.choice("bypass_mode", _MODES) or "always"}


def _conditions(value: object, target: str) -> dict[str, Any]:
    if value is None or target == "push":
        return {}
    if not isinstance(value, dict):
        raise InvalidRequest(f"Invalid request.\n\nFor 'properties/conditions', {str(value)[:80]!r} is not an object.")
    names = value.get("ref_name")
    if not isinstance(names, dict):
        raise ruleset_fault("conditions", "ref_name is required")
    fields = Fields(names, "RepositoryRuleset")
    patterns = {each: fields.names(each) or [] for each in ("exclude", "include")}
    for pattern in [*patterns["include"], *patterns["exclude"]]:
        _check_pattern(pattern, target)
    return {"ref_name": patterns}


def _check_pattern(pattern: str, target: str) -> None:
    named = pattern in _WILD[target] or pattern.startswith(_PREFIXES[target])
    if not named or len(pattern) > _LONGEST_PATTERN or pattern == _PREFIXES[target]:
        raise ruleset_fault("conditions", f"invalid ref name pattern {pattern[:80]!r}")


def _rules(rules: Sequence[Mapping[str, Any]], target: str) -> list[dict[str, Any]]:
    read = [_rule(rule, target) for rule in rules]
    kinds = [rule["type"] for rule in read]
    twice = next((kind for kind in kinds if kinds.count(kind) > 1 and kind not in rule_parameters.REPEATABLE), None)
    if twice:
        raise ruleset_fault("rules", f"Rule {twice} is given more than once")
    return read


def _rule(rule: Mapping[str, Any], target: str) -> dict[str, Any]:
    kind = rule.get("type")
    if not isinstance(kind, str) or kind not in rule_parameters.TARGETS_OF_RULES:
        raise ruleset_fault("rules", f"Invalid rule '{str(kind)[:80]}': ")
    if target not in rule_parameters.TARGETS_OF_RULES[kind]:
        raise ruleset_fault("rules", f"Invalid rule '{kind}': is not valid for rulesets with target {target}")
    parameters = rule_parameters.read(kind, rule.get("parameters"))
    if parameters.get("operator") == "regex":
        _check_expression(kind, parameters["pattern"])
    return {"type": kind} if not parameters else {"type": kind, "parameters": parameters}


def _check_expression(kind: str, pattern: str) -> None:
    try:
        expressions.compiled(pattern)
    except expressions.BadExpression as exc:
        raise ruleset_fault("rules", f"Invalid rule '{kind}': pattern is not a valid regular expression") from exc
