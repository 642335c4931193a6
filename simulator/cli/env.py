"""`sprintdojo env`: what a learner pastes into a shell, so that git, gh and client libraries work on an emulated GitHub."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

import click

from simulator.cli.client import Server
from simulator.cli.emulate import read_seed
from simulator.cli.output import print_json
from simulator.errors import SetupError
from simulator.run.shell import SHELLS, GitHubAccess, access_of, by_number, hints, lines, variables

_TOKENS = ("SPRINTDOJO_GITHUB_TOKEN", "GH_TOKEN", "GITHUB_TOKEN")


@click.command()
@click.option("--run", "run_id", metavar="ID", default="current", help="The run; else the current one.")
@click.option("--seat", help="As whom; else as the first learner.")
@click.option("--url", metavar="URL", help="Address of a `sprintdojo emulate`, instead of a run.")
@click.option("--site", default="default", show_default=True, help="With --url: the site.")
@click.option(
    "--seed", "seed_file", type=click.Path(path_type=Path), help="With --url: the seed file that holds the tokens."
)
@click.option("--login", help="With --seed: as whom; else as its first person.")
@click.option("--shell", type=click.Choice(SHELLS), help="Whose language; else that of $SHELL.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def env(
    run_id: str,
    seat: str | None,
    url: str | None,
    site: str,
    seed_file: Path | None,
    login: str | None,
    shell: str | None,
    as_json: bool,
) -> None:
    """Print what makes git, gh, PyGithub, Octokit and curl use an emulated GitHub in this shell.

    In sh, bash and zsh: eval "$(sprintdojo env)". The lines hold a token: they are for your shell, and for no log.
    """
    if url is None and (seed_file or login or site != "default"):
        raise click.UsageError("--site, --seed and --login belong to --url")
    access = _of_emulate(url, site, seed_file, login) if url else _of_run(run_id, seat)
    if as_json:
        print_json({**_addresses(access), "variables": variables(access)})
        return
    for line in (*hints(access), *lines(variables(access), shell or _present_shell())):
        click.echo(line)


def _of_run(run_id: str, seat: str | None) -> GitHubAccess:
    told = Server().get(f"/runs/{quote(run_id, safe='')}", holds="github", seat=seat)
    access = access_of(told["github"]) if told["emulated"] else None
    if access is None:
        raise SetupError(
            "this run is on a GitHub that is not emulated",
            where=f"run {told['run']}",
            to_do="use git and gh there as you always do; your tokens are yours",
        )
    return access


def _of_emulate(url: str, site: str, seed_file: Path | None, login: str | None) -> GitHubAccess:
    root = by_number(url.rstrip("/")) + ("" if site == "default" else f"/sites/{quote(site, safe='')}")
    found, token, repository = _known(seed_file, login)
    return GitHubAccess(
        api_url=f"{root}/github/api/v3", html_url=f"{root}/github", login=found, token=token, repository=repository
    )


def _known(seed_file: Path | None, login: str | None) -> tuple[str, str, str]:
    """Login, token and first repository, as far as they are known."""
    if seed_file is None:
        token = next((os.environ[name] for name in _TOKENS if os.environ.get(name)), "")
        if not token:
            raise SetupError("no token is known", where="--url", to_do=f"give --seed FILE, or set {_TOKENS[0]}")
        return login or "", token, ""
    seed = read_seed(seed_file)
    people = {user.login: user.token for user in seed.users if user.token}
    wanted = login or next(iter(people), "")
    if wanted not in people:
        raise SetupError(f"nobody with a token is called {wanted or '…'}", where=str(seed_file), to_do="see its users")
    repositories = [repository.name for repository in seed.github.repositories]
    return wanted, people[wanted] or "", next(iter(repositories), "")


def _addresses(access: GitHubAccess) -> dict[str, str]:
    names = ("login", "repository", "api_url", "html_url", "clone_url")
    return {name: getattr(access, name) for name in names}


def _present_shell() -> str:
    if os.name == "nt":
        return "powershell"
    return "fish" if Path(os.environ.get("SHELL", "")).name == "fish" else "sh"
