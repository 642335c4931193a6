"""Intent `do_issue`: an issue from taking it to Done: board, branch, commits, pull request, answers to its review, merge.

`how` decides what is left out. `well`: the board moves when the work does, the branch and each commit carry the key, the
description says why, remarks are answered by a push and in words. `average`: all of it there, but thin and a little late: the
board lags, titles are loose, a reviewer is asked later, remarks are mended without a word, the branch stays. `sloppy`: a branch
without a key, one-word commits, no tests patch, no description, a merge as soon as GitHub allows it, the board days later.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field, model_validator
from typing_extensions import override

from simulator.scenario.acts.on_code import Push, RerunChecks
from simulator.scenario.acts.on_issues import Assign, Comment, Move
from simulator.scenario.acts.on_pulls import Merge, OpenPullRequest, RequestReview
from simulator.scenario.acts.vocabulary import AnyAct
from simulator.scenario.intents.intent import How, Intent, Reason, StepPart, Title
from simulator.scenario.part import (
    BranchName,
    FolderPath,
    HumanRef,
    IssueId,
    NewPullId,
    PersonRef,
    PullId,
    Slug,
    Text,
)
from simulator.scenario.values import LengthText, Unreadable

_TYPES = MappingProxyType({"feature": "feat", "fix": "fix", "hotfix": "fix", "chore": "chore", "docs": "docs"})
_SOON = timedelta(minutes=20)
_LATER = timedelta(hours=7)
_DAY = timedelta(hours=8)
_LONGEST_SLUG = 60
Patches = Annotated[tuple[FolderPath, ...], Field(min_length=1, max_length=10)]


class DoIssue(Intent):
    """Do an issue, well or less so."""

    intend: Literal["do_issue"]
    issue: IssueId
    pull: NewPullId
    """What its pull request is called in the scenario."""
    how: How = "well"
    as_: HumanRef | None = Field(alias="as", default=None)
    """Whose work it is; left out: the persona's."""
    kind: Literal["feature", "fix", "hotfix", "chore", "docs"] = "feature"
    title: Title
    """What it does, in the imperative: `give captured money back`."""
    scope: Slug | None = None
    """The part of the product, for titles such as `feat(api): …`."""
    why: Reason = " "
    """The reason, for the commit and the description."""
    check: Reason | None = None
    """How to check it, for the description; left out: that there are tests and that they are green."""
    patches: Patches
    """Folders of files, one commit each; the work of `sloppy` is what its folders hold."""
    messages: tuple[Text, ...] = ()
    """Commit messages, one a patch; left out: made of the title."""
    branch: BranchName | None = None
    reviewer: PersonRef | None = None
    needs: tuple[PullId, ...] = ()
    """Pull requests that must be merged before its code is written."""
    works: LengthText = timedelta(hours=2)
    """Working time from taking the issue to opening the pull request."""
    fixes: tuple[FolderPath, ...] = ()
    """What is changed when changes are requested, one folder a round."""
    reply: Text | None = None
    """What is said with the first fix, or instead of one."""
    resolves: bool = True
    """Whether the merge finishes the issue; else it goes back to In Progress."""

    @model_validator(mode="after")
    def _has_a_message_each(self) -> DoIssue:
        if self.messages and len(self.messages) != len(self.patches):
            raise Unreadable(
                f"{len(self.messages)} messages for {len(self.patches)} patches", "give each patch one message, or none"
            )
        return self

    @override
    def steps(self) -> Iterator[StepPart]:
        yield from self._take()
        yield self._code()
        yield from self._asks()
        yield from self._reruns()
        yield from self._answers()
        yield from self._merge()

    @override
    def of(self, seat: str) -> DoIssue:
        return self if self.as_ else self.model_copy(update={"as_": seat})

    def _take(self) -> Iterator[StepPart]:
        if self.how == "well":
            yield self.first(self._assign(), self._move("In Progress"), name="take")
        if self.how == "average":
            yield self.first(self._move("In Progress"), name="take")

    def _code(self) -> StepPart:
        acts: tuple[AnyAct, ...] = (*self._pushes(), self._open())
        if self.how == "well":
            acts = (*acts, self._move("In Review"))
        if self.how == "average":
            acts = (*acts, self._assign())
        if self.how == "sloppy":
            when = self.waiting_for({"merged": self.needs}) if self.needs else None
            return self.then("code", when, self.after, *acts) if when else self.first(*acts, name="code")
        needs = {"merged": self.needs} if self.needs else {}
        when = self.waiting_for({"status": {self.issue: "In Progress"}, **needs})
        return self.then("code", when, self.works, *acts)

    def _asks(self) -> Iterator[StepPart]:
        """An average day: the reviewer comes to mind after the next coffee."""
        if self.how == "average" and self.reviewer:
            yield self.then("ask", {"opened": self.pull}, timedelta(hours=2), *self._again())

    def _reruns(self) -> Iterator[StepPart]:
        """Whoever works well reads the log of a red check and runs it once more; later, for a later push, again."""
        if self.how == "well":
            for number, delay in enumerate((timedelta(minutes=10), timedelta(minutes=40)), start=1):
                failed = {"check": {"failed": 1, "pull": self.pull}}
                yield self.then(f"rerun-{number}", failed, delay, RerunChecks(do="rerun_checks", branch=self._branch))

    def _answers(self) -> Iterator[StepPart]:
        for number, patch in enumerate(self.fixes, start=1):
            waits = {"changes_requested": self.pull}
            fix = Push(do="push", branch=self._branch, message=self._fix_message(number), patch=patch)
            if self.how == "sloppy":
                yield self.then(f"fix-{number}", waits, _DAY, fix)
                continue
            words = self._words(number) if self.how == "well" else ()
            delay = timedelta(minutes=45) if self.how == "well" else _LATER
            yield self.then(f"fix-{number}", waits, delay, fix, *words, *self._again())
        if not self.fixes and self.reply and self.how != "sloppy":
            yield self.then("reply", {"changes_requested": self.pull}, timedelta(minutes=45), *self._words(1))

    def _again(self) -> Iterator[AnyAct]:
        if self.reviewer:
            yield RequestReview(do="request_review", pull=self.pull, reviewers=(self.reviewer,))

    def _merge(self) -> Iterator[StepPart]:
        if self.how == "sloppy":
            hurry = Merge(do="merge", pull=self.pull, if_possible=True, delete_branch=False)
            yield self.then("hurry", {"opened": self.pull}, timedelta(minutes=30), hurry)
            yield self.then("merge", {"approved": self.pull}, _SOON, hurry)
            yield self.then("board", {"merged": self.pull}, _DAY, self._assign(), self._move("Done"))
            return
        title = f"{self._title} (#{{pull:{self.pull}}})"
        merge = Merge(do="merge", pull=self.pull, title=title, delete_branch=self.how == "well")
        end = self._move("Done" if self.resolves else "In Progress")
        if self.how == "well":
            yield self.then("merge", {"approved": self.pull}, _SOON, merge, end)
            return
        yield self.then("merge", {"approved": self.pull}, _LATER, merge)
        yield self.then("board", {"merged": self.pull}, _LATER, end)

    # --- words ------------------------------------------------------------------------------------------------------

    @property
    def _key(self) -> str:
        return f"{{issue:{self.issue}}}"

    @property
    def _branch(self) -> str:
        words = "-".join(self.title.lower().replace("'", "").split()[:5])
        slug = "".join(letter if letter.isalnum() or letter == "-" else "" for letter in words)
        if self.branch:
            return self.branch
        slug = slug[:_LONGEST_SLUG].strip("-") or self.id
        named = {"well": f"{self.kind}/{self._key}-{slug}", "average": f"{self._key}-{slug}"}
        return named.get(self.how, slug)

    @property
    def _title(self) -> str:
        if self.how == "average":
            return f"{self._key} {self.title[:1].upper()}{self.title[1:]}"
        scope = f"({self.scope})" if self.scope else ""
        return f"{_TYPES[self.kind]}{scope}: {self.title}"

    def _pushes(self) -> Iterator[AnyAct]:
        for number, patch in enumerate(self.patches):
            yield Push(do="push", branch=self._branch, message=self._message(number), patch=patch)

    def _message(self, number: int) -> str:
        if self.messages:
            return self.messages[number]
        if self.how == "sloppy":
            return ("wip", "more", "stuff", "fix")[number % 4]
        if self.how == "average":
            return self._title
        why = f"\n\n{self.why.strip()}" if self.why.strip() else ""
        return f"{self._title}{why}\n\nRefs: {self._key}"

    def _fix_message(self, number: int) -> str:
        if self.how == "sloppy":
            return "fix"
        if self.how == "average":
            return f"{self._key} Changes from the review"
        scope = f"({self.scope})" if self.scope else ""
        settled = "settle what the review asked for" if number == 1 else "settle the rest of the review"
        return f"fix{scope}: {settled}\n\nRefs: {self._key}"

    def _open(self) -> OpenPullRequest:
        reviewers = (self.reviewer,) if self.reviewer and self.how == "well" else ()
        title = f"{self.title[:1].upper()}{self.title[1:]}" if self.how == "sloppy" else self._title
        return OpenPullRequest(
            do="open_pull_request",
            pull=self.pull,
            branch=self._branch,
            title=title,
            body=self._body(),
            reviewers=reviewers,
        )

    def _body(self) -> str:
        if self.how == "sloppy":
            return " "
        names = f"Resolves {self._key}" if self.resolves else f"Part of {self._key}"
        if self.how == "average":
            return f"{names}\n\n{self.why.strip()}".rstrip()
        check = self.check or "- [x] tests for what changed\n- [x] `python -m unittest` is green"
        return f"## What and why\n\n{names}\n\n{self.why.strip()}\n\n## How to check it\n\n{check}"

    def _words(self, number: int) -> tuple[AnyAct, ...]:
        text = (
            self.reply if self.reply and number == 1 else "Pushed: each remark has a commit of its own to look at now."
        )
        return (Comment(do="comment", pull=self.pull, text=text),)

    def _assign(self) -> Assign:
        return Assign(do="assign", issue=self.issue, to=self.as_)

    def _move(self, status: str) -> Move:
        return Move(do="move", issue=self.issue, to=status)
