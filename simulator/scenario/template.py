"""A new scenario to begin from: small, whole, playable at once; with the schema beside it, so that editors help offline."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

from simulator.errors import SetupError
from simulator.scenario.load import FILE_NAME
from simulator.scenario.schema import json_schema_text

_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*", re.ASCII)

_SCENARIO = """\
    # yaml-language-server: $schema=scenario.schema.json
    format: 1
    id: {name}
    title: {title}
    summary: Say in two sentences what happens here and what one learns from it.
    level: beginner
    teaches: [small pull requests]

    calendar:
      start: 2026-01-12
      days: [mon, tue, wed, thu, fri]
      hours: 09:00-17:00
      zone: Europe/Berlin
      pace: 10m

    project: {{key: SHOP, name: Shop, template: scrum}}

    repository:
      owner: acme
      name: shop
      description: The code that people work on
      folder: repo

    people:
      learner: {{kind: human, name: Robin Hale, login: robin, email: robin@acme.example}}
      mira:
        kind: teammate
        name: Mira Okafor
        login: mira
        email: mira@acme.example
        role: tech lead
        access: admin
        review: {{delay: 1h..3h, max_changed_lines: 300, tests_required: true}}

    backlog:
      - id: greeting
        type: Story
        summary: Greet people by their name
        points: 2
        reporter: mira
        description: As a visitor I want to be greeted by my name.
        criteria:
          - Given a name, the greeting holds it.
          - Without a name it stays as it is.

    sprints:
      - {{id: sprint-1, name: Sprint 1, goal: Visitors feel welcome., days: 5, issues: [greeting]}}

    events:
      - {{id: welcome, type: note, at: day 1 09:00, who: mira, text: "Good morning! {{issue:greeting}} is yours if you like."}}
      - {{id: reviews, type: review_pull_requests, who: mira}}

    personas:
      idle: {{seat: learner, band: [0, 0], summary: Does nothing.}}
    """
_CODE = """\
    \"\"\"Greets visitors.\"\"\"


    def greeting() -> str:
        \"\"\"What a visitor reads first.\"\"\"
        return "Hello!"
    """
_TEST = """\
    import unittest

    from greeting import greeting


    class GreetingTest(unittest.TestCase):
        def test_visitors_are_greeted(self) -> None:
            self.assertEqual(greeting(), "Hello!")
    """


def write_new(name: str, parent: Path) -> Path:
    """Write a small scenario into the folder `parent`/`name` and return its file. Raises SetupError, and overwrites nothing."""
    if not _NAME.fullmatch(name):
        raise SetupError(
            f"`{name}` cannot be a scenario's id", to_do="use lower-case letters, digits and single hyphens: my-sprint"
        )
    folder = parent / name
    if folder.exists():
        raise SetupError(f"`{folder}` exists already", to_do="choose another name, or another folder with --in")
    title = name.replace("-", " ").capitalize()
    files = {
        FILE_NAME: dedent(_SCENARIO).format(name=name, title=title),
        "scenario.schema.json": json_schema_text(),
        "repo/README.md": f"# {title}\n\n    python -m unittest\n",
        "repo/greeting.py": dedent(_CODE),
        "repo/test_greeting.py": dedent(_TEST),
    }
    try:
        (folder / "repo").mkdir(parents=True)
        for path, text in files.items():
            (folder / path).write_text(text, encoding="utf-8")
    except OSError as exc:
        raise SetupError(
            f"cannot write: {exc.strerror or exc}", where=str(folder), to_do="choose a folder with --in"
        ) from exc
    return folder / FILE_NAME
