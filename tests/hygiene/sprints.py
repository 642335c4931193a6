"""Sprints that somebody might have had: one with a few slips, and random ones, each step possible where it is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from simulator.model.people import Roster
from simulator.testing.story import Story, a_clean_sprint, a_roster

HUMANS, TEAMMATES = ("ada", "ben"), ("rita", "tom")
_PEOPLE = (*HUMANS, *TEAMMATES)
_STATUSES = ("To Do", "In Progress", "In Review", "Done")
_MESSAGES = (
    "feat: refund a part of an order\n\nShops asked for it since spring.\n\nRefs: PAY-1",
    "fix(api): round half up (PAY-2)",
    "wip",
    "Fixed the thing that broke.",
    "feat!: drop the old door\n\nBREAKING CHANGE: gone",
    "PAY-3 #done #comment well",
    'Revert "feat: refund a part of an order"',
)
_BODIES = ("", "LGTM", "Why: shops asked. What: PAY-1. Tested by hand.", "- [ ] tests\n- [x] docs", "Why not half up?")
_RARELY = (False, False, False, False, True)
_PATHS = ("payments/api.py", "tests/test_api.py", "package-lock.json", "docs/refunds.md", ".env")


def a_mixed_sprint(*, roster: Roster | None = None) -> Story:
    """Clean work by Ada with a few slips of every kind in between."""
    story = a_clean_sprint(roster=roster)
    story.at("5 10:00").push("Quick_Fix", commits=[{"message": "wip", "lines": 700}]).open("Quick_Fix", title="stuff")
    story.merge(7).at("5 12:00").push_main("oops")
    story.at("6 10:00").push("feature/PAY-4-more", commits=[{"message": "Fixed it", "lines": 30}])
    story.open("feature/PAY-4-more", title="fix: round half up in refunds")
    return story


@st.composite
def sprints(draw: st.DrawFn, *, most: int = 40) -> Story:
    """A story of up to `most` steps over ten working days, with two learners and two teammates."""
    world = _World(draw)
    world.issue()
    for _ in range(draw(st.integers(3, most))):
        world.step()
    return world.story


class _World:
    """What there is, and so what the next step may be about."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw
        self.story = Story(a_roster(HUMANS, TEAMMATES))
        self._issues: list[str] = []
        self._branches: list[str] = []
        self._open: dict[int, str] = {}
        self._merged: list[int] = []
        self._reviews: list[tuple[int, str]] = []
        self._remarks: list[tuple[int, str]] = []

    def step(self) -> None:
        """Time passes, and somebody does one of the things that can be done."""
        self.story.now += timedelta(minutes=self._one((1, 7, 45, 200, 500, 1500)))
        can: list[Callable[[], None]] = [self.issue, self._track, self._track, self._push, self._direct]
        if self._branches:
            can += [self._open_pull, self._open_pull]
        if self._open:
            can += [self._talk, self._talk, self._change_pull, self._merge]
        if self._reviews:
            can.append(self._dismiss)
        if self._remarks:
            can.append(self._settle)
        self._one(can)()

    def issue(self) -> None:
        """One more issue."""
        key = f"PAY-{len(self._issues) + 1}"
        self._issues.append(key)
        self.story.issue(
            key,
            by=self._one(_PEOPLE),
            type=self._one(("Story", "Bug", "Task", "Sub-task")),
            assignee=self._one((None, *_PEOPLE)),
            points=self._one((None, 1, 3, 8, 13)),
            sprints=self._one(([1], [])),
            description=self._one(_BODIES),
        )

    def _track(self) -> None:
        key, by, story = self._one(self._issues), self._one(_PEOPLE), self.story
        self._one(
            (
                lambda: story.move(key, to=self._one(_STATUSES), by=by),
                lambda: story.assign(key, to=self._one((None, *_PEOPLE)), by=by),
                lambda: story.estimate(key, points=self._one((None, 2, 5)), by=by),
                lambda: story.plan(key, sprints=self._one(("1", "")), by=by),
                lambda: story.flag(key, up=self._one((True, False)), by=by),
                lambda: story.comment_on(key, body=self._one(_BODIES), by=by),
            )
        )()

    def _push(self) -> None:
        known = (*self._branches, f"feature/{self._one(self._issues)}-{len(self._branches)}", "stuff")
        branch, by = self._one(known), self._one(_PEOPLE)
        files = {self._one(_PATHS): self._one((1, 40, 700)) for _ in range(self._one((0, 1, 2)))}
        self.story.push(
            branch, commits=[{"message": self._one(_MESSAGES), "files": files}], by=by, force=self._one(_RARELY)
        )
        if branch not in self._branches:
            self._branches.append(branch)

    def _direct(self) -> None:
        self.story.push_main(f"{self._one(_MESSAGES)}, {len(self.story.facts)}", by=self._one(_PEOPLE))

    def _open_pull(self) -> None:
        branch, by = self._one(self._branches), self._one(_PEOPLE)
        if branch in self._open.values():
            return
        self.story.open(branch, title=self._one(_MESSAGES).splitlines()[0], body=self._one(_BODIES), by=by)
        self._open[len(self._open) + len(self._merged) + 1] = branch

    def _talk(self) -> None:
        pull, by, story, name = self._one([*self._open]), self._one(_PEOPLE), self.story, f"r{len(self.story.facts)}"
        match self._one(("ask", "review", "thread", "comment")):
            case "ask":
                story.ask(pull, reviewer=self._one(_PEOPLE), by=by)
            case "review":
                state = self._one(("APPROVED", "CHANGES_REQUESTED", "COMMENTED"))
                story.review(pull, state=state, by=by, body=self._one(_BODIES), name=name)
                self._reviews.append((pull, name))
            case "thread":
                story.thread(pull, name=name, body=self._one(_BODIES), by=by)
                self._remarks.append((pull, name))
            case _:
                story.comment(pull, body=self._one(_BODIES), by=by)

    def _change_pull(self) -> None:
        pull, by, story = self._one([*self._open]), self._one(_PEOPLE), self.story
        match self._one(("title", "body", "draft", "ready")):
            case "title":
                story.retitle(pull, title=self._one(_MESSAGES).splitlines()[0], by=by)
            case "body":
                story.describe_pull(pull, body=self._one(_BODIES), by=by)
            case "draft":
                story.draft(pull, by=by)
            case _:
                story.ready(pull, by=by)

    def _merge(self) -> None:
        pull, by = self._one([*self._open]), self._one(_PEOPLE)
        self.story.merge(pull, by=by, method=self._one(("squash", "merge")))
        self._merged.append(pull)
        branch = self._open.pop(pull)
        self._branches.remove(branch)
        if self._one((True, False)):
            self.story.delete(branch, by=by)

    def _dismiss(self) -> None:
        pull, name = self._one(self._reviews)
        self.story.dismiss(pull, name=name, by=self._one(_PEOPLE))

    def _settle(self) -> None:
        pull, name = self._one(self._remarks)
        if self._one((True, False)):
            self.story.reply(pull, to=name, by=self._one(_PEOPLE))
        self.story.settle(pull, remark=name, by=self._one(_PEOPLE))

    def _one(self, of: Sequence[Any]) -> Any:  # Any: one of whatever is given
        return self._draw(st.sampled_from(of))
