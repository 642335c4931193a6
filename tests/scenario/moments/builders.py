"""A sprint to be told step by step for moments, and the scenes that come of it.

Days are those of `simulator/testing/story`: ten working days from Monday 5 January 2026, 9 to 17 o'clock UTC. Ada and Ben learn;
Anna is the product owner, Rita leads, Tom is a colleague.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from textwrap import dedent, indent
from typing import Any, Self

from pydantic import TypeAdapter

from simulator.model.facts import FactKind
from simulator.model.history import Seen
from simulator.plan.moments import scenes_of, signs_in
from simulator.scenario.load import load_scenario
from simulator.scenario.loaded import LoadedScenario
from simulator.scenario.moments.moment import Moment, Scene
from simulator.scenario.view import View, history_of
from simulator.testing.story import Story, a_roster, instant

_FOLDERS = TemporaryDirectory(prefix="sprintdojo-moments-")  # gone when the tests end
HUMANS, TEAMMATES = ("ada", "ben"), ("rita", "anna", "tom")
K = FactKind
BINDINGS: Mapping[str, str] = {
    **{f"issue:one-{number}": f"PAY-{number}" for number in range(1, 10)},
    "pull:toms": "7",
    "sprint:sprint-1": "1",
    "sprint:sprint-2": "2",
}

_SCENARIO = """\
    format: 1
    id: told
    title: Told
    summary: A scenario to be told.
    calendar: {start: 2026-01-05, hours: 09:00-17:00, zone: UTC, pace: 10m}
    project: {key: PAY, name: Payments}
    repository: {owner: acme, name: payments, folder: repo}
    people:
      ada: {kind: human, name: Ada, login: ada, email: ada@example.com}
      ben: {kind: human, name: Ben, login: ben, email: ben@example.com}
      rita: {kind: teammate, name: Rita, login: rita, email: rita@example.com, access: admin}
      anna: {kind: teammate, name: Anna, login: anna, email: anna@example.com, access: pull, role: product owner}
      tom: {kind: teammate, name: Tom, login: tom, email: tom@example.com}
    backlog:
      - {id: one-1, summary: Refund a captured payment, points: 5, criteria: [All of it., A part of it.]}
      - {id: one-2, summary: Better error messages, points: 3}
      - {id: one-3, type: Task, summary: Try a webhook again, points: 3, assignee: tom}
      - {id: one-4, summary: Filter the list, points: 5}
      - {id: one-5, summary: Export as a table, points: 8}
    sprints:
      - {id: sprint-1, name: Sprint 1, goal: Refunds, days: 10, issues: [one-1, one-2, one-3]}
      - {id: sprint-2, name: Sprint 2, goal: More, days: 10, issues: [one-4]}
    events:
"""


class Told(Story):
    """The story teller with everything that moments look at besides."""

    def __init__(self) -> None:
        super().__init__(a_roster(HUMANS, TEAMMATES))

    def _head(self, number: int, by: str) -> None:
        """A pull request's content: each file as its last commit left it."""
        tree = self._branches[self._pulls[number]]
        files = {file["path"]: file for sha in tree.commits for file in self._files[sha]}
        detail = {"head_sha": tree.tip, "commits": list(tree.commits), "files": list(files.values()), "mergeable": None}
        self._pull_fact(K.PULL_REQUEST_HEAD, number, by, **detail)

    def remark(
        self, pull: int, *, path: str, body: str, line: int = 1, by: str = "rita", to: str | None = None, **more: Any
    ) -> Self:
        """Comment on a line; with `to` it replies to the remark of that id. Its own id is `more["id"]` or a number."""
        detail = {"id": str(len(self.facts)), "path": path, "line": line, "body": body, "in_reply_to": to, **more}
        self._pull_fact(K.REVIEW_COMMENTED, pull, by, **detail)
        return self

    def note(self, text: str, *, by: str = "ada", channel: str = "chat") -> Self:
        """Say something in the feed."""
        self._fact(K.NOTE_POSTED, "run:1", by, channel=channel, text=text, day=1)
        return self

    def prompt(
        self,
        prompt: str,
        *,
        kind: str = "stand_up",
        seat: str = "ada",
        fields: Sequence[Mapping[str, Any]] = (),
        **more: Any,
    ) -> Self:
        """The run asks somebody something; `more` may hold `text` and `until`."""
        detail = {"prompt": prompt, "kind": kind, "seat": seat, "title": prompt, "text": "", **more}
        detail["fields"] = list(fields)
        made = self.fact(K.PROMPT_POSTED, f"prompt:{prompt}", by="rita")
        made.facts[-1] = replace(made.facts[-1], detail=detail)
        return self

    def answer(self, prompt: str, *, by: str = "ada", **answers: str) -> Self:
        """Somebody answers it."""
        self._fact(K.PROMPT_ANSWERED, f"prompt:{prompt}", by, prompt=prompt, seat=by, answers=answers)
        return self

    def happened(self, event: str, **about: str) -> Self:
        """An event of the story took place."""
        self._fact(K.EVENT_HAPPENED, f"event:{event}", "rita", event=event, occurrence="once", about=about)
        return self

    def saw(self, sign: Seen) -> Self:
        """A sign was written down, as of its own time."""
        detail: dict[str, Any] = {
            "moment": sign.moment,
            "seat": sign.seat,
            "outcome": sign.outcome,
            "way": sign.way,
            "evidence": list(sign.evidence),
        }
        self._fact(K.MOMENT_SEEN, f"moment:{sign.moment}", sign.seat, **detail)
        self.facts[-1] = replace(self.facts[-1], at=sign.at)
        return self

    def fact(self, kind: FactKind, subject: str, *, by: str = "ada", url: str = "", **detail: Any) -> Self:
        """Any fact."""
        self._fact(kind, subject, by, url=url, **detail)
        return self


