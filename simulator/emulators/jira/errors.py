"""Jira's error dialect: a status, messages, and messages by field. Words are Jira's where clients depend on them.

Shape: https://developer.atlassian.com/cloud/jira/platform/rest/v3/intro/#status-codes
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence


class JiraError(Exception):
    """A refusal as Jira words it: `errorMessages` for the whole request, `errors` for its fields."""

    status = 400

    def __init__(self, *messages: str, errors: Mapping[str, str] | None = None, status: int | None = None) -> None:
        super().__init__("; ".join([*messages, *(errors or {}).values()]))
        self.messages: Sequence[str] = messages
        self.errors = dict(errors or {})
        if status is not None:
            self.status = status

    def body(self) -> dict[str, object]:
        """The body of the reply."""
        return {"errorMessages": list(self.messages), "errors": self.errors}


class BadRequest(JiraError):
    """400: what was sent cannot be taken."""


class Unauthorized(JiraError):
    """401: no credentials, or wrong ones."""

    status = 401

    def __init__(self) -> None:
        super().__init__("Client must be authenticated to access this resource.")


class Forbidden(JiraError):
    """403: the caller may see the thing but not do this to it."""

    status = 403


class NotFound(JiraError):
    """404: there is no such thing, or none that the caller may see."""

    status = 404


class NoIssue(NotFound):
    """No issue of that key or id."""

    def __init__(self) -> None:
        super().__init__("Issue does not exist or you do not have permission to see it.")


class NoProject(NotFound):
    """No project of that key or id."""

    def __init__(self, key_or_id: str) -> None:
        kind = "id" if key_or_id.isdecimal() else "key"
        super().__init__(f"No project could be found with {kind} '{key_or_id}'.")
