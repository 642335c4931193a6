"""What the fixtures give: an emulated GitHub or Jira with its addresses, its people, and what can be done to it from outside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from simulator.emulators.kit.faults import fault_of
from simulator.emulators.kit.seed import Seed
from simulator.emulators.server import Emulators
from simulator.testing.seeds import Wanted, values_of

if TYPE_CHECKING:
    from github import Github
    from jira import JIRA


class Site:
    """A site of the session's server: the world of one test, which both services share."""

    def __init__(self, emulators: Emulators, key: str, url: str, seed: Seed) -> None:
        self.emulators = emulators
        self.key = key
        self.url = url
        self.tokens: dict[str, str] = {}
        self.emails: dict[str, str] = {}
        self.meet(seed)

    def meet(self, seed: Seed) -> None:
        """Know the people of a seed."""
        self.tokens |= {user.login: user.token for user in seed.users if user.token}
        self.emails |= {user.login: user.email for user in seed.users}


class _Emulator:
    """What both services have in common."""

    service = ""

    def __init__(self, site: Site) -> None:
        self._site = site

    @property
    def url(self) -> str:
        """The service's address: GitHub's pages and git, Jira as its clients take it."""
        return f"{self._site.url}/{self.service}"

    @property
    def control_url(self) -> str:
        """Where clients that are not written in Python reset, snapshot and order faults."""
        return f"{self._site.url}/emulator"

    @property
    def tokens(self) -> Mapping[str, str]:
        """Tokens by login."""
        return self._site.tokens

    def seed(self, wanted: Wanted) -> None:
        """Add people, repositories, projects…: values, YAML, or a file. They may name what is there. Raises SeedError."""
        self._site.meet(self._site.emulators.worlds.extend(self._site.key, values_of(wanted)))

    def reset(self) -> None:
        """Bring everything back to the seed: the same people, tokens and ids, no faults, an empty journal."""
        self._site.emulators.reset_site(self._site.key)

    def snapshot(self, name: str) -> None:
        """Keep the present state under a name."""
        self._site.emulators.worlds.keep(self._site.key, name)

    def restore(self, name: str) -> None:
        """Bring a kept state back. Raises LookupError."""
        self._site.emulators.worlds.restore(self._site.key, name)

    def journal(self, *, status: int | None = None) -> list[dict[str, Any]]:
        """The service's requests, the oldest first: `method`, `path`, `status`, `at`."""
        journal = self._site.emulators.journal
        return journal.read(self._site.key, service=self.service, status=status)[::-1]

    def fault(self, **wanted: Any) -> int:
        """Order a fault of this service; gives its number. The keys are those of `POST /emulator/faults`. Raises BadFault."""
        fault = fault_of({"service": self.service, **wanted})
        return self._site.emulators.faults.add(self._site.key, fault).id

    def clear_faults(self) -> None:
        """Take all faults back."""
        self._site.emulators.faults.remove(self._site.key)

    def token(self, login: str) -> str:
        """The token of a person. Raises KeyError with those who have one."""
        try:
            return self._site.tokens[login]
        except KeyError:
            raise KeyError(f"{login} has no token; these have: {', '.join(self._site.tokens) or 'nobody'}") from None


class GitHubEmulator(_Emulator):
    """An emulated GitHub."""

    service = "github"

    @property
    def api_url(self) -> str:
        """REST: PyGithub's `base_url`, Octokit's `baseUrl`."""
        return f"{self.url}/api/v3"

    @property
    def graphql_url(self) -> str:
        """GraphQL."""
        return f"{self.url}/api/graphql"

    def clone_url(self, login: str, repository: str) -> str:
        """What git clones and pushes to, as somebody. It holds the token."""
        scheme, _, rest = self.url.partition("://")
        return f"{scheme}://{login}:{self.token(login)}@{rest}/{repository}.git"

    def client(self, login: str) -> Github:
        """PyGithub, without its throttles and retries."""
        from github import Auth, Github  # noqa: PLC0415 - heavy, and not everybody's client

        return Github(
            auth=Auth.Token(self.token(login)),
            base_url=self.api_url,
            retry=None,
            seconds_between_requests=None,
            seconds_between_writes=None,
        )


class JiraEmulator(_Emulator):
    """An emulated Jira Cloud."""

    service = "jira"

    @property
    def emails(self) -> Mapping[str, str]:
        """The e-mail addresses by login: the user names of basic authentication."""
        return self._site.emails

    def client(self, login: str) -> JIRA:
        """The jira client, without its retries."""
        from jira import JIRA  # noqa: PLC0415 - heavy, and not everybody's client

        return JIRA(self.url, basic_auth=(self.emails[login], self.token(login)), max_retries=0)
