"""What a new rule begins with: a small true rule and its cases, by the group of its code. Text only."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What a rule of a group is about at first: kind, type, parameter, the text it looks at, and a story that makes one."""

    kind: str
    type: str
    module: str
    parameter: str
    text: str
    story: str


PULL = Shape(
    kind="READY_PULLS",
    type="PullRequest",
    module="simulator.model.history",
    parameter="pull",
    text="pull.title",
    story="""    - push: a
    - open: {{branch: a, title: "{text}"}}
""",
)
SHAPES = {
    "BR": Shape(
        kind="BRANCHES",
        type="Branch",
        module="simulator.model.history",
        parameter="branch",
        text="branch.name",
        story="""    - push: "{text}"
""",
    ),
    "CM": Shape(
        kind="COMMITS",
        type="JudgedCommit",
        module="simulator.hygiene.subjects",
        parameter="commit",
        text="commit.header",
        story="""    - push: {{branch: a, commits: [{{message: "{text}", lines: 10}}]}}
    - open: a
""",
    ),
    "IS": Shape(
        kind="SPRINT_ISSUES",
        type="Issue",
        module="simulator.model.history",
        parameter="issue",
        text="issue.state.summary",
        story="""    - issue: {{key: PAY-1, assignee: ada, summary: "{text}"}}
""",
    ),
}

SOURCE = '''"""{code}: say in a few words what should be so."""

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

CASES = """\
# Each case tells a small sprint (simulator/testing/story) and says what {code} answers.
- name: a few words
  story:
{short}  expect: {{outcome: pass, credit: 1}}

- name: 60 characters just do
  story:
{fits}  expect: {{outcome: pass, credit: 1}}

- name: 61 are too many
  story:
{long}  expect: {{outcome: breach, credit: 0, message: 60 is the limit, fix_says: Shorten}}

- name: words without an end
  story:
{endless}  expect: {{outcome: breach, credit: 0, open: true}}

- name: set in brackets
  story:
{bracketed}  expect: {{outcome: skip}}

- name: nothing was done
  story: []
  expect: none
"""
