"""Moment 3: the first work of a sprint, and whether anybody can see whose it is and what for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import ClassVar, Literal

from typing_extensions import override

from simulator.model.actions import Channel, PostNote
from simulator.model.agile import StatusCategory
from simulator.model.history import Branch, Issue
from simulator.scenario.moments.commands import begin, branch_for, go_to, name_it, rename
from simulator.scenario.moments.deeds import first_codes, pulls_by
from simulator.scenario.moments.moment import Consequence, Moment, Scene, Sign
from simulator.scenario.part import IssueId, Text
from simulator.scenario.values import LengthText

_MADE_BY_GITHUB = "revert-"  # the branch of its Revert button


class FirstBranch(Moment):
    """The learner takes an issue: the board says so before the code does, and the code says which issue it is for."""

    number: ClassVar[int] = 3
    title: ClassVar[str] = "The first branch"
    ways: ClassVar[Mapping[str, str]] = {
        "took_it_first": "You assigned the issue to yourself and moved it before you pushed.",
        "named_the_branch": "Your branch carries the issue's key.",
        "named_in_commits": "Your commits carry the issue's key.",
        "named_the_pull_request": "Your pull request names the issue.",
    }
    slips: ClassVar[Mapping[str, str]] = {
        "nameless": "Work was pushed that no issue can be found for.",
        "straight_to_main": "A change went to the default branch without a pull request.",
        "silent_board": "Code was there long before the board said that anybody works on it.",
    }
    usual_hints: ClassVar[tuple[str, str, str]] = (
        "If somebody looked at the board now, would they know what you work on? And at the branches?",
        "The issue's key, such as in its address in Jira, is what ties board, branch and pull request together.",
        "Assign the issue to yourself, move it to In Progress, and make a branch such as "
        "`feature/KEY-1-a-few-words` from the default branch. The key may stand in the branch, in the commits or in "
        "the pull request's title.",
    )
    usual_explanation: ClassVar[str] = (
        "A board is only useful when it is true: it shows what is taken, so that nobody starts the same thing "
        "twice. The key in a branch, a commit or a title lets Jira and GitHub find one another, and lets you find "
        "the reason for a line in two years. The default branch stays as it is until somebody else has read the "
        "change."
    )

    type: Literal["first_branch"]
    issue: IssueId | None = None
    """Which issue; left out: whichever the learner takes first."""
    notices_after: LengthText = timedelta(hours=2)
    """Working time that a nameless branch, or a board that says nothing, may last."""
    wonders: Text = (
        "Quick question, I was looking through the branches: there is one of yours that I can find no issue for. "
        "Which one is it? Put the key into the pull request's title and Jira will show it, too."
    )
    """What `who` says in the chat then."""

    @override
    def well(self, scene: Scene) -> Iterator[Sign]:
        codes = first_codes(scene)
        for issue in self._issues(scene):
            yield from self._took(scene, issue, codes.get(issue.key))
        for branch in self._branches(scene):
            if self._is_named(scene, branch.name):
                yield Sign(way="named_the_branch", at=branch.created_at, evidence=(branch.url,))
            for commit in branch.commits:
                if commit.author == scene.seat and self._is_named(scene, commit.message):
                    yield Sign(way="named_in_commits", at=commit.at, evidence=(commit.url,))
        for pull in pulls_by(scene):
            for at, words in (*pull.titles, *pull.bodies):
                if self._is_named(scene, words):
                    yield Sign(way="named_the_pull_request", at=at, evidence=(pull.url,))

    def _took(self, scene: Scene, issue: Issue, code: datetime | None) -> Iterator[Sign]:
        mine = (at for at, state in issue.states() if state.assignee == scene.seat and state.category.value != "new")
        taken = next(mine, None)
        if taken is not None and code is not None and taken <= code:
            yield Sign(way="took_it_first", at=code, evidence=(issue.url,))

    @override
    def badly(self, scene: Scene) -> Iterator[Sign]:
        for push in scene.view.history.direct_pushes:
            if push.actor == scene.seat:
                yield Sign(way="straight_to_main", at=push.at, evidence=(push.url,))
        for branch in self._branches(scene):
            at = scene.view.later(branch.created_at, self.notices_after)
            gone = branch.deleted_at is not None and branch.deleted_at <= at
            if at <= scene.end and not gone and not self._is_known(scene, branch):
                yield Sign(way="nameless", at=at, evidence=(branch.url,))
        codes = first_codes(scene)
        for issue in self._issues(scene):
            code = codes.get(issue.key)
            if code is None:
                continue
            at = scene.view.later(code, self.notices_after)
            state = issue.at(at)
            if at <= scene.end and (state.assignee is None or state.category.value == "new"):
                yield Sign(way="silent_board", at=at, evidence=(issue.url,))

    @override
    def consequences(self, scene: Scene, slip: Sign) -> tuple[Consequence, ...]:
        if slip.way != "nameless":
            return ()
        said = PostNote(actor=self.seat, channel=Channel.CHAT, text=self.wonders)
        return (Consequence(after=timedelta(hours=2), actions=(said,)),)

    @override
    def commands(self, scene: Scene) -> tuple[str, ...]:
        branch, issue = self._nameless(scene), self._next(scene)
        if issue is None:
            return ()
        if branch is None:
            return begin(scene.view, branch_for(issue))
        pulls = [scene.view.history.pulls[number] for number in branch.pulls]
        pull = next((pull for pull in pulls if pull.state in ("open", "draft")), None)
        return name_it(pull, issue) if pull else (*go_to(branch.name), *rename(branch.name, branch_for(issue)))

    @override
    def task(self, scene: Scene) -> str:
        issue = self._next(scene)
        if any(scene.seat in start.seats for start in scene.view.history.work_starts.values()):
            return ""
        branch = self._nameless(scene)
        if branch is not None:
            return f"Say which issue `{branch.name}` is for"
        return (
            f"Begin with {issue.key}: {issue.state.summary}"
            if issue
            else "Take an issue of the sprint and begin with it."
        )

    @override
    def where(self, scene: Scene) -> str:
        branch, issue = self._nameless(scene), self._next(scene)
        if branch is not None:
            return branch.url
        return issue.url if issue else super().where(scene)

    # --- parts ------------------------------------------------------------------------------------------------------

    def _next(self, scene: Scene) -> Issue | None:
        """The issue that is meant, else the first of the sprint that the person has, or that nobody has."""
        if self.issue:
            return scene.view.issue(self.issue)
        refs = (ref for sprint in scene.view.scenario.spec.sprints for ref in sprint.issues)
        known = [issue for ref in refs if (issue := scene.view.issue(ref)) and issue.deleted_at is None]
        to_do = [issue for issue in known if issue.state.category is not StatusCategory.DONE]
        mine = (issue for issue in to_do if issue.state.assignee == scene.seat)
        free = (issue for issue in to_do if issue.state.assignee is None)
        return next(mine, None) or next(free, None)

    def _issues(self, scene: Scene) -> Iterator[Issue]:
        wanted = scene.view.key(self.issue) if self.issue else None
        return (i for i in scene.view.history.issues.values() if self.issue is None or i.key == wanted)

    def _branches(self, scene: Scene) -> Iterator[Branch]:
        branches = scene.view.history.branches.values()
        return (branch for branch in branches if branch.author == scene.seat and scene.holds(branch.created_at))

    def _nameless(self, scene: Scene) -> Branch | None:
        """The newest branch of theirs that no issue can be found for."""
        there = (branch for branch in self._branches(scene) if branch.deleted_at is None)
        nameless = (branch for branch in there if branch.commits and not self._is_known(scene, branch))
        return max(nameless, key=lambda branch: branch.created_at, default=None)

    def _is_named(self, scene: Scene, text: str) -> bool:
        keys = scene.view.history.keys_in(text)
        return bool(keys) if self.issue is None else scene.view.key(self.issue) in keys

    def _is_known(self, scene: Scene, branch: Branch) -> bool:
        """Whether any issue can be found for a branch, by its name, its commits or its pull requests; a revert needs none."""
        if branch.name.startswith(_MADE_BY_GITHUB):
            return True
        pulls = (scene.view.history.pulls[number] for number in branch.pulls)
        words = [branch.name, *(commit.message for commit in branch.commits)]
        words += [text for pull in pulls for _, text in (*pull.titles, *pull.bodies)]
        return any(scene.view.history.keys_in(text) for text in words)
