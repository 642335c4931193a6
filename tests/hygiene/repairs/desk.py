"""A short sprint on emulated services and a clock set by hand, and a learner with git, curl, PyGithub and jira at it.

What is pasted is run by a real shell in the learner's clone, with nothing but what the learner has.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from github import Auth, Github
from github.PullRequest import PullRequest
from jira import JIRA

from simulator.hygiene.linter import Scorer
from simulator.model.hygiene import Scorecard
from simulator.model.keys import SeatId
from simulator.model.runs import Run, RunState
from simulator.run.starting import StartRequest, begin_run
from simulator.timekeeping.instants import parse_target
from tests.hygiene.repairs.house import House

LEARNER = SeatId("ada")


class Desk:
    """The learner's place in a run of their own: a clone, and clients for both services; the teammates' clients too."""

    def __init__(self, house: House, folder: Path) -> None:
        self._house = house
        request = StartRequest(scenario=str(house.scenario), pace="8h", seed=1)
        openings = house.openings
        self._run: Run = begin_run(
            request,
            house.shelf,
            clock=house.clock,
            credentials=openings.credentials_file,
            folder=openings.runs_folder,
        )
        while house.shelf.runs.get(self._run.id).state is RunState.PREPARING:
            house.engine.work(self._run.id)
            house.clock.tick()
        live = house.engine.open(self._run.id)
        self._story = live.story
        self.services = openings.services(house.shelf.runs.get(self._run.id), live.story)
        self.folder = folder / "clone"
        self.home = folder
        self._scorer = Scorer({})
        self.rita, self.tom = self._github("rita"), self._github("tom")
        self.repository = self._github("ada")
        self.jira = self._jira("ada")
        self.lead_jira = self._jira("rita")
        self.git("config", "--global", "user.name", "Ada", inside=False)
        self.git("config", "--global", "user.email", "ada@acme.example", inside=False)
        self.git("clone", "-q", self._clone_url(), str(self.folder), inside=False)

    # --- time and looking -----------------------------------------------------------------------------------------

    def at(self, when: str) -> None:
        """Go on to a simulated instant: `day 3 10:00`, `+2h`."""
        engine, run_id = self._house.engine, self._run.id
        live = engine.open(run_id)
        calendar, now = live.story.calendar, engine.simulated_now(live)
        wall = live.timeline.wall(parse_target(when, first_day=live.story.first_day, calendar=calendar, now=now))
        assert wall is not None
        engine.look(run_id)
        self._house.clock.set(wall)
        engine.work(run_id)

    def look(self, *, elapsed: float | None = None) -> Scorecard:
        """The learner's card by all that is on the services now, as if so much of the sprint were over."""
        return self.cards(elapsed=elapsed)[LEARNER]

    def cards(self, *, elapsed: float | None = None) -> dict[SeatId | None, Scorecard]:
        """The cards of the learner and, under None, of the team."""
        self._house.clock.tick()
        self._house.engine.look(self._run.id)
        self._house.clock.tick()
        self._house.engine.look(self._run.id)
        live = self._house.engine.open(self._run.id)
        history = self._house.engine.view(self._run.id).history
        over = live.story.elapsed(history.now) if elapsed is None else elapsed
        return self._scorer.score(history, seats=[LEARNER, None], elapsed=over)

    def look_around(self) -> None:
        """Look as often as it takes to see what is looked at in turn, such as checks."""
        for _ in range(16):
            self._house.clock.tick()
            self._house.engine.look(self._run.id)

    # --- git ------------------------------------------------------------------------------------------------------

    def git(self, *words: str, inside: bool = True) -> str:
        """A git command in the clone."""
        return self._ran(["git", *words], cwd=self.folder if inside else None)

    def paste(self, command: str) -> str:
        """What is advised, run as printed by a shell in the clone."""
        return self._ran(["bash", "-c", f"set -o pipefail; {command}"], cwd=self.folder)

    def follow(self, advice: str, **fills: str) -> None:
        """Run each command of an advice, with what it leaves to fill in filled in; words between the commands are for people."""
        for blank, text in fills.items():
            advice = advice.replace(blank.replace("__", " ").replace("_1_", ", "), text)
        commands = [found for line in advice.splitlines() if (found := _command(line))]
        assert commands, f"no command in {advice!r}"
        for command in commands:
            self.paste(command.replace("curl ", "curl --fail-with-body --silent --show-error ", 1))

    def _ran(self, words: list[str], *, cwd: Path | None) -> str:
        now = self._house.clock().isoformat()
        done = subprocess.run(
            words,
            cwd=cwd,
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(self.home),
                "GIT_TERMINAL_PROMPT": "0",
                "GIT_EDITOR": str(self.home / "editor"),
                "GIT_SEQUENCE_EDITOR": str(self.home / "sequence"),
                "GIT_AUTHOR_DATE": now,
                "GIT_COMMITTER_DATE": now,
                "GITHUB_TOKEN": self._token("ada"),
            },
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, f"{words}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        self._house.clock.tick()
        return done.stdout + done.stderr

    def editor(self, *, writes: str = "", rebases: str = "") -> None:
        """What the learner's editor does: the message it `writes`, the sed script by which it edits the list of a rebase."""
        (self.home / "message").write_text(writes)
        (self.home / "editor").write_text(f'#!/bin/sh\ncat "{self.home}/message" > "$1"\n')
        (self.home / "sequence").write_text(f"#!/bin/sh\nsed -i -e '{rebases}' \"$1\"\n")
        for name in ("editor", "sequence"):
            (self.home / name).chmod(0o755)

    def commit(self, message: str, **files: str) -> None:
        """Write files (dots in names as __) and commit them."""
        self.write({name.replace("__", "."): text for name, text in files.items()})
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)

    def write(self, files: Mapping[str, str]) -> None:
        for name, content in files.items():
            file = self.folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content)

    def branch(self, name: str) -> None:
        """A new branch from the fresh default branch."""
        self.git("fetch", "-q", "origin")
        self.git("switch", "-q", "-c", name, "origin/main")

    def push(self) -> None:
        self.git("push", "-q", "-u", "origin", "HEAD")

    def pull_request(self, head: str, title: str, body: str = "", *, draft: bool = False) -> PullRequest:
        made = self.repository.create_pull(base="main", head=head, title=title, body=body, draft=draft)
        self._house.clock.tick()
        return made

    def move(self, key: str, status: str) -> None:
        """Move an issue on the board."""
        names = {transition["to"]["name"]: transition["id"] for transition in self.jira.transitions(key)}
        self.jira.transition_issue(key, names[status])
        self._house.clock.tick()

    def account(self, seat: str) -> str:
        """The id of somebody's account in Jira."""
        return str(self._jira(seat).myself()["accountId"])

    def in_hours(self, hours: float) -> str:
        """The stamp, by the services' clock, of an instant in so many hours."""
        return (self._house.clock() + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%S.000Z")

    def tick(self) -> None:
        """A second passes."""
        self._house.clock.tick()

    # --- clients --------------------------------------------------------------------------------------------------

    def _token(self, seat: str) -> str:
        return self.services.credentials[SeatId(seat)].github_token

    def _github(self, seat: str) -> Any:  # Any: PyGithub's repository
        client = Github(
            auth=Auth.Token(self._token(seat)),
            base_url=self.services.github_api_url,
            retry=None,
            seconds_between_requests=None,
            seconds_between_writes=None,
        )
        return client.get_repo("acme/payments")

    def _jira(self, seat: str) -> JIRA:
        who = self.services.credentials[SeatId(seat)]
        return JIRA(server=self.services.jira_url, basic_auth=(who.email, who.jira_token), max_retries=0)

    def _clone_url(self) -> str:
        parts = urlsplit(f"{self.services.github_html_url}/acme/payments.git")
        return urlunsplit(parts._replace(netloc=f"ada:{self._token('ada')}@{parts.netloc}"))


def _command(line: str) -> str:
    """The command in a line of advice: from the first word that begins one to its end."""
    starts = [at for word in ("git ", "gh ", "curl ") if (at := f" {line}".find(f" {word}")) >= 0]
    return line[min(starts) :] if starts else ""
