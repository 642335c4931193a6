"""Issues and comments."""

from __future__ import annotations

from typing import Any

from simulator.emulators.github.announce import announce
from simulator.emulators.github.desk import named_issue
from simulator.emulators.github.graphql.mutations.base import Changes, Fields, mutation, only_edge
from simulator.emulators.github.graphql.problems import unprocessable
from simulator.emulators.github.state.issue_deletion import delete_issue

_LOCK_REASONS = {"OFF_TOPIC": "off-topic", "TOO_HEATED": "too heated", "RESOLVED": "resolved", "SPAM": "spam"}
CONVERSATIONS = ("Issue", "PullRequest")


def issue_path(view: Any) -> str:
    """The REST path of an issue or pull request as an issue."""
    return f"{view.home.path}/issues/{view.number}"


class IssueChanges(Changes):
    """Issues, their comments, and what issues and pull requests have in common."""

    @mutation
    def create_issue(self, repository_id: str, title: str, **given: Any) -> Fields:
        """Open an issue."""
        repository = self.named(repository_id, "Repository")
        body = {"title": title, "body": given.get("body"), **self._sorting(given)}
        made = self.ask("POST", f"{repository.home.path}/issues", body)
        return {"issue": self.made("Issue", made["id"])}

    @mutation
    def update_issue(self, id: str, **given: Any) -> Fields:  # noqa: A002 - GitHub's name
        """Change an issue."""
        issue = self.named(id, "Issue")
        changes = {name: given[name] for name in ("title", "body") if given.get(name) is not None}
        if given.get("state"):
            changes["state"] = given["state"].lower()
        self.ask("PATCH", issue_path(issue), {**changes, **self._sorting(given)})
        return {"issue": self.again(issue), "actor": self.actor}

    def _sorting(self, given: Fields) -> dict[str, Any]:
        """Labels, assignees and milestone as REST names them; those that are not given are left out."""
        wanted: dict[str, Any] = {}
        if given.get("label_ids") is not None:
            wanted["labels"] = [label.name for label in self.each_named(given["label_ids"], "Label")]
        if given.get("assignee_ids") is not None:
            wanted["assignees"] = [user.login for user in self.each_named(given["assignee_ids"], "User")]
        if "milestone_id" in given:
            milestone = given["milestone_id"] and self.named(given["milestone_id"], "Milestone")
            wanted["milestone"] = milestone.number if milestone else None
        return wanted

    @mutation
    def close_issue(
        self, issue_id: str, state_reason: str | None = None, duplicate_issue_id: str | None = None
    ) -> Fields:
        """Close an issue."""
        issue = self.named(issue_id, "Issue")
        if duplicate_issue_id is not None:
            self.named(duplicate_issue_id, "Issue")
            state_reason = "DUPLICATE"
        body = {"state": "closed", "state_reason": (state_reason or "COMPLETED").lower()}
        self.ask("PATCH", issue_path(issue), body)
        return {"issue": self.again(issue)}

    @mutation
    def reopen_issue(self, issue_id: str) -> Fields:
        """Open a closed issue again."""
        issue = self.named(issue_id, "Issue")
        self.ask("PATCH", issue_path(issue), {"state": "open"})
        return {"issue": self.again(issue)}

    @mutation
    def delete_issue(self, issue_id: str) -> Fields:
        """Delete an issue with all that hangs on it; administrators may."""
        issue = self.named(issue_id, "Issue")
        with self.work(issue.home, need="admin") as work:
            row = named_issue(work, issue.number)
            work.tell("issues", "deleted", row.id)
            announce(work)  # now, as long as there is something to show
            delete_issue(work, row)
        return {"repository": self.made("Repository", issue.home.id)}

    @mutation
    def add_comment(self, subject_id: str, body: str) -> Fields:
        """Comment on an issue or pull request."""
        subject = self.named(subject_id, *CONVERSATIONS)
        made = self.ask("POST", f"{issue_path(subject)}/comments", {"body": body})
        comment = self.made("IssueComment", made["id"])
        return {
            "comment_edge": only_edge(comment),
            "timeline_edge": only_edge(comment),
            "subject": self.again(subject),
        }

    @mutation
    def update_issue_comment(self, id: str, body: str) -> Fields:  # noqa: A002 - GitHub's name
        """Change a comment."""
        comment = self.named(id, "IssueComment")
        self.ask("PATCH", f"{comment.home.path}/issues/comments/{comment.database_id}", {"body": body})
        return {"issue_comment": self.again(comment)}

    @mutation
    def delete_issue_comment(self, id: str) -> Fields:  # noqa: A002 - GitHub's name
        """Delete a comment."""
        comment = self.named(id, "IssueComment")
        self.ask("DELETE", f"{comment.home.path}/issues/comments/{comment.database_id}")
        return {}

    @mutation
    def lock_lockable(self, lockable_id: str, lock_reason: str | None = None) -> Fields:
        """Close a conversation to outsiders."""
        lockable = self.named(lockable_id, *CONVERSATIONS)
        body = {"lock_reason": _LOCK_REASONS[lock_reason]} if lock_reason else {}
        self.ask("PUT", f"{issue_path(lockable)}/lock", body)
        return {"locked_record": self.again(lockable), "actor": self.actor}

    @mutation
    def unlock_lockable(self, lockable_id: str) -> Fields:
        """Open a conversation to everybody again."""
        lockable = self.named(lockable_id, *CONVERSATIONS)
        self.ask("DELETE", f"{issue_path(lockable)}/lock")
        return {"unlocked_record": self.again(lockable), "actor": self.actor}

    @mutation
    def add_sub_issue(
        self,
        issue_id: str,
        sub_issue_id: str | None = None,
        sub_issue_url: str | None = None,
        replace_parent: bool | None = None,
    ) -> Fields:
        """Make an issue a part of another one."""
        parent, child = self.named(issue_id, "Issue"), self._part(sub_issue_id, sub_issue_url)
        body = {"sub_issue_id": child.database_id, "replace_parent": bool(replace_parent)}
        self.ask("POST", f"{issue_path(parent)}/sub_issues", body)
        return {"issue": self.again(parent), "sub_issue": self.again(child)}

    @mutation
    def remove_sub_issue(self, issue_id: str, sub_issue_id: str) -> Fields:
        """Take a part from an issue."""
        parent, child = self.named(issue_id, "Issue"), self.named(sub_issue_id, "Issue")
        self.ask("DELETE", f"{issue_path(parent)}/sub_issue", {"sub_issue_id": child.database_id})
        return {"issue": self.again(parent), "sub_issue": self.again(child)}

    def _part(self, sub_issue_id: str | None, sub_issue_url: str | None) -> Any:
        if sub_issue_id is not None:
            return self.named(sub_issue_id, "Issue")
        if sub_issue_url is None:
            raise unprocessable("Either a sub-issue's id or its URL must be given.")
        return self.at(sub_issue_url, "Issue")
