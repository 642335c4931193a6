"""Moment 10: a check that fails now and then, for no reason in the change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Annotated, ClassVar, Literal

from pydantic import Field
from typing_extensions import override

from simulator.model.actions import Channel, PostNote
from simulator.model.diff_lines import added_lines
from simulator.model.history import CheckRun, PullRequest
from simulator.scenario.moments.deeds import pulls_by, said_by, the_pull
from simulator.scenario.moments.moment import Consequence, Moment, Scene, Sign
from simulator.scenario.moments.traces import checks_of, fits_one, issues_made_by
from simulator.scenario.moments.words import is_about, substance
from simulator.scenario.part import Text
from simulator.scenario.people import PathPattern

_SKIPS = re.compile(
    r"pytest\.(?:mark\.)?(?:skip|xfail)|unittest\.skip|\bskipTest\(|\b(?:it|test|describe)\.(?:skip|todo)\b|\bx(?:it|describe)\("
    r"|@(?:Disabled|Ignore)\b|\bt\.Skip|#\[ignore|continue-on-error:\s*true|\|\|\s*true\b"
)
_FLAKY = ("flak", "re-run", "rerun", "quarantin", "flatter", "instable")
_NOW_AND_THEN = (
    "unstable",
    "intermittent",
    "sporadic",
    "sometimes",
    "now and then",
    "random",
    "unreliable",
    "manchmal",
)
_FAILING = ("fail", "red", "log", "timeout", "timed out", "broken", "schläg", "échou", "falla", "пада", *_NOW_AND_THEN)
_CHECKS = ("test", "check", "build", "pipeline", "ci", "spec", "job")
_LONGEST_LINE = 500


class FlakyCheck(Moment):
    """A check fails though the change is innocent: who reads the log runs it once more, and makes the flake known."""

    number: ClassVar[int] = 10
    title: ClassVar[str] = "A check that fails now and then"
    ways: ClassVar[Mapping[str, str]] = {
        "ran_it_again": "You had the check run once more on the same commit, and it passed.",
        "filed_it": "You created an issue for the flaky test, so that somebody mends it.",
        "told_the_team": "You told the others that the check fails now and then.",
        "mended_it_apart": "You mended the test in a pull request of its own.",
    }
    slips: ClassVar[Mapping[str, str]] = {
        "tried_and_tried": "The check was run again and again, and nothing was done about why it fails.",
        "silenced_it": "The failing test was skipped or taken out, or the checks themselves were changed.",
        "merged_while_red": "It was merged while the check said that something is wrong.",
    }
    usual_hints: ClassVar[tuple[str, str, str]] = (
        "The check says no. Is it about your change at all?",
        "Open the log of the failed check, and compare the file that it names with the files that you changed.",
        "Run it once more (the comment `/rerun`, or the button beside the check). When it passes without a change, create an "
        "issue with the name of the test and the link to the log, and tell the others.",
    )
    usual_explanation: ClassVar[str] = (
        "A flaky test fails and passes on the same code. Each one teaches a team to press the button until it turns "
        "green, and then nobody looks when it is red for a reason. Running it once more tells a flake from a fault; "
        "running it six times tells nothing new. What helps is to make it known: an issue with the test's name and the "
        "log, so that it is mended or put into quarantine by decision. Google wrote in 2016 that about 1.5 % of its "
        "test runs were flaky, and that almost 16 % of its tests were flaky to some degree (Google Testing Blog)."
    )

    type: Literal["flaky_check"]
    check: PathPattern = "*"
    """Shell pattern of the check's name."""
    tests: PathPattern = "*test*"
    """Shell pattern of the files that must not be touched to get it green."""
    reruns: Annotated[int, Field(ge=1, le=50)] = 3
    """Runs more on one commit that are too many."""
    again: Text = (
        "The flaky test has just cost me half an hour. I pressed the button four times, like everybody, I guess. Does "
        "anybody have an issue for it? If not, I'd be glad about one with a log in it."
    )
    """What `who` says in the chat after a slip."""

    @override
    def well(self, scene: Scene) -> Iterator[Sign]:
        for pull in self._pulls(scene):
            yield from self._passed_again(scene, pull)
        for issue in issues_made_by(scene):
            words = f"{issue.initial.summary}\n{issue.initial.description}"
            if self._is_about_it(scene, words) and substance(words) >= 3:
                yield Sign(way="filed_it", at=issue.created_at, evidence=(issue.url,))
        for said in said_by(scene):
            if self._is_about_it(scene, said.text) and substance(said.text) >= 4:
                yield Sign(way="told_the_team", at=said.at, evidence=(said.evidence,))
        own = {pull.number for pull in self._pulls(scene)}
        for pull in pulls_by(scene):
            files = pull.heads[-1].files if pull.heads else ()
            only_tests = bool(files) and all(fits_one(file.path, (self.tests,)) for file in files)
            if pull.number not in own and only_tests and not self._silenced(pull, len(pull.heads) - 1):
                yield Sign(way="mended_it_apart", at=pull.opened_at, evidence=(pull.url,))

    def _passed_again(self, scene: Scene, pull: PullRequest) -> Iterator[Sign]:
        for runs in self._runs(scene, pull).values():
            for turn, run in enumerate(runs):
                if run.passed and 0 < turn < 1 + self.reruns and runs[turn - 1].failed:
                    yield Sign(way="ran_it_again", at=run.at, evidence=tuple(r.url or pull.url for r in runs))

    @override
    def badly(self, scene: Scene) -> Iterator[Sign]:
        for pull in self._pulls(scene):
            for runs in self._runs(scene, pull).values():
                if len(runs) > 1 + self.reruns:
                    last = runs[1 + self.reruns]
                    yield Sign(way="tried_and_tried", at=last.at, evidence=(last.url or pull.url,))
            yield from self._tried_by_pushing(scene, pull)
            for turn, head in enumerate(pull.heads):
                if head.at > scene.opened and self._silenced(pull, turn):
                    yield Sign(way="silenced_it", at=head.at, evidence=(pull.url,))
            if pull.merged_at and pull.merged_by == scene.seat and self._is_red(scene, pull):
                yield Sign(way="merged_while_red", at=pull.merged_at, evidence=(pull.url,))

    def _tried_by_pushing(self, scene: Scene, pull: PullRequest) -> Iterator[Sign]:
        """Commits that change nothing are re-runs, too."""
        empty = [c for c in pull.commits if scene.holds(c.at) and c.author == scene.seat and not c.files]
        pushed = [commit for commit in empty if commit.parents == 1]
        if len(pushed) >= self.reruns:
            yield Sign(way="tried_and_tried", at=pushed[self.reruns - 1].at, evidence=(pushed[-1].url,))

    @override
    def consequences(self, scene: Scene, slip: Sign) -> tuple[Consequence, ...]:
        said = PostNote(actor=self.seat, channel=Channel.CHAT, text=self.again)
        return (Consequence(after=timedelta(hours=5), actions=(said,)),)

    @override
    def commands(self, scene: Scene) -> tuple[str, ...]:
        pull = next(self._pulls(scene), None)
        if pull is None:
            return ()
        return (f"gh pr checks {pull.number}", f"gh pr comment {pull.number} --body /rerun")

    @override
    def task(self, scene: Scene) -> str:
        pull = next(self._pulls(scene), None)
        return f"See what the failed check of #{pull.number} says." if pull and not pull.merged_at else ""

    @override
    def where(self, scene: Scene) -> str:
        pull = next(self._pulls(scene), None)
        return pull.url if pull else super().where(scene)

    # --- parts ------------------------------------------------------------------------------------------------------

    def _pulls(self, scene: Scene) -> Iterator[PullRequest]:
        """The pull request that it is about, else the person's own on which the check failed."""
        meant = the_pull(scene)
        own = (p for p in scene.view.history.pulls.values() if p.author == scene.seat and not self._was_over(scene, p))
        failed = (pull for pull in own if any(run.failed for run in checks_of(scene.view.history, pull, self.check)))
        return (pull for pull in (meant,) if scene.seat in pull.authors()) if meant else failed

    def _was_over(self, scene: Scene, pull: PullRequest) -> bool:
        over = pull.merged_at or pull.closed_at
        return over is not None and over < scene.opened

    def _runs(self, scene: Scene, pull: PullRequest) -> dict[tuple[str, str], list[CheckRun]]:
        """The runs of each check on each commit, from the first that failed on."""
        found: dict[tuple[str, str], list[CheckRun]] = {}
        for run in checks_of(scene.view.history, pull, self.check):
            key = (run.sha, run.name)
            if run.at <= scene.end and (run.failed or key in found):
                found.setdefault(key, []).append(run)
        return found

    def _is_red(self, scene: Scene, pull: PullRequest) -> bool:
        last: dict[str, CheckRun] = {}
        for run in checks_of(scene.view.history, pull, self.check):
            if pull.merged_at and run.at <= pull.merged_at and run.sha == pull.heads[-1].sha:
                last[run.name] = run
        return any(run.failed for run in last.values())

    def _silenced(self, pull: PullRequest, turn: int) -> bool:
        """Whether a head takes tests out or has them skipped, or changes the workflows, that the one before did not."""
        marks = self._marks(pull, turn)
        return bool(marks - (self._marks(pull, turn - 1) if turn else set()))

    def _marks(self, pull: PullRequest, turn: int) -> set[str]:
        found: set[str] = set()
        for file in pull.heads[turn].files:
            is_test, is_workflow = fits_one(file.path, (self.tests,)), file.path.startswith(".github/workflows/")
            gone = is_test and file.status == "removed"
            skips = any(_SKIPS.search(text[:_LONGEST_LINE]) for _, text in added_lines(file))
            if gone or is_workflow or (is_test and skips):
                found.add(file.path)
        return found

    def _is_about_it(self, scene: Scene, text: str) -> bool:
        names = {run.name for pull in self._pulls(scene) for run in checks_of(scene.view.history, pull, self.check)}
        of_a_check = is_about(text, (*_CHECKS, *sorted(names)))
        return is_about(text, _FLAKY) or (of_a_check and is_about(text, _NOW_AND_THEN)) or self._fails(text, names)

    def _fails(self, text: str, names: set[str]) -> bool:
        return is_about(text, tuple(sorted(names))) and is_about(text, _FAILING)
