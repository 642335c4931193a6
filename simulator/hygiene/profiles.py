"""Profiles: named terms of the rule book, shipped or of one's own, and what a scenario sets on top of one.

A profile switches rules off, sets quotas and options. Refuses weights, severities and targets: they are the same everywhere, so
that scores can be compared. Every fault is told at its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from simulator.errors import Problem, ScenarioError
from simulator.hygiene.registry import DEFAULT, UnknownRule, rule_named, rules_in_play
from simulator.hygiene.rule import Rule
from simulator.hygiene.score import GROUP_WEIGHTS
from simulator.hygiene.waivers import Waiver
from simulator.model.hygiene import Waived
from simulator.scenario.loaded import LoadedScenario
from simulator.scenario.part_file import part_in
from simulator.scenario.patches import inside
from simulator.scenario.rule_terms import HygienePart, ProfilePart, RuleTermsPart, why_fixed
from simulator.scenario.source import Source, Spot
from simulator.scenario.values import Unreadable
from simulator.scenario.wording import nearest, words_of_fault

SHIPPED = Path(__file__).with_name("shipped_profiles")
BY_SCENARIO = "the scenario"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """The rules that hold, with their options in place, and the work items that they expect."""

    profile: str
    rules: tuple[Rule, ...]
    quotas: Mapping[str, float]
    waivers: tuple[Waiver, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at a spot of the file that holds the terms."""

    spot: Spot
    message: str
    hint: str
    at_key: bool = False


def profile_names() -> tuple[str, ...]:
    """The shipped profiles, the default first."""
    return (DEFAULT, *sorted(file.stem for file in SHIPPED.glob("*.yaml") if file.stem != DEFAULT))


def read_profile(name: str, folder: Path | None = None) -> ProfilePart:
    """The shipped profile of a name, else the one in a file inside `folder`. Raises ScenarioError with every fault."""
    if name in profile_names():
        return _shipped(name)
    if folder is None or not name.endswith((".yaml", ".yml")):
        hint = f"{nearest(name, profile_names())} (or a YAML file of your own, by its path)"
        raise _alone(f"there is no profile `{name[:80]}`", hint)
    try:
        file = inside(folder, name)
    except Unreadable as exc:
        raise _alone(str(exc), exc.hint or "write the path from the scenario's folder on") from exc
    return profile_in(file)


def rule_set(hygiene: HygienePart, *, folder: Path | None = None) -> RuleSet:
    """The rules that hold by a scenario's `hygiene`; a profile of its own lies in `folder`.

    Raises ScenarioError for a profile, a rule or an option that there is not, and for a value out of its bounds.
    """
    faults = list(_faults(hygiene, folder))
    if faults:
        raise ScenarioError(tuple(Problem("hygiene", 0, 0, fault.message, fault.hint) for fault in faults))
    profile = read_profile(hygiene.profile, folder)
    rules = rules_in_play(off=(*profile.off, *hygiene.off), also=(*profile.also, *hygiene.also))
    options = _merged(profile, hygiene)
    return RuleSet(
        profile=profile.name,
        rules=tuple(_with(rule, options.get(rule.code, {})) for rule in rules),
        quotas={code: float(number) for code, number in {**profile.quotas, **hygiene.quotas}.items()},
        waivers=tuple(_waiver(rule=one.rule, subject=one.subject, reason=one.reason) for one in hygiene.waivers),
    )


def rule_problems(scenario: LoadedScenario) -> tuple[Problem, ...]:
    """What is wrong with a scenario's `hygiene`, and with the profile that it names, each fault at its file and line."""
    source = scenario.source
    problem = _placed(source) if source else lambda fault: Problem(str(scenario.file), 1, 1, fault.message, fault.hint)
    found = [problem(fault) for fault in _faults(scenario.spec.hygiene, scenario.folder)]
    if not found or scenario.spec.hygiene.profile in profile_names():
        return tuple(found)
    try:
        read_profile(scenario.spec.hygiene.profile, scenario.folder)
    except ScenarioError as exc:
        return (*exc.problems, *found) if exc.problems[0].line else tuple(found)
    return tuple(found)


def check_rules(scenario: LoadedScenario) -> LoadedScenario:
    """The scenario itself. Raises ScenarioError when its `hygiene` has faults."""
    problems = rule_problems(scenario)
    if problems:
        raise ScenarioError(problems)
    return scenario


def changes(profile: ProfilePart) -> Iterator[tuple[str, str, str]]:
    """What a profile changes: a rule's code, its name, and the change in words, in the order of the book."""
    for rule in rules_in_play(also=profile.also):
        told = []
        if rule.code in profile.off:
            told.append("off")
        if rule.code in profile.quotas:
            told.append(f"quota {profile.quotas[rule.code]}, not {rule.quota:g}")
        for name, value in profile.options.get(rule.code, {}).items():
            told.append(f"{name} {value}, not {getattr(rule.options, name)}")
        if rule.group not in GROUP_WEIGHTS:
            told.append("added")
        if told:
            yield rule.code, rule.name, "; ".join(told)


