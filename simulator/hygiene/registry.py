"""The rules there are, found in `simulator/hygiene/rules/` by looking: one file, one rule.

Refuses to run them.
"""

from __future__ import annotations

import difflib
import hashlib
import importlib
import json
import pkgutil
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

import simulator.hygiene.rules
from simulator.errors import SprintdojoError
from simulator.hygiene.rule import Rule
from simulator.hygiene.score import GROUP_WEIGHTS

_ONE_DIGIT = re.compile(r"\A([A-Z]{2})-?([0-9])\Z", re.ASCII)


class UnknownRule(SprintdojoError):
    """There is no rule of that code or name; says the nearest."""

    def __init__(self, asked: str) -> None:
        names = {name: rule.code for rule in all_rules() for name in (rule.code, rule.name)}
        written = _ONE_DIGIT.sub(r"\g<1>-0\g<2>", asked.strip().upper())
        near = [written] if written in names else difflib.get_close_matches(asked, names, n=1, cutoff=0.4)
        near = near or difflib.get_close_matches(asked.upper(), names, n=1)
        to_do = f"did you mean {near[0]}? `sprintdojo rules` lists all" if near else "`sprintdojo rules` lists all"
        super().__init__(f"there is no rule {asked!r}", to_do=to_do)


@lru_cache(maxsize=1)
def all_rules() -> tuple[Rule, ...]:
    """All rules in the order of groups and codes. Raises ValueError when two share a code or a name, or a file has none."""
    package = simulator.hygiene.rules
    found = [_rule_in(f"{package.__name__}.{module.name}") for module in pkgutil.iter_modules(package.__path__)]
    for names in ([rule.code for rule in found], [rule.name for rule in found]):
        twice = {name for name in names if names.count(name) > 1}
        if twice:
            raise ValueError(f"two rules share {', '.join(sorted(twice))}")
    groups = list(GROUP_WEIGHTS)
    return tuple(sorted(found, key=lambda rule: (groups.index(rule.group), rule.code)))


def rule_named(asked: str) -> Rule:
    """The rule of a code (in any case) or a name. Raises UnknownRule."""
    for rule in all_rules():
        if asked.upper() == rule.code or asked.lower() == rule.name:
            return rule
    raise UnknownRule(asked)


def rules_without(off: Iterable[str]) -> tuple[Rule, ...]:
    """All rules but those switched off by code or name. Raises UnknownRule."""
    codes = {rule_named(str(asked)).code for asked in off}
    return tuple(rule for rule in all_rules() if rule.code not in codes)


def rules_version(rules: Iterable[Rule], quotas: Mapping[str, float]) -> str:
    """Twelve hexadecimal digits that change with any weight, target, quota, option or rule: what a score is comparable by."""
    terms = [
        [
            *(r.code, r.name, r.severity, r.essential, r.target, r.quota, r.caps_letter, r.ceiling),
            r.options.model_dump(mode="json"),
        ]
        for r in rules
    ]
    canonical = json.dumps([terms, dict(GROUP_WEIGHTS), dict(quotas)], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:12]


def _rule_in(module_name: str) -> Rule:
    module = importlib.import_module(module_name)
    rules = [value for value in vars(module).values() if isinstance(value, Rule)]
    if len(rules) != 1:
        raise ValueError(f"{module_name} must hold one rule, not {len(rules)}")
    expected = f"{rules[0].code}-{rules[0].name}".lower().replace("-", "_")
    if module_name.rpartition(".")[2] != expected:
        raise ValueError(f"{module_name} holds {rules[0].code} {rules[0].name}: name the file {expected}.py")
    return rules[0]
