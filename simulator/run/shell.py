"""How a shell is told to use an emulated GitHub: variables for git, gh and the client libraries, and lines that set them. Pure.

gh takes no port in a host name, so it is led here as through a proxy: GH_HOST names `github.localhost`, for which gh speaks plain
HTTP, and HTTP_PROXY this server. Source: https://github.com/cli/cli/blob/trunk/internal/ghinstance/host.go
"""

from __future__ import annotations

import base64
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

HOST = "github.localhost"
"""The name by which gh and git reach GitHub's pages and repositories; the API is below `api.`."""

SHELLS = ("sh", "fish", "powershell")


@dataclass(frozen=True, slots=True, kw_only=True)
class GitHubAccess:
    """Where an emulated GitHub is, and as whom: addresses of the site itself, and the token."""

    api_url: str
    html_url: str
    login: str
    token: str
    repository: str = ""

    @property
    def server_url(self) -> str:
        """Scheme, host and port."""
        parts = urlsplit(self.html_url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def clone_url(self) -> str:
        """Where git finds the repository, or any."""
        return f"{self.html_url}/{self.repository or 'OWNER/REPO'}.git"


def access_of(github: Mapping[str, Any]) -> GitHubAccess | None:
    """The access that a run's status tells of; None without a token, for a GitHub that is not ours."""
    if not github["token"]:
        return None
    api_url = by_number(github["api_url"])
    return GitHubAccess(
        api_url=api_url,
        html_url=api_url.removesuffix("/api/v3"),
        login=github["login"],
        token=github["token"],
        repository=github["repository"],
    )


def by_number(url: str) -> str:
    """The same address without the name localhost, which NO_PROXY could not name without covering github.localhost."""
    return url.replace("://localhost", "://127.0.0.1", 1)


def variables(access: GitHubAccess) -> dict[str, str]:
    """The environment in which git, gh, curl and the client libraries reach the emulated GitHub as one person."""
    server, here = access.server_url, urlsplit(access.server_url).hostname or ""
    headers = [(f"http.{url}/.extraHeader", _basic(access.token)) for url in (f"http://{HOST}", access.html_url)]
    return {
        "GH_HOST": HOST,
        "GH_TOKEN": access.token,
        "GITHUB_TOKEN": access.token,
        "GITHUB_API_URL": access.api_url,
        "GITHUB_GRAPHQL_URL": f"{access.html_url}/api/graphql",
        "GITHUB_SERVER_URL": access.html_url,
        "HTTP_PROXY": server,
        "http_proxy": server,
        "NO_PROXY": here,  # not localhost: that would cover github.localhost, which has to come here
        "no_proxy": here,
        **_git_configuration([*headers, *_called_otherwise(access)]),
    }


def _basic(token: str) -> str:
    """A header and no credential helper: `gh` sets a helper of its own that answers for https only, and clears all others."""
    return f"Authorization: Basic {base64.b64encode(f'x-access-token:{token}'.encode()).decode()}"


def _called_otherwise(access: GitHubAccess) -> list[tuple[str, str]]:
    """Lets a clone made by the server's own address count as one of GH_HOST: gh looks for a remote of that name."""
    numbered = urlsplit(access.html_url)
    people = ("", f"{access.login}@", f"{access.login}:{access.token}@") if access.login else ("",)
    hosts = dict.fromkeys((numbered.netloc, numbered.netloc.replace("127.0.0.1", "localhost", 1)))
    addresses = [f"{numbered.scheme}://{who}{host}{numbered.path}/" for host in hosts for who in people]
    return [(f"url.http://{HOST}/.insteadOf", address) for address in addresses]


def _git_configuration(settings: list[tuple[str, str]]) -> dict[str, str]:
    """Settings of git that live in the environment only: https://git-scm.com/docs/git-config#ENVIRONMENT"""
    found = {"GIT_CONFIG_COUNT": str(len(settings))}
    for place, (name, value) in enumerate(settings):
        found |= {f"GIT_CONFIG_KEY_{place}": name, f"GIT_CONFIG_VALUE_{place}": value}
    return found


def lines(settings: Mapping[str, str], shell: str) -> list[str]:
    """What sets the variables in a shell of SHELLS."""
    return [_LINES[shell](name, value) for name, value in settings.items()]


def hints(access: GitHubAccess) -> list[str]:
    """Comment lines that show each client at work; they hold no token."""
    repository = access.repository or "OWNER/REPO"
    return [
        f"# git      git clone {access.clone_url}",
        f"# gh       gh auth status --hostname {HOST}    gh repo clone {repository}    gh pr list -R {repository}",
        '# curl     curl -H "Authorization: Bearer $GITHUB_TOKEN" "$GITHUB_API_URL/user"',
        '# PyGithub Github(auth=Auth.Token(os.environ["GITHUB_TOKEN"]), base_url=os.environ["GITHUB_API_URL"],',
        "#                 seconds_between_requests=None, seconds_between_writes=None)",
        "# Octokit  new Octokit({ auth: process.env.GITHUB_TOKEN, baseUrl: process.env.GITHUB_API_URL })",
        "# In this shell http:// addresses lead to Sprintdojo; https:// and other shells are as ever.",
    ]


def _in_sh(name: str, value: str) -> str:
    return f"export {name}={shlex.quote(value)}"


def _in_fish(name: str, value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"set -gx {name} '{escaped}'"


def _in_powershell(name: str, value: str) -> str:
    escaped = value.replace("'", "''")
    return f"$env:{name} = '{escaped}'"


_LINES: Mapping[str, Callable[[str, str], str]] = {"sh": _in_sh, "fish": _in_fish, "powershell": _in_powershell}
