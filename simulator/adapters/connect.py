"""Makes the connection of a run to its two services. Refuses to make a request before something is asked of it."""

from __future__ import annotations

from pathlib import Path
from threading import Event
from urllib.parse import urlsplit

from requests.utils import get_environ_proxies

from simulator.adapters.git import GitClone
from simulator.adapters.git_command import check_git
from simulator.adapters.github import GithubRepository, check_github
from simulator.adapters.github_accounts import GithubAccounts, is_near
from simulator.adapters.github_checks import GithubChecks
from simulator.adapters.github_pull_care import GithubPullCare
from simulator.adapters.github_pulls import GithubPulls
from simulator.adapters.github_threads import GithubThreads
from simulator.adapters.hints import Hints
from simulator.adapters.jira import JiraIssues
from simulator.adapters.jira_accounts import JiraAccounts
from simulator.adapters.jira_links import JiraLinks
from simulator.adapters.jira_sprints import JiraSprints, check_jira, check_jira_kind
from simulator.adapters.observer import ServiceObserver
from simulator.adapters.patience import Patience
from simulator.adapters.performer import ServicePerformer
from simulator.errors import SetupError
from simulator.ports import Services
from simulator.timekeeping.clock import Clock


class GithubForge(GithubRepository, GithubPulls, GithubPullCare, GithubThreads, GithubChecks):
    """The whole of GitHub as the engine needs it."""


class JiraTracker(JiraIssues, JiraLinks, JiraSprints):
    """The whole of Jira as the engine needs it."""


class ServiceConnection:
    """Both services of a run; one thread at a time acts and looks, any thread may close."""

    def __init__(self, services: Services, *, now: Clock, workdir: Path, patience: Patience) -> None:
        self._services = services
        self._stop = Event()
        hints = Hints()
        self._github = GithubAccounts(services)
        self._jira = JiraAccounts(services)
        self.performer = ServicePerformer(
            forge=GithubForge(self._github),
            tracker=JiraTracker(self._jira),
            git=GitClone(services, now=now, workdir=workdir),
            hints=hints,
            patience=patience,
            stop=self._stop,
        )
        self.observer = ServiceObserver(
            services,
            github=self._github,
            jira=self._jira,
            now=now,
            hints=hints,
            patience=patience,
            stop=self._stop,
        )

    def check(self) -> None:
        """Find out what is missing: SetupError (git, a proxy in the way), AuthenticationFailed (names the token),
        AdapterError (no answer).
        """
        check_git()
        for url in (self._services.github_api_url, self._services.jira_url):
            _check_no_proxy(url)
        check_jira_kind(self._jira)
        for seat, credentials in self._services.credentials.items():
            if credentials.github_token or seat == self._services.admin:
                check_github(self._github, seat)
            if credentials.jira_token or seat == self._services.admin:
                check_jira(self._jira, seat)

    def rest(self) -> None:
        """Nothing is asked for a while: hold no connections to this very machine, where each takes a thread and two files.

        Those to services further away are kept, for they are dear to make.
        """
        if is_near(self._services.github_api_url):
            self._github.rest()
        if is_near(self._services.jira_url):
            self._jira.rest()

    def close(self) -> None:
        """End waiting and close all connections; safe from any thread."""
        self._stop.set()
        self._github.close()
        self._jira.close()


def connect(services: Services, *, now: Clock, workdir: Path, patience: Patience | None = None) -> ServiceConnection:
    """The connection of a run. `now` gives commits their dates, `workdir` is a folder of the run's own for its clone."""
    return ServiceConnection(services, now=now, workdir=workdir, patience=patience or Patience())


def _check_no_proxy(url: str) -> None:
    """Raises SetupError when requests to this very machine would go to a proxy."""
    proxies = get_environ_proxies(url) if is_near(url) else {}
    if urlsplit(url).scheme in proxies or "all" in proxies:
        raise SetupError(
            "requests to this machine would go to the proxy that the environment names",
            where=url,
            to_do="add localhost,127.0.0.1 to the environment variable NO_PROXY",
        )
