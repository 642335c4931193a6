"""How the sprint went: values, and the same as Markdown. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from simulator.model.amounts import amount
from simulator.model.history import History
from simulator.model.runs import Run
from simulator.ports import Bindings
from simulator.run.live import Story
from simulator.run.prompt_views import questions_view
from simulator.run.sprint_views import last_lists, sprints_view, velocity_view
from simulator.run.views import burndown_view, sprint_view


def report(run: Run, story: Story, history: History, card: Mapping[str, Any], *, bindings: Bindings) -> dict[str, Any]:
    """Goal, issues by what became of them, burndown, score and findings; `markdown` holds it to read."""
    told = {
        "run": run.id,
        "title": run.title,
        "state": str(run.state),
        "sprint": sprint_view(history, story, bindings),
        "sprints": sprints_view(history),
        "velocity": velocity_view(history),
        "lists": last_lists(history),
        "questions": questions_view(history),
        "burndown": burndown_view(history, story),
        "scorecard": dict(card),
    }
    return told | {"markdown": _markdown(told)}


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
    if len(told["sprints"]) > 1:
        parts += [*_sprints(told), ""]
    for name, issues in told["lists"].items():
        parts += [f"## {name.capitalize()}", "", *(_bullets(issues) or ["None."]), ""]
    if told["questions"]:
        parts += ["## Questions", "", *(_question(question) for question in told["questions"]), ""]
    waived = [finding for finding in card.get("findings", []) if finding.get("waived")]
    if waived:
        parts += ["## Waived", "", *map(_waived, waived), ""]
    breaches = [one for one in card.get("findings", []) if one["outcome"] == "breach" and not one.get("waived")]
    parts += ["## What cost points", "", *(_finding(finding) for finding in breaches)]
    return "\n".join(parts if breaches else [*parts, "Nothing."]) + "\n"


def _waived(finding: Mapping[str, Any]) -> str:
    waived = finding["waived"]
    return f"- **{finding['rule']}** {_plain(finding['message'])} Waived by {_plain(waived['by'])}: {_plain(waived['reason'])}"


def _question(question: Mapping[str, Any]) -> str:
    earned = f"{question['points']:g} of {question['most_points']:g}" if question["answered"] else "not answered"
    return f"- {_plain(question['title'])} ({_plain(question['who'])}): {earned}"


def _sprints(told: Mapping[str, Any]) -> Iterator[str]:
    yield "## The sprints"
    yield ""
    yield "| sprint | committed | completed | added | removed | carried over |"
    yield "|---|---|---|---|---|---|"
    for sprint in told["sprints"]:
        sums = (sprint[name] for name in ("committed", "completed", "added", "removed", "carried_over"))
        yield f"| {_plain(sprint['name'])} | {' | '.join(f'{value:g}' for value in sums)} |"
    if told["velocity"]:
        band = told["velocity"]
        yield ""
        yield f"Going by the sprints so far, {band['low']:g} to {band['high']:g} {band['unit']} are likely in the next one."
    for sprint in told["sprints"][:-1]:
        yield ""
        yield f"### {_plain(sprint['name'])}"
        yield ""
        yield f"Goal: {_plain(sprint['goal'])}"
        for name, issues in sprint["lists"].items():
            if issues:
                yield from ("", f"{name.capitalize()}:", "", *_bullets(issues))


def _bullets(issues: Iterable[Mapping[str, Any]]) -> list[str]:
    return [_bullet(issue) for issue in issues]


def _bullet(issue: Mapping[str, Any]) -> str:
    carried = ", carried over" if issue["carried"] else ""
    about = f"{issue['status']}, {_points(issue['points'])}{carried}"
    return f"- [{issue['key']}]({issue['url']}) {_plain(issue['summary'])} ({about})"


def _finding(finding: Mapping[str, Any]) -> str:
    lost = f"−{finding['points_lost']:.1f}"
    return f"- **{finding['rule']}** ({lost}) {_plain(finding['message'])} [evidence]({finding['url']}). {finding['how_to_fix']}"


def _points(points: float | None) -> str:
    return "not estimated" if points is None else amount(points, "point")


def _plain(text: str) -> str:
    return "".join(f"\\{letter}" if letter in "[]<>*_`|\\" else letter for letter in text)
