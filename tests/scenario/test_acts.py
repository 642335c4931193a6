"""What acts become: actions of who does them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from simulator.model import actions as do
from simulator.model.agile import IssueChanges
from simulator.model.keys import SeatId
from simulator.scenario.acts.act import Act, Place
from simulator.scenario.acts.vocabulary import AnyAct

NOON = datetime(2026, 1, 12, 12, tzinfo=UTC)
MIRA = SeatId("mira")
READER: TypeAdapter[Act] = TypeAdapter(AnyAct)


def an_action(act: str, **keys: Any) -> do.Action:
    """The one action that an act becomes, at a place where it is always noon."""
    (action,) = READER.validate_python({"do": act, **keys}).actions(MIRA, Place(Path(), "main", lambda _: NOON))
    assert action.actor == MIRA
    return action


@pytest.mark.parametrize(
    ("act", "keys", "expected"),
    [
        ("flag", {"issue": "a"}, {"changes": IssueChanges(flagged=True)}),
        ("edit_issue", {"issue": "a", "due": "2026-02-01"}, {"changes": IssueChanges(due="2026-02-01")}),
        ("rank", {"issue": "a", "after": "b"}, {"before": None, "after": "b"}),
        ("unlink", {"issue": "a", "link": "blocks", "other": "b"}, {"link": "blocks", "other": "b"}),
        ("watch", {"issue": "a", "watching": False}, {"watching": False}),
        ("log_work", {"issue": "a", "spent": "90m"}, {"spent_s": 5400, "text": ""}),
        ("edit_sprint", {"sprint": "one", "goal": "Less"}, {"goal": "Less", "name": None}),
        ("close_sprint", {"sprint": "one"}, {"carry_to": None}),
        ("branch", {"branch": "x"}, {"branch": "x", "base": "main"}),
        ("rewrite", {"branch": "x", "keep": 2}, {"commits": (), "base": "main", "after": 2}),
        ("push", {"branch": "x", "message": "m", "delete": ["a"], "merges": "main"}, {"merges": "main"}),
        ("release", {"tag": "v1"}, {"tag": "v1", "name": "v1", "notes": "", "branch": "main"}),
        ("draft", {"pull": "p"}, {"draft": True}),
        ("ready", {"pull": "it"}, {"pull": "it", "draft": False}),
        ("reply", {"pull": "p", "by": "tom", "text": "t"}, {"by": "tom", "path": "", "says": "", "remark": 0}),
        ("resolve", {"pull": "p", "path": "*.py"}, {"path": "*.py", "resolved": True}),
        ("dismiss_review", {"pull": "p", "of": "tom", "text": "t"}, {"of": "tom", "message": "t"}),
        ("label", {"pull": "p", "add": ["bug"]}, {"add": ("bug",), "remove": ()}),
        ("away", {"until": "day 3", "delegate": "tom"}, {"away": True, "until": NOON, "delegate": "tom"}),
        ("back", {}, {"away": False, "until": None}),
        ("pace", {"day": "5m"}, {"pace_s": 300.0}),
    ],
)
def test_an_act_becomes_its_action(act: str, keys: dict[str, Any], expected: dict[str, Any]) -> None:
    action = an_action(act, **keys)

    assert {name: getattr(action, name) for name in expected} == expected


def test_a_push_that_rewrites_replaces_the_whole_branch() -> None:
    action = an_action("push", branch="x", message="m", files={"a": "b"}, rewrite=True)

    assert isinstance(action, do.RewriteBranch)
    assert [commit.message for commit in action.commits] == ["m"]


@pytest.mark.parametrize(
    ("act", "keys", "words"),
    [
        ("rank", {"issue": "a"}, "`before` or `after`"),
        ("rank", {"issue": "a", "before": "b", "after": "c"}, "`before` or `after`"),
        ("label", {"pull": "p"}, "`add` or `remove`"),
        ("edit_sprint", {"sprint": "one"}, "`goal` or `name`"),
        ("review", {"pull": "p", "verdict": "comment", "text": "t", "remarks": [{"path": "a", "text": "t"}]}, "`find`"),
        ("resolve", {"pull": "p", "says": "("}, "regular expression"),
    ],
)
def test_an_act_that_says_too_little_is_refused_with_what_to_give(act: str, keys: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError) as refused:
        READER.validate_python({"do": act, **keys})

    assert any(
        words in str(getattr(problem["ctx"]["error"], "hint", "")) + problem["msg"]
        for problem in refused.value.errors()
    )
