"""The past of a repository as GitHub tells it: pull requests and what was said of them, checks, pushes, releases, protection.

Refuses to tell of commits, which a clone knows, and to write. What GitHub does not tell this token is said in `missing`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TypeVar
from urllib.parse import urlencode

from simulator.adapters.github_accounts import GithubAccounts
from simulator.adapters.observe_checks import CheckObserver
from simulator.adapters.observe_pushes import Push, PushObserver
from simulator.adapters.observe_releases import ReleaseObserver
from simulator.adapters.observe_threads import ThreadObserver
from simulator.adapters.past_people import GithubPeople
from simulator.adapters.past_protection import protection_over, protection_today
from simulator.adapters.past_pulls import PullPast, own_branches, pulls_between, pushes_of_pulls
from simulator.adapters.past_reader import READER, PastReader, Progress, as_described, as_header, asking_github
from simulator.adapters.seen import in_order
from simulator.errors import AdapterError, AuthenticationFailed, Conflict, NotFound
from simulator.model.facts import Observation
from simulator.model.keys import Login
from simulator.model.past import Past, Told
from simulator.ports import Credentials, Services

_BEFORE = timedelta(days=92)  # pushes are read so long before the range, for the pull requests that were open in it
_MOST_CHECKED = 2_000

T = TypeVar("T")


def github_past(
    *,
    api_url: str,
    html_url: str,
    repository: str,
    token: str,
    since: datetime,
    until: datetime,
    progress: Progress,
) -> Past:
    """What GitHub tells of a repository (owner/name) from `since` to before `until`.

    Of a pull request that was open in the range everything is told, what happened earlier too. `token` may be empty for what is
    public. Raises AdapterError: a wrong token, no such repository or none that it may see, no answer.
    """
    token = as_header(token, service="GitHub", variable="GITHUB_TOKEN")
    services = Services(
        github_api_url=api_url,
        github_html_url=html_url,
        jira_url="",
        owner=Login(repository.partition("/")[0]),
        repository=repository.partition("/")[2],
        project="",
        credentials={READER: Credentials(login=Login(""), email="", name="", github_token=token, jira_token="")},
        admin=READER,
    )
    accounts = GithubAccounts(services, reads_only=True)
    try:
        with as_described("GitHub", f"{html_url}/{repository}"):
            accounts.services = _found(accounts, progress)
            return _GithubPast(accounts, since=since, until=until, progress=progress).past()
    finally:
        accounts.close()


def _found(accounts: GithubAccounts, progress: Progress) -> Services:
    """The services with the repository under the name that it has now.

    PyGithub follows GitHub from a former name to the present one, but leaves behind what was asked of a list.
    """
    services = accounts.services
    where = f"{services.github_html_url}/{accounts.full_name}"
    progress("the repository", 0, 1)
    try:
        answer = PastReader(accounts, asking_github(services, progress)).one("", doing="looking at the repository")
    except NotFound as refused:
        raise NotFound(
            f"GitHub has no repository {accounts.full_name}, or not for this token",
            service="GitHub",
            where=where,
            to_do="check its name, or set GITHUB_TOKEN to a token that may read it",
        ) from refused
    except AuthenticationFailed as refused:
        raise AuthenticationFailed(
            refused.what,
            service="GitHub",
            where=where,
            to_do="set GITHUB_TOKEN to a token that may read this repository; for a public one it may be unset",
        ) from refused
    except AdapterError as refused:
        refused.to_do = refused.to_do or "is this really the address of a GitHub?"
        raise
    owner, _, name = str(answer["full_name"]).partition("/")
    return replace(services, owner=Login(owner), repository=name)


@dataclass
class _Told:
    """What was told so far."""

    observations: list[Observation] = field(default_factory=list)
    tells: set[Told] = field(default_factory=set)
    shas: dict[str, None] = field(default_factory=dict)
    """Commits on which checks may have run."""


class _GithubPast:
    def __init__(self, accounts: GithubAccounts, *, since: datetime, until: datetime, progress: Progress) -> None:
        self._accounts = accounts
        self._since, self._until = since, until
        self._progress = progress
        self._reader = PastReader(accounts, asking_github(accounts.services, progress))
        self._html_url = f"{accounts.services.github_html_url.rstrip('/')}/{accounts.full_name}"
        self._pushes = PushObserver(self._reader, html_url=self._html_url, now=lambda: until)
        self._people = GithubPeople(self._reader, accounts)
        self._told = _Told()

    def past(self) -> Past:
        """All of it. Raises AdapterError."""
        branch = self._pushes.default_branch()
        self._read_pulls()
        self._read_checks()
        self._read_signatures()
        self._read_releases()
        self._read_protection(branch)
        seen = in_order(one for one in self._told.observations if one.recorded_at < self._until)
        people = self._people.told(seen)
        return Past(
            observations=tuple(seen),
            people=people,
            default_branch=branch,
            tells=frozenset(self._told.tells),
            missing=tuple(self._reader.missing),
        )

    # --- pull requests and the pushes to their branches -----------------------------------------------------------

    def _read_pulls(self) -> None:
        self._progress("the list of pull requests", 0, 1)
        listed = pulls_between(self._reader, since=self._since, until=self._until)
        earliest = pushes_of_pulls(listed, self._since, longest=_BEFORE)
        pushes = self._read_pushes(earliest)
        self._tell_movements(pushes or (), own_branches(listed))
        reach = None if pushes is None else self._reach(pushes, earliest)
        known = {push.branch: push.at for push in reversed(pushes or ())}
        threads = ThreadObserver(self._accounts)
        self._told.tells |= {Told.PULL_REQUESTS, Told.REVIEWS, Told.BRANCHES, Told.THREADS}
        for done, pull in enumerate(listed):
            self._progress("pull requests", done, len(listed))
            look = PullPast(reader=self._reader, number=pull["number"], pushes=pushes or (), reach=reach)
            self._told.observations += [*look.observations(), *look.branch(known)]
            self._told.shas |= dict.fromkeys(look.shas)
            self._people.meet(look.signed)
            if look.has_remarks:
                self._told.observations += self._reader.asking.keep_trying(partial(threads.settled, look.number))
        if threads.refused is not None:
            self._told.tells.discard(Told.THREADS)
            self._miss("whether conversations were resolved", threads.refused, "set GITHUB_TOKEN: only GraphQL tells")

    def _read_pushes(self, earliest: datetime) -> list[Push] | None:
        """Movements of branches; None where GitHub tells of none."""
        self._progress("pushes", 0, 1)
        pushes = self._unless_refused(lambda: self._pushes.told(earliest), "pushes, and when branches were deleted")
        if pushes is not None:
            self._told.tells.add(Told.PUSHES)
        return pushes

    def _tell_movements(self, pushes: Sequence[Push], branches: Set[str]) -> None:
        """Of branches that moved in the range or belong to its pull requests; what befell others earlier is over."""
        default = self._pushes.default_branch()
        involved = branches | {push.branch for push in pushes if push.at >= self._since}
        for push in pushes:
            if push.at >= self._since or (push.branch in involved and push.branch != default):
                self._told.observations += self._pushes.movement(push)
            if push.at >= self._since and push.branch == default:
                self._told.shas[push.after] = None

    def _reach(self, pushes: list[Push], earliest: datetime) -> datetime:
        """Since when the list of pushes is complete."""
        is_cut = any(sentence.startswith("reading the repository's activity") for sentence in self._reader.missing)
        return pushes[0].at if is_cut and pushes else earliest

    # --- everything else ------------------------------------------------------------------------------------------

    def _read_checks(self) -> None:
        checks = CheckObserver(self._reader, is_strict=True)
        shas = [sha for sha in self._told.shas if sha.strip("0")]
        if len(shas) > _MOST_CHECKED:
            self._reader.missing[
                f"checks of only {_MOST_CHECKED:,} of {len(shas):,} commits were read; choose a shorter range"
            ] = None
            shas = shas[-_MOST_CHECKED:]
        refusals: list[AdapterError] = []
        answered = 0
        for done, sha in enumerate(shas):
            self._progress("checks", done, len(shas))
            try:
                self._told.observations += checks.statuses(sha)
                self._told.observations += checks.check_runs(sha)
                answered += 1
            except AdapterError as refused:  # of a commit that is gone, or of all
                if refused.retryable:
                    raise
                refusals.append(refused)
        if answered or not refusals:
            self._told.tells.add(Told.CHECKS)
        else:
            self._miss(
                "checks", refusals[-1], "a classic token with the scope repo may read them, a fine-grained one may not"
            )

    def _read_signatures(self) -> None:
        """Whose the addresses in the commits of the default branch are."""
        self._progress("whose commits these are", 0, 1)
        span = urlencode({"since": _stamp(self._since), "until": _stamp(self._until)})
        try:
            listed = self._reader.all(f"/commits?{span}", doing="listing who signed the commits")
        except Conflict:  # there are none yet
            return
        self._people.meet(listed)

    def _read_releases(self) -> None:
        self._progress("releases", 0, 1)
        releases = ReleaseObserver(self._reader)
        found = self._unless_refused(lambda: releases.since(self._since), "releases")
        if found is not None:
            self._told.tells.add(Told.RELEASES)
            self._told.observations += found

    def _read_protection(self, branch: str) -> None:
        self._progress("branch protection", 0, 1)
        today = self._unless_refused(
            lambda: protection_today(self._reader, branch), "how the default branch is protected"
        )
        if today is not None:
            self._told.tells.add(Told.PROTECTION)
            self._told.observations += protection_over(
                today, self._told.observations, html_url=self._html_url, since=self._since, until=self._until
            )

    # --- what is not told -----------------------------------------------------------------------------------------

    def _unless_refused(self, read: Callable[[], T], what: str) -> T | None:
        """What was read; None where GitHub does not tell this token, or anybody, which is then said. Raises AdapterError."""
        try:
            return read()
        except AdapterError as refused:
            if refused.retryable:
                raise
            self._miss(what, refused, "give the token of somebody who may see it, if GitHub has it at all")
            return None

    def _miss(self, what: str, refused: AdapterError, to_do: str) -> None:
        self._reader.missing[f"GitHub did not tell {what} ({refused.what}): {to_do}"] = None


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
