"""Builders for tests of plans: a small scenario, and facts with defaults."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from textwrap import dedent
from typing import Any

from simulator.model.facts import Fact, FactKind
from simulator.model.keys import SeatId
from simulator.scenario.load import load_scenario
from simulator.scenario.loaded import LoadedScenario

MONDAY = datetime(2026, 1, 12, 9, 0, tzinfo=UTC)
BINDINGS: Mapping[str, str] = {
    "issue:refunds": "PAY-1",
    "issue:vague": "PAY-2",
    "issue:retry": "PAY-3",
    "pull:retry": "7",
    "sprint:one": "1",
}

_SCENARIO = """\
    format: 1
    id: small
    title: Small
    summary: A small scenario.
    calendar: {{start: 2026-01-12, hours: 09:00-17:00, zone: UTC, pace: 10m}}
    project: {{key: PAY, name: Payments}}
    repository: {{owner: acme, name: payments, folder: repo, labels: {{bug: d73a4a}}}}
    people:
      learner: {{kind: human, name: Robin, login: robin, email: robin@acme.example}}
      second: {{kind: human, name: Sam, login: sam, email: sam@acme.example}}
      anna: {{kind: teammate, role: product owner, name: Anna, login: anna, email: anna@acme.example, access: pull}}
      mira:
        kind: teammate
        name: Mira
        login: mira
        email: mira@acme.example
        access: admin
        review:
          delay: 2h..4h
          watches: [{{pattern: 'print\\(', path: 'src/*.py', remark: "A left-over print, I think."}}]
      tom:
        kind: teammate
        name: Tom
        login: tom
        email: tom@acme.example
        review: {{delay: 1h}}
    backlog:
      - {{id: refunds, summary: Refund a payment, points: 3, criteria: [All of it., A part of it.]}}
      - {{id: vague, summary: Make it better}}
      - {{id: retry, type: Task, summary: Try again, assignee: tom}}
    sprints:
      - {{id: one, name: One, goal: Be kind., days: {days}, issues: [refunds, vague, retry]}}
    events:
    {events}
    personas:
      idle: {{seat: learner, band: [0, 0], summary: Does nothing.}}
    {personas}
    """
REVIEWS = "- {id: reviews, type: review_pull_requests, who: mira}"
RETRY = """\
- id: retry-pull
  type: pull_request
  who: tom
  issue: retry
  started: day 1 09:05
  at: day 2 10:00
  pull: retry
  branch: feature/{issue:retry}-again
  commits: [{message: "feat: try again", files: {src/hooks.py: "x = 1\\n"}}]
  title: "feat: try again"
  body: Resolves {issue:retry}
  reviewers: [learner]
  when_changes_requested:
    within: 1h..3h
    commits: [{message: "fix: as asked", files: {src/hooks.py: "x = 2\\n"}}]
    text: Done.
  stand_in: {at: day 4 14:00, who: mira}
  merge_within: 30m..1h
"""
ANSWERS = """\
- id: anna-explains
  type: answer_questions
  who: anna
  issue: vague
  within: 1h
  topics: [{about: [which, scope], text: These three.}]
  otherwise: What would you like to know?
  unclear: Ask me.
  when_started: Ask me first.
"""


def a_scenario(folder: Path, *events: str, days: int = 10, personas: str = "") -> LoadedScenario:
    """A small scenario with these events, loaded from a file in the folder."""
    (folder / "repo").mkdir(exist_ok=True)
    (folder / "repo" / "README.md").write_text("# Payments\n", encoding="utf-8")
    written = dedent(_SCENARIO).format(
        days=days,
        events="\n".join(_indented(event) for event in events) or "  []",
        personas=_indented(personas),
    )
    (folder / "scenario.yaml").write_text(written, encoding="utf-8")
    return load_scenario(folder)


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines())


def at(day: int, hour: float = 9.0) -> datetime:
    """An instant of the n-th working day, in UTC as the small scenario's office clock."""
    weeks, weekday = divmod(day - 1, 5)
    return MONDAY + timedelta(days=7 * weeks + weekday, hours=hour - 9.0)


def a_fact(
    kind: FactKind, subject: str, *, actor: str | None = "learner", when: datetime | None = None, **detail: Any
) -> Fact:
    """A fact; its source id is made of all it says, unless `source_id` is given."""
    when = when or at(1, 10)
    source_id = str(detail.pop("source_id", f"{kind}:{subject}:{when.isoformat()}:{sorted(detail)}"))
    seat = None if actor is None else SeatId(actor)
    return Fact(
        source_id=source_id, kind=kind, subject=subject, actor=seat, url="", recorded_at=when, at=when, detail=detail
    )


def opened(number: int = 3, *, head_sha: str = "a1", draft: bool = False, **more: Any) -> Fact:
    """A pull request was opened."""
    more.setdefault("head", "feature/x")
    return a_fact(FactKind.PULL_REQUEST_OPENED, f"pull:{number}", head_sha=head_sha, draft=draft, **more)


def head(number: int = 3, *, head_sha: str = "a1", files: Sequence[Mapping[str, Any]] = (), **more: Any) -> Fact:
    """A pull request has this tip, with these files."""
    return a_fact(FactKind.PULL_REQUEST_HEAD, f"pull:{number}", head_sha=head_sha, files=list(files), **more)


def review(state: str, number: int = 3, *, head_sha: str = "a1", **more: Any) -> Fact:
    """A review was submitted."""
    more.setdefault("actor", "mira")
    return a_fact(FactKind.REVIEW_SUBMITTED, f"pull:{number}", state=state, commit_sha=head_sha, body="…", **more)


def a_file(
    path: str = "src/refunds.py",
    lines: Sequence[str] = ("def refund():", "    return 1"),
    *,
    additions: int | None = None,
    status: str = "added",
) -> dict[str, Any]:
    """A changed file whose lines are all new."""
    patch = "\n".join([f"@@ -0,0 +1,{len(lines)} @@", *(f"+{line}" for line in lines)])
    return {
        "path": path,
        "status": status,
        "additions": len(lines) if additions is None else additions,
        "deletions": 0,
        "patch": patch,
    }
