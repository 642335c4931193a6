"""Why a search is refused."""

from __future__ import annotations

UNSEEN_USERS = (
    "The listed users cannot be searched either because the users do not exist or "
    "you do not have permission to view the users."
)
UNSEEN_PLACES = (
    "The listed users and repositories cannot be searched either because the resources do not exist or "
    "you do not have permission to view them."
)


class SearchRefused(Exception):
    """A query that GitHub does not answer. `code` is missing or invalid; `message` is None when the code says it all."""

    def __init__(self, message: str | None, *, code: str = "invalid") -> None:
        super().__init__(message or code)
        self.message = message
        self.code = code
