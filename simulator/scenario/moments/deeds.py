"""What somebody did within a scene, looked up in the history: what moments have in common.

Refuses to judge. Everything given lies between a scene's opening and its end, unless it is said otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from simulator.model.history import Change, Issue, PullRequest, Said
from simulator.model.keys import IssueKey
from simulator.scenario.moments.moment import Scene


def from_the_start(scene: Scene) -> Scene:
    """The same scene as if it had opened with the run: what was done before it opened need not be done again."""
    return replace(scene, opened=min(scene.opened, scene.view.scenario.starts_at))


def said_by(scene: Scene) -> Iterator[Said]:
    """What the scene's person said, anywhere, oldest first."""
    return (said for said in scene.view.history.said if said.seat == scene.seat and scene.holds(said.at))


def said_about(scene: Scene, issue: Issue) -> Iterator[Said]:
    """What the person said on an issue, on its pull requests, or elsewhere with its key in it."""
    numbers = {pull.number for pull in scene.view.history.pulls_of.get(issue.key, ())}
    for said in said_by(scene):
        if said.issue == issue.key or said.pull in numbers or issue.key in scene.view.history.keys_in(said.text):
            yield said


def changes_by(scene: Scene, issue: Issue, field: str) -> Iterator[Change]:
    """The person's changes of a field of an issue, the field's name in lower case."""
    return (c for c in issue.changes if c.field == field and c.actor == scene.seat and scene.holds(c.at))


def pulls_by(scene: Scene) -> Iterator[PullRequest]:
    """The pull requests that the person opened within the scene, oldest first."""
    pulls = (pull for pull in scene.view.history.pulls.values() if pull.author == scene.seat)
    return (pull for pull in pulls if scene.holds(pull.opened_at))


def the_pull(scene: Scene) -> PullRequest | None:
    """The pull request that the scene is about, None when it is about none."""
    number = scene.about.get("pull", "")
    return scene.view.history.pulls.get(int(number)) if number.isdecimal() else None


def first_code(scene: Scene, issue: IssueKey) -> datetime | None:
    """When the person's first code for an issue was made, since ever; None when there is none."""
    return first_codes(scene).get(issue)


def first_codes(scene: Scene) -> dict[IssueKey, datetime]:
    """Issue → when the person's first code for it was made, since ever: a branch, a commit or a pull request that names it."""
    found: dict[IssueKey, datetime] = {}
    for at, words in _code(scene):
        for key in scene.view.history.keys_in(words) if at <= scene.end else ():
            found[key] = min(at, found.get(key, at))
    return found


def _code(scene: Scene) -> Iterator[tuple[datetime, str]]:
    """The person's pieces of code with the words that may name an issue."""
    history = scene.view.history
    for branch in history.branches.values():
        if scene.seat in branch.authors() and branch.lines > 0:
            yield min((commit.at for commit in branch.commits), default=branch.created_at), branch.name
    for commit in history.commits.values():
        if commit.author == scene.seat and commit.lines > 0:
            named = history.keys_in(commit.branch)  # then its message may speak of others in passing
            yield commit.at, commit.branch if named else commit.message
    for pull in history.pulls.values():
        if pull.author == scene.seat:
            yield pull.opened_at, f"{pull.head} {pull.title}"
