"""How to mend things, as commands that can be pasted: with the real names, quoted for a shell.

Refuses to run anything. Names come from learners: every one of them is quoted.
"""

from __future__ import annotations

import json
import re
import shlex

from simulator.model.agile import IssueType, StatusCategory
from simulator.model.history import Branch, History, PullRequest
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
# The web address of a pull request; servers other than github.com have their REST API under /api/v3:
# https://docs.github.com/en/enterprise-server@3.17/rest/enterprise-admin#endpoint-urls
_PULL_URL = re.compile(r"(?P<server>https?://.+)/(?P<repository>[^/]+/[^/]+)/pull/[0-9]+")


def rename(old: str, new: str) -> str:
    """Commands that rename a pushed branch."""
    return (
        f"git branch -m {shlex.quote(old)} {shlex.quote(new)} && git push -u origin {shlex.quote(new)} "
        f"&& git push origin --delete {shlex.quote(old)}"
    )


def retitle(pull: PullRequest, title: str) -> str:
    """The command that gives a pull request another title: `gh` on github.com, the REST API elsewhere.

    Source: https://docs.github.com/en/rest/pulls/pulls#update-a-pull-request
    """
    found = _PULL_URL.fullmatch(pull.url)
    if found is None or found["server"] == "https://github.com":
        return f"gh pr edit {pull.number} --title {shlex.quote(title)}"
    address = f"{found['server']}/api/v3/repos/{found['repository']}/pulls/{pull.number}"
    body = json.dumps({"title": title}, ensure_ascii=False)
    return f'curl -X PATCH -H "Authorization: Bearer $GITHUB_TOKEN" -d {shlex.quote(body)} {shlex.quote(address)}'


def reword(sha: str, header: str, *, is_tip: bool, keeps_body: bool = False) -> str:
    """Commands that give a commit of one's own branch another header. With `keeps_body` its other lines stay."""
    if is_tip:
        rest = ' -m "$(git log -1 --format=%b)"' if keeps_body else ""
        return f"git commit --amend -m {shlex.quote(header)}{rest} && git push --force-with-lease origin HEAD"
    return f"git rebase -i {sha[:10]}^  # mark it `reword`, write: {header}\ngit push --force-with-lease origin HEAD"


def write_message(sha: str, what: str, *, is_tip: bool) -> str:
    """Commands that open a commit's message in the editor; `what` says in words what to write there."""
    push = "git push --force-with-lease origin HEAD"
    if is_tip:
        return f"git commit --amend  # {what}\n{push}"
    return f"git rebase -i {sha[:10]}^  # mark it `reword`; {what}\n{push}"


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
    return f"{kind}/{key}-{slug}" if slug else f"{kind}/{key}"


def likely_issue(branch: Branch, history: History) -> str:
    """The key that the branch is for: the one it names, else what its author has in progress, else `KEY-number`."""
    if IssueKey(branch.item) in history.issues:
        return branch.item
    mine = [
        issue.key for issue in history.issues.values() if _works_on(issue.state.assignee, issue.state.category, branch)
    ]
    return mine[0] if mine else f"{history.project}-NUMBER"


def _works_on(assignee: SeatId | None, category: StatusCategory, branch: Branch) -> bool:
    return assignee is not None and assignee in branch.authors() and category is StatusCategory.IN_PROGRESS
