"""How a run is taken in hand: its scenario read, its services connected, its timeline put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from simulator.adapters.connect import connect
from simulator.adapters.identify import identify
from simulator.emulators.kit.seed import Seed
from simulator.emulators.server import Emulators
from simulator.model import coach
from simulator.model.keys import Login, SeatId
from simulator.model.runs import Run, RunState
from simulator.plan.words.wordings import Table, Wordings
from simulator.ports import Credentials, Services
from simulator.run.borrowed_words import BorrowedWords
from simulator.run.credentials import CredentialsFile, from_environment
from simulator.run.live import Live, Story
from simulator.run.secrets import Key
from simulator.run.shelf import Shelf
from simulator.run.sites import site_seed
from simulator.run.starting import scenario_folder, write_plan
from simulator.scenario.assembling.settle import read_settled
from simulator.scenario.assembling.texts import ENGLISH
from simulator.scenario.load import LoadedScenario, load_scenario
from simulator.timekeeping.clock import Clock
from simulator.timekeeping.timeline import Segment, Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class Openings:
    """How a run is taken in hand: its scenario, its services with everybody's credentials, its timeline."""

    shelf: Shelf
    key: Key
    emulators: Emulators
    base_url: str
    folder: Path
    environment: Mapping[str, str]
    clock: Clock
    wordings: Wordings = field(default_factory=Table, repr=False)
    _stories: dict[str, Story] = field(default_factory=dict, repr=False)

    def open(self, run: Run) -> Live:
        """The run, connected; one that was never prepared has its plan completed first. Raises ScenarioError or SetupError."""
        if run.state is RunState.PREPARING:
            write_plan(run, self.shelf, folder=self.runs_folder)
            run = self.shelf.runs.get(run.id)
        if run.emulated:
            self.emulators.create_site(run.id, self.seed_of(run))
        elif "accounts" not in run.services:
            run = self._identified(run)
        story = self.story(run)
        connection = connect(self.services(run, story), now=self.clock, workdir=self.runs_folder / run.id / "git")
        try:
            connection.check()
        except Exception:
            connection.close()
            raise
        return Live(
            run_id=run.id,
            seed=run.seed,
            story=story,
            performer=connection.performer,
            observer=connection.observer,
            timeline=self.timeline(run, story),
            seen_until=run.seen_at,
            rest=connection.rest,
            close=connection.close,
            wordings=self._words_of(run),
            emulated=run.emulated,
            days_kept=max(self.shelf.snapshots.days(run.id), default=0),
        )

    def _words_of(self, run: Run) -> Wordings:
        """The words of the run's colleagues; those from elsewhere are kept with the run."""
        if isinstance(self.wordings, Table):
            return self.wordings
        return BorrowedWords(self.wordings, kept=self.runs_folder / run.id / "words.jsonl")

    def seed_of(self, run: Run) -> Seed:
        """The seed of an emulated run's own site: its people with their tokens."""
        return site_seed(self.story(run).scenario, lambda login: self.key.token(run.id, login))

    def scenario_of(self, run: Run) -> Path:
        """Folder in which the run's scenario is read."""
        return scenario_folder(run, self.runs_folder)

    @property
    def runs_folder(self) -> Path:
        """Folder of what belongs to each run: its copy of the scenario, working clones."""
        return self.folder.resolve() / "runs"

    @property
    def packs_folder(self) -> Path:
        """Folder of installed packs of scenarios."""
        return self.folder.resolve() / "packs"

    @property
    def credentials_file(self) -> CredentialsFile:
        """Where the tokens of runs on other services are kept."""
        return CredentialsFile(self.folder.resolve())

    def story(self, run: Run) -> Story:
        """What the run's scenario says."""
        accounts = run.services.get("accounts") or {}
        folder = scenario_folder(run, self.runs_folder)
        key = f"{run.id} {folder} {sorted(accounts.items())}"
        story = self._stories.get(key)  # a run's copy of its scenario never changes
        if story is None:
            scenario = self._scenario_in(folder, run)
            given = {seat: (str(login), str(email)) for seat, (login, email) in accounts.items()}
            story = Story(scenario.with_accounts(given) if given else scenario)
            self._stories[key] = story
        return story

    def _scenario_in(self, folder: Path, run: Run) -> LoadedScenario:
        settled = read_settled(folder) if folder.is_relative_to(self.runs_folder) else None
        language = str(run.services.get("language") or ENGLISH)
        return settled or load_scenario(folder, seed=run.seed, language=language)

    def _identified(self, run: Run) -> Run:
        """The run with the accounts that its tokens really belong to written down."""
        found = identify(self.services(run, self.story(run)))
        accounts = {str(seat): [str(person.login), person.email] for seat, person in found.items()}
        return self.shelf.runs.update(run.id, services={**run.services, "accounts": accounts})

    def timeline(self, run: Run, story: Story) -> Timeline:
        """The run's timeline as it is written down; before that it stands at the story's beginning."""
        written = tuple(self.shelf.runs.segments(run.id))
        standing = (Segment(run.created_at, story.scenario.starts_at, 0.0),)
        return Timeline(written or standing, story.calendar, story.scenario.ends_at)

    def services(self, run: Run, story: Story) -> Services:
        """Where the run's services are and who may act there."""
        spec = story.scenario.spec
        if run.emulated:
            site = f"{self.base_url}/sites/{run.id}"
            where = {
                "github_api_url": f"{site}/github/api/v3",
                "github_html_url": f"{site}/github",
                "jira_url": f"{site}/jira",
            }
        else:
            api = str(run.services["github_api_url"])
            where = {
                "github_api_url": api,
                "github_html_url": _html_url(api),
                "jira_url": str(run.services["jira_url"]),
            }
        return Services(
            **where,
            owner=Login(str(run.services.get("owner") or spec.repository.owner)),
            repository=spec.repository.name,
            project=spec.project.key,
            credentials=self._credentials(run, story),
            admin=story.scenario.admin,
            coach=coach.SEAT if run.emulated else story.scenario.admin,
        )

    def _credentials(self, run: Run, story: Story) -> dict[SeatId, Credentials]:
        if not run.emulated:
            return from_environment(story.roster, self.credentials_file.read(run.id))
        accounts = {person.seat: (person.login, person.email, person.name) for person in story.roster}
        accounts[coach.SEAT] = (coach.LOGIN, coach.EMAIL, coach.NAME)
        found = {}
        for seat, (login, email, name) in accounts.items():
            token = self.key.token(run.id, login)
            found[seat] = Credentials(login=login, email=email, name=name, github_token=token, jira_token=token)
        return found


def _html_url(api_url: str) -> str:
    # Enterprise servers have the API under /api/v3; github.com has it on a host of its own:
    # https://docs.github.com/en/enterprise-server@3.17/rest/enterprise-admin#endpoint-urls
    if api_url.endswith("/api/v3"):
        return api_url.removesuffix("/api/v3")
    return api_url.replace("://api.", "://", 1)
