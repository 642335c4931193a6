"""Commits whose messages will stand in the history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from simulator.hygiene.subjects.judged_commits import (
    JudgedCommit,
    WrittenCommit,
    alone,
    alone_whatever_it_weighs,
    alone_with_body,
    written_alone,
)
from simulator.hygiene.subjects.kind import BY_LINES, OF_ITS_AUTHORS, Kind, Opportunity, Place, Source
from simulator.hygiene.subjects.pulls import of_pull
from simulator.model.history import UNPLANNED, Commit, History, PullRequest, SmartCommand
from simulator.model.keys import SeatId

S = TypeVar("S")


def _that_stay(pull: PullRequest, history: History) -> Iterator[Opportunity[JudgedCommit]]:
    squash = history.squashed(pull)
    if squash is None:
        yield from (_commit(pull, commit) for commit in _at_home(pull, history))
        return
    lines = 1 if pull.lines is None else pull.lines
    judged = JudgedCommit(
        sha=squash.sha,
        message=squash.message,
        merged=True,
        pull=pull,
        replaced=pull.commits,
        files=pull.heads[-1].files if pull.heads else (),
        lines=lines,
    )
    yield Opportunity(
        subject=judged,
        name=f"commit:{squash.sha}",
        url=squash.url,
        item=pull.item,
        mass=float(lines),
        seats=pull.authors(),
        at=squash.at,
    )


def _at_home(pull: PullRequest, history: History) -> Iterator[Commit]:
    """The commits of a pull request without those that another one, which holds them too, is judged by."""
    return (commit for commit in pull.commits if history.home_of.get(commit.sha) == pull.number)


def _commit(pull: PullRequest, commit: Commit) -> Opportunity[JudgedCommit]:
    judged = JudgedCommit(
        sha=commit.sha,
        message=commit.message,
        merged=pull.merged_at is not None,
        pull=pull,
        replaced=(),
        files=commit.files,
        lines=commit.lines,
        merge=commit.parents > 1,
    )
    return _of_commit(judged, pull, commit)


def _of_commit(subject: S, pull: PullRequest, commit: Commit, *, or_of: tuple[SeatId, ...] = ()) -> Opportunity[S]:
    """What a pull request's commit is judged as; without an author it is `or_of` others."""
    return Opportunity(
        subject=subject,
        name=f"commit:{commit.sha}",
        url=commit.url,
        item=pull.item,
        mass=float(commit.lines),
        seats=(commit.author,) if commit.author else or_of,
        at=commit.at,
    )


COMMITS = Kind(
    name="commit",
    opportunity="each commit of a pull request, weighed by its substantive lines; after a squash merge, the squash commit",
    whose="who wrote it; a squash commit is of everybody who wrote in its pull request",
    weighs=BY_LINES,
    places=(Place(Source.PULLS, _that_stay), Place(Source.ALONE, alone)),
)


def _written(pull: PullRequest, history: History) -> Iterator[Opportunity[WrittenCommit]]:
    """The commits that stand in a pull request, and those that its first reviewer saw and that are no longer there.

    One that was only rebased since is the same.
    """
    seen = _seen_by_a_reviewer(pull, history)
    lost = [commit for commit in seen if commit.sha not in history.home_of]
    there = {(commit.header, commit.lines) for commit in pull.commits} if lost else ()
    gone = [commit for commit in lost if (commit.header, commit.lines) not in there]
    reviewed = {(commit.header, commit.lines) for commit in seen} if pull.merged_at is None else ()
    for commit in (*_at_home(pull, history), *gone):
        judged = WrittenCommit(
            commit=commit,
            pull=pull,
            can_be_split=pull.merged_at is None and (commit.header, commit.lines) not in reviewed,
            is_tip=bool(pull.heads) and pull.heads[-1].sha == commit.sha,
        )
        yield _of_commit(judged, pull, commit)


def _seen_by_a_reviewer(pull: PullRequest, history: History) -> list[Commit]:
    first = min((review.at for review in pull.reviews if review.author != pull.author), default=None)
    head = pull.head_at(first) if first else None
    known = [history.commits.get(sha) for sha in head.commits] if head else []
    own = {commit.sha for commit in pull.commits}
    return [made for made in known if made and (made.sha in own or made.branch != history.default_branch)]


