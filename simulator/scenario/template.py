"""A new scenario to begin from: small, whole, playable at once; with the schema beside it, so that editors help offline."""

from __future__ import annotations

import json
import re
from pathlib import Path
from textwrap import dedent

from simulator.errors import SetupError
from simulator.scenario.load import FILE_NAME
from simulator.scenario.schema import json_schema_text

_LONGEST_TITLE = 80
_KEY = re.compile(r"[A-Z][A-Z0-9]{1,9}", re.ASCII)
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

    project: {{key: {key}, name: {title}, template: scrum}}

    repository:
      owner: acme
      name: {name}
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
      - {{id: sprint-1, name: Sprint 1, goal: Visitors feel welcome., days: {days}, issues: [greeting]}}

    events:
      - {{id: welcome, type: note, at: day 1 09:00, who: mira, text: "Good morning! {{issue:greeting}} is yours if you like."}}
      - {{id: reviews, type: review_pull_requests, who: mira}}

    personas:
      model:
        seat: learner
        band: [70, 100]
        summary: Takes the issue, works on a branch that names it, with a test, and merges after the review.
        steps:
          - id: take
            at: day 1 09:30
            do:
              - {{do: assign, issue: greeting, to: learner}}
              - {{do: move, issue: greeting, to: In Progress}}
          - id: propose
            at: day 1 10:30
            do:
              - do: push
                branch: feature/{{issue:greeting}}-greet-by-name
                message: |-
                  feat: greet people by their name

                  Refs: {{issue:greeting}}
                patch: patches/model/greeting
              - do: open_pull_request
                pull: greeting
                branch: feature/{{issue:greeting}}-greet-by-name
                title: "feat: greet people by their name"
                body: |-
                  Resolves {{issue:greeting}}

                  A name is optional: without one the greeting is what it was. Run `python -m unittest` to check.
                reviewers: [mira]
              - {{do: move, issue: greeting, to: In Review}}
          - id: land
            when: {{approved: greeting}}
            after: 20m
            do:
              - {{do: merge, pull: greeting, title: "feat: greet people by their name (#{{pull:greeting}})"}}
              - {{do: move, issue: greeting, to: Done}}
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
_CODE_BY_NAME = """\
    \"\"\"Greets visitors.\"\"\"


    def greeting(name: str = "") -> str:
        \"\"\"What a visitor reads first.\"\"\"
        return f"Hello, {name}!" if name else "Hello!"
    """
_TEST_BY_NAME = """\
    import unittest

    from greeting import greeting


    class GreetingTest(unittest.TestCase):
        def test_visitors_are_greeted(self) -> None:
            self.assertEqual(greeting(), "Hello!")

        def test_who_says_their_name_is_greeted_by_it(self) -> None:
            self.assertEqual(greeting("Ada"), "Hello, Ada!")
    """
SHORTEST, LONGEST = 1, 60
"""Working days of a sprint."""


def write_new(name: str, parent: Path, *, title: str = "", key: str = "", days: int = 5) -> Path:
    """Write a small scenario into the folder `parent`/`name` and return its file.

    Without `title` and `key` (of the Jira project) they are made from the name. Raises SetupError, and overwrites nothing.
    """
    if not _NAME.fullmatch(name):
        raise SetupError(
            f"`{name}` cannot be a scenario's id", to_do="use lower-case letters, digits and single hyphens: my-sprint"
        )
    folder = parent / name
    if folder.exists():
        raise SetupError(f"`{folder}` exists already", to_do="choose another name, or another folder with --in")
    title, key = title.strip() or usual_title(name), key or usual_key(name)
    if not _KEY.fullmatch(key):
        raise SetupError(f"`{key}` cannot be a project's key", to_do="2 to 10 capital letters and digits: PAY")
    if not SHORTEST <= days <= LONGEST:
        raise SetupError(f"a sprint cannot have {days} days", to_do=f"choose {SHORTEST} to {LONGEST}")
    if len(title) > _LONGEST_TITLE or not title.isprintable():
        raise SetupError("that title is too long, or more than one line", to_do=f"at most {_LONGEST_TITLE} characters")
    written = json.dumps(title, ensure_ascii=False)  # a JSON string is one of YAML, whatever it holds
    files = {
        FILE_NAME: dedent(_SCENARIO).format(name=name, title=written, key=key, days=days),
        "scenario.schema.json": json_schema_text(),
        "repo/README.md": f"# {title}\n\n    python -m unittest\n",
        "repo/greeting.py": dedent(_CODE),
        "repo/test_greeting.py": dedent(_TEST),
        "patches/model/greeting/greeting.py": dedent(_CODE_BY_NAME),
        "patches/model/greeting/test_greeting.py": dedent(_TEST_BY_NAME),
    }
    try:
        for path, text in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
    except OSError as exc:
        raise SetupError(
            f"cannot write: {exc.strerror or exc}", where=str(folder), to_do="choose a folder with --in"
        ) from exc
    return folder / FILE_NAME


def usual_title(name: str) -> str:
    """A title made from a scenario's id."""
    return name.replace("-", " ").capitalize()


def usual_key(name: str) -> str:
    """A Jira project's key made from a scenario's id: its first letters, in capitals."""
    letters = re.sub(r"[^A-Z0-9]", "", name.upper()).lstrip("0123456789")
    return letters[:4] if len(letters) > 1 else "PRO"
