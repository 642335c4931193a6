"""CM-12: commits carry an e-mail address that tells who wrote them."""

from __future__ import annotations

import re
import shlex

from simulator.hygiene.rule import NoOptions, rule
from simulator.hygiene.subjects import PUSHED_COMMITS, WrittenCommit
from simulator.model.history import History
from simulator.model.hygiene import Breach, Measures, NotAvailable, Pass, Repair, Severity, Skip, Verdict
from simulator.model.people import Person

_MAPPED = 0.5
_BOT = re.compile(r"\[bot\](?:@|\Z)|(?:\A|[.+-])bot@|\A(?:noreply|actions)@github\.com\Z", re.IGNORECASE)


@rule(
    code="CM-12",
    name="author-identity",
    about=PUSHED_COMMITS,
    severity=Severity.LOW,
    target=1.0,
    quota=1,
    options=NoOptions(),
)
def author_identity(written: WrittenCommit, history: History, _: NoOptions) -> Verdict:
    """A commit carries an e-mail address by which its author is known.

    What it checks
    --------------
    GitHub knows the account that the commit's address belongs to, or the address is that of exactly one person of the team.
    Bots' commits are left out. Whose commit it is, is asked of who pushed it when nobody can say who wrote it.

    Why it matters
    --------------
    A commit of an unknown author counts for nobody, and Jira ignores the commands that stand in it.

    Example
    -------
    Good: `Ada <ada@example.com>`, the address of Ada's account

    Bad: `Ada <ada@laptop.local>`, as git guesses it on a new machine

    How to fix
    ----------
    Set the address once: `git config --global user.email ada@example.com`. Before the merge, write the commits again with it:
    `git rebase main --exec "git commit --amend --no-edit --reset-author"`. After the merge a line in `.mailmap` earns half.

    References
    ----------
    - https://support.atlassian.com/jira-software-cloud/docs/process-issues-with-smart-commits/
    - https://reposense.org
    - https://jorisroovers.com/gitlint/latest/rules/builtin_rules/
    """
    commit, pull = written.commit, written.pull
    address = commit.author_email.strip()
    if _BOT.search(address) or _BOT.search(commit.author_name):
        return Skip(reason="a bot wrote it")
    evidence: Measures = {"address": address[:254], "author": commit.author_name[:100]}
    if commit.author is not None and commit.author_known:
        return Pass(message=f"{commit.sha[:7]} is by {history.name_of(commit.author)}", evidence=evidence)
    if not address:
        return NotAvailable(
            reason=f"the author's address of {commit.sha[:7]} is not known",
            how_to_fix="Give the token read access to the repository's contents.",
        )
    who = f"{commit.author_name[:60] or 'somebody'} <{address[:100]}>"
    message = f"Commit {commit.sha[:7]} is by {who}: nobody of the team has that address."
    person = _pusher(written, history)
    is_merged = pull is None or pull.merged_at is not None
    if is_merged and address.lower() in history.mapped_addresses:
        return Breach(
            message=f"{message} The .mailmap tells whose it is: half credit.",
            how_to_fix=_set_address(person),
            credit=_MAPPED,
            repaired=True,
            evidence=evidence,
        )
    return Breach(
        message=message,
        how_to_fix=_how_to_fix(written, person, history),
        repair=Repair.PARTIAL if is_merged else Repair.SAFE,
        evidence=evidence,
    )


def _pusher(written: WrittenCommit, history: History) -> Person | None:
    """Whose name fits the one in the commit, else who opened the pull request."""
    name = written.commit.author_name.lower()
    named = [person for person in history.roster if name and name in {person.name.lower(), person.login.lower()}]
    opener = written.pull.author if written.pull else None
    return named[0] if named else history.roster.people.get(opener) if opener else None


def _set_address(person: Person | None) -> str:
    return f"git config --global user.email {shlex.quote(person.email if person else 'you@example.com')}"


def _how_to_fix(written: WrittenCommit, person: Person | None, history: History) -> str:
    if written.pull and written.pull.merged_at is None:
        again = "git commit --amend --no-edit --reset-author"
        is_only = written.is_tip and len(written.pull.commits) == 1
        command = again if is_only else f"git rebase {shlex.quote(history.default_branch)} --exec {shlex.quote(again)}"
        return f"{_set_address(person)}\n{command} && git push --force-with-lease origin HEAD"
    name, address = (person.name, person.email) if person else ("Your Name", "you@example.com")
    line = f"{name} <{address}> <{written.commit.author_email.strip()[:254]}>"
    return (
        f"{_set_address(person)}\necho {shlex.quote(line)} >> .mailmap\nCommit it and open a pull request: half credit."
    )
