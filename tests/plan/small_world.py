"""A world without services: actions become facts at once. Plays a persona through a scenario in milliseconds.

Knows git only as whole files on branches: enough to see that scripts fit one another. That real services see the same is the
journeys' business.
"""

from __future__ import annotations

import dataclasses
import difflib
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from simulator.model import actions as do
from simulator.model.code import ReviewVerdict
from simulator.model.facts import Fact, FactKind
from simulator.plan.compile import compile_plan
from simulator.plan.happening import actions_of, judged
from simulator.plan.own_work.tending import tend
from simulator.plan.personas import PersonaStep, expired, persona_steps, ready_at
from simulator.plan.react import react
from simulator.plan.reviews.teammates import decide
from simulator.scenario.loaded import LoadedScenario
from simulator.scenario.timed import TimedAction
from simulator.scenario.view import View, history_of

_STATES = {
    ReviewVerdict.APPROVE: "APPROVED",
    ReviewVerdict.REQUEST_CHANGES: "CHANGES_REQUESTED",
    ReviewVerdict.COMMENT: "COMMENTED",
}
Files = dict[str, str]


@dataclass(slots=True)
class Pull:
    """A pull request of the small world."""

    number: int
    branch: str
    author: str
    merged: bool = False
    verdicts: dict[str, ReviewVerdict] = field(default_factory=dict)


