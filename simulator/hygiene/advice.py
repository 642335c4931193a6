"""How to mend things, as commands that can be pasted: with the real names, quoted for a shell.

Refuses to run anything. Names come from learners: every one of them is quoted.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence

from simulator.model.agile import IssueType, StatusCategory
from simulator.model.history import Branch, History
from simulator.model.keys import IssueKey, SeatId

_WORD = re.compile(r"[A-Za-z0-9]+", re.ASCII)
_KEY_START = re.compile(r"[A-Za-z][A-Za-z0-9]+-[0-9]+\b", re.ASCII)
_TYPES = {
    "feature": "feature",
    "features": "feature",
    "feat": "feat",
    "bug": "bugfix",
    "bugfix": "bugfix",
    "fix": "fix",
    "hotfix": "hotfix",
    "chore": "chore",
    "release": "release",
}
_MOST_WORDS = 5
_PUSH = "git push --force-with-lease origin HEAD"


def rename(old: str, new: str) -> str:
    """Commands that rename a pushed branch."""
    return (
        f"git branch -m {shlex.quote(old)} {shlex.quote(new)} && git push -u origin {shlex.quote(new)} "
        f"&& git push origin --delete {shlex.quote(old)}"
    )


def reword(sha: str, header: str, *, is_tip: bool, keeps_body: bool = False) -> str:
    """Commands that give a commit of one's own branch another header. With `keeps_body` its other lines stay."""
    if is_tip:
        rest = ' -m "$(git log -1 --format=%b)"' if keeps_body else ""
        return f"git commit --amend -m {shlex.quote(header)}{rest} && {_PUSH}"
    return f"{_rebase(sha)}\nIn the list that opens, write reword before it; then the header {shlex.quote(header)}"


def write_message(sha: str, what: str, *, is_tip: bool) -> str:
    """Commands that open a commit's message in the editor; `what` says in words what to write there."""
    if is_tip:
        return f"git commit --amend && {_PUSH}\nIn the editor that opens, {what}."
    return f"{_rebase(sha)}\nIn the list that opens, write reword before it; then {what}."


def new_header(sha: str, better: str | None, *, is_tip: bool, keeps_body: bool) -> str:
    """Commands for a better header; without one to propose, those that open the editor."""
    if better is None:
        return write_message(sha, "say in the first line what the change does when it is applied", is_tip=is_tip)
    return reword(sha, better, is_tip=is_tip, keeps_body=keeps_body)


def fold(main: str) -> str:
    """The command that folds commits of one's own branch into those that they belong to, and how."""
    return (
        f"git rebase -i --autosquash {shlex.quote(f'origin/{main}')}, which folds fixup! and squash! by itself "
        "(before any other write fixup in the list that opens)"
    )


def begin(branch: str, main: str) -> str:
    """Commands that begin a branch from the default branch as it is on the server now."""
    return f"git fetch origin && git switch -c {shlex.quote(branch)} {shlex.quote(f'origin/{main}')}"


def split_off(shas: Sequence[str], *, branch: str, head: str, main: str) -> str:
    """Commands that give some commits of one's own branch `head` a branch of their own, and take them out there."""
    some = " ".join(sha[:10] for sha in shas)
    return (
        f"{begin(branch, main)} && git cherry-pick {some} && git push -u origin HEAD\n"
        f"Open that as a pull request of its own, and take the same commits out here:\n"
        f"git switch {shlex.quote(head)} && git rebase -i {shlex.quote(f'origin/{main}')} && {_PUSH}\n"
        f"In the list that opens, write drop before {some}."
    )


def take_out(path: str, main: str) -> str:
    """Commands that take a file out of the commit of one's own branch that added it."""
    return (
        f"git rebase -i {shlex.quote(f'origin/{main}')}\n"
        "In the list that opens, write edit before the commit that added it (drop, if it adds nothing else).\n"
        "When that stops there:\n"
        f"git rm --cached -- {shlex.quote(path)} && git commit --amend --no-edit && git rebase --continue && {_PUSH}"
    )


def _rebase(sha: str) -> str:
    return f"git rebase -i {sha[:10]}^ && {_PUSH}"


def better_branch_name(branch: Branch, history: History) -> str:
    """A name for the branch as the team writes them: type, issue key, words of the old name or of the issue."""
    key = likely_issue(branch, history)
    issue = history.issues.get(IssueKey(key))
    lead, _, rest = branch.name.rpartition("/")
    words = [word.lower() for word in _WORD.findall(_KEY_START.sub(" ", rest if lead else branch.name))]
    if len(words) < 2 and issue:
        words = [word.lower() for word in _WORD.findall(issue.state.summary)]
    kind = _TYPES.get(lead.lower()) or ("bugfix" if issue and issue.type == IssueType.BUG else "feature")
    slug = "-".join(word for word in words if word not in _TYPES)
    slug = "-".join(slug.split("-")[:_MOST_WORDS])
    return f"{kind}/{'-'.join(filter(None, (key, slug))) or 'what-it-does'}"


def likely_issue(branch: Branch, history: History) -> str:
    """The key that the branch is for: the one it names, else what its author has in progress, else `KEY-NUMBER`.

    Empty where no project is known.
    """
    if IssueKey(branch.item) in history.issues:
        return branch.item
    mine = [
        issue.key for issue in history.issues.values() if _works_on(issue.state.assignee, issue.state.category, branch)
    ]
    return mine[0] if mine else f"{history.project}-NUMBER" if history.project else ""


def _works_on(assignee: SeatId | None, category: StatusCategory, branch: Branch) -> bool:
    return assignee is not None and assignee in branch.authors() and category is StatusCategory.IN_PROGRESS
