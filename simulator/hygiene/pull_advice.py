"""What to do with a pull request, as commands that can be pasted: `gh` on github.com, the REST API on every other server.

Refuses to run anything. Names and texts come from learners: every one of them is quoted for a shell. Sources:
https://cli.github.com/manual/gh_pr, https://docs.github.com/en/rest/pulls
"""

from __future__ import annotations

import json
import re
import shlex
from typing import Any

from simulator.model.history import PullRequest

# The web address of a pull request; servers other than github.com have their REST API under /api/v3:
# https://docs.github.com/en/enterprise-server@3.17/rest/enterprise-admin#endpoint-urls
_PULL_URL = re.compile(r"(?P<server>https?://.+)/(?P<repository>[^/]+/[^/]+)/pull/[0-9]+")
_GITHUB = "https://github.com"
_JSON = json.JSONEncoder(ensure_ascii=False)


def retitle(pull: PullRequest, title: str) -> str:
    """The command that gives it another title."""
    return _command(
        pull, f"edit {pull.number} --title {shlex.quote(title)}", "PATCH", f"pulls/{pull.number}", title=title
    )


def describe(pull: PullRequest, body: str) -> str:
    """The command that gives it another description."""
    return _command(pull, f"edit {pull.number} --body {shlex.quote(body)}", "PATCH", f"pulls/{pull.number}", body=body)


def ask_review(pull: PullRequest, login: str) -> str:
    """The command that asks somebody for a review of it."""
    path = f"pulls/{pull.number}/requested_reviewers"
    words = f"edit {pull.number} --add-reviewer {shlex.quote(login)}"
    return _command(pull, words, "POST", path, reviewers=[login])


def comment_on(pull: PullRequest, text: str) -> str:
    """The command that comments on it."""
    words = f"comment {pull.number} --body {shlex.quote(text)}"
    return _command(pull, words, "POST", f"issues/{pull.number}/comments", body=text)


def review_with(pull: PullRequest, text: str, *, blocks: bool = False) -> str:
    """The command that reviews it in words, or with `blocks` requests changes."""
    flag, event = ("--request-changes", "REQUEST_CHANGES") if blocks else ("--comment", "COMMENT")
    words = f"review {pull.number} {flag} --body {shlex.quote(text)}"
    return _command(pull, words, "POST", f"pulls/{pull.number}/reviews", event=event, body=text)


def close(pull: PullRequest) -> str:
    """The command that closes it without a merge."""
    return _command(pull, f"close {pull.number}", "PATCH", f"pulls/{pull.number}", state="closed")


def with_gh(pull: PullRequest, words: str, command: str) -> str:
    """Words of advice without a stop at their end; on github.com with the `gh` command that does so."""
    return f"{words}: {command}" if _is_on_github(pull) else f"{words}."


def to_draft(pull: PullRequest) -> str:
    """How it becomes a draft; outside of github.com in words, as the REST API cannot do it."""
    by_command = _is_on_github(pull)
    return f"gh pr ready {pull.number} --undo" if by_command else f"Press “Convert to draft” at {shlex.quote(pull.url)}"


def _is_on_github(pull: PullRequest) -> bool:
    found = _PULL_URL.fullmatch(pull.url)
    return found is None or found["server"] == _GITHUB


def _command(pull: PullRequest, words: str, method: str, path: str, **fields: Any) -> str:  # Any: JSON
    found = _PULL_URL.fullmatch(pull.url)
    if found is None or found["server"] == _GITHUB:
        return f"gh pr {words}"
    address = f"{found['server']}/api/v3/repos/{found['repository']}/{path}"
    body = _JSON.encode(fields)
    access = '-H "Authorization: Bearer $GITHUB_TOKEN"'
    return f"curl -X {method} {access} -d {shlex.quote(body)} {shlex.quote(address)}"