WRITTEN_COMMITS = Kind(
    name="written commit",
    opportunity="each commit of a pull request with at least one substantive line, as it was written, before any squash; "
    "what a reviewer has seen stays",
    whose="who wrote it",
    weighs=BY_LINES,
    places=(Place(Source.PULLS, _written), Place(Source.ALONE, written_alone)),
)


def _made(pull: PullRequest, history: History) -> Iterator[Opportunity[WrittenCommit]]:
    """Each commit as it stands in the pull request, of who wrote it; of who pushed it when nobody knows who wrote it."""
    for commit in _at_home(pull, history):
        written = WrittenCommit(
            commit=commit,
            pull=pull,
            can_be_split=pull.merged_at is None,
            is_tip=bool(pull.heads) and pull.heads[-1].sha == commit.sha,
        )
        yield _of_commit(written, pull, commit, or_of=() if commit.author else _who_pushed(pull, commit, history))


def _who_pushed(pull: PullRequest, commit: Commit, history: History) -> tuple[SeatId, ...]:
    """Whoever first pushed to the branch at or after the commit; if that is not known, who opened the pull request."""
    branch = history.branches.get(pull.head)
    pushed = [push.actor for push in branch.pushes if push.at >= commit.at and push.actor] if branch else []
    who = pushed[0] if pushed else pull.author
    return (who,) if who else ()


PUSHED_COMMITS = Kind(
    name="pushed commit",
    opportunity="each commit of a pull request with at least one substantive line, of who wrote it, or else of who pushed it",
    whose="who wrote it, or else who pushed it",
    weighs=BY_LINES,
    places=(Place(Source.PULLS, _made), Place(Source.ALONE, written_alone)),
)


def _whatever_it_weighs(pull: PullRequest, history: History) -> Iterator[Opportunity[JudgedCommit]]:
    return (replace(found, mass=1.0) for found in _that_stay(pull, history))


LASTING_COMMITS = Kind(
    name="lasting commit",
    opportunity="each commit of a pull request, empty ones too, all of one weight; after a squash merge, the squash commit",
    whose="who wrote it; a squash commit is of everybody who wrote in its pull request",
    places=(Place(Source.PULLS, _whatever_it_weighs), Place(Source.ALONE, alone_whatever_it_weighs)),
)


def _with_body(pull: PullRequest, history: History) -> Iterator[Opportunity[JudgedCommit]]:
    return (found for found in _that_stay(pull, history) if found.subject.has_more)


COMMITS_WITH_BODY = Kind(
    name="commit with a body",
    opportunity="each commit of a pull request whose message goes on behind its header; after a squash merge, the squash commit",
    whose="who wrote it; a squash commit is of everybody who wrote in its pull request",
    weighs=BY_LINES,
    places=(Place(Source.PULLS, _with_body), Place(Source.ALONE, alone_with_body)),
)


def _to_default(pull: PullRequest, history: History) -> Iterator[Opportunity[PullRequest]]:
    if pull.base == history.default_branch:
        yield of_pull(pull, pull.merged_at or pull.opened_at)


def _came_alone(commit: Commit, history: History) -> Iterator[Opportunity[Commit]]:
    for found in alone(commit, history):
        yield Opportunity(
            subject=commit,
            name=found.name,
            url=found.url,
            item=found.item,
            mass=min(1.0, found.mass),
            seats=found.seats,
            at=found.at,
        )


ARRIVED_MESSAGES: Kind[PullRequest | Commit] = Kind(
    name="pull request to the default branch",
    opportunity="each pull request that was merged into the default branch, with at least one substantive line",
    whose=OF_ITS_AUTHORS,
    places=(Place(Source.PULLS, _to_default), Place(Source.ALONE, _came_alone)),
)


def _with_commands(commit: Commit, history: History) -> Iterator[Opportunity[tuple[SmartCommand, ...]]]:
    commands = history.smart_commands.get(commit.sha)
    if commands:
        key = next((key for command in commands for key in command.keys if key in history.issues), None)
        yield Opportunity(
            subject=commands,
            name=f"commit:{commit.sha}",
            url=commit.url,
            item=key or UNPLANNED,
            mass=1.0,
            seats=(commit.author,) if commit.author else (),
            at=commit.at,
        )


SMART_COMMITS = Kind(
    name="smart commit",
    opportunity="each commit with a `#word` behind an issue key, whatever else it changes",
    whose="who wrote it",
    places=(Place(Source.COMMITS, _with_commands),),
)
