"""Begin a rule: `python -m simulator.hygiene.scaffold CODE=PR-07 NAME=draft-age` writes its source and its case table.

What it writes is a small true rule, green in all tests, that its author then edits. Refuses to overwrite anything.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from simulator.errors import SprintdojoError
from simulator.hygiene.registry import all_rules
from simulator.hygiene.score import GROUP_WEIGHTS

_CODE = re.compile(r"([A-Z]{2})-[0-9]{2}\Z", re.ASCII)
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)+\Z", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """What a rule of a group is about at first: kind, type, parameter, the text it looks at, and a story that makes one."""

    kind: str
    type: str
    module: str
    parameter: str
    text: str
    story: str


_PULL = _Shape(
    kind="READY_PULLS",
    type="PullRequest",
    module="simulator.model.history",
    parameter="pull",
    text="pull.title",
    story="""    - push: a
    - open: {{branch: a, title: "{text}"}}
""",
)
_SHAPES = {
    "BR": _Shape(
        kind="BRANCHES",
        type="Branch",
        module="simulator.model.history",
        parameter="branch",
        text="branch.name",
        story="""    - push: "{text}"
""",
    ),
    "CM": _Shape(
        kind="COMMITS",
        type="JudgedCommit",
        module="simulator.hygiene.subjects",
        parameter="commit",
        text="commit.header",
        story="""    - push: {{branch: a, commits: [{{message: "{text}", lines: 10}}]}}
    - open: a
""",
    ),
    "IS": _Shape(
        kind="SPRINT_ISSUES",
        type="Issue",
        module="simulator.model.history",
        parameter="issue",
        text="issue.state.summary",
        story="""    - issue: {{key: PAY-1, assignee: ada, summary: "{text}"}}
""",
    ),
}

_SOURCE = '''"""{code}: say in a few words what should be so."""

from __future__ import annotations

from pydantic import Field

from simulator.hygiene.rule import Options, rule
{imports}
from simulator.model.hygiene import Breach, Measures, Pass, Repair, Severity, Skip, Verdict


class {options}(Options):
    """What may be set."""

    max_length: int = Field(default=60, ge=10, le=200, description="longest text, in characters")


@rule(
    code="{code}",
    name="{name}",
    about={kind},
    severity=Severity.LOW,
    target=0.9,
    quota=0,
    options={options}(),
)
def {function}({parameter}: {type}, _: History, options: {options}) -> Verdict:
    """Say what should be so, in one line.

    What it checks
    --------------
    The text has at most 60 characters; one that is set in brackets is left out.

    Why it matters
    --------------
    Say what goes wrong for the others when it is not so.

    Example
    -------
    Good: `a short text`

    Bad: a text that goes on and on until nobody remembers how it began, nor what it was about

    How to fix
    ----------
    Say what to do now, and what it still earns.

    References
    ----------
    - https://example.com/the-source-of-the-limit
    """
    text = {text}
    if text.startswith("["):
        return Skip(reason="set in brackets")
    evidence: Measures = {{"characters": len(text), "limit": options.max_length}}
    if len(text) > options.max_length:
        return Breach(
            message=f"“{{text[:60]}}…” has {{len(text)}} characters, {{options.max_length}} is the limit.",
            how_to_fix="Shorten it.",
            repair=Repair.NONE,
            evidence=evidence,
        )
    return Pass(message=f"{{len(text)}} characters", evidence=evidence)
'''

_CASES = """\
# Each case tells a small sprint (tests/hygiene/story.py) and says what {code} answers.
- name: short
  story:
{short}  expect: {{outcome: pass, credit: 1}}

- name: too long
  story:
{long}  expect: {{outcome: breach, credit: 0, message: 60 is the limit}}

- name: in brackets
  story:
{bracketed}  expect: {{outcome: skip}}
"""


def scaffold(code: str, name: str, *, root: Path) -> tuple[Path, Path]:
    """Write the source and the case table of a new rule under the project's root, and return their paths.

    Raises SprintdojoError for a code or name that does not do or is taken.
    """
    _check(code, name)
    stem = f"{code}_{name}".lower().replace("-", "_")
    source = root / "simulator" / "hygiene" / "rules" / f"{stem}.py"
    cases = root / "tests" / "hygiene" / "cases" / f"{code}.yaml"
    for path in (source, cases):
        if path.exists():
            raise SprintdojoError("the file is there already", where=str(path), to_do="choose another code")
        path.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(_source(code, name), encoding="utf-8")
    cases.write_text(_case_table(code), encoding="utf-8")
    return source, cases


def _check(code: str, name: str) -> None:
    match = _CODE.match(code)
    if match is None or match[1] not in GROUP_WEIGHTS:
        raise SprintdojoError(
            f"{code!r} is no rule code", to_do=f"CODE=PR-07: {', '.join(GROUP_WEIGHTS)}, '-', two digits"
        )
    if not _NAME.match(name):
        raise SprintdojoError(
            f"{name!r} is no rule name", to_do="NAME=draft-age: two or more lower-case words, with hyphens"
        )
    for rule in all_rules():
        if rule.code == code or rule.name == name:
            raise SprintdojoError(f"there is a rule {rule.code} {rule.name}", to_do="choose another code and name")


def _source(code: str, name: str) -> str:
    shape = _SHAPES.get(code[:2], _PULL)
    words = name.split("-")
    ours = "History" if shape.module != "simulator.model.history" else ", ".join(sorted(["History", shape.type]))
    about = shape.kind if shape.module == "simulator.model.history" else f"{shape.kind}, {shape.type}"
    return _SOURCE.format(
        code=code,
        name=name,
        options="".join(word.title() for word in words) + "Options",
        function="_".join(words),
        kind=shape.kind,
        type=shape.type,
        parameter=shape.parameter,
        text=shape.text,
        imports=f"from simulator.hygiene.subjects import {about}\nfrom simulator.model.history import {ours}",
    )


def _case_table(code: str) -> str:
    story = _SHAPES.get(code[:2], _PULL).story
    return _CASES.format(
        code=code,
        short=story.format(text="a-short-text"),
        long=story.format(text="a-text-" + "that-goes-on-and-on-" * 3),
        bracketed=story.format(text="[left-out]"),
    )


def main(arguments: Sequence[str]) -> int:
    """Scaffold from `CODE=… NAME=…`; returns the exit status."""
    given = dict(argument.split("=", 1) for argument in arguments if "=" in argument)
    try:
        source, cases = scaffold(given.get("CODE", ""), given.get("NAME", ""), root=Path.cwd())
    except SprintdojoError as exc:
        sys.stderr.write(
            f"{exc.what}\n  {exc.where}\n  to do: {exc.to_do}\n" if exc.where else f"{exc.what}\n  to do: {exc.to_do}\n"
        )
        return 2
    sys.stdout.write(f"{source}\n{cases}\nEdit both, then: make docs && make test ARGS=tests/hygiene\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
