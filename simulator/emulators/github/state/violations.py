"""What an update of a ref breaks, in GitHub's sentences, and what to do instead in ours. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

RULES_BROKEN = "Repository rule violations found"
"""What the API's message begins with when rulesets forbid a write."""


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that is broken. `kind` is the rule's type as rulesets name it; `found` are the commits or files at fault."""

    kind: str
    reason: str
    found: tuple[str, ...] = ()

    def lines(self) -> Iterator[str]:
        """As a push shows it below the head line."""
        yield f"- {self.reason}"
        if self.found:
            plural = "" if len(self.found) == 1 else "s"
            yield f"  Found {len(self.found)} violation{plural}:"
            yield ""
            yield from (f"  {each}" for each in self.found)
        yield ""


_ADVICE = {
    "pull_request": "Push your commits to a branch of their own (git push origin HEAD:refs/heads/NAME) and open a pull request.",
    "required_status_checks": "Push to another branch, let the checks pass there, and open a pull request.",
    "non_fast_forward": "Take in what is there first (git pull --rebase), or push to a branch of another name.",
    "deletion": "This one stays; delete another, or ask an administrator.",
    "creation": "Choose another name for your branch or tag.",
    "update": "Push to another name, or ask somebody who may update this one.",
    "restrictions": "Push to a branch of another name and open a pull request into this one.",
    "locked": "Push to a branch of another name; this one is read-only.",
    "required_linear_history": "Rebase instead of merging (git rebase origin/BRANCH), then push again.",
    "required_signatures": "Open a pull request and squash it: GitHub signs what it commits itself.",
    "commit_message_pattern": "Reword the commits (git rebase -i, `reword`), then push again.",
    "commit_author_email_pattern": "Set user.email, then `git commit --amend --reset-author` each commit, and push again.",
    "committer_email_pattern": "Set user.email, make the commits anew (git rebase -f), then push again.",
    "branch_name_pattern": "Rename your branch (git branch -m NEW-NAME), then push again.",
    "tag_name_pattern": "Give the tag another name, then push again.",
    "file_path_restriction": "Take these files out of your commits (git rebase -i, `edit`), then push again.",
    "file_extension_restriction": "Take these files out of your commits (git rebase -i, `edit`), then push again.",
    "max_file_path_length": "Give these files shorter paths, in the commits that added them, then push again.",
    "max_file_size": "Take these files out of your commits (git rebase -i, `edit`), then push again.",
}


def advice(found: Iterable[Violation]) -> list[str]:
    """What the person can do instead, each thing once."""
    return list(dict.fromkeys(_ADVICE[each.kind] for each in found if each.kind in _ADVICE))


def as_message(found: Iterable[Violation]) -> str:
    """What the REST API answers to a write that rulesets forbid."""
    return rule_message(each.reason for each in found)


def rule_message(reasons: Iterable[str]) -> str:
    """The same for plain sentences."""
    return f"{RULES_BROKEN}\n\n" + "".join(f"{reason}\n\n" for reason in dict.fromkeys(reasons))
