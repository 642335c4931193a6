"""Conditions on kinds of things: since when they are met, and what they are about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from simulator.model.facts import Fact, FactKind
from tests.plan.builders import a_fact, at, head, opened, review
from tests.scenario.conditions.builders import an_issue, changed, commented, matches, since


def a_file(path: str, lines: int = 10) -> dict[str, Any]:
    return {"path": path, "status": "modified", "additions": lines, "deletions": 0}


def found(facts: Sequence[Fact], **when: Any) -> list[tuple[datetime, dict[str, str]]]:
    return [(match.since, dict(match.about)) for match in matches(facts, **when)]


PULL = [
    an_issue("PAY-1", when=at(1, 9)),
    opened(3, when=at(1, 10), head="feature/PAY-1-x", title="Refunds", body=""),
    head(3, when=at(1, 10), files=[a_file("src/a.py", 50)]),
    head(3, when=at(1, 12), head_sha="b2", files=[a_file("src/a.py", 500), a_file("docs/b.md")]),
]
ABOUT = {"pull": "3", "branch": "feature/PAY-1-x", "person": "learner", "issue": "PAY-1"}


def test_a_pull_request_is_large_since_the_push_that_made_it_so() -> None:
    assert found(PULL, pull_request={"larger_than": 400}) == [(at(1, 12), ABOUT)]
    assert found(PULL, pull_request={"larger_than": 40}) == [(at(1, 10), ABOUT)]
    assert found(PULL, pull_request={"larger_than": 600}) == []
    shrunk = head(3, when=at(1, 14), head_sha="c3", files=[a_file("src/a.py", 5)])
    assert found([*PULL, shrunk], pull_request={"larger_than": 400}) == []


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"of": "learner"}, at(1, 10)),
        ({"of": "tom"}, None),
        ({"named": "mine"}, at(1, 10)),
        ({"named": "retry"}, None),
        ({"touches": "docs/*"}, at(1, 12)),
        ({"touches": ["web/*", "*.py"]}, at(1, 10)),
        ({"without_tests": True}, at(1, 10)),
        ({"without_tests": False}, None),
        ({"without_description": True}, at(1, 10)),
        ({"names_issue": True}, at(1, 10)),
        ({"names_issue": False}, None),
        ({"reviewed": False}, at(1, 10)),
        ({"approved": True}, None),
        ({"draft": True}, None),
        ({"state": "merged"}, None),
        ({"state": "any"}, at(1, 10)),
        ({"open_for": "1h"}, at(1, 11)),
        ({"unreviewed_for": "8h"}, at(2, 10)),
    ],
)
def test_each_thing_that_may_be_asked_of_a_pull_request(condition: dict[str, Any], expected: datetime | None) -> None:
    assert since(PULL, pull_request=condition) == expected


def test_what_only_time_is_missing_for_will_hold_later_and_no_more_when_something_changes() -> None:
    assert matches(PULL, now=at(1, 13), pull_request={"unreviewed_for": "8h"})[0].since == at(2, 10)
    looked = review("COMMENTED", 3, id="1", when=at(1, 15))
    assert matches([*PULL, looked], pull_request={"unreviewed_for": "8h"}) == []


def test_somebody_else_changes_the_same_file() -> None:
    toms = [
        opened(7, actor="tom", when=at(1, 11), head="feature/y", head_sha="t1"),
        head(7, actor="tom", when=at(1, 13), head_sha="t1", files=[a_file("src/a.py")]),
    ]
    merged = a_fact(FactKind.PULL_REQUEST_MERGED, "pull:7", actor="tom", when=at(1, 14))

    for story in ([*PULL, *toms], [*PULL, *toms, merged]):
        assert found(story, pull_request={"also_touched_by": "tom"}) == [(at(1, 13), ABOUT)]
    early = [opened(3, when=at(2, 10)), head(3, when=at(2, 10), files=[a_file("src/a.py")])]
    assert found([*toms, merged, *early], pull_request={"also_touched_by": "tom"}) == []


def test_an_issue_has_been_somewhere_for_some_time() -> None:
    story = [
        an_issue("PAY-1", when=at(1, 9), points=None, assignee=None),
        changed("PAY-1", "status", "In Progress", when=at(1, 11), category="indeterminate"),
    ]

    assert found(story, issue={"status": "In Progress", "for": "2h"}) == [(at(1, 13), {"issue": "PAY-1"})]
    assert since(story, issue={"id": "refunds", "unassigned": True, "points_missing": True}) == at(1, 9)
    assert since(story, issue={"status": ["To Do", "Done"]}) is None
    assert since(story, issue={"without_code": True}) == at(1, 9)
    assert since(story, issue={"id": "vague"}) is None


def test_a_flag_and_a_link_block_an_issue_until_they_are_gone() -> None:
    issues = [an_issue("PAY-1", when=at(1, 9)), an_issue("PAY-2", when=at(1, 9))]
    flag = changed("PAY-1", "Flagged", "Impediment", when=at(2, 9))
    unflagged = changed("PAY-1", "Flagged", "", when=at(2, 12))
    link = changed("PAY-2", "Link", "This issue is blocked by PAY-1", when=at(1, 10))
    done = changed("PAY-1", "status", "Done", when=at(3, 9), category="done")

    assert since([*issues, flag], issue={"flagged": True}) == at(2, 9)
    assert since([*issues, flag, unflagged], issue={"flagged": True}) is None
    assert since([*issues, link], issue={"id": "vague", "blocked": True}) == at(1, 10)
    assert since([*issues, link, done], issue={"id": "vague", "blocked": True}) is None
    assert since([*issues, flag, unflagged], issue={"id": "refunds", "flagged": False}) == at(1, 9)


def test_an_issue_may_have_to_be_in_a_sprint() -> None:
    sprint: dict[str, Any] = {"id": 1, "name": "One", "goal": "", "state": "active"}
    story = [
        an_issue("PAY-1", when=at(1, 9), sprints=[1], points=5),
        an_issue("PAY-2", when=at(1, 9), sprints=[], points=8),
        a_fact(FactKind.SPRINT_CREATED, "sprint:1", when=at(1, 9), **sprint),
        a_fact(FactKind.SPRINT_STARTED, "sprint:1", when=at(1, 9.5), **sprint),
    ]
    more = changed("PAY-2", "Sprint", "1", when=at(3, 9))

    assert found(story, issue={"in_sprint": True}) == [(at(1, 9.5), {"issue": "PAY-1"})]
    closed = a_fact(FactKind.SPRINT_CLOSED, "sprint:1", when=at(9, 16), **sprint)
    outside = [(at(1, 9), {"issue": "PAY-2"}), (at(9, 16), {"issue": "PAY-1"})]
    assert found([*story, closed], issue={"in_sprint": False}) == outside
    assert found(story, issue={"sprint": "one"}) == [(at(1, 9), {"issue": "PAY-1"})]
    assert since(story, sprint={"id": "one", "started": True}) == at(1, 9.5)
    assert since(story, sprint={"closed": True}) is None
    assert since(story, sprint={"points_over": 4}) == at(1, 9)
    assert since(story, sprint={"points_over": 5}) is None
    assert since([*story, more], sprint={"points_over": 5}) == at(3, 9)
    assert since([*story, more], sprint={"added_over": 5}) == at(3, 9)


def test_a_branch_grows_old_and_falls_behind() -> None:
    made = a_fact(FactKind.BRANCH_CREATED, "branch:feature/x", sha="a1", when=at(1, 9))
    landed = [
        a_fact(FactKind.LANDED, f"commit:{n}", actor="tom", sha=f"l{n}", message="m", pulls=[], when=at(1, 10 + n))
        for n in range(3)
    ]
    about = {"branch": "feature/x", "person": "learner"}

    assert found([made], branch={"older_than": "8h", "not_merged": True, "without_pull": True}) == [(at(2, 9), about)]
    assert found([made, *landed], branch={"behind": 2}) == [(at(1, 11), about)]
    assert found([made], branch={"names_issue": False, "named": "feature/*"}) == [(at(1, 9), about)]
    assert found([made], branch={"of": "tom"}) == []
    assert found([made, a_fact(FactKind.BRANCH_DELETED, "branch:feature/x", when=at(1, 12))], branch={}) == []


def test_commits_are_known_by_their_message_size_and_files() -> None:
    story = [
        a_fact(
            FactKind.COMMITTED,
            f"commit:c{n}",
            sha=f"c{n}",
            message=message,
            branch="feature/x",
            parents=1,
            files=[a_file(path, lines)],
            when=at(1, 10 + n),
        )
        for n, (message, path, lines) in enumerate([("feat: x", "src/a.py", 5), ("wip", "src/b.py", 300)])
    ]
    about = {"branch": "feature/x", "person": "learner"}

    assert found(story, commit={"message": "(?i)^wip"}) == [(at(1, 11), about)]
    assert found(story, commit={"touches": "src/a*"}) == [(at(1, 10), about)]
    assert found(story, commit={"larger_than": 100}) == [(at(1, 11), about)]
    assert found(story, commit={"of": "tom"}) == []


def test_a_check_fails_so_often_in_a_row() -> None:
    def check(conclusion: str, hour: float, sha: str = "a1") -> Fact:
        return a_fact(
            FactKind.CHECK_COMPLETED, f"commit:{sha}", sha=sha, name="tests", conclusion=conclusion, when=at(1, hour)
        )

    story = [*PULL, check("failure", 11), check("failure", 11.5)]
    about = {"pull": "3", "branch": "feature/PAY-1-x"}

    assert found(story, check={"failed": 2}) == [(at(1, 11.5), about)]
    assert found(story, check={"name": "te*", "failed": 3}) == []
    assert found([*story, check("success", 12)], check={"failed": 1}) == []
    assert found([*story, check("success", 12)], check={"passed": True, "pull": "mine"}) == [(at(1, 12), about)]
    landed = a_fact(FactKind.LANDED, "commit:m1", sha="m1", message="m", pulls=[3], when=at(1, 13))
    red = [landed, check("failure", 14, sha="m1")]
    assert found([*story, *red], check={"on": "default_branch"}) == [(at(1, 14), {"branch": "main"})]


def test_what_somebody_said_may_have_to_ask_and_to_be_about_something() -> None:
    story = [
        an_issue("PAY-2", when=at(1, 9)),
        commented("PAY-2", "Which amounts do you mean by that?", when=at(1, 10)),
        commented("PAY-2", "The scope is clear.", actor="anna", when=at(1, 11)),
    ]

    asked = [(at(1, 10), {"issue": "PAY-2", "person": "learner"})]
    assert found(story, comment={"issue": "vague", "asks": True}) == asked
    assert found(story, comment={"about": ["amount"]}) == asked
    assert found(story, comment={"by": "anna", "about": "scope"}) == [(at(1, 11), {"issue": "PAY-2", "person": "anna"})]
    assert found(story, comment={"pull": "mine"}) == []


def test_somebody_is_silent_since_they_were_last_seen() -> None:
    assert found([], silent={"who": "learner", "for": "1h"}) == [(at(1, 10), {"person": "learner"})]
    assert found(PULL, silent={"who": "learner", "for": "1h"}) == [(at(1, 13), {"person": "learner"})]
    assert {about["person"] for _, about in found(PULL, silent={"for": "8h"})} == {"learner"}
    nobody_is_there_yet = found([], silent={"for": "8h"})
    assert {about["person"] for _, about in nobody_is_there_yet} == {"learner", "second"}


def test_the_run_itself_is_asked_for_events_moments_prompts_and_times() -> None:
    story = [
        a_fact(
            FactKind.EVENT_HAPPENED,
            "event:retry-pull",
            actor="tom",
            event="retry-pull",
            occurrence="once",
            about={"pull": "3"},
            when=at(2, 9),
        ),
        a_fact(
            FactKind.MOMENT_SEEN,
            "moment:big",
            moment="big",
            seat="learner",
            outcome="badly",
            way="grew",
            evidence=[],
            when=at(2, 10),
        ),
        replace(
            a_fact(FactKind.PROMPT_POSTED, "prompt:daily:day-2:learner", actor="anna", when=at(2, 11)),
            detail={"prompt": "daily:day-2:learner", "kind": "question", "seat": "learner"},
        ),
    ]
    answer = a_fact(
        FactKind.PROMPT_ANSWERED,
        "prompt:daily:day-2:learner",
        prompt="daily:day-2:learner",
        seat="learner",
        answers={"choice": "b"},
        when=at(2, 12),
    )

    assert found(story, happened="retry-pull") == [(at(2, 9), {"pull": "3"})]
    assert found(story, moment={"id": "big", "outcome": "badly"}) == [(at(2, 10), {"person": "learner"})]
    assert found(story, moment={"id": "big", "outcome": "well"}) == []
    assert since(story, prompt={"id": "daily", "answered": False, "for": "1h"}) == at(2, 12)
    assert since(story, prompt={"id": "daily"}) is None
    assert since([*story, answer], prompt={"id": "daily", "choice": "b"}) == at(2, 12)
    assert since([*story, answer], prompt={"id": "daily", "choice": "a"}) is None
    assert since(story, happened="retry-pull", time={"after": "day 3 10:00"}) == at(3, 10)
    assert since(story, happened="retry-pull", time={"before": "day 2"}) is None
    assert since(story, happened="retry-pull", time={"before": "1h before sprint end"}) == at(2, 9)


def test_all_conditions_are_about_the_same_things() -> None:
    other = [
        an_issue("PAY-2", when=at(1, 9)),
        opened(4, actor="second", when=at(1, 11), head="feature/PAY-2-y", head_sha="y1"),
        head(4, actor="second", when=at(1, 11), head_sha="y1", files=[a_file("src/c.py", 900)]),
        changed("PAY-2", "status", "Done", when=at(1, 15), category="done"),
    ]

    both = found([*PULL, *other], pull_request={"larger_than": 400}, issue={"status": "Done"})

    assert both == [(at(1, 15), {"pull": "4", "branch": "feature/PAY-2-y", "person": "second", "issue": "PAY-2"})]
