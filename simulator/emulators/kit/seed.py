"""The seed file: who and what a site begins with.

Models and checks only; planting is done above, where both services are known. Refuses unknown keys and dangling names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, Field, ValidationError

from simulator.emulators.kit.seed_content import STRICT
from simulator.emulators.kit.seed_jira import SeedProjectParts
from simulator.emulators.kit.seed_people import SeedOrganization, SeedUser
from simulator.emulators.kit.seed_problems import Place, Problem, again, in_words, known_keys, line_finder
from simulator.emulators.kit.seed_repository import SeedRepository

_PROJECT_KEY = r"^[A-Z][A-Z0-9_]{1,9}$"


class SeedError(Exception):
    """A seed cannot be used. `problems` holds every fault found as a line `where: what`."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class _Part(BaseModel):
    model_config = STRICT


class SeedGitHub(_Part):
    """What the GitHub side begins with."""

    organizations: list[SeedOrganization] = []
    repositories: list[SeedRepository] = []
    rate_limit: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    runner: bool = False
    """Whether somebody plays the runner of Actions, so that pushes queue workflow runs: POST /emulator/actions/runs/ID."""
    invitations: bool = False
    """Whether collaborators from outside are invited, as on github.com; else they are in force at once, as on GitHub Enterprise
    Server."""


class SeedProject(SeedProjectParts):
    """A Jira project made from a template."""

    key: Annotated[str, Field(pattern=_PROJECT_KEY)]
    name: Annotated[str, Field(min_length=2, max_length=80)]
    template: Literal["scrum", "kanban"] = "scrum"
    lead: str


class SeedAutomation(_Part):
    """The statuses that issues are moved to when a pull request that names them opens or is merged; off without one."""

    pull_request_opened: Annotated[str, Field(min_length=1, max_length=60)] | None = None
    pull_request_merged: Annotated[str, Field(min_length=1, max_length=60)] | None = None


class SeedJira(_Part):
    """What the Jira side begins with."""

    projects: list[SeedProject] = []
    automation: SeedAutomation = SeedAutomation()


class Seed(_Part):
    """A whole seed file."""

    users: list[SeedUser] = []
    github: SeedGitHub = SeedGitHub()
    jira: SeedJira = SeedJira()

    def without_tokens(self) -> dict[str, Any]:
        """The seed as JSON values with digests in place of tokens: what may be kept."""
        kept = self.model_dump(mode="json")
        for user, row in zip(self.users, kept["users"], strict=True):
            row |= {"token": None, "token_digest": user.known_digest}
            for token, kept_token in zip(user.tokens, row["tokens"], strict=True):
                kept_token |= {"token": None, "token_digest": token.known_digest}
        return kept


def load_seed(path: Path) -> Seed:
    """The seed of a YAML file. Raises SeedError, also when the file cannot be read."""
    try:
        return parse_seed(path.read_text(encoding="utf-8"), name=path.name)
    except (OSError, UnicodeDecodeError) as exc:
        raise SeedError([f"{path}: cannot be read: {exc}"]) from exc


def parse_seed(text: str, *, name: str = "seed") -> Seed:
    """The seed of a YAML text; `name` is what errors call it, with the line. Raises SeedError."""
    try:
        content = yaml.safe_load(text)
    except yaml.MarkedYAMLError as exc:
        line = exc.problem_mark.line + 1 if exc.problem_mark else 1
        raise SeedError([f"{name}:{line}: {exc.problem or 'no YAML'}"]) from exc
    except yaml.YAMLError as exc:
        raise SeedError([f"{name}: no YAML: {exc}"]) from exc
    seed, problems = _read(content if content is not None else {})
    if seed is None:
        lines = line_finder(text)
        raise SeedError([f"{name}:{lines(problem.place)}: {problem}" for problem in problems])
    return seed


def seed_of(content: object) -> Seed:
    """The seed of plain values, as YAML or JSON give them. Raises SeedError with every problem found."""
    seed, problems = _read(content)
    if seed is None:
        raise SeedError([str(problem) for problem in problems])
    return seed


def _read(content: object) -> tuple[Seed | None, list[Problem]]:
    try:
        seed = Seed.model_validate(content)
    except ValidationError as exc:
        known = known_keys(Seed)
        return None, [in_words(error, known) for error in exc.errors(include_url=False, include_input=False)]
    problems = [*_doubled(seed), *_dangling(seed)]
    return (None if problems else seed), problems


def _doubled(seed: Seed) -> Iterator[Problem]:
    users, repositories = ("users",), ("github", "repositories")
    named: dict[str, list[tuple[Place, str]]] = {
        "login": [
            *((((*users, i), u.login.lower()) for i, u in enumerate(seed.users))),
            *((("github", "organizations", i), o.login.lower()) for i, o in enumerate(seed.github.organizations)),
        ],
        "e-mail": [((*users, i), u.email.lower()) for i, u in enumerate(seed.users)],
        "token": [((*users, i), t.known_digest or "") for i, u in enumerate(seed.users) for t in u.all_tokens],
        "repository": [((*repositories, i), r.name.lower()) for i, r in enumerate(seed.github.repositories)],
        "project key": [(("jira", "projects", i), p.key) for i, p in enumerate(seed.jira.projects)],
        "project name": [(("jira", "projects", i), p.name.lower()) for i, p in enumerate(seed.jira.projects)],
    }
    for kind, values in named.items():
        for value, place in again(values):
            yield Problem(place, "given twice", kind if kind == "token" else f"{kind} {value}")


def _dangling(seed: Seed) -> Iterator[Problem]:
    people = {user.login.lower() for user in seed.users}
    owners = people | {organization.login.lower() for organization in seed.github.organizations}
    for i, organization in enumerate(seed.github.organizations):
        where = ("github", "organizations", i), f"github.organizations {organization.login}"
        yield from _strangers(organization.members, people, *where)
    for i, repository in enumerate(seed.github.repositories):
        where = ("github", "repositories", i), f"github.repositories {repository.name}"
        yield from _strangers([repository.owner], owners, *where)
        yield from _strangers([*repository.collaborators, *repository.people()], people, *where)
        for what in repository.dangling():
            yield Problem(where[0], what, where[1])
    for i, project in enumerate(seed.jira.projects):
        yield from _strangers([project.lead], people, ("jira", "projects", i), f"jira.projects {project.key}")


def _strangers(logins: Iterable[str], known: set[str], place: Place, shown: str) -> Iterator[Problem]:
    for login in dict.fromkeys(logins):
        if login.lower() not in known:
            yield Problem(place, f"nobody is called {login}", shown)