@cache
def _shipped(name: str) -> ProfilePart:
    return profile_in(SHIPPED / f"{name}.yaml")


def profile_in(file: Path) -> ProfilePart:
    """The profile in a file. Raises ScenarioError with every fault and its place."""
    return part_in(
        file, ProfilePart, called="a profile", faults_of=partial(_profile_problems, file), why_unknown=why_fixed
    )


def _profile_problems(file: Path, profile: ProfilePart, source: Source) -> list[Problem]:
    problems = [_placed(source)(fault) for fault in _faults_of(profile)]
    if file.parent != SHIPPED and profile.name in profile_names():
        hint = "give yours another name, so that nobody takes its scores for the other's"
        problems.append(source.problem(("name",), f"`{profile.name}` is a shipped profile", hint))
    return problems


def hygiene_problems(hygiene: HygienePart, source: Source, folder: Path) -> list[Problem]:
    """What is wrong with the `hygiene` part of a file that is no scenario, each fault at its place."""
    return [_placed(source)(fault) for fault in _faults(hygiene, folder)]


def _placed(source: Source) -> Callable[[Fault], Problem]:
    return lambda fault: source.problem(fault.spot, fault.message, fault.hint, at_key=fault.at_key)


def _alone(message: str, hint: str) -> ScenarioError:
    return ScenarioError((Problem("", 0, 0, message, hint),))


# --- faults -----------------------------------------------------------------------------------------------------------


def _faults(hygiene: HygienePart, folder: Path | None) -> Iterator[Fault]:
    profile = None
    try:
        profile = read_profile(hygiene.profile, folder)
    except ScenarioError as exc:
        first = exc.problems[0]
        message = f"the profile `{hygiene.profile}` cannot be used" if first.line else first.message
        yield Fault(("hygiene", "profile"), message, "its faults are listed with it" if first.line else first.hint)
    yield from _faults_of(hygiene, below=("hygiene",), profile=profile)
    for number, waiver in enumerate(hygiene.waivers):
        yield from _unknown(waiver.rule, ("hygiene", "waivers", number, "rule"))


def _faults_of(terms: RuleTermsPart, *, below: Spot = (), profile: ProfilePart | None = None) -> Iterator[Fault]:
    for name, codes in (("off", terms.off), ("also", terms.also)):
        for number, code in enumerate(codes):
            yield from _unknown(code, (*below, name, number))
    for number, code in enumerate(terms.also):
        if code[:2] in GROUP_WEIGHTS:
            hint = "`also` is for rules of installed packages: leave it out"
            yield Fault((*below, "also", number), f"`{code}` is of the book and counts anyway", hint)
    for code in terms.quotas:
        yield from _unknown(code, (*below, "quotas", code), at_key=True)
    for code, given in terms.options.items():
        spot = (*below, "options", code)
        unknown = tuple(_unknown(code, spot, at_key=True))
        before = profile.options.get(code, {}) if profile else {}
        yield from unknown or _option_faults(rule_named(code), given, before, spot)


def _unknown(code: str, spot: Spot, *, at_key: bool = False) -> Iterator[Fault]:
    try:
        rule_named(code)
    except UnknownRule as exc:
        yield Fault(spot, f"there is no rule `{code}`", exc.to_do, at_key)


def _option_faults(rule: Rule, given: Mapping[str, Any], before: Mapping[str, Any], spot: Spot) -> Iterator[Fault]:
    known = tuple(type(rule.options).model_fields)
    for name in [name for name in given if name not in known]:
        has = nearest(name, known) if known else f"{rule.code} has no options: take it out"
        yield Fault((*spot, name), f"{rule.code} has no option `{name}`", why_fixed((*spot, name)) or has, at_key=True)
    try:
        _with(rule, {**before, **{name: value for name, value in given.items() if name in known}})
    except ValidationError as exc:
        for detail in exc.errors(include_url=False):
            name = str(detail["loc"][0]) if detail["loc"] else ""
            message, hint = words_of_fault(detail, f"`{name}` of {rule.code}" if name else rule.code)
            yield Fault((*spot, name) if name else spot, message, hint or _bounds(rule, name))


def _bounds(rule: Rule, name: str) -> str:
    return f"`sprintdojo rules {rule.code}` names the bounds" if name else "change one of the two"


# --- terms in place ---------------------------------------------------------------------------------------------------


def _merged(profile: ProfilePart, hygiene: HygienePart) -> dict[str, dict[str, Any]]:
    codes: Sequence[str] = (*profile.options, *hygiene.options)
    return {code: {**profile.options.get(code, {}), **hygiene.options.get(code, {})} for code in codes}


def _with(rule: Rule, options: Mapping[str, Any]) -> Rule:
    if not options:
        return rule
    given = rule.options.model_dump() | dict(options)
    return replace(rule, options=type(rule.options).model_validate(given, strict=True))


def _waiver(*, rule: str, subject: str, reason: str) -> Waiver:
    return Waiver(rule=rule, subject=subject, waived=Waived(by=BY_SCENARIO, reason=reason), is_pattern=True)
