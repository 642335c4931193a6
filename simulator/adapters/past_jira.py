"""The past of a project as Jira Cloud tells it: issues with their histories, sprints, the board.

Refuses to write. Of issues that were deleted or moved to another project Jira tells nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial

from simulator.adapters.jira_accounts import JiraAccounts, Json, cloud_only
from simulator.adapters.observe_issues import IssueObserver
from simulator.adapters.observe_surroundings import board_seen
from simulator.adapters.past_reader import READER, Asking, Progress, as_described, as_header, asking_jira
from simulator.adapters.past_sprints import PastSprints
from simulator.adapters.seen import in_order
from simulator.errors import AdapterError, AuthenticationFailed, NotFound
from simulator.model.facts import Observation
from simulator.model.keys import Login, SeatId
from simulator.model.past import Past, Someone, Told
from simulator.ports import Credentials, Services

MOST_ISSUES = 5_000
_A_MINUTE = timedelta(minutes=1)
_PEOPLE = ("assignee", "reporter")


def jira_past(
    *,
    url: str,
    email: str,
    token: str,
    project: str,
    board: int | None,
    since: datetime,
    until: datetime,
    progress: Progress,
) -> Past:
    """What Jira tells of a project from `since` to before `until`.

    Of an issue that was changed in the range, was in one of its sprints or is in progress, everything is told, what happened
    earlier too. Raises AdapterError: a wrong token, no such project or none that its owner may see, no Jira Cloud, no answer.
    """
    if not email.strip() or not token.strip():
        raise AuthenticationFailed(
            "Jira tells nothing without an account",
            service="Jira",
            where=url,
            to_do="set JIRA_EMAIL and JIRA_TOKEN (a token: id.atlassian.com/manage-profile/security/api-tokens)",
        )
    email = as_header(email, service="Jira", variable="JIRA_EMAIL")
    token = as_header(token, service="Jira", variable="JIRA_TOKEN")
    me = Credentials(login=Login(email), email=email, name="", github_token="", jira_token=token)
    services = Services(
        github_api_url="",
        github_html_url="",
        jira_url=url,
        owner=Login(""),
        repository="",
        project=project,
        credentials={READER: me},
        admin=READER,
    )
    accounts = _PatientAccounts(services, asking_jira(progress))
    try:
        with as_described("Jira", url):
            return _JiraPast(accounts, since=since, until=until, progress=progress).past(board)
    finally:
        accounts.close()


class _PatientAccounts(JiraAccounts):
    """Accounts that go on asking for a page, and remember whom they heard of."""

    def __init__(self, services: Services, again: Asking) -> None:
        super().__init__(services)
        self.again = again
        self._people: dict[str, Someone] = {}
        self._pages = 0

    def page(self, read: Callable[[], Json]) -> Json:
        """One page of a list, asked for until it comes."""
        self.again.progress(f"issues, page {self._pages + 1}", 0, 1)
        answer = self.again.keep_trying(read)
        self._pages += 1
        self._hear(answer)
        return answer

    def send(self, seat: SeatId, method: str, path: str, body: Json = None, *, params: Json = None) -> Json:
        """The answer to a request, heard."""
        answer = super().send(seat, method, path, body, params=params)
        self._hear(answer)
        return answer

    def people(self) -> tuple[Someone, ...]:
        """Everybody whom an answer named."""
        return tuple(self._people.values())

    def _hear(self, body: Json) -> None:
        found = [body]
        while found:
            one = found.pop()
            if isinstance(one, list):
                found += one
            elif isinstance(one, dict):
                if one.get("accountId"):
                    self._meet(one)
                elif one.get("field") in _PEOPLE:
                    self._meet_changed(one)
                found += [value for value in one.values() if isinstance(value, dict | list)]

    def _meet(self, user: Mapping[str, Json]) -> None:
        account, email = str(user["accountId"]), str(user.get("emailAddress") or "")
        accounts = (account, email) if email else (account,)
        name = str(user.get("displayName") or email or account)
        self._people[account] = Someone(name, accounts, is_bot=user.get("accountType") == "app")

    def _meet_changed(self, item: Mapping[str, Json]) -> None:
        """Somebody whom only a history names."""
        for side, text in (("from", "fromString"), ("to", "toString")):
            if item.get(side):
                account = str(item[side])
                self._people.setdefault(account, Someone(str(item.get(text) or account), (account,)))


class _JiraPast:
    def __init__(self, accounts: _PatientAccounts, *, since: datetime, until: datetime, progress: Progress) -> None:
        self._accounts = accounts
        self._project = accounts.services.project
        self._since, self._until = since, until
        self._progress = progress
        self._sprints = PastSprints(accounts, accounts.again)
        self._issues = IssueObserver(accounts)
        self._missing: list[str] = []
        self._tells = {Told.ISSUES, Told.ISSUE_HISTORY, Told.KEYS}

    def past(self, board: int | None) -> Past:
        """All of it. Raises AdapterError."""
        self._progress("the project", 0, 1)
        self._accounts.again.keep_trying(self._check)
        sprints, seen = self._read_board(board)
        seen += self._read_issues(sprints)
        told = in_order(one for one in seen if one.recorded_at < self._until)
        return Past(
            observations=tuple(told),
            people=self._accounts.people(),
            project=self._project,
            tells=frozenset(self._tells),
            missing=(*self._sprints.missing, *self._missing),
        )

    def _check(self) -> None:
        """Raises AdapterError when this is no Jira Cloud, the token is not accepted, or there is no such project."""
        url = self._accounts.services.jira_url
        try:
            with self._accounts.asking("asking what it is"):
                info = self._accounts.client(READER).server_info()
        except AdapterError as refused:
            refused.to_do = refused.to_do or "give the address of a Jira Cloud site: https://NAME.atlassian.net"
            raise
        cloud_only(info, url=url)
        to_do = "check JIRA_EMAIL and JIRA_TOKEN: does the token belong to this address?"
        try:
            self._accounts.account_id(READER)
        except AuthenticationFailed as refused:
            raise AuthenticationFailed(
                "Jira does not accept this e-mail and token", service="Jira", where=url, to_do=to_do
            ) from refused
        try:
            with self._accounts.asking(f"looking at the project {self._project}"):
                self._accounts.client(READER).project(self._project)
        except NotFound as refused:
            raise NotFound(
                f"Jira has no project {self._project}, or not for this account",
                service="Jira",
                where=url,
                to_do="check the key (--project), or use the account of somebody who may see it",
            ) from refused

    def _read_board(self, asked: int | None) -> tuple[list[int], list[Observation]]:
        """The ids of the sprints that the range touches, and what is seen of them and of the board."""
        self._progress("the board", 0, 1)
        board = self._sprints.board(asked)
        if board is None:
            return [], []
        seen = self._read_columns(board)
        found = self._sprints.sprints(board, since=self._since, until=self._until)
        if found is None:
            return [], seen
        self._tells.add(Told.SPRINTS)
        return found[0], [*seen, *found[1]]

    def _read_columns(self, board: int) -> list[Observation]:
        """The board as it is today, as if it had been so all the time: Jira does not tell of earlier."""
        try:
            columns, _ = self._accounts.again.keep_trying(
                lambda: board_seen(self._accounts, board, before="", at=self._since)
            )
        except AdapterError as refused:
            if refused.retryable:
                raise
            self._missing.append(f"Jira did not tell the columns of the board ({refused.what})")
            return []
        self._tells.add(Told.BOARD)
        return [] if columns is None else [columns]

    def _read_issues(self, sprints: list[int]) -> Iterator[Observation]:
        self._progress("issues", 0, 1)
        listed = self._issues.matching(self._query(sprints), most=MOST_ISSUES)
        if len(listed) > MOST_ISSUES:
            self._missing.append(
                f"only the {MOST_ISSUES:,} issues that were changed last were read; choose a shorter range"
            )
        for done, issue in enumerate(listed[:MOST_ISSUES]):
            self._progress("issues", done, len(listed))
            yield from self._accounts.again.keep_trying(partial(self._issues.told, issue))

    def _query(self, sprints: list[int]) -> str:
        numbers = ", ".join(map(str, sorted(sprints)))
        touched = [
            f'updated >= "{self._issues.searched(self._since)}"',
            'statusCategory = "In Progress"',
            *([f"sprint in ({numbers})"] if numbers else []),
        ]
        before = self._issues.searched(self._until + _A_MINUTE)
        return (
            f'project = "{self._project}" AND created < "{before}" AND ({" OR ".join(touched)}) '
            "ORDER BY updated DESC, key ASC"
        )
