"""What GraphQL says no with: an entry of `errors[]` with GitHub's `type`."""

from __future__ import annotations


class Problem(Exception):
    """An error of one field; the reply is still 200 and the field null. `kind` is what GitHub calls `type`."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message


def unknown_node(node_id: str) -> Problem:
    """No such thing, or none that the caller may see."""
    return Problem("NOT_FOUND", f"Could not resolve to a node with the global id of '{node_id[:200]}'.")


def not_found(message: str) -> Problem:
    """Something that was named in another way than by its id is not there."""
    return Problem("NOT_FOUND", message)


def unprocessable(message: str) -> Problem:
    """Well-formed, and still wrong."""
    return Problem("UNPROCESSABLE", message)


def forbidden(login: str, mutation: str) -> Problem:
    """The caller may see the thing and not do this to it."""
    name = mutation[:1].upper() + mutation[1:]
    return Problem("FORBIDDEN", f"{login} does not have the correct permissions to execute `{name}`")
