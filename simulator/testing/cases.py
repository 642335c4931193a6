"""Case files: what a rule answers to small sprints, written down in YAML, and each case told and checked.

A file is a list of cases in the reader's words. The verbs of a `story` are the methods of `simulator.testing.story.Story`.
Refuses a file with keys that it does not know, so that no misspelled expectation is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import isclose
from pathlib import Path
from typing import Any, Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from simulator.errors import SprintdojoError
from simulator.hygiene.card import Frame, make_card
from simulator.hygiene.case_facts import CaseFacts
from simulator.hygiene.judging import Judge
from simulator.hygiene.registry import rule_packages
from simulator.hygiene.rule import Rule
from simulator.model.history import History
from simulator.model.hygiene import Finding, Outcome, Repair, Scorecard, Severity
from simulator.model.keys import SeatId
from simulator.model.people import Roster
from simulator.testing.story import Story, a_roster, instant

LEARNER = SeatId("ada")
"""Whose card a case is about; who does what a story does not say."""
LEAST_CASES = 6
_CREDIT_TOLERANCE = 0.0006
Steps = Sequence[Mapping[str, Any]]  # Any: the arguments of a verb


class Expected(BaseModel):
    """What a finding must be. `message` and `fix_says` are parts of its texts; what is left out is not looked at."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    outcome: Outcome | Literal["none"]
    credit: float | None = Field(default=None, ge=0, le=1)
    open: bool | None = None
    repairable: Repair | None = None
    message: str = ""
    fix_says: str = ""
    subject: str | None = None
    """Which finding is meant, in `fixed_elsewhere` only; else the first."""


class Case(BaseModel):
    """One case: a story and what the rule answers; or also what it answers after its advice was followed (`fix`)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(min_length=3, max_length=120)
    story: Steps = ()
    facts: CaseFacts | None = None
    """In place of a story: facts as `sprintdojo disputes export` writes them."""
    expect: Expected | Literal["none"]
    """`none`: the rule finds nothing to judge."""
    subject: str | None = None
    """Which finding is meant, where there are several: `pull:1`."""
    now: str = "10 17:00"
    """When the card is made: `3 12:00` is noon of the third working day."""
    teammates: tuple[str, ...] = ("rita", "tom")
    roles: Mapping[str, str] = Field(default_factory=dict)
    without: tuple[str, ...] = ()
    """Kinds of facts that the services do not tell."""
    fix: Steps = ()
    """Steps as the advice says; `{sha}` is the commit that the finding is about."""
    fixed: Expected | None = None
    fixed_elsewhere: Expected | None = None
    """What the rule then says of what came in the subject's place."""

    @model_validator(mode="after")
    def _told_once(self) -> Self:
        if self.facts is not None and (self.story or self.fix):
            raise ValueError("a case has a `story` or `facts`, and `fix` goes with a story")
        if self.facts is None and "story" not in self.model_fields_set:
            raise ValueError("a case needs a `story`, or `facts`")
        return self

    @property
    def outcome(self) -> str:
        """What is expected, `skip` for nothing to judge."""
        return "skip" if self.expect == "none" else str(self.expect.outcome)


@dataclass(frozen=True, slots=True)
class RuleCase:
    """A case and the rule that it is about. Printed as a test's name: `PR-04: 120 lines`."""

    rule: Rule
    case: Case

    def __str__(self) -> str:
        return f"{self.rule.code}: {self.case.name}"

    def finding(self) -> Finding | None:
        """What the rule answers to the story or the facts, before any fix; None when there is nothing to judge."""
        if self.case.facts is not None:
            return self._the_one(_card(self._with_options(), self.case.facts.history()))
        return self._the_one(_card(self.rule, self._told().history(instant(self.case.now))))

    def check(self) -> None:
        """Tell the story and hold the rule's answer against the case, before and after its fix. Raises AssertionError."""
        if self.case.facts is not None:
            _hold(self.finding(), self.case.expect)
            return
        story, now = self._told(), instant(self.case.now)
        before = _card(self.rule, story.history(now))
        finding = self._the_one(before)
        _hold(finding, self.case.expect)
        if self.case.fixed and finding is not None:
            story.tell(_filled(self.case.fix, finding))
            after = _card(self.rule, story.history(max(now, story.now)))
            self._hold_mended(finding, {found.subject: found for found in after.findings})
            assert _earned(after) >= _earned(before), "following the advice lowers the rule's score"

    def _hold_mended(self, broken: Finding, after: Mapping[str, Finding]) -> None:
        assert self.case.fixed is not None
        _hold(after.get(broken.subject), "none" if self.case.fixed.outcome == "none" else self.case.fixed)
        if elsewhere := self.case.fixed_elsewhere:
            _hold(after[elsewhere.subject] if elsewhere.subject else next(iter(after.values())), elsewhere)

    def _with_options(self) -> Rule:
        given = self.case.facts.options if self.case.facts else {}
        options = self.rule.options.model_dump() | dict(given)
        return replace(self.rule, options=type(self.rule.options).model_validate(options))

    def _told(self) -> Story:
        roster, roles = a_roster(teammates=self.case.teammates), self.case.roles
        people = {seat: replace(person, role=roles.get(seat, person.role)) for seat, person in roster.people.items()}
        story = Story(Roster(people)).tell(self.case.story)
        story.facts = [fact for fact in story.facts if fact.kind not in self.case.without]
        return story

    def _the_one(self, card: Scorecard) -> Finding | None:
        found = {finding.subject: finding for finding in card.findings}
        if self.case.subject:
            return found.get(self.case.subject)
        assert len(found) <= 1, f"several things are judged; `subject` must say which: {', '.join(sorted(found))}"
        return next(iter(found.values()), None)