class SmallWorld:
    """Plays a scenario with a persona; `facts`, `branches`, `status` and `refused` tell what became of it."""

    def __init__(self, scenario: LoadedScenario, *, seed: int) -> None:
        self.scenario = scenario
        self.seed = seed
        self.now = scenario.starts_at
        self.facts: list[Fact] = []
        self.bindings: dict[str, str] = {}
        self.branches: dict[str, Files] = {}
        self.bases: dict[str, Files] = {}
        self.pulls: dict[str, Pull] = {}
        self.status: dict[str, str] = {}
        self.descriptions: dict[str, str] = {}
        self.refused: list[str] = []
        self.agenda: dict[str, TimedAction] = {}
        self._done: set[str] = set()

    def play(self, persona: str) -> list[PersonaStep]:
        """Play to the end; the steps that were never done are returned."""
        plan = compile_plan(self.scenario, seed=self.seed)
        for timed in plan.setup:
            self.perform(timed.action)
        self.add(plan.timed)
        waiting = list(persona_steps(self.scenario, persona))
        while self._step(waiting):
            pass
        return waiting

    def add(self, timed: Iterable[TimedAction]) -> None:
        """Add to the agenda what it does not know."""
        for entry in timed:
            self.agenda.setdefault(entry.id, entry)

    def perform(self, action: do.Action) -> None:
        """Do one action, with its references filled in."""
        if isinstance(action, do.ReviewWhenRead | do.TendPull):
            known: dict[str, Any] = {"facts": self.facts, "scenario": self.scenario, "bindings": self.bindings}
            chosen = tend(action, seed=self.seed, **known) if isinstance(action, do.TendPull) else ()
            chosen = decide(action, seed=self.seed, **known) if isinstance(action, do.ReviewWhenRead) else chosen
            for step in chosen:
                self.perform(step)
            return
        if isinstance(action, do.Happen):
            self._happen(action)
            return
        way = getattr(self, f"_{type(action).__name__}", None)
        if way is not None:
            way(self._filled(action))

    def _step(self, waiting: list[PersonaStep]) -> bool:
        entries = [e for e in self.agenda.values() if e.id not in self._done]
        entry = min(entries, key=lambda e: (e.at, e.priority), default=None)
        view = self._view()
        ready = [(at, step) for step in waiting if (at := self._ready(step, view)) is not None]
        at, step = min(ready, key=lambda pair: pair[0], default=(None, None))
        if step is not None and at is not None and (entry is None or max(at, self.now) < entry.at):
            self.now = max(self.now, at)
            waiting.remove(step)
            for action in step.actions:
                self.perform(action)
            return True
        if entry is None or isinstance(entry.action, do.FinishRun):
            return False
        self.now = max(self.now, entry.at)
        self._done.add(entry.id)
        self.perform(entry.action)
        return True

    def _ready(self, step: PersonaStep, view: View) -> datetime | None:
        return None if expired(step, self.now) else ready_at(step, view)

    def _view(self) -> View:
        return View(
            scenario=self.scenario,
            history=history_of(self.scenario, self.facts, now=self.now),
            facts=self.facts,
            bindings=self.bindings,
            seed=self.seed,
        )

    def _happen(self, happen: do.Happen) -> None:
        view = self._view()
        if judged(happen, view).takes_place:
            for action in actions_of(happen, view):
                self.perform(action)

    # --- facts ------------------------------------------------------------------------------------------------

    def _tell(self, kind: FactKind, subject: str, actor: str, **detail: Any) -> None:
        self.now += timedelta(seconds=1)
        fact = Fact(
            source_id=f"{len(self.facts)}",
            kind=kind,
            subject=subject,
            actor=actor,  # type: ignore[arg-type]
            url="",
            recorded_at=self.now,
            at=self.now,
            detail=detail,
        )
        self.facts.append(fact)
        self.add(react(fact, scenario=self.scenario, facts=self.facts, bindings=self.bindings, seed=self.seed))

    def _filled(self, action: Any) -> Any:
        def fill(value: Any) -> Any:
            if isinstance(value, str):
                return re.sub(r"\{(issue|pull):([a-z0-9-]+)\}", lambda m: self.bindings[f"{m[1]}:{m[2]}"], value)
            return value

        return dataclasses.replace(
            action, **{f.name: fill(getattr(action, f.name)) for f in dataclasses.fields(action)}
        )

    # --- Jira ---------------------------------------------------------------------------------------------------

    def _CreateIssues(self, action: do.CreateIssues) -> None:
        for draft in action.issues:
            key = f"PAY-{len(self.status) + 1}"
            self.bindings[f"issue:{draft.ref}"] = key
            self.status[draft.ref], self.descriptions[draft.ref] = "To Do", draft.description
            self._tell(FactKind.ISSUE_CREATED, f"issue:{key}", action.actor, key=key, status="To Do")

    def _TransitionIssue(self, action: do.TransitionIssue) -> None:
        self.status[action.issue] = action.status
        category = {"To Do": "new", "Done": "done"}.get(action.status, "indeterminate")
        key = self.bindings[f"issue:{action.issue}"]
        self._tell(
            FactKind.ISSUE_CHANGED,
            f"issue:{key}",
            action.actor,
            field="status",
            to_text=action.status,
            category=category,
        )

    def _EditIssue(self, action: do.EditIssue) -> None:
        if action.changes.description is not None:
            self.descriptions[action.issue] = action.changes.description

    def _CommentOnIssue(self, action: do.CommentOnIssue) -> None:
        key = self.bindings[f"issue:{action.issue}"]
        self._tell(FactKind.ISSUE_COMMENTED, f"issue:{key}", action.actor, body=action.body)

    def _CreateSprint(self, action: do.CreateSprint) -> None:
        self.bindings[f"sprint:{action.sprint.ref}"] = "1"

    # --- GitHub -------------------------------------------------------------------------------------------------

    def _CreateRepository(self, action: do.CreateRepository) -> None:
        root = Path(action.starter)
        files = (path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        self.branches["main"] = {path.relative_to(root).as_posix(): path.read_text() for path in files}

    def _PushCommit(self, action: do.PushCommit) -> None:
        if action.branch == "main":
            self.refused.append("push to main")
            return
        tip = dict(self.branches.get(action.branch) or self.branches[action.base])
        self.bases.setdefault(action.branch, dict(self.branches[action.base]))
        for change in action.files:
            tip.pop(change.path, None)
            if change.content is not None:
                tip[change.path] = change.content
        self.branches[action.branch] = tip
        for pull in self.pulls.values():
            if pull.branch == action.branch and not pull.merged:
                pull.verdicts = {who: v for who, v in pull.verdicts.items() if v is not ReviewVerdict.APPROVE}
                self._head(pull, action.actor)

    def _OpenPullRequest(self, action: do.OpenPullRequest) -> None:
        pull = Pull(len(self.pulls) + 1, action.branch, action.actor)
        self.pulls[str(pull.number)] = pull
        self.bindings[f"pull:{action.ref}"] = str(pull.number)
        sha = self._sha(action.branch)
        subject = f"pull:{pull.number}"
        self._tell(
            FactKind.PULL_REQUEST_OPENED,
            subject,
            action.actor,
            title=action.title,
            body=action.body,
            head=action.branch,
            head_sha=sha,
        )
        self._head(pull, action.actor)
        self._ask(pull, action.actor, action.reviewers)

    def _RequestReview(self, action: do.RequestReview) -> None:
        self._ask(self._pull(action.pull), action.actor, action.reviewers)

    def _ask(self, pull: Pull, actor: str, reviewers: Iterable[str]) -> None:
        for seat in reviewers:
            login = self.scenario.spec.people[seat].login
            self._tell(FactKind.REVIEW_REQUESTED, f"pull:{pull.number}", actor, reviewer=login)

    def _SubmitReview(self, action: do.SubmitReview) -> None:
        pull = self._pull(action.pull)
        paths = {file["path"]: file["patch"] for file in self._files(pull.branch)}
        for remark in action.remarks:
            assert _adds(paths[remark.path], remark.line), f"line {remark.line} of {remark.path} is not in the diff"
        if action.verdict is not ReviewVerdict.COMMENT:
            pull.verdicts[action.actor] = action.verdict
        self._tell(
            FactKind.REVIEW_SUBMITTED,
            f"pull:{pull.number}",
            action.actor,
            id=len(self.facts),
            state=_STATES[action.verdict],
            body=action.body,
            commit_sha=self._sha(pull.branch),
        )

    def _CommentOnPullRequest(self, action: do.CommentOnPullRequest) -> None:
        subject = f"pull:{self._pull(action.pull).number}"
        self._tell(FactKind.PULL_REQUEST_COMMENTED, subject, action.actor, body=action.body)

    def _MergePullRequest(self, action: do.MergePullRequest) -> None:
        pull = self._pull(action.pull)
        verdicts = set(pull.verdicts.values())
        if ReviewVerdict.APPROVE not in verdicts or ReviewVerdict.REQUEST_CHANGES in verdicts or pull.merged:
            self.refused.append(f"merge of {pull.branch}")
            return
        self._merge(pull.branch)
        pull.merged = True
        self._tell(FactKind.PULL_REQUEST_MERGED, f"pull:{pull.number}", action.actor, merge_sha=self._sha("main"))

    def _merge(self, branch: str) -> None:
        """Bring a branch's changed files over; a file that both sides changed would be a conflict."""
        base, main, tip = self.bases[branch], self.branches["main"], self.branches[branch]
        for path in sorted({*base, *tip}):
            if tip.get(path) != base.get(path):
                assert main.get(path) == base.get(path), f"{branch} and main both changed {path}"
                main[path] = tip[path]

    def _pull(self, ref: str) -> Pull:
        return self.pulls[ref[1:] if ref.startswith("#") else self.bindings[f"pull:{ref}"]]

    def _head(self, pull: Pull, actor: str) -> None:
        detail = {"head_sha": self._sha(pull.branch), "files": self._files(pull.branch)}
        self._tell(FactKind.PULL_REQUEST_HEAD, f"pull:{pull.number}", actor, **detail)

    def _sha(self, branch: str) -> str:
        return hashlib.sha1(repr(sorted(self.branches[branch].items())).encode(), usedforsecurity=False).hexdigest()

    def _files(self, branch: str) -> list[dict[str, Any]]:
        base, tip = self.bases[branch], self.branches[branch]
        return [_changed(path, base.get(path, ""), tip[path]) for path in sorted(tip) if tip[path] != base.get(path)]


def _changed(path: str, old: str, new: str) -> dict[str, Any]:
    lines = list(difflib.unified_diff(old.splitlines(), new.splitlines(), lineterm=""))[2:]
    added = sum(line.startswith("+") for line in lines)
    removed = sum(line.startswith("-") for line in lines)
    return {
        "path": path,
        "status": "modified" if old else "added",
        "additions": added,
        "deletions": removed,
        "patch": "\n".join(lines),
    }


def _adds(patch: str, wanted: int) -> bool:
    number = 0
    for line in patch.splitlines():
        if line.startswith("@@"):
            number = int(line.split("+")[1].split(",")[0].split()[0])
        elif not line.startswith("-"):
            if number == wanted:
                return True
            number += 1
    return False
