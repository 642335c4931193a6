"""A run as a persona: what somebody did is written as steps that the scenario language takes, and that do the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from simulator.model.facts import Fact, FactKind
from simulator.model.keys import SeatId
from simulator.plan.personas import persona_steps
from simulator.plan.recording.script import persona_of
from tests.plan.builders import BINDINGS, RETRY, REVIEWS, a_fact, a_scenario, at

CODE = {("c1", "src/refunds.py"): "def refund():\n    return 1\n"}
MEETINGS = (
    "- {id: daily, type: stand_up, who: mira}",
    "- {id: plan, type: planning, sprint: one, who: mira}",
    '- {id: asks, type: script, who: mira, at: day 2, do: [{do: ask, id: why, of: [learner], title: "Why?"}]}',
)
BRANCH = "feature/PAY-1-refunds"


def recorded(folder: Path, *facts: Fact, seat: str = "learner") -> list[dict[str, Any]]:
    """The steps of somebody who did this; they are what the language takes."""
    persona = persona_of(
        facts,
        seat=SeatId(seat),
        scenario=a_scenario(folder, REVIEWS, RETRY, *MEETINGS),
        bindings=BINDINGS,
        content=lambda sha, path: CODE.get((sha, path)),
    )
    text = yaml.safe_dump({"again": persona}, sort_keys=False)
    again = a_scenario(folder, REVIEWS, RETRY, *MEETINGS, personas=text)
    assert len(persona_steps(again, "again")) == len(persona["steps"])
    return list(persona["steps"])


def changed(key: str, field: str, to_text: str, **more: Any) -> Fact:
    return a_fact(FactKind.ISSUE_CHANGED, f"issue:{key}", key=key, field=field, to_text=to_text, **more)


def test_work_on_an_issue_becomes_steps_at_its_times(tmp_path: Path) -> None:
    files = [{"path": "src/refunds.py", "status": "added"}, {"path": "old.py", "status": "removed"}]
    steps = recorded(
        tmp_path,
        changed("PAY-1", "assignee", "Robin", to="robin", when=at(1, 10)),
        changed("PAY-1", "status", "In Progress", when=at(1, 10)),
        a_fact(
            FactKind.COMMITTED,
            "commit:c1",
            sha="c1",
            branch=BRANCH,
            message="feat: refund\n\nRefs: PAY-1",
            files=files,
            parents=1,
            when=at(2, 11.5),
        ),
        a_fact(
            FactKind.PULL_REQUEST_OPENED,
            "pull:9",
            head=BRANCH,
            title="feat: refund",
            body="Resolves PAY-1",
            when=at(2, 11.5),
        ),
        a_fact(FactKind.REVIEW_REQUESTED, "pull:9", reviewer="mira", when=at(2, 11.5)),
    )

    assert [(step["at"], [act["do"] for act in step["do"]]) for step in steps] == [
        ("day 1 10:00", ["assign", "move"]),
        ("day 2 11:30", ["push", "open_pull_request", "request_review"]),
    ]
    assert steps[0]["do"][0] == {"do": "assign", "issue": "refunds", "to": "learner"}
    push, pull, _ = steps[1]["do"]
    assert push["branch"] == "feature/{issue:refunds}-refunds"
    assert push["message"] == "feat: refund\n\nRefs: {issue:refunds}"
    assert (push["files"], push["delete"]) == ({"src/refunds.py": CODE["c1", "src/refunds.py"]}, ["old.py"])
    assert pull["body"] == "Resolves {issue:refunds}"


def test_a_merge_waits_for_the_approval_and_a_review_for_the_pull_request(tmp_path: Path) -> None:
    steps = recorded(
        tmp_path,
        a_fact(FactKind.PULL_REQUEST_OPENED, "pull:9", head=BRANCH, title="feat: refund", body="", when=at(1, 10)),
        a_fact(FactKind.PULL_REQUEST_MERGED, "pull:9", when=at(2, 10)),
        a_fact(FactKind.BRANCH_DELETED, f"branch:{BRANCH}", when=at(2, 10)),
        a_fact(
            FactKind.LANDED,
            "commit:d1",
            actor=None,
            sha="d1",
            message="feat: refund (#9)\n\nmore",
            pulls=[9],
            parents=1,
        ),
        a_fact(
            FactKind.REVIEW_SUBMITTED,
            "pull:7",
            id="5",
            state="CHANGES_REQUESTED",
            body="One thing in #7.",
            when=at(3, 9),
        ),
        a_fact(
            FactKind.REVIEW_COMMENTED,
            "pull:7",
            id="6",
            review_id="5",
            path="src/hooks.py",
            line=1,
            body="Why?",
            when=at(3, 9),
        ),
    )

    assert steps[1]["when"] == {"approved": "pull-9"}
    assert steps[1]["do"] == [
        {
            "do": "merge",
            "pull": "pull-9",
            "method": "squash",
            "if_possible": True,
            "delete_branch": True,
            "title": "feat: refund (#{pull:pull-9})",
        }
    ]
    assert steps[2]["when"] == {"opened": "retry"}
    assert steps[2]["do"][0]["verdict"] == "request_changes"
    assert steps[2]["do"][0]["text"] == "One thing in #{pull:retry}."
    assert steps[2]["do"][0]["remarks"] == [{"path": "src/hooks.py", "line": 1, "text": "Why?"}]


def test_what_others_did_and_what_nobody_named_is_left_out(tmp_path: Path) -> None:
    steps = recorded(
        tmp_path,
        changed("PAY-1", "status", "Done", actor="mira"),
        changed("PAY-99", "status", "Done"),
        changed("PAY-1", "Rank", "higher"),
        a_fact(FactKind.ISSUE_COMMENTED, "issue:PAY-2", key="PAY-2", body="  "),
        a_fact(FactKind.PULL_REQUEST_COMMENTED, "pull:40", body="Hello"),
    )

    assert steps == []


def test_what_was_answered_is_answered_again(tmp_path: Path) -> None:
    def answered(prompt: str, when: int, **answers: str) -> Fact:
        return a_fact(FactKind.PROMPT_ANSWERED, f"prompt:{prompt}", prompt=prompt, answers=answers, when=at(when))

    steps = recorded(
        tmp_path,
        answered("plan:learner", 1, issues="PAY-1, PAY-3", goal=""),
        answered("daily:day-2:learner", 2, done="PAY-1"),
        answered("why:learner", 3, answer="Since PAY-1 needs it."),
    )

    assert [act for step in steps for act in step["do"]] == [
        {"do": "answer", "meeting": "plan", "answers": {"issues": "{issue:refunds}, {issue:retry}"}},
        {"do": "speak", "meeting": "daily", "day": 2},
        {"do": "answer", "question": "why", "answers": {"answer": "Since {issue:refunds} needs it."}},
    ]


def test_a_reply_knows_the_remark_by_its_words_and_what_cannot_be_read_is_left_alone(tmp_path: Path) -> None:
    remark = {"id": "5", "path": "src/hooks.py", "body": "Why (twice)?\nPlease say."}
    reply = {"id": "6", "in_reply_to": "5", "path": "src/hooks.py", "body": "Shops ask twice."}
    files = [{"path": "logo.png", "status": "modified"}]
    steps = recorded(
        tmp_path,
        a_fact(FactKind.PULL_REQUEST_OPENED, "pull:9", head=BRANCH, title="feat: refund", body="", when=at(1, 10)),
        a_fact(FactKind.REVIEW_COMMENTED, "pull:9", actor="mira", when=at(1, 11), **remark),
        a_fact(FactKind.REVIEW_COMMENTED, "pull:9", when=at(1, 12), **reply),
        a_fact(FactKind.COMMITTED, "commit:c2", sha="c2", branch=BRANCH, message="art", files=files, when=at(1, 13)),
    )

    assert [act for step in steps[1:] for act in step["do"]] == [
        {
            "do": "reply",
            "pull": "pull-9",
            "path": "src/hooks.py",
            "says": r"Why\ \(twice\)\?",
            "by": "mira",
            "text": "Shops ask twice.",
        }
    ]


def test_what_was_said_in_the_chat_labels_and_settled_threads_are_kept(tmp_path: Path) -> None:
    remark = {"id": "5", "path": "src/hooks.py", "body": "Why?"}
    settled = {"remark": "5", "path": "src/hooks.py"}
    steps = recorded(
        tmp_path,
        a_fact(FactKind.NOTE_POSTED, "run:1", channel="chat", text="PAY-1 needs a day more.", when=at(1, 10)),
        a_fact(FactKind.NOTE_POSTED, "run:1", channel="stand-up", text="Did: PAY-1", when=at(1, 11)),
        a_fact(FactKind.PULL_REQUEST_LABELLED, "pull:7", label="bug", when=at(2, 11)),
        a_fact(FactKind.PULL_REQUEST_UNLABELLED, "pull:7", label="bug", when=at(2, 12)),
        a_fact(FactKind.REVIEW_COMMENTED, "pull:7", actor="mira", when=at(2, 13), **remark),
        a_fact(FactKind.THREAD_RESOLVED, "pull:7", when=at(2, 14), **settled),
        a_fact(FactKind.THREAD_REOPENED, "pull:7", when=at(2, 15), **settled),
    )

    thread = {"do": "resolve", "pull": "retry", "path": "src/hooks.py", "says": r"Why\?", "by": "mira"}
    assert [act for step in steps for act in step["do"]] == [
        {"do": "note", "text": "{issue:refunds} needs a day more."},
        {"do": "label", "pull": "retry", "add": ["bug"]},
        {"do": "label", "pull": "retry", "remove": ["bug"]},
        thread,
        thread | {"resolved": False},
    ]
