"""The coach's comments: one on each pull request of a learner, one on each issue whose status says otherwise than its code.

What was said last is written down with the run, so that a comment is a new one only once, whatever is started again, rewound or
branched. Refuses to disturb a run: a service that does not take a comment is asked again later, and nobody waits for it.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from simulator.errors import AdapterError
from simulator.model.actions import Action, AddCollaborators, KeepIssueComment, KeepPullComment
from simulator.model.coach import MARK_ON_ISSUES, MARK_ON_PULLS, SEAT
from simulator.model.history import History
from simulator.model.keys import IssueKey
from simulator.ports import Bindings
from simulator.run.addresses import SiteAddress
from simulator.run.coach.about import of_issues, of_pull, open_on
from simulator.run.coach.words import issue_comment, pull_comment
from simulator.run.live import Live
from simulator.run.shelf import Shelf
from simulator.timekeeping.clock import Clock

logger = logging.getLogger(__name__)

_SETTLED = timedelta(seconds=1)  # wall: a burst of news is over
_PAUSE_HERE = timedelta(seconds=3)  # wall: between two rounds of comments
_PAUSE_ELSEWHERE = timedelta(minutes=1)  # GitHub and Jira limit how often somebody may write
_PAUSE_AFTER_REFUSAL = timedelta(minutes=2)
_ACCESS = "coach:access"
_ON_PULL = "coach:pull:"
_ON_ISSUE = "coach:issue:"
_HOURS = re.compile(r"\d+\.\d+")


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A comment as it should be; `name` is where its digest is kept among the run's bindings."""

    name: str
    action: Action
    digest: str


class Commenting:
    """Speaks on the services. `base_url` is where the server is reached."""

    def __init__(self, shelf: Shelf, *, clock: Clock, base_url: str) -> None:
        self._shelf = shelf
        self._clock = clock
        self._base_url = base_url

    def speak(self, live: Live, history: History) -> datetime | None:
        """Bring the comments up to date, when nothing is new for a second and the last ones are not just written.

        Returns the wall instant at which that is so if it is not yet, None when there is nothing to be said.
        """
        voice, now = live.story.scenario.spec.voice, self._clock()
        if not live.cards or live.spoken_of is live.cards or not (live.emulated or voice.elsewhere):
            return None
        if (at := _not_before(live)) is not None and now < at:
            return at
        bindings = self._shelf.runs.bindings(live.run_id)
        wanted = [one for one in self._wanted(live, history, bindings) if bindings.get(one.name) != one.digest]
        live.spoken_of = live.cards
        if wanted:
            live.silent_until = now + (_PAUSE_HERE if live.emulated else _PAUSE_ELSEWHERE)
            self._write(live, wanted, bindings)
        return None if live.spoken_of is live.cards else live.silent_until

    def _write(self, live: Live, wanted: list[_Wanted], bindings: Bindings) -> None:
        try:
            if live.emulated and _ACCESS not in bindings:
                admin = live.story.scenario.admin
                live.performer.perform(AddCollaborators(actor=admin, permissions={SEAT: "pull"}), bindings=bindings)
                self._shelf.runs.bind(live.run_id, {_ACCESS: "pull"})
            for one in wanted:
                self._write_one(live, one, bindings)
        except AdapterError as exc:
            logger.warning("run %s: the coach is not heard: %s", live.run_id, exc.what)
            live.spoken_of, live.silent_until = None, self._clock() + _PAUSE_AFTER_REFUSAL

    def _write_one(self, live: Live, one: _Wanted, bindings: Bindings) -> None:
        try:
            live.performer.perform(one.action, bindings=bindings)
        except AdapterError as exc:
            if exc.retryable:
                raise
            # A locked conversation, an issue that is gone: these words will not be taken there, other ones may be.
            logger.warning("run %s: the coach is not heard: %s", live.run_id, exc.what)
        self._shelf.runs.bind(live.run_id, {one.name: one.digest})

    def _wanted(self, live: Live, history: History, bindings: Bindings) -> Iterator[_Wanted]:
        """Comments on what is open and has something to mend, and on what was commented on before."""
        voice, author = live.story.scenario.spec.voice, SEAT if live.emulated else live.story.scenario.admin
        site, page = self._base_url, f"{self._base_url}/runs/{live.run_id}"
        findings = open_on(live.cards)
        for number, pull in history.pulls.items() if voice.pulls else ():
            name, is_open = f"{_ON_PULL}{number}", pull.merged_at is None and pull.closed_at is None
            found = of_pull(pull, findings) if is_open or name in bindings else []
            if found or name in bindings:
                body = self._here(live, pull_comment(found, site=site, page=page))
                keep = KeepPullComment(actor=author, pull=number, body=body, mark=MARK_ON_PULLS)
                yield _Wanted(name, keep, _digest(body, live))
        behind = of_issues(findings)
        known = [IssueKey(name.removeprefix(_ON_ISSUE)) for name in bindings if name.startswith(_ON_ISSUE)]
        for key in dict.fromkeys([*behind, *known]) if voice.issues else ():
            body = self._here(live, issue_comment(behind.get(key, ()), page=page))
            note = KeepIssueComment(actor=author, issue=key, body=body, mark=MARK_ON_ISSUES)
            yield _Wanted(f"{_ON_ISSUE}{key}", note, _digest(body, live))

    def _here(self, live: Live, body: str) -> str:
        """A comment with the addresses of the run's site as they are now."""
        return str(SiteAddress(self._base_url, live.run_id).in_json(body)) if live.emulated else body


def _not_before(live: Live) -> datetime | None:
    settled = live.stirred_at + _SETTLED if live.stirred_at else None
    return max((at for at in (settled, live.silent_until) if at), default=None)


def _digest(body: str, live: Live) -> str:
    """What tells other words from the same ones. Elsewhere hours that went by are no news: each change is mailed to people."""
    told = body if live.emulated else _HOURS.sub("", body)
    return hashlib.blake2b(told.encode(), digest_size=12).hexdigest()
