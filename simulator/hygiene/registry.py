"""The rules there are: the book, found in `simulator/hygiene/rules/` by looking (one file, one rule), and what packages add.

The rules of packages hold where a scenario or a profile asks for them, and nowhere else. Refuses to run any.
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
from simulator.hygiene.packages import RulePackage, read_packages
from simulator.hygiene.rule import Rule
from simulator.hygiene.score import GROUP_WEIGHTS

DEFAULT = "default"
"""The profile that changes nothing."""
_CODE = re.compile(r"\A[A-Z]{2}-[0-9]{2}\Z", re.ASCII)
_ONE_DIGIT = re.compile(r"\A([A-Z]{2})-?([0-9])\Z", re.ASCII)


class UnknownRule(SprintdojoError):
    """There is no rule of that code or name; says the nearest, and where rules of another group come from."""

    def __init__(self, asked: str) -> None:
        names = {name: rule.code for rule in (*all_rules(), *added_rules()) for name in (rule.code, rule.name)}
        written = _ONE_DIGIT.sub(r"\g<1>-0\g<2>", asked.strip().upper())
        near = [written] if written in names else difflib.get_close_matches(asked, names, n=1, cutoff=0.4)
        near = near or difflib.get_close_matches(asked.upper(), names, n=1)
        to_do = f"did you mean {near[0]}? `sprintdojo rules` lists all" if near else "`sprintdojo rules` lists all"
        super().__init__(f"there is no rule {asked!r}", to_do=to_do + _from_a_package(written))


def _from_a_package(code: str) -> str:
    """What may be the matter when a code is of no group that is known, or a package could not be read."""
    if any(package.fault for package in rule_packages()):
        return "; an installed rule package could not be read, see `sprintdojo doctor`"
    known = {*GROUP_WEIGHTS, *(rule.group for rule in added_rules())}
    of_a_package = _CODE.match(code) and code[:2] not in known
    return f"; rules of {code[:2]} come from a package, install it beside Sprintdojo" if of_a_package else ""


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


@lru_cache(maxsize=1)
def rule_packages() -> tuple[RulePackage, ...]:
    """The installed packages that bring rules, with their faults; looked for once."""
    return read_packages(all_rules())


def added_rules() -> tuple[Rule, ...]:
    """The rules of packages, in the order of their codes."""
    return tuple(sorted((rule for package in rule_packages() for rule in package.rules), key=lambda rule: rule.code))


def rule_named(asked: str) -> Rule:
    """The rule of a code (in any case) or a name, of the book or of a package. Raises UnknownRule."""
    for rules in (all_rules, added_rules):  # packages are only looked for when the book does not know it
        for rule in rules():
            if asked.upper() == rule.code or asked.lower() == rule.name:
                return rule
    raise UnknownRule(asked)


def rules_in_play(*, off: Iterable[str] = (), also: Iterable[str] = ()) -> tuple[Rule, ...]:
    """The rules of the book and those of packages that are asked for (`also`), but for those switched `off`.

    Rules are named by code or name. Raises UnknownRule.
    """
    gone = {rule_named(str(asked)).code for asked in off}
    added = {rule.code: rule for rule in map(rule_named, also) if rule.group not in GROUP_WEIGHTS}
    every = (*all_rules(), *(added[code] for code in sorted(added)))
    return tuple(rule for rule in every if rule.code not in gone)


def rules_version(rules: Iterable[Rule], quotas: Mapping[str, float], profile: str = DEFAULT) -> str:
    """Twelve hexadecimal digits that change with any weight, target, quota, option or rule, with the profile's name, and with the
    version of a package that a rule comes from: what a score is comparable by.
    """
    rules = tuple(rules)
    terms = [
        [
            *(r.code, r.name, r.severity, r.essential, r.target, r.quota, r.caps_letter, r.ceiling),
            r.options.model_dump(mode="json"),
        ]
        for r in rules
    ]
    every = [terms, dict(GROUP_WEIGHTS), dict(quotas), profile, *_added(rules)]
    canonical = json.dumps(every, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:12]


def _added(rules: Iterable[Rule]) -> list[list[str]]:
    """Which version of which package each rule is of that is not of the book."""
    codes = {rule.code for rule in rules if rule.group not in GROUP_WEIGHTS}
    packages = rule_packages() if codes else ()
    return [[rule.code, str(package)] for package in packages for rule in package.rules if rule.code in codes]


def _rule_in(module_name: str) -> Rule:
    module = importlib.import_module(module_name)
    rules = [value for value in vars(module).values() if isinstance(value, Rule)]
    if len(rules) != 1:
        raise ValueError(f"{module_name} must hold one rule, not {len(rules)}")
    if rules[0].group not in GROUP_WEIGHTS:
        raise ValueError(f"{rules[0].code}: the groups of the book are {', '.join(GROUP_WEIGHTS)}")
    expected = f"{rules[0].code}-{rules[0].name}".lower().replace("-", "_")
    if module_name.rpartition(".")[2] != expected:
        raise ValueError(f"{module_name} holds {rules[0].code} {rules[0].name}: name the file {expected}.py")
    return rules[0]
