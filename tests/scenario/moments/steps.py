"""Steps of a told sprint that only some moments look at: checks, flags, links, other fields of issues."""

from __future__ import annotations

from simulator.model.facts import FactKind
from tests.scenario.moments.builders import Told


def tip(story: Told, branch: str) -> str:
    """The latest commit of a branch."""
    return story._branches[branch].tip


def landed(story: Told) -> str:
    """The latest commit of the default branch."""
    return next(str(fact.detail["sha"]) for fact in reversed(story.facts) if fact.kind is FactKind.LANDED)


def check(story: Told, sha: str, conclusion: str, *, name: str = "tests", by: str = "rita") -> Told:
    """A check run on a commit is completed."""
    url = f"https://github.test/acme/payments/runs/{len(story.facts)}"
    return story.fact(
        FactKind.CHECK_COMPLETED, f"commit:{sha}", by=by, url=url, sha=sha, name=name, conclusion=conclusion
    )


def change(story: Told, issue: str, field: str, to: str, *, by: str = "ada") -> Told:
    """A field of an issue is changed."""
    story._change(issue, field, to, by)
    return story


def take(story: Told, issue: str, *, by: str = "ada") -> Told:
    """Somebody takes an issue and puts it in progress."""
    return story.assign(issue, to=by, by=by).move(issue, to="In Progress", by=by)