def cases_of(rule: Rule, path: Path) -> list[RuleCase]:
    """The cases of a rule's file, to be given to pytest. Raises SprintdojoError for a file that is no list of cases."""
    try:
        cases = TypeAdapter(list[Case]).validate_python(yaml.safe_load(path.read_text(encoding="utf-8")))
    except OSError as exc:
        raise SprintdojoError("the case file cannot be read", where=str(path), to_do="write it") from exc
    except yaml.YAMLError as exc:
        raise SprintdojoError(f"this is no YAML: {exc}", where=str(path), to_do="mend the file") from exc
    except ValidationError as exc:
        said = "; ".join(f"{'.'.join(map(str, error['loc']))}: {error['msg']}" for error in exc.errors()[:5])
        raise SprintdojoError(f"a case is not as it should be: {said}", where=str(path), to_do="mend it") from exc
    return [RuleCase(rule, case) for case in cases]


def check_cases(rule: Rule, path: Path) -> None:
    """Check a whole file: that it has what a case file needs, and each case. Raises AssertionError that names all that fail."""
    cases = cases_of(rule, path)
    failed = [*lacks(cases), *(told for case in cases if (told := _failure(case)))]
    assert not failed, "\n".join([f"{path.name}:", *failed])


def installed_rules(package: str) -> tuple[Rule, ...]:
    """The rules that an installed package brings, by the name of its entry point. Raises SprintdojoError with its fault."""
    found = next((each for each in rule_packages() if each.name == package), None)
    if found is None:
        raise SprintdojoError(
            f"no package with the entry point {package!r} is installed", to_do="install it: pip install -e ."
        )
    if found.fault:
        raise SprintdojoError(found.fault, where=str(found), to_do=found.to_do)
    return found.rules


def lacks(cases: Sequence[RuleCase]) -> Iterator[str]:
    """What a rule's cases lack: a pass, a breach and a skip, six of them at least, names of their own, a fix that is tried."""
    outcomes = {case.case.outcome for case in cases}
    needed = ["pass", "breach", "skip"]
    if cases and cases[0].rule.severity is Severity.INFO:  # it may have nothing to hold against anybody
        needed.remove("breach")
    yield from (f"no case expects a {outcome}" for outcome in needed if outcome not in outcomes)
    if len(cases) < LEAST_CASES:
        yield f"{len(cases)} cases; write at least {LEAST_CASES}"
    names = [case.case.name for case in cases]
    yield from (f"two cases are called {name!r}" for name in sorted({name for name in names if names.count(name) > 1}))
    expected = [case.case.expect for case in cases if isinstance(case.case.expect, Expected)]
    repairable = any(one.repairable in {Repair.SAFE, Repair.PARTIAL} for one in expected)
    if repairable and not any(case.case.fix and case.case.fixed for case in cases):
        yield "a breach can be repaired, and no case does so: give one `fix` and `fixed`"


def _failure(case: RuleCase) -> str:
    try:
        case.check()
    except AssertionError as exc:
        return f"{case}: {exc}"
    return ""


def _card(rule: Rule, history: History) -> Scorecard:
    judged = Judge([rule]).judge(history)
    return make_card(history, judged, rules=[rule], frame=Frame(seat=LEARNER, elapsed=1.0))[0]


def _earned(card: Scorecard) -> float:
    return next((rule.score for rule in card.rules), 0.0)


def _filled(steps: Steps, broken: Finding) -> Steps:
    text = yaml.safe_dump(list(steps)).replace("{sha}", broken.subject.partition(":")[2])
    filled: Steps = yaml.safe_load(text)
    return filled


def _hold(finding: Finding | None, expected: Expected | Literal["none"]) -> None:
    if isinstance(expected, str):
        assert finding is None, f"nothing was to be judged, but {finding and finding.message}"
        return
    assert finding is not None, "nothing was judged"
    assert finding.outcome == expected.outcome, f"{expected.outcome} was expected: {finding.outcome}, {finding.message}"
    if expected.credit is not None:
        near = finding.credit is not None and isclose(finding.credit, expected.credit, abs_tol=_CREDIT_TOLERANCE)
        assert near, f"credit {expected.credit} was expected: {finding.credit}"
    if expected.open is not None:
        assert finding.open is expected.open, f"open: {finding.open}"
    if expected.repairable is not None:
        assert finding.repairable == expected.repairable, f"repairable: {finding.repairable}"
    assert expected.message in finding.message, f"{expected.message!r} is not in {finding.message!r}"
    assert expected.fix_says in finding.how_to_fix, f"{expected.fix_says!r} is not in {finding.how_to_fix!r}"
    assert finding.how_to_fix or finding.outcome != "breach", "a breach says what to do"
    assert finding.url.startswith("https://") or not finding.open, "an open breach has an address"
