"""What a simulated build does about a fact: it begins on each new head, and ends some minutes later with what it found.

Pure. It begins on each head of a pull request and of the default branch, and again when somebody asks for it once more: by
GitHub's own request, or by the comment `/rerun`. What only the files of the commit can tell is left to be looked up when the
end is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from simulator.model.actions import ReportCheck
from simulator.model.code import ChangedFile, Sighting, TreeRule
from simulator.model.diff_lines import added_lines
from simulator.model.facts import Fact, FactKind
from simulator.model.history.reading import changed_files
from simulator.model.keys import SeatId
from simulator.plan.draws import rng
from simulator.plan.situation import Situation
from simulator.scenario.events.checks import ChecksEvent, FailPart
from simulator.scenario.expressions import finds
from simulator.scenario.timed import Rank, TimedAction

_RERUN = re.compile(r"^\s*/(?:rerun|retest|recheck)\b", re.IGNORECASE | re.MULTILINE)
_MOST_ATTEMPTS = 30
_LONGEST_LINE = 2_000  # characters that are searched


@dataclass(frozen=True, slots=True, kw_only=True)
class _Build:
    """One run of a build on a head; `files` are None on the default branch."""

    sha: str
    branch: str
    key: str
    attempt: int
    files: tuple[ChangedFile, ...] | None


def builds(fact: Fact, situation: Situation) -> tuple[TimedAction, ...]:
    """The beginning and the end of each build that a fact sets off."""
    return tuple(
        timed
        for event in situation.scenario.spec.story
        if isinstance(event, ChecksEvent)
        for build in _set_off(event, fact, situation)
        for timed in _reported(event, build, fact, situation)
    )


def _set_off(event: ChecksEvent, fact: Fact, situation: Situation) -> Iterator[_Build]:
    match fact.kind:
        case FactKind.PULL_REQUEST_HEAD:
            yield from _on_pull(fact, situation, attempt=1)
        case FactKind.CHECK_REQUESTED:
            yield from _once_more(event, str(fact.detail.get("sha")), situation)
        case FactKind.PULL_REQUEST_COMMENTED:
            heads = _heads(situation, fact.subject)
            if heads and _RERUN.search(str(fact.detail.get("body") or "")[:1_000]):
                yield from _once_more(event, str(heads[-1].detail["head_sha"]), situation)
        case FactKind.PUSHED | FactKind.BRANCH_CREATED | FactKind.PULL_REQUEST_MERGED:
            yield from _on_default(fact, situation, attempt=1)


def _on_pull(head: Fact, situation: Situation, *, attempt: int) -> Iterator[_Build]:
    number = [known.source_id for known in _heads(situation, head.subject)].index(head.source_id) + 1
    opened = situation.opened.get(head.subject)
    if opened is not None and attempt <= _MOST_ATTEMPTS:
        yield _Build(
            sha=str(head.detail["head_sha"]),
            branch=str(opened.detail.get("head") or ""),
            key=f"{head.subject.replace(':', '-')}:{number}",
            attempt=attempt,
            files=changed_files(head.detail.get("files")),
        )


def _on_default(fact: Fact, situation: Situation, *, attempt: int) -> Iterator[_Build]:
    sha = _default_head(fact, situation)
    if sha and attempt <= _MOST_ATTEMPTS:
        branch = situation.scenario.spec.repository.default_branch
        landed = [known.source_id for known in situation.known if _default_head(known, situation)]
        key = f"default:{landed.index(fact.source_id) + 1}"
        yield _Build(sha=sha, branch=branch, key=key, attempt=attempt, files=None)


def _once_more(event: ChecksEvent, sha: str, situation: Situation) -> Iterator[_Build]:
    """The next attempt on a commit, when all earlier ones have ended."""
    ended = sum(
        fact.kind is FactKind.CHECK_COMPLETED
        and fact.detail.get("sha") == sha
        and fact.detail.get("name") == event.name
        for fact in situation.known
    )
    if not ended:
        return
    for fact in reversed(situation.known):
        if fact.kind is FactKind.PULL_REQUEST_HEAD and fact.detail.get("head_sha") == sha:
            yield from _on_pull(fact, situation, attempt=ended + 1)
            return
        if _default_head(fact, situation) == sha:
            yield from _on_default(fact, situation, attempt=ended + 1)
            return


def _reported(event: ChecksEvent, build: _Build, fact: Fact, situation: Situation) -> Iterator[TimedAction]:
    log = _found(event, build, situation.seed)
    key = (event.id, build.key, str(build.attempt))
    name, end = ":".join(key), situation.later(event.within, *key, "length")
    yield TimedAction(id=f"{name}:begin", at=fact.at, priority=Rank.REACTION, action=_report(event, build))
    ended = _report(
        event,
        build,
        conclusion="failure" if log else "success",
        log=log or event.passed,
        breaks=(*(part.rule() for part in event.breaks), *(_as_rules(event.fails) if build.files is None else ())),
    )
    yield TimedAction(id=f"{name}:end", at=end, priority=Rank.REACTION, action=ended)


def _report(
    event: ChecksEvent, build: _Build, *, conclusion: str = "", log: str = "", breaks: tuple[TreeRule, ...] = ()
) -> ReportCheck:
    return ReportCheck(
        actor=SeatId(event.who),
        branch=build.branch,
        sha=build.sha,
        name=event.name,
        conclusion=conclusion,
        summary=log.strip().partition("\n")[0] if conclusion else f"{event.name} is running.",
        log=log,
        attempt=build.attempt,
        breaks=breaks,
    )


def _found(event: ChecksEvent, build: _Build, seed: int) -> str:
    """The log of what makes a build fail as far as its own changes and chance decide, empty when nothing does."""
    if build.files is None:
        return ""
    for part in event.fails:
        if _fails(part, build.files):
            return part.log
    if event.flaky and build.attempt == 1 and rng(seed, event.id, "flake", build.key).random() < event.flaky.share:
        return event.flaky.log
    return ""


def _fails(part: FailPart, files: Sequence[ChangedFile]) -> bool:
    if part.added is not None:
        fitting = (file for file in files if fnmatchcase(file.path, part.path))
        return any(finds(part.added, text[:_LONGEST_LINE]) for file in fitting for _, text in added_lines(file))
    there = [file.path for file in files]
    return _any_fits(there, part.changed) and not _any_fits(there, part.without)


def _as_rules(parts: Sequence[FailPart]) -> Iterator[TreeRule]:
    """On the default branch nothing is new: what a pull request must not add must not be there at all."""
    for part in parts:
        if part.added is not None:
            yield TreeRule(sightings=(Sighting(path=part.path, pattern=part.added),), log=part.log)


def _any_fits(paths: Sequence[str], pattern: str | None) -> bool:
    return pattern is not None and any(fnmatchcase(path, pattern) for path in paths)


def _default_head(fact: Fact, situation: Situation) -> str:
    """The commit that a fact made the tip of the default branch, empty when it did not."""
    default = situation.scenario.spec.repository.default_branch
    if fact.kind is FactKind.BRANCH_CREATED and fact.subject_name == default:
        return str(fact.detail.get("sha") or "")
    if fact.kind is FactKind.PUSHED and fact.subject_name == default:
        return str(fact.detail.get("after") or "")
    if fact.kind is FactKind.PULL_REQUEST_MERGED:
        opened = situation.opened.get(fact.subject)
        return str(fact.detail.get("merge_sha") or "") if opened and opened.detail.get("base") == default else ""
    return ""


def _heads(situation: Situation, subject: str) -> list[Fact]:
    return [fact for fact in situation.known if fact.kind is FactKind.PULL_REQUEST_HEAD and fact.subject == subject]
