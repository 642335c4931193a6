"""Which heads a pull request had and when, as far as a service still tells it.

The activity list tells each push to a branch of the repository. Of a branch elsewhere, and where the list does not reach back so
far, only the timeline is left: commits with their dates and forced pushes. Commits that stand together in it came together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from simulator.adapters.github_reader import Json
from simulator.adapters.observe_pushes import Push
from simulator.adapters.pull_files import is_from_a_fork, login_of
from simulator.adapters.seen import instant

_NOTHING = "0" * 40


@dataclass(frozen=True, slots=True)
class Passing:
    """A head: its tip, since when it was the head, and who brought it (None where nobody says)."""

    sha: str
    at: datetime
    by: str | None


def heads_of(pull: Json, timeline: Sequence[Json], pushes: Sequence[Push], *, reach: datetime | None) -> list[Passing]:
    """The heads of a pull request, the first one first; the last is the one it has now.

    `pushes` are the movements of all branches, oldest first, complete since `reach` (None: nothing is told of pushes).
    """
    opened = instant(pull["created_at"])
    if reach is not None and reach <= opened and not is_from_a_fork(pull):
        found = list(_by_pushes(pull, pushes, opened))
    else:
        found = list(_by_timeline(pull, timeline, opened))
    heads = [head for number, head in enumerate(found) if not number or head.sha != found[number - 1].sha]
    if not heads or heads[-1].sha != pull["head"]["sha"]:
        heads.append(Passing(pull["head"]["sha"], heads[-1].at if heads else opened, login_of(pull.get("user"))))
    return heads


def _by_pushes(pull: Json, pushes: Sequence[Push], opened: datetime) -> Iterator[Passing]:
    ended = instant(pull["closed_at"]) if pull.get("closed_at") else None
    own = [push for push in pushes if push.branch == pull["head"]["ref"] and push.after != _NOTHING]
    before = [push for push in own if push.at <= opened]
    later = [push for push in own if push.at > opened and (ended is None or push.at < ended)]
    first = pull["head"]["sha"]
    if later:
        first = later[0].before if later[0].before != _NOTHING else before[-1].after if before else later[0].after
    yield Passing(first, opened, login_of(pull.get("user")))
    for push in later:
        yield Passing(push.after, push.at, push.login)


def _by_timeline(pull: Json, timeline: Sequence[Json], opened: datetime) -> Iterator[Passing]:
    author = login_of(pull.get("user"))
    told: Passing | None = None
    for event in timeline:
        kind = event.get("event")
        if kind == "committed":
            made = max(instant(event["committer"]["date"]), opened)
            is_in_the_opening = told is not None and told.at == opened != made
            if is_in_the_opening and told is not None:
                yield told
            told = Passing(event["sha"], made if told is None else max(made, told.at), author)
            continue
        if told is not None:
            yield told
            told = None
        if kind == "head_ref_force_pushed" and event.get("commit_id"):
            yield Passing(event["commit_id"], instant(event["created_at"]), login_of(event.get("actor")))
    if told is not None:
        yield told
