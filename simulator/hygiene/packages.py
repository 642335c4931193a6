"""Rules of other packages, found by their entry points in the group `sprintdojo.rules`; each names a module or a package.

Refuses to stop anything: a package that cannot be imported, or whose rules do not do, is left out as a whole and its fault told.
Source: https://packaging.python.org/en/latest/specifications/entry-points/
"""

from __future__ import annotations

import importlib
import logging
import pkgutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from types import ModuleType

from simulator.hygiene.rule import Rule
from simulator.hygiene.score import GROUP_WEIGHTS

ENTRY_POINTS = "sprintdojo.rules"
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePackage:
    """What an entry point brings: rules, or a fault in words. `version` is that of the distribution that installed it."""

    name: str
    distribution: str
    version: str
    rules: tuple[Rule, ...] = ()
    fault: str = ""
    to_do: str = ""

    def __str__(self) -> str:
        return f"{self.distribution} {self.version} ({self.name})"


def read_packages(book: Iterable[Rule]) -> tuple[RulePackage, ...]:
    """The rule packages that are installed, by name. No rule of theirs has a code, a name or a group of the `book`."""
    taken = {name: str(rule.code) for rule in book for name in (rule.code, rule.name)}
    packages = []
    for entry in sorted(entry_points(group=ENTRY_POINTS), key=lambda entry: (entry.name, entry.value)):
        package = _read(entry, taken)
        taken |= {name: str(package) for rule in package.rules for name in (rule.code, rule.name)}
        packages.append(package)
    return tuple(packages)


def _read(entry: EntryPoint, taken: dict[str, str]) -> RulePackage:
    distribution = entry.dist.name if entry.dist else entry.module
    version = entry.dist.version if entry.dist else "?"
    rules: tuple[Rule, ...] = ()
    fault, to_do = "", ""
    try:
        rules = tuple(sorted(_rules_in(entry), key=lambda rule: rule.code))
        fault = "; ".join(_clashes(rules, taken)) or ("" if rules else f"there is no rule in {entry.value}")
        to_do = "tell its author, or uninstall it" if fault else ""
    except (Exception, SystemExit) as exc:  # code of others: whatever it does, the program goes on
        logger.debug("rule package %s", entry.value, exc_info=True)
        fault = (
            f"{entry.value} cannot be imported ({type(exc).__name__}: {str(exc).strip().partition(chr(10))[0][:200]})"
        )
        to_do = "mend or uninstall it; --debug shows the traceback"
    found = () if fault else rules
    return RulePackage(
        name=entry.name, distribution=distribution, version=version, rules=found, fault=fault, to_do=to_do
    )


def _rules_in(entry: EntryPoint) -> Iterable[Rule]:
    module = entry.load()
    if not isinstance(module, ModuleType):
        raise TypeError(f"{entry.value} is no module; the entry point names the module or package that holds the rules")
    found = [value for each in (module, *_below(module)) for value in vars(each).values() if isinstance(value, Rule)]
    return {id(rule): rule for rule in found}.values()  # one that is imported again is the same


def _below(package: ModuleType) -> Iterator[ModuleType]:
    for found in pkgutil.iter_modules(getattr(package, "__path__", ())):
        yield importlib.import_module(f"{package.__name__}.{found.name}")


def _clashes(rules: Iterable[Rule], taken: dict[str, str]) -> Iterator[str]:
    mine: set[str] = set()
    for rule in rules:
        if rule.group in GROUP_WEIGHTS:
            yield f"{rule.code}: {rule.group} is a group of the rule book, take two other letters"
        for name in (rule.code, rule.name):
            if name in taken:
                yield f"{rule.code}: {name} is taken by {taken[name]}"
            elif name in mine:
                yield f"two of its rules share {name}"
            mine.add(name)