def told() -> Told:
    """A sprint that has begun, with three issues on the board and two in the backlog."""
    story = Told()
    for number, (summary, points) in enumerate(
        [("Refund a captured payment", 5), ("Better error messages", 3)], start=1
    ):
        story.issue(f"PAY-{number}", by="anna", summary=summary, points=points, description="Make it better.")
    story.issue("PAY-3", by="anna", summary="Try a webhook again", points=3, assignee="tom")
    story.issue("PAY-4", by="anna", summary="Filter the list", points=5, sprints=[])
    story.issue("PAY-5", by="anna", summary="Export as a table", points=8, sprints=[])
    return story


@cache
def a_scenario(*moments: str) -> LoadedScenario:
    """A scenario with these moments, each written in YAML, loaded and so checked."""
    folder = Path(mkdtemp(dir=_FOLDERS.name))
    (folder / "repo").mkdir()
    (folder / "repo" / "README.md").write_text("# Payments\n", encoding="utf-8")
    written = [indent(dedent(moment).strip(), "        ")[8:] for moment in moments]
    events = "\n".join(f"      - {moment}" for moment in written) or "      []"
    (folder / "scenario.yaml").write_text(dedent(_SCENARIO + events + "\n"), encoding="utf-8")
    return load_scenario(folder)


def a_moment(kind: type[Moment], **fields: Any) -> Moment:
    """A moment of a kind with these fields, and what every one needs."""
    kind_name = kind.model_fields["type"].annotation.__args__[0]  # type: ignore[union-attr]
    whole = {"id": "it", "type": kind_name, "at": "day 1 09:00", "who": "rita", **fields}
    return TypeAdapter(kind).validate_python(whole)


def a_view(story: Story, now: str | datetime = "10 17:00", *, scenario: LoadedScenario | None = None) -> View:
    """The run as told, at an instant."""
    scenario = scenario or a_scenario()
    moment = instant(now) if isinstance(now, str) else now
    facts = tuple(fact for fact in story.facts if fact.at <= moment)
    return View(
        scenario=scenario,
        history=history_of(scenario, facts, now=moment),
        facts=facts,
        bindings=BINDINGS,
        seed=1,
    )


def a_scene(
    story: Story,
    *,
    opened: str = "1 09:00",
    closes: str = "10 17:00",
    now: str = "10 17:00",
    seat: str = "ada",
    **about: str,
) -> Scene:
    """A moment's scene in the run as told."""
    return Scene(
        view=a_view(story, now), seat=a_seat(seat), opened=instant(opened), closes=instant(closes), about=about
    )


def a_file(*lines: str) -> dict[str, Any]:
    """A changed file whose lines are all new."""
    patch = "\n".join([f"@@ -0,0 +1,{len(lines)} @@", *(f"+{line}" for line in lines)])
    return {"status": "added", "additions": len(lines), "deletions": 0, "patch": patch}


def a_seat(name: str) -> Any:
    """A person's seat."""
    return name


def seen(moment: Moment, scene: Scene) -> tuple[set[str], set[str]]:
    """The ways and the slips that are seen in a scene."""
    signs = tuple(signs_in(moment, scene))
    assert all(one.way in (moment.ways if one.outcome == "well" else moment.slips) for one in signs)
    return {s.way for s in signs if s.outcome == "well"}, {s.way for s in signs if s.outcome == "badly"}


def all_seen(moment: Moment, view: View) -> tuple[Seen, ...]:
    """Every sign of a moment over all its scenes."""
    return tuple(sign for scene in scenes_of(moment, view) for sign in signs_in(moment, scene))
