"""Commands of a run that hints and the job card show, ready to be pasted into the learner's clone.

Every name in them is quoted for a shell. Refuses to put words into anybody's mouth beyond what can be known.
"""

from __future__ import annotations

import re
from shlex import quote

from simulator.model.agile import IssueType
from simulator.model.history import Issue, PullRequest
from simulator.scenario.view import View

_LONGEST_SLUG = 40


def begin(view: View, branch: str) -> tuple[str, ...]:
    """A new branch from the default branch as it is now."""
    start = quote(f"origin/{view.history.default_branch}")
    return ("git fetch origin", f"git switch --no-track -c {quote(branch)} {start}")


def go_to(branch: str) -> tuple[str, ...]:
    """A branch that is there, with what others did meanwhile fetched."""
    return ("git fetch origin", f"git switch {quote(branch)}")


def rename(branch: str, to: str) -> tuple[str, ...]:
    """The branch that one stands on under another name, here and on GitHub."""
    return (f"git branch -m {quote(to)}", "git push -u origin HEAD", f"git push origin --delete {quote(branch)}")


def name_it(pull: PullRequest, issue: Issue) -> tuple[str, ...]:
    """A pull request that names its issue."""
    return (f"gh pr edit {pull.number} --title {quote(f'{pull.title} ({issue.key})')}",)


def bring_up_to_date(view: View, branch: str) -> tuple[str, ...]:
    """Merge what the default branch got meanwhile into a branch."""
    return (*go_to(branch), f"git merge {quote(f'origin/{view.history.default_branch}')}", "git push")


def propose() -> tuple[str, ...]:
    """Push the branch that one stands on, and open its pull request."""
    return ("git push -u origin HEAD", "gh pr create --fill")


def branch_for(issue: Issue) -> str:
    """A branch's name for an issue: what kind of work it is, the key, and a few words."""
    kind = "fix" if issue.type == IssueType.BUG else "feature"
    words = re.sub(r"[^a-z0-9]+", "-", issue.state.summary.lower())[:_LONGEST_SLUG].strip("-")
    return f"{kind}/{issue.key}-{words}".rstrip("-")


def say(text: str) -> str:
    """A word in the run's chat."""
    return f"sprintdojo say {quote(text)}"
