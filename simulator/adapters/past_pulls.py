"""The pull requests of a range, each with everything that is still told of it.

Refuses to guess: of the words that a body had before, and of what a force push threw away, nothing is left.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from simulator.adapters.github_reader import Json
from simulator.adapters.observe_pushes import Push
from simulator.adapters.past_heads import Passing, heads_of
from simulator.adapters.past_reader import PastReader
from simulator.adapters.pull_files import is_from_a_fork, login_of, text_id, unlisted_lines
from simulator.adapters.pull_look import PullLook
from simulator.adapters.seen import instant
from simulator.errors import Conflict
from simulator.model.facts import FactKind, Observation

MOST_PULLS = 1_000
_MOST_HEADS = 50
_A_SECOND = timedelta(seconds=1)
_BRANCH_EVENTS = {"head_ref_deleted": FactKind.BRANCH_DELETED, "head_ref_restored": FactKind.BRANCH_CREATED}


def pulls_between(reader: PastReader, *, since: datetime, until: datetime) -> list[Json]:
    """Pull requests that were opened before `until` and were open at `since` or later, first opened first.

    As the list shows them. Raises AdapterError.
    """
    doing = "listing the pull requests"
    listed = reader.all("/pulls", doing=doing, until=_is_before(since), state="all", sort="updated", direction="desc")
    listed += reader.all("/pulls", doing=doing, state="open")
    found = {
        pull["number"]: pull
        for pull in listed
        if instant(pull["created_at"]) < until and (not pull["closed_at"] or instant(pull["closed_at"]) >= since)
    }
    if len(found) > MOST_PULLS:
        reader.missing[
            f"of {len(found):,} pull requests only the last {MOST_PULLS:,} opened were read; choose a shorter range"
        ] = None
    return [found[number] for number in sorted(found)[-MOST_PULLS:]]


def _is_before(since: datetime) -> Any:  # Any: a Callable[[Json], bool]
    return lambda pull: instant(pull["updated_at"]) < since


@dataclass(kw_only=True)
class PullPast(PullLook):
    """A look at a pull request long after. `reach`: since when `pushes` are complete, None where they are not told."""

    reader: PastReader
    reach: datetime | None
    before: None = None
    signed: list[Json] = field(default_factory=list)
    """Its commits as the service lists them: who signed them, and whose account that is."""
    _passed: list[Passing] = field(default_factory=list)

    @property
    def has_remarks(self) -> bool:
        """Whether somebody remarked on a line."""
        return bool(self.pull.get("review_comments"))

    @property
    def shas(self) -> list[str]:
        """What checks may have run on: its heads and what its merge made."""
        merge = self.pull.get("merge_commit_sha") if self.pull.get("merged_at") else None
        return [*self.heads, *([merge] if merge else [])]

    def branch(self, known: Mapping[str, datetime]) -> Iterator[Observation]:
        """The branch, as far as no push tells of it: made with its first commit that is left, deleted when the timeline says so.

        `known`: branch → the first that pushes tell of it. Nothing of a branch elsewhere, which is not this repository's, and of
        the default one, which was there before.
        """
        if is_from_a_fork(self.pull) or self.pull["head"]["ref"] == self.pull["base"]["repo"].get("default_branch"):
            return
        name, opened, sha = self.pull["head"]["ref"], instant(self.pull["created_at"]), self.pull["head"]["sha"]
        if name not in known or known[name] > opened:
            written = [instant(one["commit"]["committer"]["date"]) for one in self.signed]
            at = min([*written, opened - _A_SECOND])
            yield self._of_branch("made", FactKind.BRANCH_CREATED, self._author(), at, self._passed[0].sha)
        for event in self.timeline:
            kind = _BRANCH_EVENTS.get(event.get("event"))
            if kind is not None and (self.reach is None or instant(event["created_at"]) < self.reach):
                by, at = login_of(event.get("actor")), instant(event["created_at"])
                yield self._of_branch(f"{kind}:{event['id']}", kind, by, at, sha)

    def _of_branch(self, source: str, kind: FactKind, by: str | None, at: datetime, sha: str) -> Observation:
        name = self.pull["head"]["ref"]
        return Observation(
            source_id=f"github:pull:{self.number}:branch:{source}",
            kind=kind,
            subject=f"branch:{name}",
            account=by,
            url=f"{self.pull['base']['repo']['html_url']}/tree/{quote(name)}",
            recorded_at=at,
            detail={"sha": sha},
        )

    def _opened(self) -> Iterator[Observation]:
        self._passed = heads_of(self.pull, self.timeline, self.pushes, reach=self.reach)
        if len(self._passed) > _MOST_HEADS:
            self.reader.missing[
                f"of the {len(self._passed)} pushes to pull request {self.number} only the last {_MOST_HEADS} were read"
            ] = None
            self._passed = self._passed[-_MOST_HEADS:]
        yield from super()._opened()

    def _first(self) -> dict[str, Any]:
        """As it was at its opening; a branch from elsewhere bears its owner's name, for it is none of those here."""
        first = super()._first()
        if is_from_a_fork(self.pull):
            first["head"] = str(self.pull["head"].get("label") or f"fork:{first['head']}")
        return {**first, "head_sha": self._passed[0].sha}

    def _edited(self) -> Iterator[Observation]:
        """Each new title, and a new base with the last one; when a body was written anew is not told."""
        known: set[str] = set()
        title = PullLook._first(self)["title"]
        for event in self.timeline:
            if event.get("event") not in ("renamed", "base_ref_changed"):
                continue
            title = event["rename"]["to"] if event["event"] == "renamed" else title
            words = {"title": title, "body": self.pull["body"] or "", "base": self.pull["base"]["ref"]}
            name = text_id({**self.pull, "title": title})
            again = f":again:{event['created_at']}" if name in known else ""
            known.add(name)
            yield self._seen(
                f"edited:{name}{again}",
                FactKind.PULL_REQUEST_EDITED,
                login_of(event.get("actor")),
                event["created_at"],
                words,
            )

    def _heads(self) -> Iterator[Observation]:
        self.signed = self._all("pulls", "commits")
        for passing in self._passed:
            if passing.sha == self.pull["head"]["sha"]:
                yield self._present_head(passing)
            else:
                yield from self._replaced_head(passing)

    def _present_head(self, passing: Passing) -> Observation:
        """The head it has now. Since when it conflicts with its base nobody tells; what could be merged could be all along."""
        files = self._all("pulls", "files")
        commits = [commit["sha"] for commit in self.signed]
        mergeable, lines = self.pull.get("mergeable") or None, unlisted_lines(self.pull, files)
        return self._head(passing.sha, passing.at, passing.by, commits, files, mergeable, unlisted=lines)

    def _replaced_head(self, passing: Passing) -> Iterator[Observation]:
        try:
            yield from self._passed_head(Push("", "push", "", "", passing.sha, passing.at, passing.by))
        except Conflict:  # it shares nothing with the base, or is gone
            return


def pushes_of_pulls(pulls: Sequence[Json], since: datetime, *, longest: timedelta) -> datetime:
    """From when on pushes are worth reading: from the first opening on, but not from longer before the range than so."""
    opened = [instant(pull["created_at"]) for pull in pulls]
    return max(min([since, *opened]), since - longest)


def own_branches(pulls: Sequence[Json]) -> frozenset[str]:
    """The branches of this repository that pull requests are made of."""
    return frozenset(pull["head"]["ref"] for pull in pulls if not is_from_a_fork(pull))
