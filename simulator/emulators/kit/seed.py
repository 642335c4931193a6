"""The seed file: who and what a site begins with.

Models and checks only; planting is done above, where both services are known. Refuses unknown keys and dangling names.
"""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Literal

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from simulator.emulators.kit.accounts import digest

Permission = Literal["read", "pull", "triage", "write", "push", "maintain", "admin"]

_LOGIN = r"^[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*$"  # docs.github.com: single hyphens, none at the ends, 39 at most
_EMAIL = r"^[^@\s,;<>]+@[^@\s,;<>]+$"
_FULL_NAME = r"^[A-Za-z0-9-]{1,39}/[A-Za-z0-9._-]{1,100}$"
_PROJECT_KEY = r"^[A-Z][A-Z0-9_]{1,9}$"
_SHAPES = {
    "login": "letters, digits and single hyphens inside, 39 at most",
    "email": "an e-mail address",
    "name": "owner/name",
    "default_branch": "a branch name",
    "key": "2 to 10 capital letters, digits or _, a letter first",
    "token_digest": "a SHA-256 digest in hexadecimal",
}


class SeedError(Exception):
    """A seed cannot be used. `problems` holds every fault found as a line `where: what`."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class SeedUser(_Part):
    """A person on both services. `token` is the GitHub token, git's password and the Jira API token."""

    login: Annotated[str, Field(pattern=_LOGIN, max_length=39)]
    name: str = ""
    email: Annotated[str, Field(pattern=_EMAIL, max_length=254)]
    token: Annotated[str, Field(min_length=8)] | None = Field(default=None, repr=False)
    token_digest: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = Field(default=None, repr=False)
    admin: bool = False
    time_zone: str = "UTC"

    @property
    def known_digest(self) -> str | None:
        """The digest of the user's token, None when the user has none."""
        return digest(self.token) if self.token else self.token_digest


class SeedOrganization(_Part):
    """An organization of the GitHub side and the logins that belong to it; admins of the site own it."""

    login: Annotated[str, Field(pattern=_LOGIN, max_length=39)]
    name: str = ""
    members: list[str] = []


def _inside_repository(path: str) -> str:
    parts = PurePosixPath(path).parts
    if not parts or path.startswith("/") or path != "/".join(parts) or "\0" in path or "\\" in path:
        raise ValueError("must be a plain path below the repository")
    if any(part in {".", ".."} or part.lower() == ".git" for part in parts):
        raise ValueError("must be a plain path below the repository")
    return path


def _repository_name(full_name: str) -> str:
    name = full_name.partition("/")[2]
    if name in {".", ".."} or name.endswith(".git"):
        raise ValueError("is no repository name that GitHub takes")
    return full_name


class SeedRepository(_Part):
    """A repository `owner/name` with its first files and who may do what there."""

    name: Annotated[str, Field(pattern=_FULL_NAME), AfterValidator(_repository_name)]
    description: str | None = None
    private: bool = False
    default_branch: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$")] = "main"
    files: dict[Annotated[str, AfterValidator(_inside_repository)], str] = {}
    collaborators: dict[str, Permission] = {}

    @property
    def owner(self) -> str:
        """Login of the user or organization that owns it."""
        return self.name.partition("/")[0]

    @property
    def short_name(self) -> str:
        """The name without its owner."""
        return self.name.partition("/")[2]


class SeedGitHub(_Part):
    """What the GitHub side begins with."""

    organizations: list[SeedOrganization] = []
    repositories: list[SeedRepository] = []


class SeedProject(_Part):
    """A Jira project made from a template."""

    key: Annotated[str, Field(pattern=_PROJECT_KEY)]
    name: Annotated[str, Field(min_length=1, max_length=80)]
    template: Literal["scrum", "kanban"] = "scrum"
    lead: str


class SeedJira(_Part):
    """What the Jira side begins with."""

    projects: list[SeedProject] = []


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
        return kept


def load_seed(path: Path) -> Seed:
    """The seed of a YAML file. Raises SeedError, also when the file cannot be read."""
    try:
        return parse_seed(path.read_text(encoding="utf-8"), name=path.name)
    except (OSError, UnicodeDecodeError) as exc:
        raise SeedError([f"{path}: cannot be read: {exc}"]) from exc


def parse_seed(text: str, *, name: str = "seed") -> Seed:
    """The seed of a YAML text; `name` is what errors call it. Raises SeedError."""
    try:
        content = yaml.safe_load(text)
    except yaml.MarkedYAMLError as exc:
        line = exc.problem_mark.line + 1 if exc.problem_mark else 1
        raise SeedError([f"{name}:{line}: {exc.problem or 'no YAML'}"]) from exc
    except yaml.YAMLError as exc:
        raise SeedError([f"{name}: no YAML: {exc}"]) from exc
    return seed_of(content if content is not None else {})


def seed_of(content: object) -> Seed:
    """The seed of plain values, as YAML or JSON give them. Raises SeedError with every problem found."""
    try:
        seed = Seed.model_validate(content)
    except ValidationError as exc:
        raise SeedError([_in_words(error) for error in exc.errors(include_url=False, include_input=False)]) from exc
    if problems := [*_doubled(seed), *_dangling(seed)]:
        raise SeedError(problems)
    return seed


def _in_words(error: Any) -> str:  # Any: pydantic's ErrorDetails
    place = ""
    for step in error["loc"]:
        place += f"[{step}]" if isinstance(step, int) else f".{step}" if place else str(step)
    what = error["msg"].removeprefix("Value error, ")
    if error["type"] == "extra_forbidden":
        what = "unknown key" + _nearest(str(error["loc"][-1]))
    elif error["type"] == "missing":
        what = "is missing"
    elif error["type"] == "string_pattern_mismatch":
        what = f"should be {_SHAPES[str(error['loc'][-1])]}"
    return f"{place or 'seed'}: {what}"


def _nearest(key: str) -> str:
    parts = (Seed, SeedUser, SeedGitHub, SeedOrganization, SeedRepository, SeedJira, SeedProject)
    known = {field for part in parts for field in part.model_fields}
    close = get_close_matches(key, known, n=1)
    return f", did you mean {close[0]}?" if close else ""


def _doubled(seed: Seed) -> list[str]:
    named = {
        "login": [*(u.login.lower() for u in seed.users), *(o.login.lower() for o in seed.github.organizations)],
        "e-mail": [u.email.lower() for u in seed.users],
        "token": [d for u in seed.users if (d := u.known_digest)],
        "repository": [r.name.lower() for r in seed.github.repositories],
        "project key": [p.key for p in seed.jira.projects],
    }
    shown = {kind: sorted({v for v in values if values.count(v) > 1}) for kind, values in named.items()}
    return [
        f"{kind}: given twice" if kind == "token" else f"{kind} {value}: given twice"
        for kind, values in shown.items()
        for value in values
    ]


def _dangling(seed: Seed) -> list[str]:
    people = {user.login.lower() for user in seed.users}
    owners = people | {organization.login.lower() for organization in seed.github.organizations}
    used = [
        *((f"github.organizations {o.login}", m, people) for o in seed.github.organizations for m in o.members),
        *((f"github.repositories {r.name}", r.owner, owners) for r in seed.github.repositories),
        *((f"github.repositories {r.name}", c, people) for r in seed.github.repositories for c in r.collaborators),
        *((f"jira.projects {p.key}", p.lead, people) for p in seed.jira.projects),
    ]
    return [f"{where}: nobody is called {login}" for where, login, known in used if login.lower() not in known]
