"""What people share: pushes to common branches, days with branches, pushed code, the default branch red or protected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from simulator.hygiene.subjects.kind import Kind, Opportunity, Place, Source
from simulator.model.history import Branch, CheckRun, Commit, History, Push
from simulator.model.people import Person
from simulator.model.record import record

_GOOD = frozenset({"success", "neutral", "skipped"})
_ADMINS = frozenset({"admin", "maintainer", "lead"})
_LASTING = ("release/", "hotfix/", "support/")


@record
class SharedPush:
    """A push to a branch that `people` share; `is_restored`: what it threw away came back."""

    branch: str
    push: Push
    people: int
    is_restored: bool


@record
class BranchDay:
    """The end of a working day with one's unmerged branches."""

    ends: datetime
    branches: tuple[str, ...]


@record
class RedSpan:
    """A check that was red on the default branch, until when; None: still."""

    name: str
    since: datetime
    until: datetime | None


@record
class ProtectionItem:
    """One thing that protects the default branch; `is_on` is None when the service does not tell."""

    what: str
    is_on: bool | None


def _protections(person: Person, history: History) -> Iterator[Opportunity[ProtectionItem]]:
    if person.role.lower() not in _ADMINS:
        return
    known = history.surroundings.protection_at(history.now)
    items = {
        "pull requests with an approval": known.reviews > 0 if known else None,
        "required checks": bool(known.checks) if known else None,
        "a bar to forced pushes": not known.force_pushes if known else None,
        "a bar to deletion": not known.deletions if known else None,
    }
    for number, (what, is_on) in enumerate(items.items(), start=1):
        yield Opportunity(
            subject=ProtectionItem(what=what, is_on=is_on),
            name=f"branch:{history.default_branch}/protection-{number}",
            url=known.url if known else "",
            item=f"protection:{number}",
            mass=1.0,
            seats=(person.seat,),
            at=history.sprint_start,
        )


def _shared(branch: Branch, _: History) -> Iterator[Opportunity[SharedPush]]:
    people = {seat for seat in (*branch.authors(), *(commit.author for commit in branch.commits)) if seat}
    if len(people) < 2 and not branch.name.startswith(_LASTING):
        return
    for place, push in enumerate(branch.pushes):
        if push.actor is not None:
            later = branch.pushes[place + 1 :]
            restored = any(other.after == push.before for other in later)
            yield Opportunity(
                subject=SharedPush(branch=branch.name, push=push, people=max(2, len(people)), is_restored=restored),
                name=f"branch:{branch.name}/push-{place + 1}",
                url=push.url,
                item=branch.item,
                mass=1.0,
                seats=(push.actor,),
                at=push.at,
            )


def _branch_days(person: Person, history: History) -> Iterator[Opportunity[BranchDay]]:
    for day, end in enumerate(history.days_over, start=1):
        there = tuple(span.name for span in history.unmerged_of.get(person.seat, ()) if span.holds(end))
        if there:
            yield Opportunity(
                subject=BranchDay(ends=end, branches=there),
                name=f"person:{person.seat}/branches-{day}",
                url=history.branches[there[0]].url,
                item=f"day:{day}",
                mass=1.0,
                seats=(person.seat,),
                at=end,
            )


def _pushed(commit: Commit, history: History) -> Iterator[Opportunity[Commit]]:
    if commit.author is not None and (commit.lines > 0 or commit.files):
        branch = history.branches.get(commit.branch)
        yield Opportunity(
            subject=commit,
            name=f"commit:{commit.sha}",
            url=commit.url,
            item=branch.item if branch else "UNPLANNED",
            mass=1.0,
            seats=(commit.author,),
            at=commit.at,
        )


def _red(_: None, history: History) -> Iterator[Opportunity[RedSpan]]:
    runs = sorted((run for sha in history.landed for run in history.checks_of.get(sha, ())), key=lambda run: run.at)
    began: dict[str, CheckRun] = {}
    spans: list[tuple[CheckRun, datetime | None]] = []
    times: Counter[str] = Counter()
    for run in runs:
        if run.conclusion not in _GOOD:
            began.setdefault(run.name, run)
        elif run.name in began:
            spans.append((began.pop(run.name), run.at))
    for run, until in sorted([*spans, *((run, None) for run in began.values())], key=lambda span: span[0].at):
        times[run.name] += 1
        landing = next(landing for landing in history.landings if landing.sha == run.sha)
        brought = [history.pulls[number] for number in landing.pulls if number in history.pulls]
        seats = tuple(dict.fromkeys(seat for pull in brought for seat in (pull.merged_by, *pull.authors()) if seat))
        yield Opportunity(
            subject=RedSpan(name=run.name, since=run.at, until=until),
            name=f"check:{run.name}/red-{times[run.name]}",
            url=run.url,
            item=f"red:{run.sha[:7]}",
            mass=1.0,
            seats=seats,
            at=run.at,
        )


SHARED_PUSHES = Kind(
    name="push to a shared branch",
    opportunity="each push of the learner to a branch with commits or pushes of two people, or of a release",
    places=(Place(Source.BRANCHES, _shared),),
)
BRANCH_DAYS = Kind(
    name="day with branches",
    opportunity="the end of each working day on which the learner had an unmerged branch with commits",
    places=(Place(Source.PEOPLE, _branch_days),),
)
PUSHED_CODE = Kind(
    name="pushed commit",
    opportunity="each commit with changes that the learner pushed, averaged per work item",
    places=(Place(Source.COMMITS, _pushed),),
)
RED_SPANS = Kind(
    name="red default branch",
    opportunity="each time in which a check was red on the default branch, of whose merge brought it",
    places=(Place(Source.HISTORY, _red),),
)
PROTECTIONS = Kind(
    name="protection of the default branch",
    opportunity="each of four protections of the default branch, of a learner whose role is admin, maintainer or lead",
    places=(Place(Source.PEOPLE, _protections),),
)
