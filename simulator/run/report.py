"""How the sprint went: values, and the same as Markdown. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from simulator.model.agile import StatusCategory
from simulator.model.history import History, Issue
from simulator.model.runs import Run
from simulator.run.live import Story
from simulator.run.views import burndown_view, sprint_view


def report(run: Run, story: Story, history: History, card: Mapping[str, Any]) -> dict[str, Any]:
    """Goal, issues by what became of them, burndown, score and findings; `markdown` holds it to read."""
    lists = _lists(history)
    told = {
        "run": run.id,
        "title": run.title,
        "state": str(run.state),
        "sprint": sprint_view(history, story),
        "lists": {name: [_line(issue) for issue in issues] for name, issues in lists.items()},
        "burndown": burndown_view(history, story),
        "scorecard": dict(card),
    }
    return told | {"markdown": _markdown(told)}


def _lists(history: History) -> dict[str, list[Issue]]:
    sprint = history.sprint
    if sprint is None:
        return {"completed": [], "not completed": [], "added after the start": [], "removed": []}
    planned = [
        history.issues[key] for key in sorted(sprint.committed | sprint.added, key=_number) if key in history.issues
    ]
    kept = [issue for issue in planned if issue.key not in sprint.removed]
    done = [issue for issue in kept if issue.state.category is StatusCategory.DONE]
    return {
        "completed": done,
        "not completed": [issue for issue in kept if issue not in done],
        "added after the start": [issue for issue in kept if issue.key in sprint.added],
        "removed": [issue for issue in planned if issue.key in sprint.removed],
    }


def _number(key: str) -> tuple[str, int]:
    project, _, number = key.rpartition("-")
    return project, int(number)


def _line(issue: Issue) -> dict[str, Any]:
    state = issue.state
    return {
        "key": issue.key,
        "url": issue.url,
        "summary": state.summary,
        "status": state.status,
        "points": state.points,
    }


def _markdown(told: Mapping[str, Any]) -> str:
    sprint, card = told["sprint"], told["scorecard"]
    parts = [f"# {_plain(told['title'])}: {_plain(sprint['name']) if sprint else 'no sprint yet'}", ""]
    if sprint:
        parts += [f"Goal: {_plain(sprint['goal'])}", ""]
    if card:
        letter = f", letter {card['letter']}" if card.get("letter") else ""
        parts += [
            f"**Score {card['score']:.1f}**{letter} ({card['confidence']} confidence, coverage {card['coverage']:.0%}).",
            "",
        ]
        parts += [
            "| group | score |",
            "|---|---|",
            *(f"| {code} | {value:.0f} |" for code, value in card["groups"].items()),
            "",
        ]
    for name, issues in told["lists"].items():
        parts += [f"## {name.capitalize()}", "", *(_bullets(issues) or ["None."]), ""]
    breaches = [finding for finding in card.get("findings", []) if finding["outcome"] == "breach"]
    parts += ["## What cost points", "", *(_finding(finding) for finding in breaches)]
    return "\n".join(parts if breaches else [*parts, "Nothing."]) + "\n"


def _bullets(issues: Iterable[Mapping[str, Any]]) -> list[str]:
    return [
        f"- [{i['key']}]({i['url']}) {_plain(i['summary'])} ({i['status']}, {_points(i['points'])})" for i in issues
    ]


def _finding(finding: Mapping[str, Any]) -> str:
    lost = f"−{finding['points_lost']:.1f}"
    return f"- **{finding['rule']}** ({lost}) {_plain(finding['message'])} [evidence]({finding['url']}). {finding['how_to_fix']}"


def _points(points: float | None) -> str:
    return "not estimated" if points is None else f"{points:g} points"


def _plain(text: str) -> str:
    return "".join(f"\\{letter}" if letter in "[]<>*_`|\\" else letter for letter in text)
