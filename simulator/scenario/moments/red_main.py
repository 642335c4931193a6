"""Moment 16: the default branch is red after a merge."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import ClassVar, Literal

from typing_extensions import override

from simulator.model.actions import Action, Channel, PostNote
from simulator.model.history import CheckRun, Landing, PullRequest
from simulator.model.keys import SeatId
from simulator.scenario.events.event import Stage
from simulator.scenario.moments.commands import begin, propose, say
from simulator.scenario.moments.deeds import pulls_by, said_by
from simulator.scenario.moments.moment import Consequence, Moment, Scene, Sign
from simulator.scenario.moments.traces import checks_on_main
from simulator.scenario.moments.words import substance
from simulator.scenario.part import Text
from simulator.scenario.people import PathPattern
from simulator.scenario.values import LengthText
from simulator.scenario.view import View

_REVERT = re.compile(r"(?i)\brevert|\bback ?out\b|\broll(?:ing)? ?back")
_FIX = re.compile(r"(?i)\b(?:hot)?fix|\brepair|\bmend|\bbroken|\bgreen|\bred\b")
_SPEAKS_OF_IT = re.compile(
    r"(?i)\b(?:red|rot|rouge|roto|rossa|green|kaputt|broken?|breaks?|fail(?:s|ed|ing)?|reverts?|reverted|reverting|my merge"
    r"|roll(?:ing)? ?(?:it )?back|cassé\w*)\b|слом|откат|красн"
)
_BLAME = re.compile(
    r"(?i)(?<!not )(?<!n't )\byour (?:fault|mistake|mess)\b|\bnot my (?:fault|problem|code|job)\b|\bwho (?:the hell )?broke\b"
    r"|\b(?:you|he|she) (?:always )?(?:broke|messed)\b|(?<!no )(?<!not )(?<!n't )(?<!without )\bblame\b.{0,20}"
    r"\b(?:him|her|them|you)\b"
)
_MAIN = re.compile(r"(?i)\b(?:main|master|trunk|build|ci)\b")
_LONGEST_READ = 5_000


class RedMain(Moment):
    """Main fails after the learner's merge: it is reverted or mended within the hour, and the team knows."""

    number: ClassVar[int] = 16
    urgent: ClassVar[bool] = True
    title: ClassVar[str] = "Main is red after your merge"
    ways: ClassVar[Mapping[str, str]] = {
        "reverted": "You reverted the change within the hour.",
        "mended": "You opened a pull request with a fix within the hour.",
        "told_the_team": "You told the team at once that main is red and that you are at it.",
        "green_again": "Main turned green again by something that you merged, on the same day.",
    }
    slips: ClassVar[Mapping[str, str]] = {
        "red_overnight": "Main stayed red until the next morning, and nothing was on its way.",
        "blamed": "Words went to somebody's fault instead of to what mends it.",
        "merged_on_top": "Something unrelated was merged on top while main was red.",
    }
    usual_hints: ClassVar[tuple[str, str, str]] = (
        "Main fails. Who else builds on it right now?",
        "Look at the failed check of the latest commit on the default branch: its log names the test, and your merge "
        "was the last one before it.",
        "Say in the chat that you are at it. If you see the cause in ten minutes, open a small pull request with the "
        "fix; if not, revert your merge (the button on the pull request, or `git revert`), and look for it in peace.",
    )
    usual_explanation: ClassVar[str] = (
        "Two changes that are green each can be red together: git merges lines, not meanings. That is nobody's fault, "
        "but whoever merged last knows best what is new. While main is red, everybody's branch is red, too, and the "
        "next fault hides behind this one. A revert costs nothing and gives you back the time to think; it is no "
        "defeat. An hour is a good limit for main to be green again, and a word in the chat is due in minutes. Nicole "
        "Forsgren and others count the time to restore among the four measures that tell strong teams from weak ones "
        "(Accelerate, 2018)."
    )

    type: Literal["red_main"]
    check: PathPattern = "*"
    """Shell pattern of the check's name."""
    news: Text
    """What `who` says in the chat when the moment opens: that main is red."""
    within: LengthText = timedelta(hours=1)
    """Working time in which something should be on its way."""
    morning: Text = (
        "Good morning. Main is still red, and I could not start with mine. I have reverted it on my machine for now. "
        "Can we bring it back to green first thing?"
    )
    """What `who` says in the chat when it was red overnight."""
    calms: Text = (
        "It can happen to any of us, and it will be me next time. Let's look at what broke and not at who. I've got "
        "twenty minutes now, if that helps."
    )
    """What `who` says in the chat after words about somebody's fault."""

    @override
    def opening(self, stage: Stage, about: Mapping[str, str]) -> tuple[Action, ...]:
        return (PostNote(actor=self.seat, channel=Channel.CHAT, text=self.news),)

    @override
    def obstacle(self, view: View, about: Mapping[str, str]) -> str:
        last = {check.name: check for check in checks_on_main(view.history, self.check)}
        return "main is green again" if last and all(check.passed for check in last.values()) else ""

    @override
    def concerns(self, scene: Scene) -> bool:
        people = self._breakers(scene)
        is_known = self._broken_by(scene) is not None  # a colleague's merge is the colleague's to mend
        return super().concerns(scene) and (scene.seat in people or not (people or is_known))

    @override
    def well(self, scene: Scene) -> Iterator[Sign]:
        limit = scene.view.later(scene.opened, self.within)
        for pull in pulls_by(scene):
            way = self._remedy(scene, pull)
            if way and pull.opened_at <= limit:
                yield Sign(way=way, at=pull.opened_at, evidence=(pull.url,))
        for landing in self._landings_of(scene):
            if _REVERT.search(landing.message[:_LONGEST_READ]) and landing.at <= limit:
                yield Sign(way="reverted", at=landing.at, evidence=(landing.url,))
        for said in said_by(scene):
            speaks = _SPEAKS_OF_IT.search(said.text[:_LONGEST_READ]) and substance(said.text) >= 3
            if said.at <= limit and speaks and not _BLAME.search(said.text[:_LONGEST_READ]):
                yield Sign(way="told_the_team", at=said.at, evidence=(said.evidence,))
        yield from self._green(scene)

    def _green(self, scene: Scene) -> Iterator[Sign]:
        tomorrow, brought = self._tomorrow(scene), {landing.sha: landing for landing in self._landings_of(scene)}
        for run in checks_on_main(scene.view.history, self.check):
            if run.passed and scene.holds(run.at) and run.at < tomorrow and run.sha in brought:
                yield Sign(way="green_again", at=run.at, evidence=(run.url or brought[run.sha].url,))

    @override
    def badly(self, scene: Scene) -> Iterator[Sign]:
        tomorrow = self._tomorrow(scene)
        stayed = self._red(scene) is not None and not self._is_green_by(scene, tomorrow)
        if tomorrow <= scene.end and stayed and not self._is_under_way(scene, tomorrow):
            yield Sign(way="red_overnight", at=tomorrow, evidence=self._evidence(scene))
        for said in said_by(scene):
            if _BLAME.search(said.text[:_LONGEST_READ]):
                yield Sign(way="blamed", at=said.at, evidence=(said.evidence,))
        for landing in self._landings_of(scene):
            pulls = [scene.view.history.pulls[n] for n in landing.pulls if n in scene.view.history.pulls]
            remedy = any(self._remedy(scene, pull) for pull in pulls) or _REVERT.search(landing.message[:_LONGEST_READ])
            if (
                pulls
                and not remedy
                and not self._is_green_by(scene, landing.at)
                and not self._made_green(scene, landing)
            ):
                yield Sign(way="merged_on_top", at=landing.at, evidence=(landing.url or pulls[0].url,))

    @override
    def consequences(self, scene: Scene, slip: Sign) -> tuple[Consequence, ...]:
        text = self.calms if slip.way == "blamed" else self.morning if slip.way == "red_overnight" else ""
        if not text:
            return ()
        said = PostNote(actor=self.seat, channel=Channel.CHAT, text=text)
        return (Consequence(after=timedelta(minutes=20), actions=(said,)),)

    @override
    def commands(self, scene: Scene) -> tuple[str, ...]:
        landing = self._broken_by(scene)
        if landing is None:
            return ()
        merge = "-m 1 " if landing.parents > 1 else ""
        back = f"git revert --no-edit {merge}{landing.sha[:12]}"
        told = say(f"{scene.view.history.default_branch} is red since my merge, and I am at it.")
        return (told, *begin(scene.view, f"revert-{landing.sha[:7]}"), back, *propose())

    @override
    def task(self, scene: Scene) -> str:
        if self._is_green_by(scene, scene.end):
            return ""
        since = "your" if scene.seat in self._breakers(scene) else "the last"
        return f"`{scene.view.history.default_branch}` fails since {since} merge: get it green again."

    @override
    def where(self, scene: Scene) -> str:
        return next(iter(self._evidence(scene)), super().where(scene))

    # --- parts ------------------------------------------------------------------------------------------------------

    def _red(self, scene: Scene) -> CheckRun | None:
        """The failure that opened it: the last one on the default branch until then."""
        known = [run for run in checks_on_main(scene.view.history, self.check) if run.at <= scene.opened and run.failed]
        return known[-1] if known else None

    def _broken_by(self, scene: Scene) -> Landing | None:
        """What came to the default branch last before it was red."""
        red, landings = self._red(scene), scene.view.history.landings
        if red:
            landings = tuple(landing for landing in landings if landing.sha == red.sha)
        return next((landing for landing in reversed(landings) if landing.at <= scene.opened), None)

    def _breakers(self, scene: Scene) -> set[SeatId]:
        """The humans whose merge it was."""
        landing = self._broken_by(scene)
        pulls = [scene.view.history.pulls.get(number) for number in (landing.pulls if landing else ())]
        people = {pull.author for pull in pulls if pull} or {landing.actor if landing else None}
        return {seat for seat in people if seat and scene.view.is_human(seat)}

    def _landings_of(self, scene: Scene) -> Iterator[Landing]:
        """What the person brought to the default branch since it was red."""
        for landing in scene.view.history.landings:
            authors = {p.author for n in landing.pulls if (p := scene.view.history.pulls.get(n))}
            if scene.seat in (authors or {landing.actor}) and scene.opened < landing.at <= scene.end:
                yield landing

    def _remedy(self, scene: Scene, pull: PullRequest) -> str:
        """Which remedy a pull request is, empty for other work: a revert; a fix that names or touches what broke it."""
        words = f"{pull.title}\n{pull.head}\n{pull.body[:_LONGEST_READ]}"
        if _REVERT.search(words):
            return "reverted"
        landing = self._broken_by(scene)
        broken = [
            scene.view.history.pulls[n] for n in (landing.pulls if landing else ()) if n in scene.view.history.pulls
        ]
        same_lines = bool(_paths((pull,)) & _paths(broken))
        named = any(f"#{one.number}" in words or one.item == pull.item for one in broken)
        speaks = _FIX.search(words) is not None
        return "mended" if same_lines or (speaks and (named or not broken)) or _says_main(words) else ""

    def _is_green_by(self, scene: Scene, at: datetime) -> bool:
        runs = [run for run in checks_on_main(scene.view.history, self.check) if scene.opened < run.at <= at]
        last = {run.name: run for run in runs}
        return bool(last) and all(run.passed for run in last.values())

    def _made_green(self, scene: Scene, landing: Landing) -> bool:
        runs = (run for run in checks_on_main(scene.view.history, self.check) if run.sha == landing.sha)
        return any(run.passed for run in runs)

    def _is_under_way(self, scene: Scene, at: datetime) -> bool:
        """Whether anybody had something on its way by then."""
        since = (pull for pull in scene.view.history.pulls.values() if scene.opened <= pull.opened_at <= at)
        return any(self._remedy(scene, pull) for pull in since)

    def _tomorrow(self, scene: Scene) -> datetime:
        """The beginning of the working day after it was red."""
        scenario = scene.view.scenario
        day = scenario.calendar.day_number(scenario.first_day, scene.opened)
        return scenario.calendar.instant(scenario.first_day, day + 1, scenario.calendar.start)

    def _evidence(self, scene: Scene) -> tuple[str, ...]:
        red, landing = self._red(scene), self._broken_by(scene)
        return tuple(url for url in (red.url if red else "", landing.url if landing else "") if url)


def _paths(pulls: Iterable[PullRequest]) -> set[str]:
    return {file.path for pull in pulls for head in pull.heads for file in head.files}


def _says_main(words: str) -> bool:
    return _FIX.search(words) is not None and _MAIN.search(words) is not None
