"""A small sprint to be told step by step: each step makes the facts that the collector would make of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Self

from simulator.model.people import Roster
from simulator.testing.story.pulls import OnPullRequests
from simulator.testing.story.telling import CALENDAR, FIRST_DAY, a_roster, history_of, instant, sha_of
from simulator.testing.story.tracker import OnTheTracker

__all__ = ["CALENDAR", "FIRST_DAY", "Story", "a_clean_sprint", "a_roster", "history_of", "instant", "sha_of"]


class Story(OnTheTracker, OnPullRequests):
    """Tell steps, take the facts or the history."""

    def tell(self, steps: Iterable[Mapping[str, Any]]) -> Self:
        """Steps as the case files write them: `at`, `by` (else who does such a thing), and one verb with its arguments."""
        for step in steps:
            words = dict(step)
            self.at(words.pop("at", None))
            who = {"by": words.pop("by")} if "by" in words else {}
            ((verb, arguments),) = words.items()
            named = arguments if isinstance(arguments, Mapping) else {_FIRST[verb]: arguments}
            getattr(self, verb)(**who, **named)
        return self


_FIRST = (
    {
        "push": "branch",
        "restore": "branch",
        "delete": "branch",
        "open": "branch",
        "check": "branch",
        "push_main": "message",
        "start_sprint": "number",
        "close_sprint": "number",
        "aim": "goal",
        "answer_planning": "issues",
        "board": "columns",
        "protect": "reviews",
        "issue": "key",
    }
    | dict.fromkeys(("flag", "comment_on", "drop", "resolve"), "issue")
    | dict.fromkeys(("ready", "draft", "close", "reopen", "ask", "withdraw", "review", "comment", "merge"), "pull")
)


_WHY = "Shops asked for it: a parcel is seldom returned whole."


def a_clean_sprint(*, issues: int = 4, by: str = "ada", roster: Roster | None = None) -> Story:
    """Everything as it should be: `issues` issues done and two reviews given, one each day."""
    story = Story(roster)
    criteria = "Acceptance criteria\n- Given a paid order when it is refunded then the ledger shows it"
    for number in range(1, issues + 1):
        summary = f"Shops refund an order in {number} parts"
        wanted = f"As a shop, I want to refund a part of an order.\n\n{criteria}"
        story.issue(f"PAY-{number}", assignee=by, summary=summary, description=wanted)
    for number in range(1, issues + 1):
        key, branch = f"PAY-{number}", f"feature/PAY-{number}-step"
        story.at(f"{number} 09:30").move(key, to="In Progress", by=by)
        story.at(f"{number} 10:00").push(
            branch,
            commits=[
                {
                    "message": f"feat: add one more step\n\n{_WHY}\n\nRefs: {key}",
                    "files": {"payments/api.py": 40, "tests/test_api.py": 20},
                }
            ],
            by=by,
        )
        body = f"Why: {_WHY} What: adds a step for {key}. Tested with the amounts of the ticket."
        story.at(f"{number} 11:00").open(branch, title=f"feat: add one more step ({key})", body=body, by=by)
        story.at(f"{number} 11:01").ask(number, by=by).move(key, to="In Review", by=by)
        story.at(f"{number} 13:00").review(number, by="rita")
        story.at(f"{number} 14:00").merge(number, by=by, message=_WHY).delete(branch, by=by).move(key, to="Done", by=by)
    for day in (6, 7):
        number = issues + day - 5
        story.at(f"{day} 09:00").push(f"feature/PAY-9-{day}", by="tom").open(f"feature/PAY-9-{day}", by="tom")
        story.ask(number, reviewer=by, by="tom")
        story.at(f"{day} 10:00").review(number, by=by)
    return story
