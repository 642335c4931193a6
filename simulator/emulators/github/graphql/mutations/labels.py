"""Labels, assignees and reactions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simulator.emulators.github.graphql.mutations.base import Changes, Fields, mutation
from simulator.emulators.github.graphql.mutations.issues import CONVERSATIONS, issue_path
from simulator.emulators.github.graphql.problems import unprocessable
from simulator.emulators.github.graphql.views.reactions import CONTENTS
from simulator.emulators.github.state import reactions
from simulator.emulators.github.state.reactions import Subject

_REACTABLE = {
    "IssueComment": "issues/comments",
    "PullRequestReviewComment": "pulls/comments",
    "Release": "releases",
}


class LabelChanges(Changes):
    """What issues and pull requests carry, and how people answer to things."""

    @mutation
    def create_label(self, repository_id: str, name: str, color: str, description: str | None = None) -> Fields:
        """Make a label."""
        home = self.named(repository_id, "Repository").home
        body = {"name": name, "color": color, "description": description}
        made = self.ask("POST", f"{home.path}/labels", body)
        return {"label": self.made("Label", made["id"])}

    @mutation
    def update_label(self, id: str, name: str | None = None, **given: Any) -> Fields:  # noqa: A002 - GitHub's name
        """Change a label."""
        label = self.named(id, "Label")
        changes = {field: value for field, value in given.items() if value is not None}
        self.ask("PATCH", f"{label.home.path}/labels/{label.name}", changes | ({"new_name": name} if name else {}))
        return {"label": self.again(label)}

    @mutation
    def delete_label(self, id: str) -> Fields:  # noqa: A002 - GitHub's name
        """Delete a label."""
        label = self.named(id, "Label")
        self.ask("DELETE", f"{label.home.path}/labels/{label.name}")
        return {}

    @mutation
    def add_labels_to_labelable(self, labelable_id: str, label_ids: Sequence[str]) -> Fields:
        """Put labels on an issue or pull request."""
        labelable = self.named(labelable_id, *CONVERSATIONS)
        names = [label.name for label in self._labels_of(labelable, label_ids)]
        self.ask("POST", f"{issue_path(labelable)}/labels", {"labels": names})
        return {"labelable": self.again(labelable)}

    @mutation
    def remove_labels_from_labelable(self, labelable_id: str, label_ids: Sequence[str]) -> Fields:
        """Take labels off; those that are not on it are passed over."""
        labelable = self.named(labelable_id, *CONVERSATIONS)
        present = {row.id for row in labelable.around.labels.get(labelable.issue_row.id) or ()}
        for label in self._labels_of(labelable, label_ids):
            if label.label.id in present:
                self.ask("DELETE", f"{issue_path(labelable)}/labels/{label.name}")
        return {"labelable": self.again(labelable)}

    @mutation
    def clear_labels_from_labelable(self, labelable_id: str) -> Fields:
        """Take all labels off."""
        labelable = self.named(labelable_id, *CONVERSATIONS)
        self.ask("DELETE", f"{issue_path(labelable)}/labels")
        return {"labelable": self.again(labelable)}

    @mutation
    def add_assignees_to_assignable(self, assignable_id: str, assignee_ids: Sequence[str]) -> Fields:
        """Let people work on an issue or pull request."""
        return self._assign("POST", assignable_id, assignee_ids)

    @mutation
    def remove_assignees_from_assignable(self, assignable_id: str, assignee_ids: Sequence[str]) -> Fields:
        """Let people no longer work on it."""
        return self._assign("DELETE", assignable_id, assignee_ids)

    @mutation
    def add_reaction(self, subject_id: str, content: str) -> Fields:
        """Answer to something with an emoji."""
        subject = self.named(subject_id)
        made = self._react(subject, CONTENTS[content])
        return {**self._reacted(subject), "reaction": self.made("Reaction", made)}

    @mutation
    def remove_reaction(self, subject_id: str, content: str) -> Fields:
        """Take such an answer back. Raises Problem when there is none."""
        subject = self.named(subject_id)
        rows = subject.around.reactions(_kind_of(subject)).get(subject.number_in_site) or ()
        viewer_id = self.reader.viewer.id
        own = next((row for row in rows if row.account_id == viewer_id and row.content == CONTENTS[content]), None)
        if own is None:
            raise unprocessable("You have not reacted with this content.")
        gone = self.made("Reaction", own.id)
        path = _reaction_path(subject)
        if path is not None:
            self.ask("DELETE", f"{path}/{own.id}")
        else:
            with self.work(subject.home) as work:
                reaction = reactions.find_reaction(work, Subject(_kind_of(subject), subject.number_in_site), own.id)
                if reaction is not None:
                    reactions.take_back(work, Subject(_kind_of(subject), subject.number_in_site), reaction)
        return {**self._reacted(subject), "reaction": gone}

    def _labels_of(self, labelable: Any, label_ids: Sequence[str]) -> list[Any]:
        found = self.each_named(label_ids, "Label")
        if any(label.home.id != labelable.home.id for label in found):
            raise unprocessable("Label does not belong to the same repository.")
        return found

    def _assign(self, method: str, assignable_id: str, assignee_ids: Sequence[str]) -> Fields:
        assignable = self.named(assignable_id, *CONVERSATIONS)
        logins = [user.login for user in self.each_named(assignee_ids, "User")]
        self.ask(method, f"{issue_path(assignable)}/assignees", {"assignees": logins})
        return {"assignable": self.again(assignable)}

    def _react(self, subject: Any, content: str) -> int:
        path = _reaction_path(subject)
        if path is not None:
            return int(self.ask("POST", path, {"content": content})["id"])
        with self.work(subject.home) as work:  # REST knows no reactions to reviews
            return reactions.react(work, Subject(_kind_of(subject), subject.number_in_site), content)[0].id

    def _reacted(self, subject: Any) -> dict[str, Any]:
        present = self.again(subject)
        return {"subject": present, "reaction_groups": present.reaction_groups if present else None}


def _kind_of(subject: Any) -> str:
    kind = getattr(subject, "reaction_subject", None)
    if kind is None:
        raise unprocessable("Reactions can not be added to this.")
    return str(kind)


def _reaction_path(subject: Any) -> str | None:
    _kind_of(subject)
    if subject.typename in CONVERSATIONS:
        return f"{issue_path(subject)}/reactions"
    if subject.typename in _REACTABLE:
        return f"{subject.home.path}/{_REACTABLE[subject.typename]}/{subject.database_id}/reactions"
    return None
