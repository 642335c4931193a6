"""What a simulated build says of heads, and when."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from simulator.model.actions import ReportCheck, TendPull
from simulator.model.facts import Fact, FactKind
from simulator.plan.checks import builds
from simulator.plan.react import react
from simulator.plan.situation import Situation
from simulator.scenario.timed import TimedAction
from tests.plan.builders import BINDINGS, RETRY, a_fact, a_scenario, at

CI = """\
- id: ci
  type: checks
  who: mira
  within: 3m..8m
  fails:
    - {added: 'print\\(', path: 'src/*.py', log: "src/x.py: print found"}
    - {changed: 'src/*', without: 'tests/*', log: "no tests\\nwere changed"}
  breaks:
    - {together: [{path: 'src/a.py', pattern: old}, {path: 'src/b.py', absent: true}], log: "b is gone"}
"""
FLAKY = "- {id: ci, type: checks, who: mira, flaky: {share: 0.5, log: 'E timeout in test_slow'}}"


def opened(number: int = 5) -> Fact:
    return a_fact(FactKind.PULL_REQUEST_OPENED, f"pull:{number}", when=at(2, 9), head="feature/x", base="main")


def head(sha: str = "a" * 40, *, number: int = 5, when: Any = None, **patches: str) -> Fact:
    files = [
        {"path": path.replace("__", "/").replace("_py", ".py"), "status": "modified", "additions": 1, "deletions": 0}
        | {"patch": f"@@ -0,0 +1 @@\n+{line}"}
        for path, line in patches.items()
    ]
    return a_fact(
        FactKind.PULL_REQUEST_HEAD, f"pull:{number}", when=when or at(2, 9), head_sha=sha, files=files, source_id=sha
    )


def merged(sha: str = "b" * 40) -> Fact:
    return a_fact(FactKind.PULL_REQUEST_MERGED, "pull:5", when=at(3, 9), merge_sha=sha)


def completed(sha: str, conclusion: str = "failure", **changes: Any) -> Fact:
    detail = {"sha": sha, "name": "tests", "conclusion": conclusion, "attempt": 1, "source_id": f"{sha}:{conclusion}"}
    return a_fact(FactKind.CHECK_COMPLETED, f"commit:{sha}", when=at(2, 10), **{**detail, **changes})


def set_off(folder: Path, *facts: Fact, ci: str = CI, seed: int = 1) -> list[TimedAction]:
    """What the last of these facts sets off."""
    scenario = a_scenario(folder, ci)
    situation = Situation(scenario=scenario, facts=facts, bindings=BINDINGS, seed=seed, until=facts[-1])
    return list(builds(facts[-1], situation))


def ended(timed: list[TimedAction]) -> ReportCheck:
    action = timed[-1].action
    assert isinstance(action, ReportCheck)
    return action


def test_a_build_begins_with_the_head_and_ends_some_minutes_later(tmp_path: Path) -> None:
    begins, ends = set_off(tmp_path, opened(), head(tests__x_py="assert x"))

    assert (begins.at, begins.action.conclusion) == (at(2, 9), "")  # type: ignore[attr-defined]
    assert 180 <= (ends.at - begins.at).total_seconds() <= 480
    report = ended([ends])
    assert (report.conclusion, report.sha, report.branch, report.log) == (
        "success",
        "a" * 40,
        "feature/x",
        "All tests passed.",
    )
    assert [rule.log for rule in report.breaks] == ["b is gone"]


@pytest.mark.parametrize(
    ("patches", "log"),
    [
        ({"src__x_py": "print(1)", "tests__x_py": "assert x"}, "src/x.py: print found"),
        ({"src__x_py": "x = 1"}, "no tests\nwere changed"),
        ({"docs__x_py": "print(1)"}, ""),
    ],
)
def test_it_fails_by_what_the_pull_request_itself_changes(tmp_path: Path, patches: dict[str, Any], log: str) -> None:
    report = ended(set_off(tmp_path, opened(), head(**patches)))

    assert report.conclusion == ("failure" if log else "success")
    assert report.log == (log or "All tests passed.")
    assert "\n" not in report.summary


def test_on_the_default_branch_the_files_decide(tmp_path: Path) -> None:
    report = ended(set_off(tmp_path, opened(), head(src__x_py="print(1)"), merged()))

    assert (report.branch, report.sha, report.conclusion) == ("main", "b" * 40, "success")
    assert [rule.log for rule in report.breaks] == ["b is gone", "src/x.py: print found"]


def test_a_flake_strikes_some_heads_by_the_seed_and_none_that_is_run_once_more(tmp_path: Path) -> None:
    first = [ended(set_off(tmp_path, opened(), head(), ci=FLAKY, seed=seed)).conclusion for seed in range(12)]
    asked = a_fact(FactKind.CHECK_REQUESTED, "commit:a", when=at(2, 11), sha="a" * 40)
    again = [
        ended(set_off(tmp_path, opened(), head(), completed("a" * 40), asked, ci=FLAKY, seed=seed))
        for seed in range(12)
    ]

    assert set(first) == {"success", "failure"}
    assert {(report.conclusion, report.attempt) for report in again} == {("success", 2)}


def test_a_comment_asks_for_it_once_more_when_it_has_ended(tmp_path: Path) -> None:
    comment = a_fact(FactKind.PULL_REQUEST_COMMENTED, "pull:5", when=at(2, 12), body="Hm.\n/rerun please")

    assert set_off(tmp_path, opened(), head(), comment) == []
    assert ended(set_off(tmp_path, opened(), head(), completed("a" * 40), comment)).attempt == 2


def test_the_author_of_what_was_approved_sees_to_it_when_its_check_has_ended(tmp_path: Path) -> None:
    scenario = a_scenario(tmp_path, RETRY, "- {id: ci, type: checks, who: mira}")
    facts = (
        a_fact(FactKind.PULL_REQUEST_OPENED, "pull:7", actor="tom", when=at(2, 9), head="x", base="main"),
        head(number=7),
        a_fact(FactKind.REVIEW_SUBMITTED, "pull:7", when=at(2, 10), id=1, state="APPROVED", body="", commit_sha="a"),
    )
    green = completed("a" * 40, "success", source_id="green")

    def tends(*known: Fact) -> list[bool]:
        timed = react(known[-1], scenario=scenario, facts=known, bindings=BINDINGS, seed=1)
        return [isinstance(each.action, TendPull) and each.action.merges for each in timed]

    assert tends(*facts, green) == [True, False]
    assert tends(*facts, completed("a" * 40, "failure")) == [True, False]
    assert tends(*facts[:2], green) == []
