"""Moment 8: a colleague's merge changes the lines that the learner is working on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import ClassVar, Literal

from typing_extensions import override

from simulator.model.actions import Action, Channel, MergePullRequest, PostNote
from simulator.model.history import Branch, Push
from simulator.model.keys import PullRef
from simulator.scenario.events.event import Stage
from simulator.scenario.moments.commands import bring_up_to_date
from simulator.scenario.moments.deeds import said_by
from simulator.scenario.moments.moment import Consequence, Moment, Scene, Sign
from simulator.scenario.moments.spots import Spot
from simulator.scenario.moments.words import substance
from simulator.scenario.part import PullId, Text
from simulator.scenario.values import LengthText
from simulator.scenario.view import View


class ConflictingMerge(Moment):
    """A colleague's pull request is merged while the learner's branch touches the same files."""

    number: ClassVar[int] = 8
    title: ClassVar[str] = "A merge that collides with your branch"
    ways: ClassVar[Mapping[str, str]] = {
        "merged_main_in": "You merged the default branch into yours and settled the conflict there.",
        "rebased": "You rebased your own branch onto the new default branch.",
        "started_afresh": "You took your change over onto a new branch from the new default branch.",
        "talked": "You told your colleague that you work on the same lines.",
    }
    slips: ClassVar[Mapping[str, str]] = {
        "forced_over_others": "A force push replaced commits of somebody else on a shared branch.",
        "lost_their_lines": "The conflict was settled by throwing your colleague's lines away.",
        "left_behind": "The branch stayed on the old state for days.",
    }
    usual_hints: ClassVar[tuple[str, str, str]] = (
        "Something was merged that you are working on, too. Does your branch know?",
        "Look at what the default branch got since you began: `git fetch` and then `git log HEAD..origin/main`.",
        "`git fetch`, then `git merge origin/main` (or rebase, if nobody else works on your branch). Keep both "
        "sides of each conflict: their new names, your change. Run the tests, then push.",
    )
    usual_explanation: ClassVar[str] = (
        "A conflict is no accident: it is git saying that two people had a reason to change one line. It is small "
        "on the day it arises and grows with each day that a branch lives apart. Whoever comes second brings the "
        "branch up to date, keeps what the first one did, and runs the tests again, because a merge without "
        "conflicts may still be wrong. Rewriting a branch that others have fetched takes their work away, so a "
        "force push belongs on branches that are yours alone."
    )

    type: Literal["conflicting_merge"]
    pull: PullId
    """The colleague's pull request that is merged when the moment opens."""
    keep: Spot | None = None
    """Lines of the colleague that must survive."""
    patience: LengthText = timedelta(hours=16)
    """Working time in which the branch should have caught up."""
    misses: Text = (
        "I just wanted to use what I merged the other day, and on your branch it is gone again. I think it got lost "
        "when the two were put together. Could you bring it back?"
    )
    """What `who` says in the chat when their lines were lost or overwritten."""

    @override
    def opening(self, stage: Stage, about: Mapping[str, str]) -> tuple[Action, ...]:
        return (MergePullRequest(actor=self.seat, pull=PullRef(self.pull), if_possible=True),)

    @override
    def obstacle(self, view: View, about: Mapping[str, str]) -> str:
        pull = view.pull(self.pull)
        if pull is None or pull.closed_at is not None:
            return f"the pull request {self.pull} is {'closed' if pull else 'not there'}"
        return ""

    @override
    def concerns(self, scene: Scene) -> bool:
        return bool(tuple(self._mine(scene)))

    @override
    def well(self, scene: Scene) -> Iterator[Sign]:
        if not self._is_merged(scene):
            return
        for branch in self._mine(scene):
            for commit in branch.commits:
                if commit.parents > 1 and commit.at > scene.opened:
                    yield Sign(way="merged_main_in", at=commit.at, evidence=(commit.url,))
            for push in self._forced(scene, branch):
                if not self._others(scene, branch) and not self._lost(scene, branch, push):
                    yield Sign(way="rebased", at=push.at, evidence=(push.url,))
        yield from self._afresh(scene)
        yield from self._talked(scene)

    def _afresh(self, scene: Scene) -> Iterator[Sign]:
        theirs = self._their_paths(scene)
        for branch in scene.view.history.branches.values():
            touched = {file.path for commit in branch.commits for file in commit.files}
            if branch.author == scene.seat and branch.created_at > scene.opened and touched & theirs:
                yield Sign(way="started_afresh", at=branch.started_at, evidence=(branch.url,))

    def _talked(self, scene: Scene) -> Iterator[Sign]:
        pull = scene.view.pull(self.pull)
        number = pull.number if pull else 0
        keys = set(scene.view.history.keys_in(f"{pull.head} {pull.title}")) if pull else set()
        name = scene.view.history.name_of(self.seat).split()[0].lower()
        for said in said_by(scene):
            to_them = said.pull == number or f"#{number}" in said.text or name in said.text.lower()
            if substance(said.text) >= 4 and (to_them or keys & set(scene.view.history.keys_in(said.text))):
                yield Sign(way="talked", at=said.at, evidence=(said.evidence,))

    @override
    def badly(self, scene: Scene) -> Iterator[Sign]:
        if not self._is_merged(scene):
            return
        for branch in self._mine(scene):
            for push in self._forced(scene, branch):
                if self._others(scene, branch):
                    yield Sign(way="forced_over_others", at=push.at, evidence=(push.url,))
            for number in branch.pulls:
                pull = scene.view.history.pulls[number]
                for head in pull.heads:
                    if self.keep and head.at > scene.opened and self.keep.removed_in(head):
                        yield Sign(way="lost_their_lines", at=head.at, evidence=(pull.url,))
            yield from self._left_behind(scene, branch)

    def _left_behind(self, scene: Scene, branch: Branch) -> Iterator[Sign]:
        late = scene.view.later(scene.opened, self.patience)
        pulls = [scene.view.history.pulls[number] for number in branch.pulls]
        ends = [at for at in (branch.deleted_at, *(p.merged_at or p.closed_at for p in pulls)) if at]
        caught_up = any(sign.at <= late and sign.way != "talked" for sign in self.well(scene))
        needless = any(pull.conflicts_at(late) is False for pull in pulls)
        if late <= scene.end and not caught_up and not needless and not any(at <= late for at in ends):
            yield Sign(way="left_behind", at=late, evidence=(branch.url,))

    @override
    def consequences(self, scene: Scene, slip: Sign) -> tuple[Consequence, ...]:
        if slip.way == "left_behind":
            return ()
        said = PostNote(actor=self.seat, channel=Channel.CHAT, text=self.misses)
        return (Consequence(after=timedelta(hours=6), actions=(said,)),)

    @override
    def commands(self, scene: Scene) -> tuple[str, ...]:
        branch = next(self._mine(scene), None)
        return bring_up_to_date(scene.view, branch.name) if branch else ()

    @override
    def task(self, scene: Scene) -> str:
        mine = (branch for branch in self._mine(scene) if not self._is_over(scene, branch))
        branch = next(mine, None)
        return f"Carry on with `{branch.name}`: something was merged meanwhile." if branch else ""

    # --- parts ------------------------------------------------------------------------------------------------------

    def _is_merged(self, scene: Scene) -> bool:
        """Whether the colleague's pull request got in: GitHub may have refused it."""
        pull = scene.view.pull(self.pull)
        return pull is not None and pull.merged_at is not None

    def _their_paths(self, scene: Scene) -> set[str]:
        pull = scene.view.pull(self.pull)
        return {file.path for head in (pull.heads if pull else ()) for file in head.files}

    def _mine(self, scene: Scene) -> Iterator[Branch]:
        """The person's branches that lived when it opened and touch a file of the colleague's pull request."""
        theirs = self._their_paths(scene)
        for branch in scene.view.history.branches.values():
            early = {file.path for c in branch.commits if c.at <= scene.opened for file in c.files}
            alive = branch.created_at <= scene.opened and (
                branch.deleted_at is None or branch.deleted_at > scene.opened
            )
            if alive and scene.seat in branch.authors() and early & theirs and not self._merged(scene, branch):
                yield branch

    def _is_over(self, scene: Scene, branch: Branch) -> bool:
        """Whether nothing is left to be done on the branch: it is gone, or all its pull requests are merged or closed."""
        pulls = [scene.view.history.pulls[number] for number in branch.pulls]
        return branch.deleted_at is not None or bool(pulls and all(p.merged_at or p.closed_at for p in pulls))

    def _merged(self, scene: Scene, branch: Branch) -> bool:
        """Whether the branch was merged when the moment opened."""
        merged = (scene.view.history.pulls[number].merged_at for number in branch.pulls)
        return any(at is not None and at <= scene.opened for at in merged)

    def _forced(self, scene: Scene, branch: Branch) -> Iterator[Push]:
        return (p for p in branch.pushes if p.forced and p.actor == scene.seat and scene.opened < p.at <= scene.end)

    def _others(self, scene: Scene, branch: Branch) -> bool:
        return any(author != scene.seat for author in branch.authors())

    def _lost(self, scene: Scene, branch: Branch, push: Push) -> bool:
        heads = (h for number in branch.pulls for h in scene.view.history.pulls[number].heads if h.sha == push.after)
        return self.keep is not None and any(self.keep.removed_in(head) for head in heads)
