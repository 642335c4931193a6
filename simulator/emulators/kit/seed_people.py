"""The people and organizations of a seed, and their tokens. Models only."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field

from simulator.emulators.kit.accounts import digest
from simulator.emulators.kit.scopes import ALL_SCOPES, SCOPES
from simulator.emulators.kit.seed_content import STRICT

_LOGIN = r"^[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*$"  # docs.github.com: single hyphens, none at the ends, 39 at most
_EMAIL = r"^[^@\s,;<>]+@[^@\s,;<>]+$"


class _Part(BaseModel):
    model_config = STRICT


def _scope(word: str) -> str:
    if word not in SCOPES:
        raise ValueError(f"no scope of GitHub's tokens is called {word}")
    return word


Scope = Annotated[str, AfterValidator(_scope)]


class SeedToken(_Part):
    """One more token of a person, with GitHub's scopes (all unless told otherwise) and an end, if it has one."""

    token: Annotated[str, Field(min_length=8)] | None = Field(default=None, repr=False)
    token_digest: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = Field(default=None, repr=False)
    scopes: list[Scope] = list(ALL_SCOPES)
    expires: AwareDatetime | None = None

    @property
    def known_digest(self) -> str | None:
        """The digest of the token, None when there is none."""
        return digest(self.token) if self.token else self.token_digest


class SeedUser(_Part):
    """A person on both services. `token` is the GitHub token, git's password and the Jira API token; `scopes` are its own.

    `tokens` are further ones. A `bot` is an app's account: nobody can assign it, ask it for a review, or find it among people.
    """

    login: Annotated[str, Field(pattern=_LOGIN, max_length=39)]
    name: str = ""
    email: Annotated[str, Field(pattern=_EMAIL, max_length=254)]
    token: Annotated[str, Field(min_length=8)] | None = Field(default=None, repr=False)
    token_digest: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = Field(default=None, repr=False)
    scopes: list[Scope] = list(ALL_SCOPES)
    tokens: list[SeedToken] = []
    admin: bool = False
    bot: bool = False
    time_zone: str = "UTC"

    @property
    def known_digest(self) -> str | None:
        """The digest of the user's token, None when the user has none."""
        return digest(self.token) if self.token else self.token_digest

    @property
    def all_tokens(self) -> list[SeedToken]:
        """Every token that speaks for the user."""
        own = SeedToken(token_digest=self.known_digest, scopes=self.scopes)
        return [each for each in (own, *self.tokens) if each.known_digest]


class SeedOrganization(_Part):
    """An organization of the GitHub side and the logins that belong to it; admins of the site own it."""

    login: Annotated[str, Field(pattern=_LOGIN, max_length=39)]
    name: str = ""
    members: list[str] = []
