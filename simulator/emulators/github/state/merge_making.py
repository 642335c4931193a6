"""The commits that merges make: merge commits, squashed ones, rebased ones. Nothing here moves a ref."""

from __future__ import annotations

from dataclasses import dataclass

import pygit2

from simulator.emulators.github.errors import MethodNotAllowed
from simulator.emulators.github.state import changes, merge_messages
from simulator.emulators.github.state.mergeability import MOST_REBASED
from simulator.emulators.github.state.pull_refs import GITHUB
from simulator.emulators.github.state.pull_rows import Pull
from simulator.emulators.github.state.work import Work
from simulator.emulators.gitserver import merging
from simulator.emulators.gitserver.writing import signature
from simulator.emulators.kit import accounts
from simulator.emulators.kit.accounts import Account

PAGE = "/pulls/pulls#merge-a-pull-request"
METHODS = ("merge", "squash", "rebase")


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeWish:
    """How somebody wants a pull request merged. None leaves GitHub's own title or message; `head_sha` None: any head."""

    method: str = "merge"
    title: str | None = None
    message: str | None = None
    head_sha: str | None = None


def made(work: Work, pull: Pull, base: str, wish: MergeWish) -> str:
    """The commit that the base is to move to. Raises MergeConflict, and MethodNotAllowed for what cannot be rebased."""
    match wish.method:
        case "squash":
            return _squashed(work, pull, base, wish)
        case "rebase":
            return _rebased(work, pull, base)
    return _merged(work, pull, base, wish)


def merge_commit(work: Work, ours: str, theirs: str, message: str) -> str:
    """A plain merge of two commits by the actor. Raises MergeConflict."""
    return merging.merge_commit(
        changes.git(work),
        ours,
        theirs,
        message=message,
        author=_signature(work, work.actor),
        committer=signature(*GITHUB, work.at),
    )


def _merged(work: Work, pull: Pull, base: str, wish: MergeWish) -> str:
    home = changes.head_repository(work, pull)
    owner = home.owner if home else work.repository.owner
    title, message = merge_messages.of_merge(pull, owner.login, work.repository.settings)
    return merge_commit(work, base, pull.row.head_sha, _message(wish, title, message))


def _squashed(work: Work, pull: Pull, base: str, wish: MergeWish) -> str:
    commits = changes.commits_of(work, pull)
    author = accounts.by_id(work.connection, work.site, pull.issue.author_id) or work.actor
    title, message = merge_messages.of_squash(pull, commits, work.repository.settings)
    trailers = merge_messages.co_authors(commits, author.email) if wish.message is None else []
    return merging.squash_commit(
        changes.git(work),
        base,
        pull.row.head_sha,
        message=_message(wish, title, message, trailers),
        author=_signature(work, author),
        committer=signature(*GITHUB, work.at),
    )


def _rebased(work: Work, pull: Pull, base: str) -> str:
    commits = changes.commits_of(work, pull)
    done = []
    if len(commits) <= MOST_REBASED:
        done = merging.rebase(changes.git(work), base, commits, committer=_signature(work, work.actor))
    if not done:
        raise MethodNotAllowed("This branch can't be rebased", page=PAGE)
    return done[-1]


def _message(wish: MergeWish, title: str, message: str, trailers: list[str] | None = None) -> str:
    return merge_messages.joined(wish.title or title, message if wish.message is None else wish.message, trailers or [])


def _signature(work: Work, account: Account) -> pygit2.Signature:
    return signature(account.name or account.login, account.email, work.at)
