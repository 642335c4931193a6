"""Facts of the code side to commits, branches, pull requests and landings.

Refuses to look at the tracker, but for the issue keys that exist: they say which work item an artefact belongs to. Facts
come sorted; those of a pull request whose opening was never seen are left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from simulator.model.facts import Fact, FactKind
from simulator.model.history.branch_replay import BranchReplay
from simulator.model.history.code import Branch, Commit, DirectPush, Landing
from simulator.model.history.landing_replay import direct_pushes, landing_of
from simulator.model.history.pull_replay import PullReplay
from simulator.model.history.pulls import PullRequest
from simulator.model.history.reading import ItemOf, changed_files
from simulator.model.keys import Sha
from simulator.model.people import Roster
from simulator.model.substance import substantive_lines

_COMMITTED, _LANDED, _OPENED = FactKind.COMMITTED, FactKind.LANDED, FactKind.PULL_REQUEST_OPENED
_BRANCH_KINDS = frozenset({FactKind.BRANCH_CREATED, FactKind.BRANCH_DELETED, FactKind.PUSHED})


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeSide:
    """What the code side of a history is made of."""

    commits: dict[Sha, Commit]
    pulls: dict[int, PullRequest]
    branches: dict[str, Branch]
    landings: tuple[Landing, ...]
    direct_pushes: tuple[DirectPush, ...]


class CodeReplay:
    """Takes in facts of the code side in order; what came of them before is made again only where it changes."""

    def __init__(self, roster: Roster, default_branch: str, seed_shas: Collection[str]) -> None:
        self._roster = roster
        self._default_branch = default_branch
        self._seed_shas = seed_shas
        self._commits: dict[Sha, Commit] = {}
        self._topic: dict[Sha, Commit] = {}
        self._pulls: dict[str, PullReplay] = {}
        self._branches: dict[str, BranchReplay] = {}
        self._landings: list[Landing] = []
        self._pushes: list[Fact] = []
        self._activity_known = False
        self._stale: dict[str, None] = {}  # subjects of pull requests that something was learnt of
        self._lacking: dict[Sha, set[str]] = {}  # commit that was not seen yet → those that have it in their head
        self._frozen: dict[str, PullRequest] = {}
        self._side: CodeSide | None = None
        self._told: CodeSide | None = None  # the last one, whatever was learnt since
        self._branches_stale = True

    def add(self, fact: Fact) -> None:
        """Take in one more fact, later than those before it."""
        self._side = None
        kind = fact.kind
        if kind is _COMMITTED:
            self._add_commit(_commit(fact))
        elif kind is _LANDED:
            self._landings.append(landing_of(fact))
        elif kind in _BRANCH_KINDS:
            self._add_to_branch(fact)
        elif kind is _OPENED:
            self._pulls.setdefault(fact.subject, PullReplay(fact, self._roster))
            self._stale[fact.subject] = None
        elif fact.subject in self._pulls:
            self._pulls[fact.subject].add(fact)
            self._stale[fact.subject] = None

    def side(self, item_of: ItemOf, *, keys_changed: bool) -> CodeSide:
        """Everything on the code side as it stands; `keys_changed`: an issue that some text named before is there now."""
        if self._side is not None and not keys_changed:
            return self._side
        told, stale = self._told, self._branches_stale or keys_changed
        for subject in self._pulls if keys_changed else self._stale:
            stale = self._freeze(subject, item_of) or stale
        pulls = told.pulls if told and not self._stale and not keys_changed else self._by_number()
        self._stale.clear()
        self._branches_stale = False
        self._side = self._told = CodeSide(
            commits=told.commits if told and len(told.commits) == len(self._commits) else dict(self._commits),
            pulls=pulls,
            branches=told.branches
            if told and not stale
            else _branches(
                self._branches,
                self._topic,
                pulls,
                item_of,
                before={} if told is None or keys_changed else told.branches,
            ),
            landings=told.landings if told and len(told.landings) == len(self._landings) else tuple(self._landings),
            direct_pushes=direct_pushes(
                self._pushes,
                landings=self._landings,
                commits=self._commits,
                pulls=pulls.values(),
                seed_shas=self._seed_shas,
                activity_known=self._activity_known,
                item_of=item_of,
            ),
        )
        return self._side

    def _freeze(self, subject: str, item_of: ItemOf) -> bool:
        """Make a pull request again; whether branches may look different for it."""
        replay, before = self._pulls[subject], self._frozen.get(subject)
        pull = self._frozen[subject] = replay.freeze(self._topic, item_of)
        for sha in replay.commits:
            if sha not in self._topic:
                self._lacking.setdefault(sha, set()).add(subject)
        return before is None or _seen_by_branches(before) != _seen_by_branches(pull)

    def _by_number(self) -> dict[int, PullRequest]:
        return {pull.number: pull for pull in (self._frozen[subject] for subject in self._pulls)}

    def _add_commit(self, commit: Commit) -> None:
        if commit.sha in self._commits:
            return
        self._commits[commit.sha] = commit
        if commit.branch != self._default_branch:
            self._topic[commit.sha] = commit
            self._branches_stale = True
            self._stale |= dict.fromkeys(sorted(self._lacking.pop(commit.sha, ())))

    def _add_to_branch(self, fact: Fact) -> None:
        self._activity_known = True
        if fact.subject_name == self._default_branch or fact.detail.get("default_branch"):
            self._pushes.append(fact)
            return
        self._branches_stale = True
        if fact.subject_name not in self._branches:
            self._branches[fact.subject_name] = BranchReplay(fact, rank=len(self._branches))
        self._branches[fact.subject_name].add(fact)


def _commit(fact: Fact) -> Commit:
    detail = fact.detail
    files = changed_files(detail.get("files"))
    listed = detail.get("files") is not None
    lines = (
        substantive_lines(files) if listed else int(detail.get("additions") or 0) + int(detail.get("deletions") or 0)
    )
    parents = int(detail.get("parents") or 0)
    return Commit(
        sha=Sha(str(detail.get("sha") or fact.subject_name)),
        message=str(detail.get("message") or ""),
        author=fact.actor,
        at=fact.at,
        branch=str(detail.get("branch") or ""),
        url=fact.url,
        parents=parents,
        lines=0 if parents > 1 else lines,
        files=files,
        parent_shas=tuple(Sha(str(sha)) for sha in detail.get("parent_shas") or ()),
        author_name=str(detail.get("author_name") or ""),
        author_email=str(detail.get("author_email") or ""),
        author_known=detail.get("author_known") is not False,
    )


def _seen_by_branches(pull: PullRequest) -> tuple[object, ...]:
    """All that branches are told by of a pull request."""
    return pull.head, pull.commits, [head.commits for head in pull.heads], pull.merged_at, pull.item


def _branches(
    replays: Mapping[str, BranchReplay],
    commits: Mapping[Sha, Commit],
    pulls: Mapping[int, PullRequest],
    item_of: ItemOf,
    *,
    before: Mapping[str, Branch],
) -> dict[str, Branch]:
    """All branches; one that is as it was `before` is the very same."""
    own: defaultdict[str, dict[Sha, Commit]] = defaultdict(dict)
    for commit in commits.values():
        own[commit.branch][commit.sha] = commit
    headed: defaultdict[str, list[PullRequest]] = defaultdict(list)
    for pull in pulls.values():
        headed[pull.head].append(pull)
        own[pull.head] |= {commit.sha: commit for commit in pull.commits}
    heirs = _heirs(replays.values(), headed)
    for replay in sorted(replays.values(), key=lambda replay: replay.rank):
        heir = heirs.get(replay.name)
        if heir:  # a renamed branch brings its commits along
            own[heir.name] |= own[replay.name]
    return {
        name: replay.freeze(
            tuple(own[name].values()), tuple(headed[name]), heirs.get(name), item_of, before=before.get(name)
        )
        for name, replay in replays.items()
    }


def _heirs(replays: Collection[BranchReplay], headed: Mapping[str, list[PullRequest]]) -> dict[str, BranchReplay]:
    """Each deleted, unmerged branch with the branch that carries on with its tip: its new name."""
    holders = _holders(replays, headed)
    found = {
        replay.name: _heir(replay, holders)
        for replay in replays
        if not any(pull.merged_at for pull in headed.get(replay.name, ()))
    }
    return {name: heir for name, heir in found.items() if heir}


def _holders(
    replays: Iterable[BranchReplay], headed: Mapping[str, list[PullRequest]]
) -> Mapping[Sha, list[BranchReplay]]:
    """Which branches have had a commit as their tip or in a pull request."""
    holders: defaultdict[Sha, list[BranchReplay]] = defaultdict(list)
    for replay in replays:
        reviewed = {sha for pull in headed.get(replay.name, ()) for head in pull.heads for sha in head.commits}
        for sha in {*replay.tips, *reviewed}:
            holders[sha].append(replay)
    return holders


def _heir(replay: BranchReplay, holders: Mapping[Sha, list[BranchReplay]]) -> BranchReplay | None:
    """The branch that had this one's tip and lived on when this one was deleted."""
    if replay.deleted_at is None or not replay.tips:
        return None
    later = [
        other
        for other in holders.get(replay.tips[-1], ())
        if other is not replay
        and other.rank > replay.rank
        and (other.deleted_at is None or other.deleted_at >= replay.deleted_at)
    ]
    return min(later, key=lambda other: other.rank, default=None)
