"""Event `status`: https://docs.github.com/en/webhooks/webhook-events-and-payloads#status"""

from __future__ import annotations

from typing import Any

import pygit2

from simulator.emulators.github.payloads.commits import Authors, commit
from simulator.emulators.github.payloads.statuses import status_payload
from simulator.emulators.github.state.repositories import Repository
from simulator.emulators.github.state.users import by_emails
from simulator.emulators.github.state.work import Notice, Work
from simulator.emulators.gitserver import history, refs
from simulator.emulators.kit.urls import Urls

_MOST_BRANCHES = 10  # docs.github.com/en/webhooks/webhook-events-and-payloads#status


def subject(work: Work, notice: Notice, urls: Urls) -> dict[str, Any]:
    """The status, its commit, and the branches whose head that is."""
    status, git = notice.detail["status"], work.git
    return {
        **status_payload(status, work.repository, urls),
        "sha": status.sha,
        "name": work.repository.full_name,
        "branches": _branches(git, work.repository, status.sha, urls),
        "commit": _commit(work, history.commit(git, status.sha), urls),
    }


def _commit(work: Work, found: pygit2.Commit, urls: Urls) -> dict[str, Any]:
    emails = {found.author.email.lower(), found.committer.email.lower()}
    return commit(found, work.repository, urls, Authors(by_emails(work.connection, work.site, emails)))


def _branches(git: pygit2.Repository, repository: Repository, sha: str, urls: Urls) -> list[dict[str, Any]]:
    commit = {"sha": sha, "url": urls.api(f"{repository.path}/commits/{sha}")}
    heads = [ref.removeprefix("refs/heads/") for ref, tip in refs.list_refs(git, "refs/heads/").items() if tip == sha]
    return [{"name": name, "commit": commit, "protected": False} for name in heads[:_MOST_BRANCHES]]
